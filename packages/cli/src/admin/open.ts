import { type LlamaClient, LlamaError, openLlama } from '@llama-canister/client';
import type { Command } from 'commander';
import { isCanisterId as isPrincipal } from '../config/canisters.js';
import { type Connection, type Context, DEFAULT_CANISTER } from '../context.js';
import { UsageError } from '../failure.js';

export interface Administered {
  llama: LlamaClient;
  connection: Connection;
  canister: string;
  /** For every call. */
  options: { signal: AbortSignal };
}

/** The canister that a command administers. */
export async function administer(context: Context, nameOrId: string): Promise<Administered> {
  const connection = await context.connect();
  const canister = connection.idOf(nameOrId);
  return { llama: openLlama(connection.agent, canister), connection, canister, options: { signal: context.signal } };
}

/** Adds the option for a command's canister. */
export function withCanister(command: Command): Command {
  return command.option('--canister <canister>', 'name or id', DEFAULT_CANISTER);
}

/** A principal as text. Errors: UsageError. */
export function parsePrincipal(text: string): string {
  if (isPrincipal(text)) return text;
  throw new UsageError(
    `"${text}" is no principal`,
    'It looks like rrkah-fqaaa-aaaaa-aaaaq-cai; yours is printed by: `llama-canister identity`',
  );
}

/** The number of a job. Errors: UsageError. */
export function parseNumber(text: string, what: string): bigint {
  if (/^\d{1,19}$/.test(text)) return BigInt(text);
  throw new UsageError(`${what} is a whole number, not "${text}"`);
}

/** Adds advice to an error of the canister that has none. */
export function advised(error: unknown, next: string): unknown {
  if (!(error instanceof LlamaError) || error.next !== undefined) return error;
  return new LlamaError(error.kind, error.code, error.message, { value: error.value, next, cause: error });
}

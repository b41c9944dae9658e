import {
  type CanisterSettings,
  createFromLedger,
  LlamaError,
  ledgerTime,
  provisionalCreate,
} from '@llama-canister/client';
import { formatCycles } from '../amounts.js';
import type { Creation } from '../config/canisters.js';
import type { Connection, Context } from '../context.js';
import { shellWord } from '../shell-word.js';

/** 3.75 GiB: the default of 3 GiB would trap a model that fits the 4 GiB heap. */
export const WASM_MEMORY_LIMIT = 3_840n << 20n;

/** Nanoseconds for which the cycles ledger recognizes a repeated order. Source: dfinity/cycles-ledger, 24 hours. */
const KNOWN_FOR = 24n * 3_600n * 1_000_000_000n;

/** Errors after which certainly nothing was created: the ledger or the network refused. */
const DEFINITE: ReadonlySet<LlamaError['kind']> = new Set(['input', 'refused', 'cycles', 'rejected']);

/** An order of an earlier run whose answer may have been lost, if it can still be repeated. */
function unanswered(connection: Connection, name: string, owner: string): Creation | undefined {
  const creation = connection.canisters.creation(name);
  if (!creation || creation.owner !== owner) return undefined;
  return BigInt(creation.createdAt) > ledgerTime() - KNOWN_FOR ? creation : undefined;
}

/**
 * Pays for a canister from the cycles ledger. The order is saved before it is sent, and repeated if its answer was
 * lost: the ledger recognizes it by its time, and returns the canister that it has already created.
 */
async function orderFromLedger(
  context: Context,
  connection: Connection,
  name: string,
  cycles: bigint,
  settings: CanisterSettings,
  subnet: string | undefined,
): Promise<string> {
  const { agent, canisters } = connection;
  const owner = await connection.principal();
  const earlier = unanswered(connection, name, owner);
  const order = earlier ?? { createdAt: String(ledgerTime()), cycles: String(cycles), owner };
  if (earlier) {
    context.output.note(
      `The answer to an earlier creation of ${name} was lost; asking for that canister again, with ${formatCycles(BigInt(earlier.cycles))} cycles.`,
    );
  } else {
    canisters.setCreation(name, order);
  }
  try {
    return await createFromLedger(agent, {
      cycles: BigInt(order.cycles),
      createdAt: BigInt(order.createdAt),
      settings,
      subnet,
      signal: context.signal,
    });
  } catch (error) {
    if (error instanceof LlamaError && DEFINITE.has(error.kind)) canisters.setCreation(name, undefined);
    else {
      context.output.note(
        'It is not known whether the canister was created. Run the same command again within a day: it asks for the same canister.',
      );
    }
    throw error;
  }
}

/**
 * Creates a canister and saves its name. It checks that the name can be saved before anything is paid, and prints the
 * id as soon as it is known.
 *
 * @param subnet  where; a local network has only one
 */
export async function createCanister(
  context: Context,
  connection: Connection,
  name: string,
  cycles: bigint,
  subnet?: string,
): Promise<string> {
  const { agent, network, canisters } = connection;
  canisters.checkWritable();
  const settings = { controllers: [await connection.principal()], wasmMemoryLimit: WASM_MEMORY_LIMIT };
  const id = network.mainnet
    ? await orderFromLedger(context, connection, name, cycles, settings, subnet)
    : await provisionalCreate(agent, { cycles, settings, signal: context.signal });
  context.output.note(`Created canister ${id} for ${name} on ${network.name}.`);
  try {
    canisters.set(name, { id });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LlamaError(
      'input',
      'CANNOT_WRITE',
      `canister ${id} was created, but its name could not be stored: ${why}`,
      {
        value: id,
        next: `Fix that, and continue with the id: \`llama-canister deploy ${shellWord(id)}\``,
        cause,
      },
    );
  }
  return id;
}

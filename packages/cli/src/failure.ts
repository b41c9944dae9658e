import { LlamaError } from '@llama-canister/client';
import { EXIT } from './exit-codes.js';
import type { Output } from './output.js';

const GENERAL = 'See: `llama-canister --help`';

/** The command line itself was wrong: exit code 2, and the help is one flag away. */
export class UsageError extends LlamaError {
  constructor(message: string, next = GENERAL) {
    super('input', 'USAGE', message, { next });
  }

  /** The same with a command's own help, if nothing better is said. */
  withHelp(help: string): UsageError {
    return this.next === GENERAL ? new UsageError(this.message, `See: \`llama-canister ${help}\``) : this;
  }
}

/** Codes of the client for input that is wrong in itself, whatever the files and the canister have. */
const TYPED = new Set([
  ...['BAD_ARGUMENT', 'BAD_CANISTER_ID', 'BAD_CHUNK_BYTES', 'BAD_GENERATION', 'BAD_HOST', 'BAD_KEY_NAME'],
  ...['BAD_MAX_TOKENS', 'BAD_NUMBER', 'BAD_POSITION', 'BAD_PRINCIPAL', 'EMPTY_PROMPT', 'UNKNOWN_OPTION'],
]);

export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof LlamaError && error.kind === 'input' && TYPED.has(error.code)) return EXIT.usage;
  if (error instanceof LlamaError && error.kind === 'aborted') return EXIT.interrupted;
  return EXIT.failure;
}

/** Prints the failure, what to do next and, with --verbose, the cause. */
export function reportFailure(error: unknown, output: Output, verbose: boolean): void {
  const known = error instanceof LlamaError ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  const { red, dim } = output.errorColors;
  if (output.json) {
    const { kind = 'unknown', code = 'UNEXPECTED', next } = known ?? {};
    output.printJson({ error: { kind, code, message, ...(next ? { next: output.render(next) } : {}) } });
  } else if (known?.kind === 'aborted') {
    output.note('Stopped.');
  } else {
    output.note(`${red('Error:')} ${message}`);
    if (known?.next) output.note(known.next);
  }
  if (!verbose) {
    if (!known) output.note(dim('Run it again with --verbose for all details.'));
    return;
  }
  for (let cause: unknown = known ? known.cause : error; cause !== undefined; ) {
    output.note(dim(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
}

/**
 * Why a message failed, as the replica reports it: error code, and a text with advice (dfinity/ic:
 * rs/types/error_types, rs/interfaces/src/execution_environment/errors.rs).
 */

/** IC0xxx error codes used here; the hundreds digit is the reject code. */
export const ErrorCode = {
  ingressQueueFull: 201,
  ingressTimeout: 202,
  stopTimedOut: 206,
  outOfCycles: 207,
  /** An HTTPS outcall failed; the main network has no number for it. */
  outcallFailed: 299,
  canisterNotFound: 301,
  snapshotNotFound: 305,
  insufficientMemory: 402,
  insufficientCyclesForCreation: 403,
  canisterRejected: 406,
  unknownManagementMethod: 407,
  invalidManagementPayload: 408,
  trapped: 502,
  calledTrap: 503,
  contractViolation: 504,
  invalidWasm: 505,
  didNotReply: 506,
  outOfMemory: 507,
  stopped: 508,
  stopping: 509,
  notStopped: 510,
  stoppingCancelled: 511,
  invalidController: 512,
  functionNotFound: 513,
  nonEmpty: 514,
  queryLoop: 517,
  insufficientCyclesInCall: 520,
  wasmEngine: 521,
  instructionLimit: 522,
  memoryAccessLimit: 524,
  compositeInReplicated: 527,
  queryTooDeep: 525,
  queryInstructions: 526,
  insufficientCyclesInComputeAllocation: 530,
  insufficientCyclesInMemoryAllocation: 531,
  insufficientCyclesInMemoryGrow: 532,
  methodNotFound: 536,
  noWasmModule: 537,
  alreadyInstalled: 538,
  wasmMemoryLimit: 539,
} as const;
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/** An error as a caller sees it. */
export interface UserError {
  code: ErrorCode;
  message: string;
}

export function rejectCodeOf({ code }: UserError): number {
  return Math.floor(code / 100);
}

export function errorCodeText({ code }: UserError): string {
  return `IC${String(code).padStart(4, '0')}`;
}

const documentation = 'https://internetcomputer.org/docs/current/references/execution-errors#';
const toolchainHelp =
  'This is likely an error with the compiler/CDK toolchain being used to build the canister. Please report the error to IC devs on the forum: https://forum.dfinity.org and include which language/CDK was used to create the canister.';

/** Stops the running message: thrown by system calls through the canister's code. */
export class ExecutionError extends Error {
  readonly code: ErrorCode;
  readonly help: string;

  constructor(code: ErrorCode, message: string, help = '') {
    super(message);
    this.name = 'ExecutionError';
    this.code = code;
    this.help = help;
  }

  /** The error with the canister's name and the advice, as clients get it. */
  toUserError(canisterId: string): UserError {
    const end = this.help === '' ? '' : `.\n${this.help}`;
    const text = this.help === '' ? this.message : this.message.replace(/\.$/, '');
    return { code: this.code, message: `Error from Canister ${canisterId}: ${text}${end}` };
  }
}

const advice = (text: string, anchor: string) => `${text} See documentation: ${documentation}${anchor}`;
const handleFailures =
  'Consider gracefully handling failures from this canister or altering the canister to handle exceptions.';

export const trapped = (reason: string) =>
  new ExecutionError(ErrorCode.trapped, `Canister trapped: ${reason}`, advice(handleFailures, 'trapped'));

export const heapOutOfBounds = () => trapped('heap out of bounds');
export const stableOutOfBounds = () => trapped('stable memory out of bounds');
export const stableTooBigFor32Bit = () => trapped('32 bit stable memory api used on a memory larger than 4GB');
export const cyclesTooBigFor64Bit = () => trapped('cycles amount exceeds 64-bit representation');

export const calledTrap = (message: string) =>
  new ExecutionError(
    ErrorCode.calledTrap,
    `Canister called \`ic0.trap\` with message: '${message}'`,
    advice(handleFailures, 'trapped-explicitly'),
  );

export const contractViolation = (error: string, suggestion = toolchainHelp) =>
  new ExecutionError(ErrorCode.contractViolation, `Canister violated contract: ${error}`, suggestion);

export const instructionLimitExceeded = (limit: number) =>
  new ExecutionError(
    ErrorCode.instructionLimit,
    `Canister exceeded the limit of ${limit} instructions for single message execution.`,
    advice(
      'Try optimizing this method to consume fewer instructions or split the work across multiple messages.',
      'instruction-limit-exceeded',
    ),
  );

export const sliceOverrun = (instructions: number, limit: number) =>
  new ExecutionError(
    ErrorCode.instructionLimit,
    `Canister attempted to perform a large memory operation that used ${instructions} instructions and exceeded the slice limit ${limit}.`,
    advice('Try breaking up large copies within the canister code into smaller chunks.', 'slice-overrun'),
  );

export const memoryAccessLimitExceeded = (text: string) =>
  new ExecutionError(
    ErrorCode.memoryAccessLimit,
    `Canister exceeded memory access limits: ${text}`,
    advice(
      "Try optimizing the use of stable memory so that individual messages don't need to access as much stable memory.",
      'memory-access-limit-exceeded',
    ),
  );

export const methodNotFound = (kind: string, name: string) =>
  new ExecutionError(
    ErrorCode.methodNotFound,
    `Canister has no ${kind} method '${name}'.`,
    advice('Check that the method being called is exported by the target canister.', 'method-not-found'),
  );

export const functionNotFound = (index: number) =>
  new ExecutionError(
    ErrorCode.functionNotFound,
    `Canister requested to invoke a non-existent Wasm function ${index} from table 0`,
    toolchainHelp,
  );

export const noWasmModule = () =>
  new ExecutionError(
    ErrorCode.noWasmModule,
    'Attempted to execute a message, but the canister contains no Wasm module.',
    advice('Please install code to this canister before calling it.', 'wasm-module-not-found'),
  );

/** A refused module; without a suggestion for the developer, its compiler is to blame. */
export const invalidWasm = (reason: string, suggestion?: { text: string; anchor: string }) =>
  new ExecutionError(
    ErrorCode.invalidWasm,
    `Canister's Wasm module is not valid: ${reason}`,
    suggestion === undefined ? toolchainHelp : advice(suggestion.text, suggestion.anchor),
  );

export const wasmEngineError = (reason: string) =>
  new ExecutionError(ErrorCode.wasmEngine, `Canister encountered a Wasm engine error: ${reason}`);

export const outOfMemory = () =>
  new ExecutionError(
    ErrorCode.outOfMemory,
    'Canister cannot grow its memory usage.',
    advice(
      "Check the canister's memory usage against its allocation and the system wide limits to determine why more memory cannot be allocated.",
      'out-of-memory',
    ),
  );

/** The disk is full, or refuses otherwise; the message has no effect. */
export const pagesNotWritten = (folder: string, reason: string) =>
  new ExecutionError(
    ErrorCode.outOfMemory,
    `Canister cannot keep what it has written: ${reason}`,
    `Make room on the disk that holds ${folder}, and send the message again.`,
  );

export const wasmMemoryLimitExceeded = (bytes: number, limit: number) =>
  new ExecutionError(
    ErrorCode.wasmMemoryLimit,
    `Canister exceeded its current Wasm memory limit of ${limit} bytes. The peak Wasm memory usage was ${bytes} bytes. If the canister reaches 4GiB, then it may stop functioning and may become unrecoverable. Please reach out to the canister owner to investigate the reason for the increased memory usage. It might be necessary to move data from the Wasm memory to the stable memory. If such high Wasm memory usage is expected and safe, then the developer can increase the Wasm memory limit in the canister settings.`,
    advice(
      'Try checking the canister for a possible memory leak or modifying it to use more stable memory instead of Wasm memory.',
      'wasm-memory-limit-exceeded',
    ),
  );

export const insufficientCyclesInMemoryGrow = (bytes: number, missing: bigint) =>
  new ExecutionError(
    ErrorCode.insufficientCyclesInMemoryGrow,
    `Canister cannot grow memory by ${bytes} bytes due to insufficient cycles. At least ${missing} additional cycles are required.`,
    advice('Try topping up the canister.', 'insufficient-cycles-in-memory-grow'),
  );

export const insufficientCycles = (canisterId: string, missing: bigint): UserError => ({
  code: ErrorCode.outOfCycles,
  message: `Canister ${canisterId} is out of cycles: please top up the canister with at least ${missing} additional cycles`,
});

export const insufficientCyclesForCall = (canisterId: string, missing: bigint) =>
  new ExecutionError(
    ErrorCode.contractViolation,
    `Canister ${canisterId} is out of cycles: please top up the canister with at least ${missing} additional cycles`,
  );

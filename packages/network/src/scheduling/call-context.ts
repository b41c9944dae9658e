/**
 * Calls and what is left of them while they are being worked on (interface specification, "Call contexts"): a call context
 * lives until its call has been answered and all calls made on its behalf have come back.
 */
import { ErrorCode, rejectCodeOf, type UserError } from '../execution/errors.js';
import type { Canister } from '../state/canister.js';

/** The answer to a call. Cycles that were not accepted return with it. */
export type Answer =
  | { kind: 'reply'; data: Uint8Array }
  | { kind: 'reject'; code: number; message: string; errorCode?: ErrorCode };

export type Response = Answer & { refund: bigint };

export function rejection(error: UserError): Answer {
  return { kind: 'reject', code: rejectCodeOf(error), message: error.message, errorCode: error.code };
}

export interface CallOrigin {
  caller: Uint8Array;
  cycles: bigint;
  /** Nanoseconds; 0: none. */
  deadline: bigint;
  respond: (response: Response) => void;
}

export class CallContext {
  readonly canister: Canister;
  readonly caller: Uint8Array;
  readonly deadline: bigint;
  cyclesAvailable: bigint;
  responded: boolean;
  openCalls = 0;
  /** Instructions of all executions on behalf of this call so far. */
  instructions = 0;
  /** The canister lost its code: what comes back for this context comes too late. */
  abandoned = false;
  private readonly answer: ((response: Response) => void) | undefined;

  /** Without an origin: a system task, which nobody waits for. */
  constructor(canister: Canister, origin?: CallOrigin) {
    this.canister = canister;
    this.caller = origin?.caller ?? new Uint8Array();
    this.deadline = origin?.deadline ?? 0n;
    this.cyclesAvailable = origin?.cycles ?? 0n;
    this.answer = origin?.respond;
    this.responded = origin === undefined;
  }

  respond(answer: Answer): void {
    if (this.responded) return;
    this.responded = true;
    const refund = this.cyclesAvailable;
    this.cyclesAvailable = 0n;
    this.answer?.({ ...answer, refund });
  }
}

export const didNotReply = (canister: Canister): UserError => ({
  code: ErrorCode.didNotReply,
  message: `Error from Canister ${canister.name}: Canister did not reply to the call`,
});

export const stoppedError = (canister: Canister): UserError => ({
  code: canister.status === 'stopping' ? ErrorCode.stopping : ErrorCode.stopped,
  message: `Canister ${canister.name} is ${canister.status}`,
});

export const notFoundError = (name: string): UserError => ({
  code: ErrorCode.canisterNotFound,
  message: `Canister ${name} not found`,
});

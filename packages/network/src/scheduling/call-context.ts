/**
 * Calls and their remaining state while they are processed (interface specification, "Call contexts"): a call context
 * lives until its call has been answered and all calls made on its behalf have come back. All of it is plain data, so
 * that it can be saved between any two messages.
 */
import { ErrorCode, rejectCodeOf, type UserError } from '../execution/errors.js';
import type { OutgoingCall } from '../execution/message.js';
import type { Canister } from '../state/canister.js';

/** The answer to a call. Cycles that were not accepted return with it. */
export type Answer =
  | { kind: 'reply'; data: Uint8Array }
  | { kind: 'reject'; code: number; message: string; errorCode?: ErrorCode };

export type Response = Answer & { refund: bigint };

export function rejection(error: UserError): Answer {
  return { kind: 'reject', code: rejectCodeOf(error), message: error.message, errorCode: error.code };
}

/** Who waits for an answer: a user, for the request of this id (hex); a canister, for this call; or nobody. */
export type Origin = { kind: 'user'; request: string } | { kind: 'call'; id: number } | { kind: 'task' };

export interface CallContext {
  readonly id: number;
  readonly canister: Canister;
  readonly origin: Origin;
  readonly caller: Uint8Array;
  /** Nanoseconds; 0: none. */
  readonly deadline: bigint;
  cyclesAvailable: bigint;
  responded: boolean;
  /** Calls made on behalf of this one that have not come back. */
  openCalls: number;
  /** Instructions of all executions on behalf of this call so far. */
  instructions: number;
}

/** A canister's call that has not come back, or whose answer the canister has not processed yet. */
export interface PendingCall {
  readonly id: number;
  readonly canister: Canister;
  /** The context that made it. */
  readonly context: number;
  readonly call: OutgoingCall;
  /** Nanoseconds; 0: none. */
  readonly deadline: bigint;
  response?: Response;
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

/** The inputs and services of the management canister's methods. */
import type { Principal } from '@icp-sdk/core/principal';
import type { ErrorCode } from '../execution/errors.js';
import type { Scheduler } from '../scheduling/scheduler.js';
import type { Timers } from '../scheduling/timers.js';
import type { Canister } from '../state/canister.js';
import type { NetworkState } from '../state/network-state.js';

/** A management call fails; the caller gets this code and text. */
export class ManagementError extends Error {
  readonly code: ErrorCode;
  /** Cycles that were taken all the same. */
  accepted = 0n;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'ManagementError';
    this.code = code;
  }
}

export interface Services {
  state: NetworkState;
  scheduler: Scheduler;
  timers: Timers;
}

/** One call, with its decoded argument. */
export interface ManagementCall<Argument = unknown> {
  caller: Principal;
  /** The calling canister; undefined for users. */
  from: Canister | undefined;
  argument: Argument;
  /** Cycles that came with it. */
  cycles: bigint;
  /** Bytes of the argument and the method's name, when they have not been paid for yet. */
  bytes?: number;
  /** Throws ManagementError when a user's call has waited for too long to begin. */
  begin?: () => void;
}

/** The decoded result, and the cycles that were taken. */
export interface ManagementResult {
  value?: unknown;
  accepted?: bigint;
}

export interface ByCanister {
  canister_id: Principal;
}

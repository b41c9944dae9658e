/** start_canister, stop_canister, raw_rand. */
import { randomBytes } from 'node:crypto';
import { ErrorCode } from '../execution/errors.js';
import type { Canister, CanisterStatus } from '../state/canister.js';
import {
  type ByCanister,
  type ManagementCall,
  ManagementError,
  type ManagementResult,
  type Services,
} from './types.js';

/** A stop that has not come about by then is given up, in milliseconds. */
const stopTimeout = 300_000;

export function startCanister(
  { timers, scheduler }: Services,
  _: ManagementCall<ByCanister>,
  canister: Canister,
): ManagementResult {
  if (canister.status !== 'running') {
    canister.status = 'running';
    canister.version += 1n;
    scheduler.endStop(canister);
  }
  timers.canisterChanged(canister);
  return {};
}

export async function stopCanister(
  { scheduler }: Services,
  _: ManagementCall<ByCanister>,
  canister: Canister,
): Promise<ManagementResult> {
  if (canister.status === 'stopped') return {};
  if (canister.status === 'running') {
    canister.status = 'stopping';
    canister.version += 1n;
    scheduler.settleStop(canister);
  }
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, stopTimeout);
    timer.unref();
  });
  await Promise.race([scheduler.stopEnded(canister), timeout]);
  clearTimeout(timer);
  const status = canister.status as CanisterStatus;
  if (status === 'running') {
    throw new ManagementError(
      ErrorCode.stoppingCancelled,
      `Canister ${canister.name}'s stop request was cancelled, because the canister was started again`,
    );
  }
  if (status === 'stopping') throw new ManagementError(ErrorCode.stopTimedOut, 'Stop canister request timed out');
  return {};
}

export function rawRand(): ManagementResult {
  return { value: randomBytes(32) };
}

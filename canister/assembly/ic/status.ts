import { canister_status } from './ic0';

const STOPPING: u32 = 2;

/** Whether the canister is being stopped: open calls can still be answered, but no new ones begin. */
export function isStopping(): bool {
  return canister_status() == STOPPING;
}

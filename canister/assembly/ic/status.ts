import { canister_status } from './ic0';

const STOPPING: u32 = 2;

/** Whether the canister is being stopped: what waits for it can still be answered, and nothing else begins. */
export function isStopping(): bool {
  return canister_status() == STOPPING;
}

import { LlamaError } from './errors.js';
import { delay } from './retry.js';

/**
 * Longest wait for an update call, in ms. Loading a large model on a slow local network takes minutes; the network's
 * own limit is the instruction limit of the message.
 */
const PATIENCE_MS = 30 * 60_000;
const FIRST_POLL_MS = 250;
const SLOWEST_POLL_MS = 2_000;

/** A fresh polling strategy for one call: short intervals at first, then every two seconds. */
export function pollingStrategy(): () => Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  let wait = FIRST_POLL_MS;
  return async () => {
    if (Date.now() > end) {
      throw new LlamaError('transport', 'TIMEOUT', `no answer within ${PATIENCE_MS / 60_000} minutes`, {
        next: 'The call may still finish; look at the state before repeating it.',
      });
    }
    await delay(wait);
    wait = Math.min(SLOWEST_POLL_MS, wait * 1.3);
  };
}

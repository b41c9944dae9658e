/** The module `ic0` that canisters import. */
import { callCalls } from './calls.js';
import { cycleCalls } from './cycles.js';
import { type Current, messageCalls } from './message.js';
import { stableCalls } from './stable.js';
import { systemCalls } from './system.js';

export type { Current } from './message.js';

export function systemApiImports(current: Current): Record<string, unknown> {
  return {
    ...messageCalls(current),
    ...systemCalls(current),
    ...stableCalls(current),
    ...cycleCalls(current),
    ...callCalls(current),
  };
}

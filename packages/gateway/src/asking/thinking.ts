// Thinking as far as the model does: programs ask every model for it, and one that does not think answers all the same.
import type { Ask } from '../backend.js';
import { refusalOf } from '../failures.js';

/** By these words the canister says which of the two its model's chat template does not know. */
const UNKNOWN = /\bthinking: (enabled|effort): /;

/**
 * Runs with what is asked of thoughts, and without what the canister then says its model does not know.
 * @param dropped  is told the request's name of what had no effect
 */
export async function asFarAsItThinks<T>(
  ask: Ask,
  run: (ask: Ask) => Promise<T>,
  dropped: (field: string) => void,
): Promise<T> {
  try {
    return await run(ask);
  } catch (error) {
    const { kind, message } = refusalOf(error);
    const what = kind === 'invalid' ? (UNKNOWN.exec(message)?.[1] as 'enabled' | 'effort' | undefined) : undefined;
    if (what === undefined || ask.thinking[what] === undefined) throw error;
    dropped(ask.thinkingFields?.[what] ?? `thinking.${what}`);
    const { [what]: _, ...rest } = ask.thinking;
    return asFarAsItThinks({ ...ask, thinking: rest }, run, dropped);
  }
}

// Requests for thinking to models that do not think: many clients send them to every model, and should get an answer.
import type { Ask } from '../backend.js';
import { refusalOf } from '../failures.js';

/** The canister's words for which of the two fields the chat template of its model does not know. */
const UNKNOWN = /\bthinking: (enabled|effort): /;

/** The client's words if the canister has only llama_cpp_canister's methods, which accept nothing about thinking. */
const NONE = /: no control of thinking$/;

/**
 * Runs with the requested thinking; if the canister says that its model does not know it, runs again without.
 * @param dropped  is called with the request's name of each field that had no effect
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
    if (kind === 'not-supported' && NONE.test(message) && Object.keys(ask.thinking).length > 0) {
      const fields = ask.thinkingFields ?? { enabled: 'thinking', effort: 'thinking' };
      for (const field of new Set(Object.values(fields))) dropped(field);
      return run({ ...ask, thinking: {} });
    }
    const what = kind === 'invalid' ? (UNKNOWN.exec(message)?.[1] as 'enabled' | 'effort' | undefined) : undefined;
    if (what === undefined || ask.thinking[what] === undefined) throw error;
    dropped(ask.thinkingFields?.[what] ?? `thinking.${what}`);
    const { [what]: _, ...rest } = ask.thinking;
    return asFarAsItThinks({ ...ask, thinking: rest }, run, dropped);
  }
}

/** Why a generation without an error has no output. */
import { Sequence } from '../../llm/cache/sequence';
import { Generation } from '../../llm/generation/generation';
import { Stop } from '../../llm/generation/stop';
import { Problem } from '../../problem';
import { Arguments } from '../flags/arguments';
import { engine } from '../engine/loaded';

/** Why a query has no answer: its work is lost, so repeating it would not help. */
export function whyNoQuery(generation: Generation, sequence: Sequence, limit: u64): Problem | null {
  if (generation.stop != Stop.PAUSED || generation.reported > 0) return null;
  const cost = engine.tokenCost(sequence);
  const left = generation.remaining;
  if (left > 0) {
    return new Problem(
      `a query may execute ${limit} instructions, and ${left} of the prompt's tokens did not fit, ` +
        `each of which takes at most ${cost}: use run_update`,
    );
  }
  return new Problem(`a query may execute ${limit} instructions, and one token takes at most ${cost}: use run_update`);
}

/** Why a call made no progress: the next one would not, either. */
export function whyStuck(generation: Generation, limit: u64): Problem | null {
  if (generation.stop != Stop.PAUSED || generation.hasMoved) return null;
  return new Problem(
    `the call may execute ${limit} instructions, and the next step takes at most ${generation.needed} ` +
      'of what its other work leaves: raise the limit with set_instruction_budget',
  );
}

/** Why a call could not go on, unless the caller asked for a full context. */
export function whyFull(generation: Generation, args: Arguments, tokens: i32): Problem | null {
  if (generation.stop != Stop.CONTEXT_FULL || generation.reported > 0 || args.predict == -2) return null;
  return new Problem(
    `the context is full: the session has ${tokens} of ${engine.context} tokens; ` +
      'start a new session, or load the model with a larger --ctx-size',
  );
}

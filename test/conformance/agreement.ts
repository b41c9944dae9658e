/** Whether the engine does with a changed mini model what llama.cpp does with it. */
import { Engine } from '../../canister/test/engine.js';
import { logSoftmax } from '../../canister/test/reference/divergence.js';
import { gguf } from '../gguf/writer.js';
import type { Variant, Verdict } from './variants.js';

/** The context in which llama.cpp's verdicts were made; some scalings depend on it. */
const CONTEXT = 256;
const PROMPT = Array.from({ length: 20 }, (_, i) => (17 + i * 61 + ((i * i * 7) % 29)) % 300);
/** Largest difference of a log-probability: verdicts have three digits. */
const CLOSE = 0.01;

/**
 * Where the engine refuses what llama.cpp loads, why: it cannot compute it, and says so by the key's name; or what
 * llama.cpp computes is nonsense (windows and caps of 0 leave no number).
 */
const REFUSED_ON_PURPOSE: Record<string, RegExp> = {
  'attention.causal = false': /attention\.causal/,
  'attention.sliding_window = 0': /sliding_window/,
  'final_logit_softcapping = 0': /final_logit_softcapping/,
  'deepstack_mapping = [-1 0 -1] i32': /deepstack_mapping/,
  'expert_used_count of one layer more': /expert_used_count/,
  'rope.dimension_count_swa = 4': /rope\.dimension_count_swa/,
};

/** What llama.cpp wants in one tensor the engine takes in three, too. */
const LOADED_ON_PURPOSE = ['queries, keys and values the other way'];

/** What the engine does otherwise than llama.cpp; '' if nothing. */
export async function disagreement({ change, metadata, tensors }: Variant, verdict: Verdict): Promise<string> {
  let engine: Engine;
  try {
    engine = await Engine.load(gguf(metadata, tensors), CONTEXT);
  } catch (error) {
    const reason = (error as Error).message;
    if (verdict === null) return '';
    return REFUSED_ON_PURPOSE[change]?.test(reason) ? '' : `refused: ${reason}`;
  }
  if (verdict === null) return LOADED_ON_PURPOSE.includes(change) ? '' : 'loaded, which llama.cpp does not';
  const own = logSoftmax(engine.logits(engine.sequence(PROMPT)));
  const worst = Math.max(...verdict.map(([token, logit]) => Math.abs(own[token]! - logit)));
  return worst < CLOSE ? '' : `log-probabilities differ by ${worst}`;
}

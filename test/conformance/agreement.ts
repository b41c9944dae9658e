/** Whether the engine treats a changed mini model as llama.cpp does. */
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
 * Why the engine refuses a file that llama.cpp loads: either it cannot compute it, and names the key, or llama.cpp's
 * result is nonsense (windows and caps of 0 leave no number).
 */
const REFUSED_ON_PURPOSE: Record<string, RegExp> = {
  'attention.causal = false': /attention\.causal/,
  'attention.sliding_window = 0': /sliding_window/,
  'final_logit_softcapping = 0': /final_logit_softcapping/,
  'deepstack_mapping = [-1 0 -1] i32': /deepstack_mapping/,
  'expert_used_count of one layer more': /expert_used_count/,
  'rope.dimension_count_swa = 4': /rope\.dimension_count_swa/,
  // Experts of granitemoe without gates, which llama.cpp can compute and no model has.
  'without ffn_gate_exps.weight': /"blk\.0\.ffn_gate_exps\.weight" is missing/,
};

/** Tensors that llama.cpp wants as one, and the engine also accepts as three. */
const LOADED_ON_PURPOSE = ['queries, keys and values the other way'];

/**
 * Where two experts are rated alike up to f32's last digits, so that one token goes to the other one; with biases of 0.249
 * and 0.251 instead of 0.25 the engine and llama.cpp agree.
 */
const TIED = ['olmoe: with attn_k.bias'];

/** The difference between the engine and llama.cpp; '' if there is none. */
export async function disagreement(
  { architecture, change, metadata, tensors }: Variant,
  verdict: Verdict,
): Promise<string> {
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
  const isTied = TIED.includes(`${architecture}: ${change}`);
  return worst < (isTied ? 0.05 : CLOSE) ? '' : `log-probabilities differ by ${worst}`;
}

/**
 * Files with a key or a tensor that the mini models do not have, in every architecture: the engine loads, refuses and
 * answers as llama.cpp does (conformance/variants.json). This test has an eightieth of the 2695, and what failed once, in
 * one architecture each; variants.full.test.ts has all of them.
 */
import { describe, expect, it } from 'vitest';
import { disagreement } from './conformance/agreement.js';
import { architectures, type Verdict, type Verdicts, variantsOf } from './conformance/variants.js';
import verdicts from './conformance/variants.json' with { type: 'json' };

/** Variants that exist in the wild, and variants that we once read and llama.cpp does not, or the other way round. */
const FOUND = [
  /^attention\.causal = false/,
  /^attention\.scale = /,
  /^expert_weights_scale = /,
  /^rope\.freq_base_swa = /,
  /^attention\.sliding_window_pattern = \[true/,
  /^final_logit_softcapping = 4/,
  /head_count(_kv)? as u32 by layer$/,
  /^expert_\w+ as i32 by layer$/,
  /^without attn_q\.bias/,
  /^fused weights, biases apart/,
  /^with output\.bias/,
  /^with output\.weight/,
];
const EVERY = 80;
/** Architectures in which each of them is tested here. */
const FOUND_IN = 1;

let place = 0;
const timesFound = new Map<RegExp, number>();

function isFound(change: string): boolean {
  const pattern = FOUND.find((one) => one.test(change));
  if (pattern === undefined) return false;
  const times = (timesFound.get(pattern) ?? 0) + 1;
  timesFound.set(pattern, times);
  return times <= FOUND_IN;
}

describe.each(architectures)('%s', (architecture) => {
  const own = (verdicts as unknown as Verdicts)[architecture]!;
  const all = variantsOf(architecture);

  it('has llama.cpp’s verdict on every variant', () => {
    expect(Object.keys(own)).toEqual(all.map(({ change }) => change));
  });

  const some = all.filter(({ change }) => place++ % EVERY === 0 || isFound(change));
  it.each(some.map((variant) => [variant.change, variant] as const))('%s', async (change, variant) => {
    const verdict = (own[change] === 'same' ? own[''] : own[change]) as Verdict;
    expect(await disagreement(variant, verdict)).toBe('');
  });
});

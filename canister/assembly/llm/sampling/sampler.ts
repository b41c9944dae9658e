import { Candidates } from './candidates';
import { Random } from './random';

/** What samplers know of the sequence that they continue. */
export class Step {
  /** Tokens so far, [ i32 ] * count, the prompt included. */
  tokens: usize = 0;
  count: u32 = 0;
  readonly random: Random = new Random();
}

/** One sampler of a chain: narrows the candidates or changes their logits. */
export abstract class Sampler {
  abstract apply(candidates: Candidates, step: Step): void;
}

import { Extent } from '../../memory/extent';
import { Candidates } from './candidates';
import { SamplingParameters } from './parameters';
import { Random } from './random';
import { SamplingState } from './sampling-state';
import { SequenceBreakers } from './sequence-breakers';

/** What samplers know of the sequence that they continue. */
@final
export class Step {
  /** Tokens so far, [ i32 ] * count, the prompt included. */
  tokens: usize = 0;
  count: u32 = 0;
  readonly random: Random = new Random();
  /** Of the sequence. */
  state: SamplingState = new SamplingState();
  /** Where repetitions end; null: nowhere. */
  breakers: SequenceBreakers | null = null;
  /** Room for one sampler at a time. */
  readonly space: Extent = new Extent();
}

/** One sampler of a chain: narrows the candidates or changes their logits. */
export abstract class Sampler {
  abstract apply(candidates: Candidates, step: Step): void;

  /** Passes over all candidates that it makes, as a price (chain.ts). */
  get passes(): u64 {
    return 1;
  }

  /** How many candidates it leaves at most; 0: perhaps all. */
  get leaves(): u32 {
    return 0;
  }

  /** Instructions that it takes at most beside its passes, in a sequence of `count` tokens. */
  overhead(step: Step, count: u64): u64 {
    return 0;
  }

  /** How many logits of a whole vocabulary it may edit, in a sequence of `count` tokens. */
  edits(count: u32): u32 {
    return 0;
  }

  /**
   * Whether a candidate that is alone passes whatever its logit is, and nothing of that is remembered, in a sequence of
   * `count` tokens: then its logit need not be known.
   */
  passesOne(count: u32): bool {
    return true;
  }

  /** Is told which token was drawn and taken, while the candidates are those that it was drawn from. */
  taken(id: i32, candidates: Candidates, step: Step): void {}
}

/** A kind of sampler, as samplers.ts lists them. */
@final
export class SamplerKind {
  constructor(
    /** Its names in `--samplers`, separated by spaces, llama.cpp's own first. */
    readonly names: string,
    /** Its letter in `--sampler-seq`. */
    readonly letter: string,
    /** Makes one; null if with these parameters it would do nothing. */
    readonly make: (parameters: SamplingParameters) => Sampler | null,
    /** Whether it chooses one token, so that it has to come last. */
    readonly isFinal: bool = false,
  ) {}
}

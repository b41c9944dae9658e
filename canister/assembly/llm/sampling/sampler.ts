import { Extent } from '../../memory/extent';
import { Candidates } from './candidates';
import { SamplingParameters } from './parameters';
import { Random } from './random';
import { SamplingState } from './sampling-state';
import { SequenceBreakers } from './sequence-breakers';

/** The sequence as samplers see it. */
@final
export class Step {
  /** Tokens so far, [ i32 ] * count, the prompt included. */
  tokens: usize = 0;
  count: u32 = 0;
  readonly random: Random = new Random();
  /** The sequence's sampling state. */
  state: SamplingState = new SamplingState();
  /** The sequence breakers; null: none. */
  breakers: SequenceBreakers | null = null;
  /** Room for one sampler at a time. */
  readonly space: Extent = new Extent();
}

/** One sampler of a chain: narrows the candidates or changes their logits. */
export abstract class Sampler {
  abstract apply(candidates: Candidates, step: Step): void;

  /** Number of passes over all candidates, as a price (chain.ts). */
  get passes(): u64 {
    return 1;
  }

  /** Most candidates that it leaves; 0: possibly all. */
  get leaves(): u32 {
    return 0;
  }

  /** Most instructions besides its passes, in a sequence of `count` tokens. */
  overhead(step: Step, count: u64): u64 {
    return 0;
  }

  /** Most logits of a whole vocabulary that it edits, in a sequence of `count` tokens. */
  edits(count: u32): u32 {
    return 0;
  }

  /**
   * Whether a single candidate passes whatever its logit is, without changing the state, in a sequence of `count`
   * tokens: then its logit is not needed.
   */
  passesOne(count: u32): bool {
    return true;
  }

  /**
   * Whether it needs the logits of all tokens even if a grammar allows few: which of those it leaves depends on how probable
   * all are, and not just on which are more probable than others.
   */
  get needsAll(): bool {
    return false;
  }

  /** Tells the sampler the drawn and accepted token; the candidates are those that it was drawn from. */
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
    /** Makes a sampler; null if it would do nothing with these parameters. */
    readonly make: (parameters: SamplingParameters) => Sampler | null,
    /** Whether it chooses one token and so has to come last. */
    readonly isFinal: bool = false,
  ) {}
}

import { HistoryPenalty } from './history-penalty';
import { SamplingParameters } from './parameters';
import { Sampler, SamplerKind, Step } from './sampler';
import { Setting } from './setting';

/** Number of last tokens that penalties look at; -1: the whole sequence. */
export const REPEAT_LAST_N = new Setting('--repeat-last-n', 64, true, -1);
export const REPEAT_PENALTY = new Setting('--repeat-penalty', 1, false, 0).exclusive();
const PRESENCE_PENALTY = new Setting('--presence-penalty', 0);
const FREQUENCY_PENALTY = new Setting('--frequency-penalty', 0);

/** Beyond this a penalty could make any logit infinite. */
const MODERATE: f32 = 1e9;

/**
 * Penalises the tokens among the last `last` of the sequence (-1: of all of it): divides positive logits by `repeat` and
 * multiplies the others with it, then subtracts `frequency` for each occurrence and `presence` once.
 */
@final
class Penalties extends HistoryPenalty {
  constructor(
    private readonly last: i32,
    private readonly repeat: f32,
    private readonly frequency: f32,
    private readonly presence: f32,
  ) {
    super();
  }

  window(count: u32): u32 {
    return this.last < 0 ? count : min<u32>(count, this.last);
  }

  passesOne(count: u32): bool {
    return this.repeat <= MODERATE && abs(this.frequency) <= MODERATE && abs(this.presence) <= MODERATE;
  }

  /** A token's number is how often it occurs. */
  collect(tokens: usize, window: u32, step: Step, into: usize, spare: usize): u32 {
    for (let i: usize = 0; i < <usize>window; ++i) {
      store<u64>(into + (i << 3), ((<u64>load<u32>(tokens + (i << 2))) << 32) | 1);
    }
    return window;
  }

  merged(a: u32, b: u32): u32 {
    return a + b;
  }

  penalized(logit: f32, occurrences: u32): f32 {
    const scaled = logit <= 0 ? logit * this.repeat : logit / this.repeat;
    return scaled - (<f32>(<i32>occurrences) * this.frequency + this.presence);
  }
}

function make(p: SamplingParameters): Sampler | null {
  const last = p.whole(REPEAT_LAST_N);
  const repeat = p.real(REPEAT_PENALTY);
  const frequency = p.real(FREQUENCY_PENALTY);
  const presence = p.real(PRESENCE_PENALTY);
  if (last == 0 || (repeat == 1 && frequency == 0 && presence == 0)) return null;
  return new Penalties(last, repeat, frequency, presence);
}

export const PENALTIES_KIND = new SamplerKind('penalties', 'e', make);

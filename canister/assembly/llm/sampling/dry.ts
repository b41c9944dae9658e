import { HistoryPenalty } from './history-penalty';
import { SamplingParameters } from './parameters';
import { Sampler, SamplerKind, Step } from './sampler';
import { Setting } from './setting';

export const DRY_MULTIPLIER = new Setting('--dry-multiplier', 0);
const DRY_BASE = new Setting('--dry-base', 1.75, false, 1).lenient();
const DRY_ALLOWED_LENGTH = new Setting('--dry-allowed-length', 2, true);
/** Number of last tokens to search; -1: the whole sequence. */
const DRY_LAST_N = new Setting('--dry-penalty-last-n', 64, true, -1);

/** Beyond this a penalty could make any logit infinite. */
const MODERATE: f64 = 1e30;
/** ln of the greatest f32. */
const GREATEST: f32 = 88.7228391;

/**
 * Don't repeat yourself (p-e-w, text-generation-webui #5677, 2024): if the last n tokens occur earlier in the sequence,
 * the token that followed them there is penalised by multiplier * base^(n - allowed), if n is at least the allowed
 * length. Repetitions do not extend across a sequence breaker.
 *
 * The Z algorithm on the reversed window gives the length of the repetition at each place (Gusfield: Algorithms on
 * strings, trees and sequences, 1997): the z[k] tokens that end k before the end equal the last z[k] ones.
 */
@final
class Dry extends HistoryPenalty {
  private readonly mostExponent: i64;

  constructor(
    private readonly multiplier: f32,
    private readonly base: f32,
    private readonly allowed: i32,
    private readonly last: i32,
  ) {
    super();
    this.mostExponent = base > <f32>1.000001 ? <i64>(GREATEST / Mathf.log(base)) : i64.MAX_VALUE;
  }

  window(count: u32): u32 {
    return this.last < 0 ? count : min<u32>(count, this.last);
  }

  passesOne(count: u32): bool {
    const longest = min<i64>(<i64>this.window(count) - <i64>this.allowed, this.mostExponent);
    return longest < 0 || abs(<f64>this.multiplier) * Math.pow(<f64>this.base, <f64>longest) <= MODERATE;
  }

  overhead(step: Step, count: u64): u64 {
    const breakers = step.breakers;
    const window = this.last < 0 ? count : min<u64>(count, this.last);
    return 100 * window + (breakers === null ? 0 : breakers.cost(window));
  }

  /** A token's number is the length of the repetition that it would continue. */
  collect(tokens: usize, window: u32, step: Step, into: usize, spare: usize): u32 {
    if (<i64>window <= <i64>this.allowed) return 0;
    const breakers = step.breakers;
    const limit = breakers === null ? window : breakers.tokensBehind(tokens, window);
    if (<i64>limit < <i64>this.allowed) return 0;
    repetitions(tokens, window, limit, spare);
    let count: usize = 0;
    for (let k: usize = 1; k < <usize>window; ++k) {
      const repeated = load<u32>(spare + (k << 2));
      if (<i64>repeated < <i64>this.allowed) continue;
      const id = load<u32>(tokens + ((<usize>window - k) << 2));
      if (breakers !== null && breakers.has(id)) continue;
      store<u64>(into + (count << 3), ((<u64>id) << 32) | repeated);
      ++count;
    }
    return <u32>count;
  }

  merged(a: u32, b: u32): u32 {
    return max(a, b);
  }

  penalized(logit: f32, repeated: u32): f32 {
    const exponent = min<i64>(<i64>repeated - <i64>this.allowed, this.mostExponent);
    return logit - <f32>(<f64>this.multiplier * Math.pow(<f64>this.base, <f64>exponent));
  }
}

/** Writes z[k], at most `limit`, for 0 < k < count to `z`, [ u32 ] * count. */
function repetitions(tokens: usize, count: u32, limit: u32, z: usize): void {
  const last = tokens + ((<usize>(count - 1)) << 2);
  let left: u32 = 0;
  let right: u32 = 0;
  for (let k: u32 = 1; k < count; ++k) {
    const at = z + ((<usize>k) << 2);
    const inside: u32 = k > right ? 0 : load<u32>(z + ((<usize>(k - left)) << 2));
    const rest: u32 = k > right ? 0 : right - k + 1;
    if (inside < rest) {
      store<u32>(at, min(inside, limit));
      continue;
    }
    let n = rest;
    while (n + k < count && load<u32>(last - ((<usize>n) << 2)) == load<u32>(last - ((<usize>(n + k)) << 2))) ++n;
    store<u32>(at, min(n, limit));
    if (n > 0) {
      left = k;
      right = k + n - 1;
    }
  }
}

function make(p: SamplingParameters): Sampler | null {
  const multiplier = p.real(DRY_MULTIPLIER);
  const last = p.whole(DRY_LAST_N);
  if (multiplier == 0 || last == 0) return null;
  return new Dry(multiplier, p.real(DRY_BASE), p.whole(DRY_ALLOWED_LENGTH), last);
}

export const DRY_KIND = new SamplerKind('dry', 'd', make);

import { CHUNK, Envelope } from './envelope';
import { exp1 } from './exp';
import { Logits } from './logits';
import { Nucleus } from './nucleus';
import { BLOCK } from './peaks';
import { Random } from './random';

/** After so many rejected tokens, the draw uses a list of the candidates instead. */
const MOST_TRIES: i32 = 64;

/** Bytes that `drawByRejection` needs besides the logits. */
export function rejectionBytes(logits: Logits): usize {
  return (<usize>(logits.peaks.count / CHUNK + 1)) << 3;
}

/**
 * Draws a token of a whole vocabulary by its weight e^((logit - greatest) / temperature), without knowing the sum of
 * the weights (von Neumann: Various techniques used in connection with random digits, 1951): it draws a token by the
 * bounds of the weights (envelope.ts) in the blocks that have candidates, with one random number, and accepts it with
 * the probability weight / bound, with a second one; if rejected, it tries again. Tokens that are no candidates are
 * rejected.
 *
 * If a token is outside the nucleus, all less probable ones are, so the next draws are above it. If few are accepted,
 * there are few candidates: the other tokens in their blocks are less probable.
 *
 * @param envelope   of the logits
 * @param greatest   the greatest logit, finite
 * @param sums       `rejectionBytes` bytes: sums of chunks, [ f64 ] * chunks
 * @return the token, or -1 if none was accepted
 */
export function drawByRejection(
  envelope: Envelope,
  logits: Logits,
  greatest: f32,
  temperature: f32,
  nucleus: Nucleus | null,
  random: Random,
  sums: usize,
): i32 {
  envelope.begin(greatest, temperature);
  let floor = logits.floor;
  let sum = addUp(envelope, logits, floor, sums);
  for (let tries = 0; tries < MOST_TRIES; ++tries) {
    const id = find(random.next() * sum, envelope, logits, floor, sums);
    const share = random.next();
    if (id < 0) continue;
    const logit = logits.at(id);
    if (!(logit > floor)) continue;
    const weight = exp1((logit - greatest) / temperature);
    if (share * <f64>envelope.of(logit) >= <f64>weight) continue;
    if (nucleus == null || nucleus.has(id)) return id;
    const next = nucleus.floorBelow(logit);
    if (!(next > floor)) continue;
    // The sums cover whole blocks.
    const areSame = logits.peaks.areSame(floor, next);
    floor = next;
    if (!areSame) sum = addUp(envelope, logits, floor, sums);
  }
  return -1;
}

/** Writes the sums of all chunks; returns their sum. */
function addUp(envelope: Envelope, logits: Logits, floor: f32, sums: usize): f64 {
  const count = logits.peaks.count;
  let sum: f64 = 0;
  for (let first: u32 = 0; first < count; first += CHUNK, sums += 8) {
    const part = envelope.chunk(first, min(first + CHUNK, count), floor);
    store<f64>(sums, part);
    sum += part;
  }
  return sum;
}

/** The token at which the running sum of the bounds exceeds `target`; -1 if rounding keeps it below. */
function find(target: f64, envelope: Envelope, logits: Logits, floor: f32, sums: usize): i32 {
  const peaks = logits.peaks;
  let sum: f64 = 0;
  for (let first: u32 = 0; first < peaks.count; first += CHUNK, sums += 8) {
    const part = load<f64>(sums);
    if (sum + part <= target) {
      sum += part;
      continue;
    }
    for (let i = first; i < first + CHUNK && i < peaks.count; ++i) {
      if (!peaks.isAbove(i, floor)) continue;
      for (let id = i * BLOCK, end = min(id + BLOCK, logits.size); id < end; ++id) {
        sum += <f64>envelope.of(logits.at(id));
        if (sum > target) return id;
      }
    }
    return -1;
  }
  return -1;
}

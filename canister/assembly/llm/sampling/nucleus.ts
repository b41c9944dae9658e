import { Boundary } from './boundary';
import { Envelope, LEAST } from './envelope';
import { exp1 } from './exp';
import { before } from './adjacent';
import { Logits } from './logits';

/** Largest relative error of sums of bounds, which are added in f32, 64 at a time. */
const SLACK: f64 = 2e-5;
/** More than the relative error of sums of weights in f64. */
const ROUNDING: f64 = 1e-9;
/** After bounds alone have placed this many tokens outside, the boundary is computed. */
const MOST_OUTSIDE: i32 = 4;

/**
 * The most probable tokens of a whole vocabulary that together reach probability p, without a list: each token is
 * checked by itself. It is inside if the tokens before it (greater logits, then lower ids) do not reach p, which bounds
 * of the weights usually decide. If they do not, or if several tokens were outside, the boundary is computed.
 */
export class Nucleus {
  /** Sum of all bounds; negative if unknown. */
  private all: f64 = -1;
  private readonly end: Boundary = new Boundary();
  private isFound: bool = false;
  /** Number of tokens with the greatest logit, and number of candidates; negative if unknown. */
  private greatests: f64 = -1;
  private count: f64 = -1;
  private outside: i32 = 0;
  p: f32 = 0;
  temperature: f32 = 0;
  floor: f32 = 0;
  private readonly envelope: Envelope;

  constructor(private readonly logits: Logits) {
    this.envelope = new Envelope(logits);
  }

  /**
   * Begins with the current logits, the greatest of which is finite.
   *
   * @param p       above 0, below 1
   * @param floor   logits that are not above it are no candidates
   */
  begin(p: f32, temperature: f32, floor: f32): void {
    this.p = p;
    this.temperature = temperature;
    this.floor = floor;
    this.all = -1;
    this.isFound = false;
    this.greatests = -1;
    this.count = -1;
    this.outside = 0;
    this.envelope.begin(this.logits.greatest(), temperature);
  }

  /** Whether a token above the floor is inside. */
  has(id: u32): bool {
    const logit = this.logits.at(id);
    let answer = logit == this.logits.greatest() ? this.byCount(id) : UNKNOWN;
    if (answer != UNKNOWN) return answer == INSIDE;
    if (!this.isFound) answer = this.byBounds(id, logit);
    if (answer == INSIDE) return true;
    if (answer == OUTSIDE && ++this.outside <= MOST_OUTSIDE) return false;
    return this.boundary().has(id, logit);
  }

  /** A floor for the nucleus, given the logit of a token outside: all tokens inside are above the floor. */
  floorBelow(logit: f32): f32 {
    // Some of the tokens with an equal logit may be inside.
    return before(this.isFound ? this.end.least : logit);
  }

  /** Where it ends. */
  boundary(): Boundary {
    if (!this.isFound) this.end.find(this.logits, this.logits.greatest(), this.temperature, this.floor, this.p);
    this.isFound = true;
    return this.end;
  }

  /**
   * Decides about a token with the greatest logit, which weighs 1. The total weight is between the number of such
   * tokens and the number of all. A second draw needs no boundary: the nucleus ends among equal tokens, and nothing
   * else is drawn.
   */
  private byCount(id: u32): i32 {
    const logits = this.logits;
    const p = <f64>this.p;
    const greatest = logits.greatest();
    const before = <f64>logits.countEqual(greatest, 0, id);
    if (this.greatests < 0) this.greatests = before + <f64>logits.countEqual(greatest, id, logits.size);
    if (before < p * this.greatests * (1 - ROUNDING)) return INSIDE;
    if (this.count < 0) {
      const isAll = this.greatests == <f64>logits.size;
      this.count = isAll ? this.greatests : <f64>logits.peaks.countAbove(this.floor);
    }
    return before >= p * this.count * (1 + ROUNDING) ? OUTSIDE : UNKNOWN;
  }

  private byBounds(id: u32, logit: f32): i32 {
    const p = <f64>this.p;
    const logits = this.logits;
    const envelope = this.envelope;
    const greatest = logits.greatest();
    // Sums of the bounds of tokens with at least this logit, and of those with lesser ones.
    const upper = this.sumFrom(logit);
    const all = this.all;
    const lower = all - upper;
    const slack = all * SLACK;
    if (upper + slack < p * LEAST * all) return INSIDE;
    if ((lower - slack) * LEAST > (1 - p) * all) return INSIDE;

    const tiesBefore = logits.countEqual(logit, 0, id);
    const ties = tiesBefore + logits.countEqual(logit, id, logits.size);
    const weight = <f64>exp1((logit - greatest) / this.temperature);
    // Bounds of the tokens with greater logits; weights of the equal ones before it, and of itself and the ones after
    // it.
    const above = upper - <f64>ties * <f64>envelope.of(logit);
    const equal = <f64>tiesBefore * weight;
    const rest = <f64>(ties - tiesBefore) * weight;
    if (above + slack + equal < p * LEAST * all) return INSIDE;
    if ((lower - slack) * LEAST + rest > (1 - p) * all + slack) return INSIDE;
    if ((above - slack) * LEAST + equal >= p * all + slack) return OUTSIDE;
    if (lower + slack + rest <= (1 - p) * LEAST * all) return OUTSIDE;
    return UNKNOWN;
  }

  /** Sum of the bounds of the tokens with at least this logit; computes `all` if it is unknown. */
  private sumFrom(logit: f32): f64 {
    const envelope = this.envelope;
    const limit = before(logit);
    if (this.all < 0 && this.floor == -Infinity) {
      envelope.both(limit);
      this.all = envelope.all;
      return envelope.above;
    }
    if (this.all < 0) this.all = envelope.sumAbove(this.floor);
    return envelope.sumAbove(limit);
  }
}

/** What the bounds tell about a token. */
const INSIDE: i32 = 1;
const OUTSIDE: i32 = 0;
const UNKNOWN: i32 = -1;

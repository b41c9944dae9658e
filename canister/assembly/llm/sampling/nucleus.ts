import { Boundary } from './boundary';
import { Envelope, LEAST } from './envelope';
import { exp1 } from './exp';
import { before } from './adjacent';
import { Logits } from './logits';

/** What sums of bounds may be wrong by, as a share of all: they are added up in f32, 64 at a time. */
const SLACK: f64 = 2e-5;
/** More than sums of weights in f64 may be wrong by, as a share of them. */
const ROUNDING: f64 = 1e-9;
/** So many tokens are told to be outside by bounds alone; then the boundary is looked for. */
const MOST_OUTSIDE: i32 = 4;

/**
 * The most probable tokens of a whole vocabulary that together reach probability p, without a list of them: whether a
 * token is one is asked of it alone. It is if those before it (greater logits, then lower ids) do not reach p yet, which
 * bounds of the weights mostly decide; where they do not, or did in vain, the boundary is found.
 */
export class Nucleus {
  /** Sum of all bounds; negative while not known. */
  private all: f64 = -1;
  private readonly end: Boundary = new Boundary();
  private isFound: bool = false;
  /** Tokens with the greatest logit, and candidates; negative while not known. */
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
   * Begins with the logits as they are, the greatest of which is finite.
   *
   * @param p       above 0, below 1
   * @param floor   what is not above it is no candidate
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

  /** Whether a token above the floor belongs to it. */
  has(id: u32): bool {
    const logit = this.logits.at(id);
    let answer = logit == this.logits.greatest() ? this.byCount(id) : UNKNOWN;
    if (answer != UNKNOWN) return answer == INSIDE;
    if (!this.isFound) answer = this.byBounds(id, logit);
    if (answer == INSIDE) return true;
    if (answer == OUTSIDE && ++this.outside <= MOST_OUTSIDE) return false;
    return this.boundary().has(id, logit);
  }

  /** Nothing that is not above this is in it, a token with this logit, which is outside, being one of that. */
  floorBelow(logit: f32): f32 {
    // Of equal ones some may be in it.
    return before(this.isFound ? this.end.least : logit);
  }

  /** Where it ends. */
  boundary(): Boundary {
    if (!this.isFound) this.end.find(this.logits, this.logits.greatest(), this.temperature, this.floor, this.p);
    this.isFound = true;
    return this.end;
  }

  /**
   * Of a token with the greatest logit, which weighs 1. All together weigh as much as those that equal it at least, and as
   * their number at most. Drawing again needs no boundary: it ends among the equal ones, and nothing else is drawn.
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
    // Bounds of the tokens with this logit and greater ones, and of those with lesser ones.
    const upper = this.sumFrom(logit);
    const all = this.all;
    const lower = all - upper;
    const slack = all * SLACK;
    if (upper + slack < p * LEAST * all) return INSIDE;
    if ((lower - slack) * LEAST > (1 - p) * all) return INSIDE;

    const tiesBefore = logits.countEqual(logit, 0, id);
    const ties = tiesBefore + logits.countEqual(logit, id, logits.size);
    const weight = <f64>exp1((logit - greatest) / this.temperature);
    // Bounds of the tokens with greater logits; weights of the equal ones before it, and of it and those behind it.
    const above = upper - <f64>ties * <f64>envelope.of(logit);
    const equal = <f64>tiesBefore * weight;
    const rest = <f64>(ties - tiesBefore) * weight;
    if (above + slack + equal < p * LEAST * all) return INSIDE;
    if ((lower - slack) * LEAST + rest > (1 - p) * all + slack) return INSIDE;
    if ((above - slack) * LEAST + equal >= p * all + slack) return OUTSIDE;
    if (lower + slack + rest <= (1 - p) * LEAST * all) return OUTSIDE;
    return UNKNOWN;
  }

  /** Sum of the bounds of the tokens with at least this logit; makes `all` if it is not known. */
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

/** What bounds say of a token. */
const INSIDE: i32 = 1;
const OUTSIDE: i32 = 0;
const UNKNOWN: i32 = -1;

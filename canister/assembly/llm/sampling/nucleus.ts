import { Envelope, LEAST } from './envelope';
import { exp1 } from './exp';
import { Logits, before } from './logits';
import { sumOfWeights } from './weights';

/** What sums of bounds may be wrong by, as a share of all: they are added up in f32, 64 at a time. */
const SLACK: f64 = 2e-5;

/**
 * The most probable tokens of a whole vocabulary that together reach probability p, without a list of them: whether a
 * token is one is asked of it alone. It is if those before it (greater logits, then lower ids) do not reach p yet, which
 * bounds of the weights nearly always decide.
 */
export class Nucleus {
  /** Sum of all bounds, and of all weights; negative while not known. */
  private all: f64 = -1;
  private exact: f64 = -1;

  /**
   * @param p       above 0, below 1
   * @param floor   what is not above it is no candidate
   */
  constructor(
    readonly p: f32,
    readonly temperature: f32,
    readonly floor: f32,
  ) {}

  /** Whether a token above the floor belongs to it. `greatest`: the greatest logit, finite. */
  has(id: u32, logits: Logits, greatest: f32): bool {
    const logit = logits.at(id);
    const p = <f64>this.p;
    const envelope = new Envelope(logits, greatest, this.temperature);
    // Bounds of the tokens with this logit and greater ones, and of those with lesser ones.
    const upper = this.sumFrom(logit, envelope);
    const all = this.all;
    const lower = all - upper;
    const slack = all * SLACK;
    if (upper + slack < p * LEAST * all) return true;
    if ((lower - slack) * LEAST > (1 - p) * all) return true;

    const ties = logits.countEqual(logit, logits.size);
    const tiesBefore = logits.countEqual(logit, id);
    const weight = <f64>this.weight(logit, greatest);
    const above = upper - <f64>ties * <f64>envelope.of(logit);
    if ((above - slack) * LEAST + <f64>tiesBefore * weight >= p * all) return false;
    if (lower + slack + <f64>(ties - tiesBefore) * weight <= (1 - p) * LEAST * all) return false;
    const sum = this.sum(logits, greatest);
    return sumOfWeights(logits, greatest, this.temperature, logit) + <f64>tiesBefore * weight < p * sum;
  }

  /** Sum of the weights of all candidates. */
  sum(logits: Logits, greatest: f32): f64 {
    if (this.exact < 0) this.exact = sumOfWeights(logits, greatest, this.temperature, this.floor);
    return this.exact;
  }

  weight(logit: f32, greatest: f32): f32 {
    return exp1((logit - greatest) / this.temperature);
  }

  /** Sum of the bounds of the tokens with at least this logit; makes `all` if it is not known. */
  private sumFrom(logit: f32, envelope: Envelope): f64 {
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

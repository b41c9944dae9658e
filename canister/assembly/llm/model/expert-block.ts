/**
 * Routed experts (Fedus et al. 2021, arXiv 2101.03961; Qwen 2 and 3): a token goes to the few experts that its router
 * rates highest, and gets the sum of their results, weighted by the softmax of the ratings.
 *
 * The tokens of a batch are computed one by one, because each has its own experts.
 */
import { Sequence } from '../cache/sequence';
import { TOKEN_STRIDE } from '../kernels/layout';
import { scale } from '../kernels/scale';
import { clear } from '../kernels/start';
import { Image } from '../quant/image';
import { Activations, multiply } from '../quant/multiply';
import { Block, BlockKind } from './block';
import { floats, Room } from './buffers';
import { BIAS_NONE, Description, Experts } from './description';
import { activate, FeedForwardBlock, FeedForwardKind } from './feed-forward-block';
import { project } from './linear';
import { imageCost, linearCost } from './operator-cost';
import { TensorFinder } from './tensor-finder';
import { Linear, Vector } from './weights';
import { Workspace } from './workspace';

export class ExpertKind extends BlockKind {
  /** f32[experts]: ratings. */
  router: usize = 0;
  /** [ expert: u32 | weight: f32 ] of the used ones, and the weight of the shared one. */
  chosen: usize = 0;
  /** f32[width] of one expert. */
  gate: usize = 0;
  up: usize = 0;
  /** f32[embedding]: the sum of the experts' results. */
  routed: usize = 0;
  /** The input of one expert's last matrix, for one token. */
  hidden: Activations = new Activations(0, 0, 0, 0, 0, 0);
  /** The shared expert's kind. */
  private readonly shared: FeedForwardKind;

  constructor(d: Description) {
    super(d);
    this.shared = new FeedForwardKind(d);
  }

  has(layer: i32): bool {
    return this.description.experts !== null;
  }

  find(finder: TensorFinder, at: string, layer: i32): Block {
    const d = this.description;
    const experts = d.experts!;
    const block = new ExpertBlock(
      d,
      experts,
      this,
      finder.linear(at + 'ffn_gate_inp', experts.count, d.embedding, BIAS_NONE),
      experts.shared ? finder.vector(at + 'ffn_gate_inp_shexp.weight', d.embedding) : null,
      experts.shared ? this.shared.findNamed(finder, at, '_shexp') : null,
    );
    finder.matrices(at + 'ffn_gate_exps.weight', experts.count, experts.feedForward, d.embedding, block.gates);
    finder.matrices(at + 'ffn_up_exps.weight', experts.count, experts.feedForward, d.embedding, block.ups);
    finder.matrices(at + 'ffn_down_exps.weight', experts.count, d.embedding, experts.feedForward, block.downs);
    return block;
  }

  widest(): usize {
    return this.shared.widest();
  }

  take(room: Room): void {
    const d = this.description;
    const experts = d.experts!;
    this.shared.take(room);
    this.router = room.take(floats(experts.count));
    this.chosen = room.take(8 * experts.used + 4);
    this.gate = room.take(floats(experts.feedForward));
    this.up = room.take(floats(experts.feedForward));
    this.routed = room.take(floats(d.embedding));
    this.hidden = room.takeActivations(experts.feedForward);
  }
}


@final
class ExpertBlock extends Block {
  readonly gates: Image[] = [];
  readonly ups: Image[] = [];
  readonly downs: Image[] = [];

  constructor(
    private readonly description: Description,
    private readonly experts: Experts,
    private readonly kind: ExpertKind,
    /** [experts][embedding] */
    private readonly router: Linear,
    /** f32[embedding]: the shared expert's gate, and that expert; or null. */
    private readonly sharedGate: Vector | null,
    private readonly shared: FeedForwardBlock | null,
  ) {
    super();
  }

  compute(w: Workspace, sequence: Sequence, place: usize, out: usize): void {
    const d = this.description;
    const experts = this.experts;
    const kind = this.kind;
    const tokens = sequence.batch;
    project(w.activations, this.router, kind.router, tokens);
    for (let t = 0; t < tokens; ++t) {
      const at = <usize>t * TOKEN_STRIDE;
      const chosen = kind.chosen + at;
      choose(experts, kind.router + at, chosen);
      const gate = this.sharedGate;
      if (gate != null) store<f32>(chosen + (experts.used << 3), gateOf(d, gate, w.activations.values + at));
      clear(kind.routed + at, (d.embedding + 3) & ~3);
      for (let i: usize = 0; i < experts.used; ++i) {
        this.say(w, t, load<u32>(chosen + (i << 3)), load<f32>(chosen + (i << 3), 4));
      }
    }
    const shared = this.shared;
    if (shared != null) shared.compute(w, sequence, place, out);
    for (let t = 0; t < tokens; ++t) {
      const at = <usize>t * TOKEN_STRIDE;
      const factor: f32 = shared == null ? 0 : load<f32>(kind.chosen + at + (experts.used << 3));
      for (let i: usize = 0; i < d.embedding << 2; i += 4) {
        const routed = load<f32>(kind.routed + at + i);
        store<f32>(out + at + i, shared == null ? routed : routed + factor * load<f32>(out + at + i));
      }
    }
  }

  /** Adds one expert's result, times `weight`, to token t's `routed`. */
  private say(w: Workspace, t: i32, expert: i32, weight: f32): void {
    const kind = this.kind;
    const at = <usize>t * TOKEN_STRIDE;
    const gate = this.gates[expert];
    const up = this.ups[expert];
    const down = this.downs[expert];
    const width = this.experts.feedForward;
    clear(kind.gate + at, gate.groups() << 2);
    clear(kind.up + at, up.groups() << 2);
    multiply(gate, w.activations, 0, gate.groups(), kind.gate, 1, t);
    multiply(up, w.activations, 0, up.groups(), kind.up, 1, t);
    const hidden = kind.hidden;
    activate(this.description.gate, kind.gate + at, kind.up + at, width, hidden.values);
    scale(hidden.values, width, weight);
    hidden.begin(width, 1);
    multiply(down, hidden, 0, down.groups(), kind.routed + at, 1);
  }

  /** Each token may have experts of its own. */
  cost(position: i32, batch: i32): u64 {
    const experts = this.experts;
    const width = this.description.embedding;
    const matrices = imageCost(this.gates[0], experts.feedForward, 1) + imageCost(this.ups[0], experts.feedForward, 1);
    const each = matrices + imageCost(this.downs[0], width, 1) + <u64>experts.feedForward * 60;
    const choosing = <u64>experts.count * (200 + 20 * <u64>experts.used) + <u64>width * 60;
    const shared = this.shared;
    const cost = linearCost(this.router, batch) + <u64>batch * (<u64>experts.used * each + choosing);
    return shared == null ? cost : cost + shared.cost(position, batch);
  }
}

/**
 * Chooses from f32[count] ratings: `chosen` gets [ expert: u32 | weight: f32 ] of each, the highest first, ties to the
 * lower one.
 */
function choose(experts: Experts, ratings: usize, chosen: usize): void {
  const count = experts.count;
  let most: f32 = load<f32>(ratings);
  for (let i: usize = 1; i < count; ++i) most = max(most, load<f32>(ratings + (i << 2)));
  let total: f64 = 0;
  for (let i: usize = 0; i < count; ++i) total += Math.exp(<f64>(load<f32>(ratings + (i << 2)) - most));
  let sum: f64 = 0;
  for (let place: usize = 0; place < experts.used; ++place) {
    let best: usize = 0;
    let rating: f32 = -Infinity;
    for (let i: usize = 0; i < count; ++i) {
      if (load<f32>(ratings + (i << 2)) <= rating) continue;
      best = i;
      rating = load<f32>(ratings + (i << 2));
    }
    const weight = Math.exp(<f64>(rating - most)) / total;
    sum += weight;
    store<u32>(chosen + (place << 3), <u32>best);
    store<f32>(chosen + (place << 3), <f32>weight, 4);
    store<f32>(ratings + (best << 2), -Infinity);
  }
  const factor = <f32>(experts.normalized && sum > 0 ? 1 / sum : 1);
  for (let place: usize = 0; place < experts.used; ++place) {
    store<f32>(chosen + (place << 3), load<f32>(chosen + (place << 3), 4) * factor, 4);
  }
}

/** The sigmoid of a vector's product with the shared expert's gate. */
function gateOf(d: Description, gate: Vector, x: usize): f32 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < d.embedding << 2; i += 4) sum += <f64>load<f32>(x + i) * <f64>load<f32>(gate.address + i);
  return <f32>(1 / (1 + Math.exp(-sum)));
}

/**
 * Routed experts (Fedus et al. 2021, arXiv 2101.03961; Qwen 2 and 3): a token goes to the few experts that its router
 * rates highest, and gets the sum of their results, weighted by the ratings (routing.ts).
 *
 * A batch is computed expert by expert, each with all of its tokens, so the weights of an expert are read once. A
 * token's results are added in the order of the experts, whatever the batch.
 */
import { Sequence } from '../cache/sequence';
import { add, addScaled } from '../kernels/add';
import { BATCH, TOKEN_STRIDE } from '../kernels/layout';
import { scale } from '../kernels/scale';
import { clear, copy } from '../kernels/start';
import { Image } from '../quant/image';
import { Activations, multiply } from '../quant/multiply';
import { Block, BlockKind } from './block';
import { floats, Room } from './buffers';
import { BIAS_NONE, BIAS_REQUIRED, Description, Experts, SHARED_GATED, SHARED_NONE } from './description';
import { activate, FeedForwardBlock, FeedForwardKind } from './feed-forward-block';
import { project } from './linear';
import { imageOperators, imagePages, linearCost } from './operator-cost';
import { route } from './routing';
import { TensorFinder } from './tensor-finder';
import { Linear, Vector } from './weights';
import { Workspace } from './workspace';

/** The fewest tokens of an expert that kernels take together (quant/multiply.ts); fewer are multiplied where they are. */
const TOGETHER: i32 = 4;

export class ExpertKind extends BlockKind {
  /** f32[experts]: the router's ratings, and the weights of the experts. */
  ratings: usize = 0;
  weights: usize = 0;
  /** f64[experts]: scratch of the router. */
  scores: usize = 0;
  choice: usize = 0;
  /** f32: the weight of the shared expert. */
  sharedWeight: usize = 0;
  /** f32[width] of one expert. */
  gate: usize = 0;
  up: usize = 0;
  /** f32[embedding]: the sum of the experts' results. */
  routed: usize = 0;
  /** The tokens of one expert one after another: their inputs, and their sums. */
  gathered: Activations = new Activations(0, 0, 0, 0, 0, 0);
  sums: usize = 0;
  /** The inputs of one expert's last matrix. */
  hidden: Activations = new Activations(0, 0, 0, 0, 0, 0);
  /** The tokens of the batch that one expert has. */
  readonly members: StaticArray<i32> = new StaticArray<i32>(BATCH);
  /** The shared expert's kind. */
  private readonly shared: FeedForwardKind;

  constructor(d: Description) {
    super(d);
    this.shared = new FeedForwardKind(d);
  }

  has(layer: i32): bool {
    const experts = this.description.experts;
    return experts !== null && layer >= experts.denseLayers;
  }

  find(finder: TensorFinder, at: string, layer: i32): Block {
    const d = this.description;
    const experts = d.experts!;
    const count = experts.count;
    const width = experts.feedForward;
    const block = new ExpertBlock(
      d,
      experts,
      this,
      finder.linear(at + 'ffn_gate_inp', count, d.embedding, experts.biased ? BIAS_REQUIRED : BIAS_NONE),
      experts.choiceBias ? finder.vector(at + 'exp_probs_b.bias', count) : null,
      experts.shared == SHARED_GATED ? finder.vector(at + 'ffn_gate_inp_shexp.weight', d.embedding) : null,
      experts.shared == SHARED_NONE ? null : this.shared.findNamed(finder, at, '_shexp'),
    );
    finder.matrices(at + 'ffn_gate_exps.weight', count, width, d.embedding, block.gates);
    finder.matrices(at + 'ffn_up_exps.weight', count, width, d.embedding, block.ups);
    finder.matrices(at + 'ffn_down_exps.weight', count, d.embedding, width, block.downs);
    if (!experts.biased) return block;
    block.gateBiases = finder.table(at + 'ffn_gate_exps.bias', width, count);
    block.upBiases = finder.table(at + 'ffn_up_exps.bias', width, count);
    block.downBiases = finder.table(at + 'ffn_down_exps.bias', d.embedding, count);
    return block;
  }

  widest(): usize {
    return this.description.experts!.shared == SHARED_NONE ? 0 : this.shared.widest();
  }

  take(room: Room): void {
    const d = this.description;
    const experts = d.experts!;
    if (experts.shared != SHARED_NONE) this.shared.take(room);
    this.ratings = room.take(floats(experts.count));
    this.weights = room.take(floats(experts.count));
    this.scores = room.take(8 * experts.count);
    this.choice = room.take(8 * experts.count);
    this.sharedWeight = room.take(4);
    this.gate = room.take(floats(experts.feedForward));
    this.up = room.take(floats(experts.feedForward));
    this.routed = room.take(floats(d.embedding));
    this.gathered = room.takeActivations(d.embedding);
    this.sums = room.take(floats(d.embedding));
    this.hidden = room.takeActivations(experts.feedForward);
  }
}


@final
class ExpertBlock extends Block {
  readonly gates: Image[] = [];
  readonly ups: Image[] = [];
  readonly downs: Image[] = [];
  /** f32[experts][rows] of the three matrices, or null. */
  gateBiases: Vector | null = null;
  upBiases: Vector | null = null;
  downBiases: Vector | null = null;

  constructor(
    private readonly description: Description,
    private readonly experts: Experts,
    private readonly kind: ExpertKind,
    /** [experts][embedding] */
    private readonly router: Linear,
    /** f32[experts]: added to scores for the choice only; or null. */
    private readonly choiceBias: Vector | null,
    /** f32[embedding]: the shared expert's gate, and that expert; or null. */
    private readonly sharedGate: Vector | null,
    private readonly shared: FeedForwardBlock | null,
  ) {
    super();
  }

  compute(w: Workspace, sequence: Sequence, place: usize, out: usize): void {
    const d = this.description;
    const kind = this.kind;
    const tokens = sequence.batch;
    project(w.activations, this.router, kind.ratings, tokens);
    const bias = this.choiceBias;
    const gate = this.sharedGate;
    for (let t = 0; t < tokens; ++t) {
      const at = <usize>t * TOKEN_STRIDE;
      const address: usize = bias == null ? 0 : bias.address;
      route(this.experts, kind.ratings + at, address, kind.scores, kind.choice, kind.weights + at);
      if (gate != null) store<f32>(kind.sharedWeight + at, gateOf(d, gate, w.activations.values + at));
      clear(kind.routed + at, (d.embedding + 3) & ~3);
    }
    for (let expert: usize = 0; expert < this.experts.count; ++expert) this.say(w, tokens, expert);
    const shared = this.shared;
    if (shared != null) shared.compute(w, sequence, place, out);
    for (let t = 0; t < tokens; ++t) {
      const at = <usize>t * TOKEN_STRIDE;
      if (shared == null) {
        copy(out + at, kind.routed + at, (d.embedding + 3) & ~3);
        continue;
      }
      if (gate != null) scale(out + at, d.embedding, load<f32>(kind.sharedWeight + at));
      add(out + at, kind.routed + at, d.embedding);
    }
  }

  /** Adds one expert's weighted results to `routed` of its tokens. */
  private say(w: Workspace, tokens: i32, expert: usize): void {
    const kind = this.kind;
    const members = kind.members;
    let count = 0;
    for (let t = 0; t < tokens; ++t) {
      if (load<f32>(kind.weights + <usize>t * TOKEN_STRIDE + (expert << 2)) != 0) members[count++] = t;
    }
    if (count < TOGETHER) {
      for (let i = 0; i < count; ++i) {
        const t = members[i];
        this.evaluate(w.activations, t, expert, i, 1, kind.routed + <usize>t * TOKEN_STRIDE);
      }
      return;
    }
    const width = (this.description.embedding + 3) & ~3;
    const gathered = kind.gathered;
    for (let i = 0; i < count; ++i) {
      const slot = <usize>i * TOKEN_STRIDE;
      const at = <usize>members[i] * TOKEN_STRIDE;
      copy(gathered.values + slot, w.activations.values + at, width);
      copy(kind.sums + slot, kind.routed + at, width);
    }
    gathered.begin(this.description.embedding, count);
    this.evaluate(gathered, 0, expert, 0, count, kind.sums);
    for (let i = 0; i < count; ++i) {
      copy(kind.routed + <usize>members[i] * TOKEN_STRIDE, kind.sums + <usize>i * TOKEN_STRIDE, width);
    }
  }

  /**
   * Adds one expert's weighted results to `sums`, for `count` of its members from `from` on, whose inputs are those of
   * `a` from token `first` on.
   */
  private evaluate(a: Activations, first: i32, expert: usize, from: i32, count: i32, sums: usize): void {
    const kind = this.kind;
    const width = this.experts.feedForward;
    const gate = this.gates[<i32>expert];
    const up = this.ups[<i32>expert];
    const down = this.downs[<i32>expert];
    for (let i = 0; i < count; ++i) {
      const at = <usize>(first + i) * TOKEN_STRIDE;
      begin(kind.gate + at, gate, this.gateBiases, expert);
      begin(kind.up + at, up, this.upBiases, expert);
    }
    multiply(gate, a, 0, gate.groups(), kind.gate, count, first);
    multiply(up, a, 0, up.groups(), kind.up, count, first);
    const hidden = kind.hidden;
    const biases = this.downBiases;
    for (let i = 0; i < count; ++i) {
      const at = <usize>(first + i) * TOKEN_STRIDE;
      const slot = <usize>i * TOKEN_STRIDE;
      const weight = load<f32>(kind.weights + <usize>kind.members[from + i] * TOKEN_STRIDE + (expert << 2));
      activate(this.description.gate, kind.gate + at, kind.up + at, width, hidden.values + slot);
      scale(hidden.values + slot, width, weight);
      if (biases == null) continue;
      const embedding = this.description.embedding;
      addScaled(sums + slot, biases.address + ((expert * embedding) << 2), embedding, weight);
    }
    hidden.begin(width, count);
    multiply(down, hidden, 0, down.groups(), sums, count);
  }

  /** Each token may have experts of its own; the pages of an expert are paid for once. */
  cost(position: i32, batch: i32): u64 {
    const experts = this.experts;
    const width = this.description.embedding;
    const gate = this.gates[0];
    const up = this.ups[0];
    const down = this.downs[0];
    const products = imageOperators(gate, 1) + imageOperators(up, 1) + imageOperators(down, 1);
    const each = products + <u64>experts.feedForward * 60 + <u64>width * 20;
    const pages = imagePages(gate) + imagePages(up) + imagePages(down);
    const choosing = <u64>experts.count * (200 + 20 * <u64>experts.used) + <u64>width * 60;
    const pairs = <u64>batch * experts.used;
    const cost = linearCost(this.router, batch) + <u64>batch * choosing;
    const shared = this.shared;
    const routed = pairs * each + min<u64>(pairs, experts.count) * pages;
    return cost + routed + (shared == null ? 0 : shared.cost(position, batch));
  }
}

/** Start values of a product: zeros, or the expert's biases. */
function begin(y: usize, image: Image, biases: Vector | null, expert: usize): void {
  const rows = image.groups() << 2;
  if (biases == null) clear(y, rows);
  else copy(y, biases.address + ((expert * image.rows) << 2), rows);
}

/** The sigmoid of a vector's product with the shared expert's gate. */
function gateOf(d: Description, gate: Vector, x: usize): f32 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < d.embedding << 2; i += 4) sum += <f64>load<f32>(x + i) * <f64>load<f32>(gate.address + i);
  return <f32>(1 / (1 + Math.exp(-sum)));
}

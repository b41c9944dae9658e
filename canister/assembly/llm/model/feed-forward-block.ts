/** The feed-forward block: each token separately is widened, activated and narrowed again. */
import { Sequence } from '../cache/sequence';
import { clampedGate, GATE_CLAMPED, GATE_GELU, geluGate, gelus, siluGate } from '../kernels/activation';
import { TOKEN_STRIDE } from '../kernels/layout';
import { Block, BlockKind } from './block';
import { floats, Room } from './buffers';
import { Description } from './description';
import { project } from './linear';
import { linearCost } from './operator-cost';
import { TensorFinder } from './tensor-finder';
import { Linear } from './weights';
import { Workspace } from './workspace';

/** y[n] = activation(gate[n]) * up[n] */
export function activate(kind: i32, gate: usize, up: usize, n: usize, y: usize): void {
  if (kind == GATE_GELU) geluGate(gate, up, n, y);
  else if (kind == GATE_CLAMPED) clampedGate(gate, up, n, y);
  else siluGate(gate, up, n, y);
}

export class FeedForwardKind extends BlockKind {
  /** f32[feedForward] */
  gate: usize = 0;
  up: usize = 0;

  has(layer: i32): bool {
    return true;
  }

  find(finder: TensorFinder, at: string, layer: i32): Block {
    return this.findNamed(finder, at, '');
  }

  /** @param suffix of the tensors' names */
  findNamed(finder: TensorFinder, at: string, suffix: string): FeedForwardBlock {
    const d = this.description;
    const width = d.feedForward;
    const up = at + 'ffn_up' + suffix;
    const down = at + 'ffn_down' + suffix;
    const biases = d.feedForwardBias;
    if (d.fusedGate) {
      return new FeedForwardBlock(
        d,
        this,
        finder.linear(up, width, d.embedding, biases, 0, 2 * width),
        finder.linear(up, width, d.embedding, biases, width, 2 * width),
        finder.linear(down, d.embedding, width, biases),
      );
    }
    return new FeedForwardBlock(
      d,
      this,
      d.gated ? finder.linear(at + 'ffn_gate' + suffix, width, d.embedding, biases) : null,
      finder.linear(up, width, d.embedding, biases),
      finder.linear(down, d.embedding, width, biases),
    );
  }

  widest(): usize {
    return this.description.feedForward;
  }

  take(room: Room): void {
    this.gate = room.take(floats(this.description.feedForward));
    this.up = room.take(floats(this.description.feedForward));
  }
}


@final
export class FeedForwardBlock extends Block {
  constructor(
    private readonly description: Description,
    readonly kind: FeedForwardKind,
    /** Null if there is none. */
    readonly gate: Linear | null,
    readonly up: Linear,
    readonly down: Linear,
  ) {
    super();
  }

  compute(w: Workspace, sequence: Sequence, place: usize, out: usize): void {
    const d = this.description;
    const kind = this.kind;
    const a = w.activations;
    const gate = this.gate;
    const tokens = sequence.batch;
    if (gate != null) project(a, gate, kind.gate, tokens);
    project(a, this.up, kind.up, tokens);
    for (let t: usize = 0; t < <usize>tokens * TOKEN_STRIDE; t += TOKEN_STRIDE) {
      if (gate == null) gelus(kind.up + t, d.feedForward, a.values + t);
      else activate(d.gate, kind.gate + t, kind.up + t, d.feedForward, a.values + t);
    }
    a.begin(d.feedForward, tokens);
    project(a, this.down, out, tokens);
  }

  cost(position: i32, batch: i32): u64 {
    const gate = this.gate;
    const inputs = linearCost(this.up, batch) + (gate == null ? 0 : linearCost(gate, batch));
    return inputs + linearCost(this.down, batch) + <u64>batch * this.description.feedForward * 30;
  }
}

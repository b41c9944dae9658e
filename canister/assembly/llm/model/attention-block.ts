/** Attention: queries, keys and values of a batch, the cache, and the output projection. */
import { attend, attentionScratch, AttentionShape } from '../cache/attention';
import { Sequence } from '../cache/sequence';
import { clearSlot, clearTile, HeadTile, storeKey, storeValue, TILE_POSITIONS } from '../cache/tiles';
import { layernorm } from '../kernels/layernorm';
import { TOKEN_STRIDE } from '../kernels/layout';
import { rmsnorm } from '../kernels/rmsnorm';
import { rope } from '../kernels/rope';
import { Block, BlockKind } from './block';
import { floats, Room } from './buffers';
import {
  BIAS_OPTIONAL,
  Description,
  HEADS_ALIKE,
  HEADS_APART,
  HEADS_PLAIN,
  HEADS_TOGETHER,
  NORM_LAYER,
} from './description';
import { project } from './linear';
import { linearCost, PAGE, readPages, writtenPages } from './operator-cost';
import { TensorFinder } from './tensor-finder';
import { Linear, Vector } from './weights';
import { Workspace } from './workspace';

export class AttentionKind extends BlockKind {
  readonly shape: AttentionShape;
  /** f32[heads * keyDim], [keyValueHeads * keyDim], [keyValueHeads * valueDim] */
  query: usize = 0;
  key: usize = 0;
  value: usize = 0;
  /** Scores and weights over the whole context. */
  scratch: usize = 0;

  constructor(d: Description) {
    super(d);
    const scale = <f32>(d.attentionScale > 0 ? d.attentionScale : 1 / Math.sqrt(<f64>d.keyDim));
    const tile = new HeadTile(d.keyDim, d.valueDim, d.keyEntry, d.valueEntry);
    this.shape = new AttentionShape(d.heads, d.keyValueHeads, tile, scale, d.scoreCap);
  }

  has(layer: i32): bool {
    return true;
  }

  find(finder: TensorFinder, at: string, layer: i32): Block {
    const d = this.description;
    const queries = d.heads * d.keyDim;
    const keys = d.keyValueHeads * d.keyDim;
    const values = d.keyValueHeads * d.valueDim;
    const all = queries + keys + values;
    return new AttentionBlock(
      d,
      this,
      layer,
      this.projection(finder, at, 'attn_q', queries, 0, all),
      this.projection(finder, at, 'attn_k', keys, queries, all),
      this.projection(finder, at, 'attn_v', values, queries + keys, all),
      this.headNorm(finder, at + 'attn_q_norm.weight', d.heads),
      this.headNorm(finder, at + 'attn_k_norm.weight', d.keyValueHeads),
      finder.linear(at + 'attn_output', d.embedding, d.heads * d.valueDim, d.attentionOutputBias),
      d.sinks ? finder.vector(at + 'attn_sinks.weight', d.heads) : null,
    );
  }

  /**
   * Queries, keys or values: a tensor of their own, or some rows of a common one, whose biases may still be separate.
   */
  private projection(finder: TensorFinder, at: string, name: string, rows: usize, first: usize, all: usize): Linear {
    const width = this.description.embedding;
    const biases = this.description.queryKeyValueBias;
    const fused = at + 'attn_qkv';
    if (!finder.has(fused + '.weight')) return finder.linear(at + name, rows, width, biases);
    const image = finder.matrix(fused + '.weight', rows, width, first, all);
    const isApart = biases == BIAS_OPTIONAL && !finder.has(fused + '.bias');
    return new Linear(
      image,
      isApart ? finder.bias(at + name, rows, biases) : finder.bias(fused, rows, biases, first, all),
    );
  }

  private headNorm(finder: TensorFinder, name: string, heads: usize): Vector | null {
    const d = this.description;
    const kind = d.queryKeyNorm;
    if (kind == HEADS_PLAIN || (kind == HEADS_APART && !finder.has(name))) return null;
    if (kind == HEADS_ALIKE) return finder.vector(name, d.keyDim);
    if (kind == HEADS_TOGETHER) return finder.vector(name, heads * d.keyDim);
    return finder.table(name, d.keyDim, heads);
  }

  widest(): usize {
    return this.description.heads * this.description.valueDim;
  }

  take(room: Room): void {
    const d = this.description;
    this.query = room.take(floats(d.heads * d.keyDim));
    this.key = room.take(floats(d.keyValueHeads * d.keyDim));
    this.value = room.take(floats(d.keyValueHeads * d.valueDim));
  }

  sharedBytes(context: usize): usize {
    return attentionScratch(context);
  }

  takeShared(address: usize): void {
    this.scratch = address;
  }
}


@final
export class AttentionBlock extends Block {
  constructor(
    private readonly description: Description,
    readonly kind: AttentionKind,
    private readonly layer: i32,
    readonly query: Linear,
    readonly key: Linear,
    readonly value: Linear,
    /** The norm of queries that the description's `queryKeyNorm` asks for, or null. */
    private readonly queryNorm: Vector | null,
    private readonly keyNorm: Vector | null,
    readonly output: Linear,
    /** f32[heads], or null. */
    private readonly sinks: Vector | null,
  ) {
    super();
  }

  /** Fills the cache at the batch's positions and attends to all positions up to each token's own. */
  compute(w: Workspace, sequence: Sequence, place: usize, out: usize): void {
    const d = this.description;
    const kind = this.kind;
    const tokens = sequence.batch;
    project(w.activations, this.query, kind.query, tokens);
    project(w.activations, this.key, kind.key, tokens);
    project(w.activations, this.value, kind.value, tokens);
    for (let t = 0; t < tokens; ++t) this.positionToken(w, sequence, place, t);
    this.attend(w, sequence, place, sequence.evaluated, tokens);
    w.activations.begin(d.heads * d.valueDim, tokens);
    project(w.activations, this.output, out, tokens);
  }

  /** Puts the attention results of `tokens` tokens, the first at a position, into the workspace's activations. */
  attend(w: Workspace, sequence: Sequence, place: usize, position: i32, tokens: i32): void {
    const d = this.description;
    const kind = this.kind;
    const seen = d.isLocal(this.layer) ? d.window : u32.MAX_VALUE;
    const blocks = sequence.blocks();
    const sinks = this.sinks;
    const scores: usize = sinks == null ? 0 : sinks.address;
    attend(kind.shape, kind.query, position, tokens, seen, blocks, place, kind.scratch, w.activations.values, scores);
  }

  /** Applies the position to token t's queries and keys, and stores its keys and values in the cache. */
  private positionToken(w: Workspace, sequence: Sequence, place: usize, t: i32): void {
    const d = this.description;
    const kind = this.kind;
    const at = <usize>t * TOKEN_STRIDE;
    normalizeHeads(d, kind.query + at, d.heads, this.queryNorm);
    normalizeHeads(d, kind.key + at, d.keyValueHeads, this.keyNorm);
    if (d.turns(this.layer)) {
      const angles = (d.isLocal(this.layer) ? w.localRope : w.rope) + at;
      rope(kind.query + at, d.heads, d.keyDim, d.ropeKind, d.ropeDims >> 1, angles);
      rope(kind.key + at, d.keyValueHeads, d.keyDim, d.ropeKind, d.ropeDims >> 1, angles);
    }
    const position = <usize>(sequence.evaluated + t);
    const slot = position % TILE_POSITIONS;
    const shape = kind.shape.tile;
    let tile = sequence.block(<i32>(position / TILE_POSITIONS)) + place;
    for (let head: usize = 0; head < d.keyValueHeads; ++head) {
      if (slot == 0) clearTile(tile, shape);
      storeKey(tile, shape, slot, kind.key + at + ((head * d.keyDim) << 2));
      storeValue(tile, shape, slot, kind.value + at + ((head * d.valueDim) << 2));
      tile += shape.bytes();
    }
  }

  clear(cache: usize, from: i32, to: i32): void {
    const shape = this.kind.shape.tile;
    for (let head: usize = 0; head < this.description.keyValueHeads; ++head) {
      for (let slot = from; slot < to; ++slot) clearSlot(cache, shape, slot);
      cache += shape.bytes();
    }
  }

  /** Keys and values. */
  cacheBytes(): usize {
    return this.description.keyValueHeads * this.kind.shape.tile.bytes();
  }

  cost(position: i32, batch: i32): u64 {
    const inputs = linearCost(this.query, batch) + linearCost(this.key, batch);
    const others = linearCost(this.value, batch) + linearCost(this.output, batch);
    return inputs + others + this.attentionCost(position, batch);
  }

  private attentionCost(position: i32, batch: i32): u64 {
    const d = this.description;
    const tokens = <u64>batch;
    const seen: u64 = d.isLocal(this.layer) ? d.window : u32.MAX_VALUE;
    const tiles = (min(<u64>position, seen) + tokens) / TILE_POSITIONS + 2;
    const tile = this.kind.shape.tile;
    const dims: usize = 32 * tile.chunks() + 4 * tile.valueGroups();
    // Scores and values at most 0.76 each, the softmax 25 for a position, a soft cap 15.
    const perPosition = (<u64>dims * 76) / 100 + (d.scoreCap > 0 ? 40 : 25);
    let cost = tokens * d.heads * (tiles * (TILE_POSITIONS * perPosition + 60) + dims * 30 + 4000);
    cost += tokens * d.ropeDims * 400 + tokens * (d.heads + d.keyValueHeads) * (d.keyDim + d.valueDim) * 25;
    const pagesOfLayer = this.cacheBytes() / PAGE + 2;
    // Normalises `vectors` (f32[heads][dim], queries or keys) in the architecture's way.
    cost += this.cacheBytes();
    return cost + readPages(tiles * pagesOfLayer) + writtenPages((tiles * 1600) / PAGE + 2 * pagesOfLayer + 4);
  }
}

/** Normalises `vectors` (f32[heads][dim], queries or keys) as the architecture has it. */
function normalizeHeads(d: Description, vectors: usize, heads: usize, norm: Vector | null): void {
  if (norm == null) return;
  if (d.queryKeyNorm == HEADS_TOGETHER) return rmsnorm(vectors, norm.address, heads * d.keyDim, d.epsilon, vectors);
  const bytes = d.keyDim << 2;
  for (let head: usize = 0; head < heads; ++head) {
    const at = vectors + head * bytes;
    const weight = norm.address + (d.queryKeyNorm == HEADS_APART ? head * bytes : 0);
    if (d.norm == NORM_LAYER) layernorm(at, weight, 0, d.keyDim, d.epsilon, at);
    else rmsnorm(at, weight, d.keyDim, d.epsilon, at);
  }
}

/** The norms of a layer, by the kind that its architecture has. */
import { layernorm } from '../kernels/layernorm';
import { rmsnorm } from '../kernels/rmsnorm';
import { Description, HEADS_APART, HEADS_TOGETHER, NORM_LAYER } from './description';
import { Norm, Vector } from './weights';

/** y = norm(x), f32[embedding]; y may be x. Without a norm y = x. */
export function applyNorm(d: Description, norm: Norm | null, x: usize, y: usize): void {
  if (norm == null) {
    if (x != y) memory.copy(y, x, d.embedding << 2);
    return;
  }
  const bias = norm.bias;
  const address = norm.weight.address;
  if (d.norm == NORM_LAYER) layernorm(x, address, bias == null ? 0 : bias.address, d.embedding, d.epsilon, y);
  else rmsnorm(x, address, d.embedding, d.epsilon, y);
}

/** Normalises `vectors` (f32[heads][dim], queries or keys) as the architecture has it. */
export function normalizeHeads(d: Description, vectors: usize, heads: usize, norm: Vector | null): void {
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

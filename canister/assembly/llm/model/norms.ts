/** The norms of the residual stream, by the architecture's kind. */
import { layernorm } from '../kernels/layernorm';
import { rmsnorm } from '../kernels/rmsnorm';
import { Description, NORM_LAYER } from './description';
import { Norm } from './weights';

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

/** Tensors that tests add to a model, and tensors of a model in another shape. */
import type { Tensor } from './writer.js';

/** All values are the same. */
export const constant = (name: string, shape: number[]): Tensor => ({
  name,
  type: 'F32',
  shape,
  data: () => [new Uint8Array(new Float32Array(shape.reduce((a, b) => a * b)).fill(0.25).buffer)],
});

/** Some of a tensor's rows, as a tensor. */
function rowsOf(tensor: Tensor, name: string, from: number, rows: number): Tensor {
  const width = tensor.shape.length > 1 ? tensor.shape[0]! : 1;
  return {
    ...tensor,
    name,
    shape: tensor.shape.length > 1 ? [width, rows] : [rows],
    data: () => {
      const bytes = Buffer.concat([...tensor.data()]);
      return [new Uint8Array(bytes.subarray(from * width * 4, (from + rows) * width * 4))];
    },
  };
}

/** Joins tensors to one: their rows one after the other. */
function joined(tensors: readonly Tensor[], name: string): Tensor {
  const [first] = tensors;
  const rows = tensors.reduce((sum, { shape }) => sum + shape.at(-1)!, 0);
  return {
    ...first!,
    name,
    shape: [...first!.shape.slice(0, -1), rows],
    data: () => tensors.flatMap((tensor) => [...tensor.data()]),
  };
}

/**
 * Queries, keys and values joined if the mini model has them apart, and split if it has them in one; with biases or
 * only the weights.
 */
export function joinedOrSplit(tensors: readonly Tensor[], rows: readonly number[], biasesToo: boolean): Tensor[] {
  const parts = ['attn_q', 'attn_k', 'attn_v'];
  const out: Tensor[] = [];
  const layers = new Map<string, Tensor[]>();
  for (const tensor of tensors) {
    const [, layer, part, end] = /^(blk\.\d+\.)(attn_q|attn_k|attn_v|attn_qkv)\.(weight|bias)$/.exec(tensor.name) ?? [];
    if (!layer || (end === 'bias' && !biasesToo)) {
      out.push(tensor);
    } else if (part === 'attn_qkv') {
      let from = 0;
      parts.forEach((name, i) => {
        out.push(rowsOf(tensor, `${layer}${name}.${end}`, from, rows[i]!));
        from += rows[i]!;
      });
    } else {
      const key = `${layer}attn_qkv.${end}`;
      layers.set(key, [...(layers.get(key) ?? []), tensor]);
    }
  }
  for (const [name, three] of layers) out.push(joined(three, name));
  return out;
}

/** A vector whose values differ. */
export function bumps(name: string, length: number): Tensor {
  const values = Float32Array.from({ length }, (_, i) => Math.sin(i));
  return { name, type: 'F32', shape: [length], data: () => [new Uint8Array(values.buffer)] };
}

/** Factors for the rope's frequencies. */
export function ramp(name: string, length: number): Tensor {
  const values = Float32Array.from({ length }, (_, i) => 1 + i * (name.includes('long') ? 0.5 : 0.25));
  return { name, type: 'F32', shape: [length], data: () => [new Uint8Array(values.buffer)] };
}

/**
 * A transformer as plainly as possible, in f64 on dequantised weights: what a GGUF file of a llama, qwen2 or qwen3
 * model computes. Independent of the engine. (Formulas: llama.cpp's llama-model.cpp graphs of these architectures.)
 */
import { type Gguf, readGguf, type TensorInfo } from '../../../test/gguf/reader.js';
import { dequantize, tensorBytes } from './dequantize.js';

/** Changes a vector before it meets a matrix: how another program rounds its activations. */
export type Rounding = (x: Float64Array) => Float64Array;

/** Activations as llama.cpp's Q8_0 path has them: int8 with a half-precision scale for every 32. */
export const roundToQ8_0: Rounding = (x) => {
  const out = new Float64Array(x.length);
  for (let from = 0; from < x.length; from += 32) {
    const block = x.subarray(from, from + 32);
    const scale = block.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
    block.forEach((value, i) => {
      out[from + i] = scale ? Math.round(value / scale) * scale : 0;
    });
  }
  return out;
};

export class Transformer {
  readonly #bytes: Uint8Array;
  readonly #gguf: Gguf;
  readonly #architecture: string;
  readonly #rounding: Rounding;
  readonly #weights = new Map<string, Float32Array>();
  readonly #keys: Float64Array[][] = [];
  readonly #values: Float64Array[][] = [];
  /** The last input of the output matrix. */
  final: Float64Array = new Float64Array();

  constructor(bytes: Uint8Array, rounding: Rounding = (x) => x) {
    this.#bytes = bytes;
    this.#gguf = readGguf(bytes);
    this.#architecture = this.#gguf.metadata.get('general.architecture') as string;
    this.#rounding = rounding;
  }

  get #outputName(): string {
    return this.#tensor('output.weight') ? 'output' : 'token_embd';
  }

  /** The output matrix, row by row. */
  get output(): Float32Array {
    return this.#weightsOf(`${this.#outputName}.weight`);
  }

  #number(key: string, fallback?: number): number {
    const value = this.#gguf.metadata.get(`${this.#architecture}.${key}`) ?? fallback;
    if (typeof value !== 'number') throw new Error(`${key} is missing`);
    return value;
  }

  #tensor(name: string): TensorInfo | undefined {
    return this.#gguf.tensors.get(name);
  }

  #weightsOf(name: string): Float32Array {
    const known = this.#weights.get(name);
    if (known) return known;
    const tensor = this.#tensor(name);
    if (!tensor) throw new Error(`tensor ${name} is missing`);
    const count = tensor.shape.reduce((a, b) => a * b);
    const bytes = this.#bytes.subarray(tensor.offset, tensor.offset + tensorBytes(tensor.type, count));
    const weights = dequantize(tensor.type, bytes, count);
    this.#weights.set(name, weights);
    return weights;
  }

  #linear(name: string, x: Float64Array): Float64Array {
    const weights = this.#weightsOf(`${name}.weight`);
    const quantized = this.#tensor(`${name}.weight`)!.type > 1;
    const input = quantized ? this.#rounding(x) : x;
    const rows = weights.length / x.length;
    const bias = this.#tensor(`${name}.bias`) ? this.#weightsOf(`${name}.bias`) : undefined;
    return Float64Array.from({ length: rows }, (_, row) => {
      let sum = bias?.[row] ?? 0;
      for (let i = 0; i < x.length; i++) sum += weights[row * x.length + i]! * input[i]!;
      return sum;
    });
  }

  #norm(name: string, x: Float64Array): Float64Array {
    const weights = this.#weightsOf(name);
    const epsilon = this.#number('attention.layer_norm_rms_epsilon', 1e-5);
    const mean = x.reduce((sum, value) => sum + value * value, 0) / x.length;
    return x.map((value, i) => (value / Math.sqrt(mean + epsilon)) * weights[i]!);
  }

  #heads(x: Float64Array, dim: number, norm: string): Float64Array[] {
    const heads: Float64Array[] = [];
    for (let from = 0; from < x.length; from += dim) {
      const head = x.slice(from, from + dim);
      heads.push(this.#tensor(norm) ? this.#norm(norm, head) : head);
    }
    return heads;
  }

  #rope(head: Float64Array, position: number): void {
    const dims = this.#number('rope.dimension_count', head.length);
    const base = this.#number('rope.freq_base', 10000);
    const factors = this.#tensor('rope_freqs.weight') ? this.#weightsOf('rope_freqs.weight') : undefined;
    for (let i = 0; i < dims / 2; i++) {
      const angle = (position * base ** ((-2 * i) / dims)) / (factors?.[i] ?? 1);
      const [a, b] = this.#architecture === 'llama' ? [2 * i, 2 * i + 1] : [i, i + dims / 2];
      const [x, y] = [head[a]!, head[b]!];
      head[a] = x * Math.cos(angle) - y * Math.sin(angle);
      head[b] = x * Math.sin(angle) + y * Math.cos(angle);
    }
  }

  /** The logits that follow the tokens given so far and this one. */
  next(token: number): Float64Array {
    const width = this.#number('embedding_length');
    const heads = this.#number('attention.head_count');
    const sharing = heads / this.#number('attention.head_count_kv', heads);
    const keyDim = this.#number('attention.key_length', width / heads);
    const valueDim = this.#number('attention.value_length', width / heads);
    let x = Float64Array.from(this.#weightsOf('token_embd.weight').subarray(token * width, (token + 1) * width));
    for (let layer = 0; layer < this.#number('block_count'); layer++) {
      const at = `blk.${layer}`;
      const a = this.#norm(`${at}.attn_norm.weight`, x);
      const queries = this.#heads(this.#linear(`${at}.attn_q`, a), keyDim, `${at}.attn_q_norm.weight`);
      const keys = this.#heads(this.#linear(`${at}.attn_k`, a), keyDim, `${at}.attn_k_norm.weight`);
      const values = this.#heads(this.#linear(`${at}.attn_v`, a), valueDim, '');
      this.#keys[layer] ??= [];
      this.#values[layer] ??= [];
      const position = this.#keys[layer]!.length / keys.length;
      for (const head of [...queries, ...keys]) this.#rope(head, position);
      this.#keys[layer]!.push(...keys);
      this.#values[layer]!.push(...values);
      const attended = queries.flatMap((query, head) => [
        ...this.#attend(layer, query, Math.floor(head / sharing), keys.length, valueDim),
      ]);
      const o = this.#linear(`${at}.attn_output`, Float64Array.from(attended));
      x = x.map((value, i) => value + o[i]!);
      const f = this.#norm(`${at}.ffn_norm.weight`, x);
      const gate = this.#linear(`${at}.ffn_gate`, f);
      const up = this.#linear(`${at}.ffn_up`, f);
      const down = this.#linear(
        `${at}.ffn_down`,
        gate.map((g, i) => (g / (1 + Math.exp(-g))) * up[i]!),
      );
      x = x.map((value, i) => value + down[i]!);
    }
    this.final = this.#norm('output_norm.weight', x);
    return this.#linear(this.#outputName, this.final);
  }

  #attend(layer: number, query: Float64Array, head: number, heads: number, valueDim: number): Float64Array {
    const keys = this.#keys[layer]!.filter((_, i) => i % heads === head);
    const values = this.#values[layer]!.filter((_, i) => i % heads === head);
    const scores = keys.map((key) => key.reduce((sum, k, i) => sum + k * query[i]!, 0) / Math.sqrt(query.length));
    const most = Math.max(...scores);
    const weights = scores.map((score) => Math.exp(score - most));
    const total = weights.reduce((a, b) => a + b);
    const out = new Float64Array(valueDim);
    values.forEach((value, position) => {
      for (let d = 0; d < valueDim; d++) out[d]! += (weights[position]! / total) * value[d]!;
    });
    return out;
  }
}

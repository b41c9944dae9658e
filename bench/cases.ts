/** The models that are measured: true shapes, random weights, and targets. */
import type { TensorType } from '../test/gguf/layout.js';
import { type ModelShape, QWEN2_0_5B } from '../test/gguf/random-model.js';

interface Targets {
  /** Least number of tokens per 40 B update call, at a short context and at 4096 positions. */
  tokens?: number;
  tokensAt4096?: number;
  /** Most by which a token's instructions may grow from a short context to 4096 positions. */
  growth?: number;
  /** Most instructions of a prompt token, relative to a decode step. */
  prefill?: number;
  /** Most instructions to load a byte of the file. */
  load: number;
}

/** Which parts of a case are measured. */
export interface Scope {
  /** Positions at which to count the tokens of a call; those beyond the model's training are left out. */
  positions?: number[];
  /** Whether the canister is measured, too, and not only the engine. */
  canister?: boolean;
}

export interface Case {
  name: string;
  shape: ModelShape;
  targets: Targets;
  /** The parts that every run of CI measures, not only the full one; missing: none. */
  quick?: Scope;
}

const Q8_LOAD = 8;
const Q4_LOAD = 12;

/**
 * llama.cpp's Q4_K_M: most tensors in four bits, the output and half of the values and downs in six (llama-quant.cpp).
 */
function q4KM(layers: number): (name: string) => TensorType {
  return (name) => {
    if (name === 'output.weight' || name === 'token_embd.weight') return 'Q6_K';
    const [, layer, part] = /^blk\.(\d+)\.(.*)\.weight$/.exec(name) ?? [];
    if (part !== 'attn_v' && part !== 'ffn_down') return 'Q4_K';
    const i = Number(layer);
    const eighth = Math.floor(layers / 8);
    return i < eighth || i >= layers - eighth || (i - eighth) % 3 === 2 ? 'Q6_K' : 'Q4_K';
  };
}

export const cases: Case[] = [
  {
    name: 'smollm2-135m-q8_0',
    shape: {
      architecture: 'llama',
      layers: 30,
      embedding: 576,
      heads: 9,
      keyValueHeads: 3,
      headDim: 64,
      feedForward: 1536,
      vocabulary: 49152,
      context: 8192,
      ropeBase: 1e5,
      tied: true,
      type: () => 'Q8_0',
    },
    targets: { load: Q8_LOAD },
    quick: { positions: [], canister: false },
  },
  {
    name: 'gemma-3-270m-q8_0',
    shape: {
      architecture: 'gemma3',
      layers: 18,
      embedding: 640,
      heads: 4,
      keyValueHeads: 1,
      headDim: 256,
      feedForward: 2048,
      vocabulary: 262144,
      context: 32768,
      ropeBase: 1e6,
      window: 512,
      tied: true,
      type: () => 'Q8_0',
    },
    targets: { tokens: 170, load: Q8_LOAD },
  },
  {
    name: 'qwen2.5-0.5b-q8_0',
    shape: { ...QWEN2_0_5B, tied: true },
    targets: { tokens: 100, tokensAt4096: 70, growth: 0.45, prefill: 0.65, load: Q8_LOAD },
  },
  {
    name: 'qwen2.5-0.5b-untied-q8_0',
    shape: QWEN2_0_5B,
    targets: { tokens: 100, tokensAt4096: 70, growth: 0.45, prefill: 0.65, load: Q8_LOAD },
  },
  {
    name: 'qwen3-0.6b-q8_0',
    shape: {
      architecture: 'qwen3',
      layers: 28,
      embedding: 1024,
      heads: 16,
      keyValueHeads: 8,
      headDim: 128,
      feedForward: 3072,
      vocabulary: 151936,
      context: 40960,
      ropeBase: 1e6,
      tied: true,
      type: () => 'Q8_0',
    },
    targets: { tokens: 80, tokensAt4096: 45, growth: 0.85, load: Q8_LOAD },
  },
  {
    name: 'llama-3.2-1b-q4_k_m',
    shape: {
      architecture: 'llama',
      layers: 16,
      embedding: 2048,
      heads: 32,
      keyValueHeads: 8,
      headDim: 64,
      feedForward: 8192,
      vocabulary: 128256,
      context: 131072,
      ropeBase: 5e5,
      ropeFactors: true,
      tied: true,
      type: q4KM(16),
    },
    targets: { load: Q4_LOAD },
  },
  {
    name: 'qwen3-1.7b-q4_k_m',
    shape: {
      architecture: 'qwen3',
      layers: 28,
      embedding: 2048,
      heads: 16,
      keyValueHeads: 8,
      headDim: 128,
      feedForward: 6144,
      vocabulary: 151936,
      context: 40960,
      ropeBase: 1e6,
      tied: true,
      type: q4KM(28),
    },
    targets: { tokens: 26, prefill: 0.75, load: Q4_LOAD },
  },
  {
    name: 'llama-3.2-3b-q4_k_m',
    shape: {
      architecture: 'llama',
      layers: 28,
      embedding: 3072,
      heads: 24,
      keyValueHeads: 8,
      headDim: 128,
      feedForward: 8192,
      vocabulary: 128256,
      context: 131072,
      ropeBase: 5e5,
      ropeFactors: true,
      tied: true,
      type: q4KM(28),
    },
    targets: { load: Q4_LOAD },
  },
];

/** The tensors and keys that files of an architecture have: llama.cpp's src/llama-arch.cpp and src/models. */

export type Architecture =
  | 'falcon'
  | 'gemma'
  | 'gemma2'
  | 'gemma3'
  | 'gpt2'
  | 'granite'
  | 'lfm2'
  | 'llama'
  | 'olmo2'
  | 'phi2'
  | 'phi3'
  | 'qwen2'
  | 'qwen2moe'
  | 'qwen3'
  | 'qwen3moe'
  | 'smollm3'
  | 'stablelm'
  | 'starcoder2';

interface Traits {
  /** Layer norms with biases instead of RMS norms. */
  layerNorm?: true;
  /** The norms before the blocks are missing; those of the blocks' results are there. */
  noInputNorms?: true;
  postNorms?: true;
  /** The attention and the feed-forward block read the same norm. */
  parallel?: true;
  queryKeyValueBias?: true;
  outputBias?: true;
  feedForwardBias?: true;
  logitBias?: true;
  /** Norms of queries and keys: the same weights for each head, or one norm of all heads together. */
  headNorm?: 'head' | 'whole';
  /** The gate of the feed-forward block: a tensor of its own, the first half of another tensor, or missing. */
  gate: 'own' | 'fused' | 'none';
  learnedPositions?: true;
  sentencePiece?: true;
  outputNorm?: string;
}

const biased = { queryKeyValueBias: true, outputBias: true, feedForwardBias: true } as const;

export const TRAITS: Record<Architecture, Traits> = {
  falcon: { layerNorm: true, parallel: true, gate: 'none' },
  gemma: { gate: 'own', sentencePiece: true },
  gemma2: { postNorms: true, gate: 'own', sentencePiece: true },
  gemma3: { postNorms: true, headNorm: 'head', gate: 'own', sentencePiece: true },
  gpt2: { layerNorm: true, ...biased, gate: 'none', learnedPositions: true },
  granite: { gate: 'own' },
  lfm2: { headNorm: 'head', gate: 'own', outputNorm: 'token_embd_norm' },
  llama: { gate: 'own' },
  olmo2: { noInputNorms: true, postNorms: true, headNorm: 'whole', gate: 'own' },
  phi2: { layerNorm: true, parallel: true, ...biased, logitBias: true, gate: 'none' },
  phi3: { gate: 'fused' },
  qwen2: { queryKeyValueBias: true, gate: 'own' },
  qwen2moe: { queryKeyValueBias: true, gate: 'own' },
  qwen3: { headNorm: 'head', gate: 'own' },
  qwen3moe: { headNorm: 'head', gate: 'own' },
  smollm3: { gate: 'own' },
  stablelm: { layerNorm: true, gate: 'own' },
  starcoder2: { layerNorm: true, ...biased, gate: 'none' },
};

/** The tensors and keys that files of an architecture have: llama.cpp's src/llama-arch.cpp and src/models. */

export type Architecture =
  | 'falcon'
  | 'gemma'
  | 'gemma2'
  | 'gemma3'
  | 'gpt2'
  | 'gpt-oss'
  | 'granite'
  | 'granitemoe'
  | 'lfm2'
  | 'lfm2moe'
  | 'llama'
  | 'olmo2'
  | 'olmoe'
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
  feedForwardNorm?: string;
  /** Experts are as wide as `feed_forward_length` says, not as a key of their own. */
  wideExperts?: true;
  /** Experts are chosen with a bias. */
  choiceBias?: true;
  /** The router and the experts have biases. */
  expertBias?: true;
  /** Heads have scores without a value. */
  sinks?: true;
}

const biased = { queryKeyValueBias: true, outputBias: true, feedForwardBias: true } as const;

export const TRAITS: Record<Architecture, Traits> = {
  falcon: { layerNorm: true, parallel: true, gate: 'none' },
  gemma: { gate: 'own', sentencePiece: true },
  gemma2: { postNorms: true, gate: 'own', sentencePiece: true },
  gemma3: { postNorms: true, headNorm: 'head', gate: 'own', sentencePiece: true },
  gpt2: { layerNorm: true, ...biased, gate: 'none', learnedPositions: true },
  'gpt-oss': {
    queryKeyValueBias: true,
    outputBias: true,
    gate: 'own',
    feedForwardNorm: 'post_attention_norm',
    expertBias: true,
    sinks: true,
  },
  granite: { gate: 'own' },
  granitemoe: { gate: 'own', wideExperts: true },
  lfm2: { headNorm: 'head', gate: 'own', outputNorm: 'token_embd_norm' },
  lfm2moe: { headNorm: 'head', gate: 'own', outputNorm: 'token_embd_norm', choiceBias: true },
  llama: { gate: 'own' },
  olmo2: { noInputNorms: true, postNorms: true, headNorm: 'whole', gate: 'own' },
  olmoe: { headNorm: 'whole', gate: 'own', wideExperts: true },
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

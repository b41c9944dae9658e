/** Mixtures of experts in the form that llama.cpp's converter writes (converted.ts). */
import type { ModelShape } from '../gguf/random-model.js';
import { convertedMini, headsByLayer, likeLlama } from './converted-mini.js';
import { FAINT, f32, type Mini, text, u32 } from './mini.js';

const counts = (shape: ModelShape) => ({
  expert_count: u32(shape.experts!.count),
  expert_used_count: u32(shape.experts!.used),
});

const experts = (shape: ModelShape) => ({
  ...counts(shape),
  expert_feed_forward_length: u32(shape.experts!.feedForward),
});

export const convertedMixtures: readonly Mini[] = [
  convertedMini(
    'qwen2moe',
    'as Qwen 1.5 MoE is converted: a width of no block, experts apart',
    { tied: false, feedForward: 136, experts: { count: 8, used: 3, feedForward: 48, shared: 80 } },
    {
      own: (shape) => ({ ...experts(shape), expert_shared_feed_forward_length: u32(shape.experts!.shared!) }),
    },
  ),
  convertedMini(
    'qwen3moe',
    'as Qwen 3 MoE is converted',
    { headDim: 32, feedForward: 136, experts: { count: 6, used: 2, feedForward: 40 } },
    { headDim: true, own: experts },
  ),
  convertedMini(
    'olmoe',
    'as OLMoE is converted: experts as wide as a plain block',
    { keyValueHeads: 4, tied: false, feedForward: 40, experts: { count: 8, used: 3, feedForward: 40 } },
    { own: counts },
  ),
  convertedMini(
    'granitemoe',
    'as Granite 4 without state spaces is converted: a shared expert, four scales',
    { ...FAINT, feedForward: 40, experts: { count: 6, used: 2, feedForward: 40, shared: 72 } },
    {
      own: (shape) => ({
        ...likeLlama(shape),
        ...counts(shape),
        'attention.scale': f32(0.1),
        embedding_scale: f32(3),
        residual_scale: f32(0.7),
        logit_scale: f32(1.5),
        expert_shared_feed_forward_length: u32(shape.experts!.shared!),
      }),
    },
  ),
  convertedMini(
    'lfm2moe',
    'as LFM2 MoE is converted: heads of keys by layer, sigmoids by number',
    {
      layers: 5,
      convolutions: { taps: 3, attends: [2, 4] },
      ropeBase: 1e6,
      experts: { count: 8, used: 3, feedForward: 40, dense: 2 },
    },
    {
      keyValueHeads: false,
      own: (shape) => ({
        ...headsByLayer(shape),
        ...experts(shape),
        leading_dense_block_count: u32(shape.experts!.dense!),
        expert_gating_func: u32(2),
        vocab_size: u32(shape.vocabulary),
        'shortconv.l_cache': u32(shape.convolutions!.taps),
      }),
    },
  ),
  convertedMini(
    'gpt-oss',
    'as gpt-oss is converted: yarn with betas, a window and no pattern',
    {
      layers: 4,
      headDim: 32,
      window: 9,
      tied: false,
      ropeBase: 150000,
      feedForward: 40,
      experts: { count: 8, used: 4, feedForward: 40 },
    },
    {
      headDim: true,
      own: (shape) => ({
        ...experts(shape),
        'attention.sliding_window': u32(shape.window!),
        'rope.scaling.type': text('yarn'),
        'rope.scaling.factor': f32(32),
        'rope.scaling.original_context_length': u32(64),
        'rope.scaling.yarn_beta_fast': f32(32),
        'rope.scaling.yarn_beta_slow': f32(1),
      }),
    },
  ),
];

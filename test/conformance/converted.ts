/** A mini model of each architecture in the form that llama.cpp's converter writes (converted-mini.ts). */
import type { Value } from '../gguf/writer.js';
import { convertedMini, headsByLayer, likeLlama } from './converted-mini.js';
import { convertedMixtures } from './converted-mixtures.js';
import { FAINT, f32, type Mini, text, u32 } from './mini.js';

const bool = (value: boolean): Value => ({ type: 'bool', value });

export const converted: readonly Mini[] = [
  convertedMini(
    'llama',
    'as Llama 3.2 is converted: factors of frequencies as a tensor',
    { headDim: 24, ropeFactors: true, ropeBase: 5e5 },
    { headDim: true, own: likeLlama },
  ),
  convertedMini('qwen2', 'as Qwen 2.5 is converted: heads whose dimensions are not said', {
    ropeBase: 1e6,
    sharpness: 1.5,
  }),
  convertedMini('qwen3', 'as Qwen 3 is converted', { headDim: 32, ropeBase: 1e6 }, { headDim: true }),
  convertedMini(
    'gemma',
    'as Gemma is converted: nothing of positions',
    { ...FAINT, headDim: 32, keyValueHeads: 1 },
    { headDim: true, ropeBase: false },
  ),
  convertedMini(
    'gemma2',
    'as Gemma 2 is converted: caps and window, nothing of positions',
    { ...FAINT, layers: 4, headDim: 32, window: 9 },
    {
      headDim: true,
      ropeBase: false,
      own: (shape) => ({
        attn_logit_softcapping: f32(1.5),
        final_logit_softcapping: f32(12),
        'attention.sliding_window': u32(shape.window!),
      }),
    },
  ),
  convertedMini(
    'gemma3',
    'as the larger Gemma 3 are converted: global layers scaled, a base of local ones',
    { layers: 7, headDim: 32, window: 8, ropeBase: 1e6 },
    {
      headDim: true,
      own: (shape) => ({
        'rope.scaling.type': text('linear'),
        'rope.scaling.factor': f32(8),
        'rope.freq_base_swa': f32(5000),
        'attention.sliding_window': u32(shape.window!),
      }),
    },
  ),
  convertedMini(
    'phi2',
    'as Phi 2 is converted: no base of positions',
    { keyValueHeads: 4, ropeDims: 8, tied: false },
    { ropeBase: false, own: (shape) => ({ 'rope.dimension_count': u32(shape.ropeDims!) }) },
  ),
  convertedMini(
    'phi3',
    'as Phi 4 mini is converted: long factors, a window of 0, part of each head turns',
    { fused: true, ropeDims: 12, ropeFactors: 'long' },
    {
      own: (shape) => ({
        'rope.scaling.original_context_length': u32(128),
        'rope.dimension_count': u32(shape.ropeDims!),
        'attention.sliding_window': u32(0),
        'rope.scaling.attn_factor': f32(1.19),
      }),
    },
  ),
  convertedMini('smollm3', 'as SmolLM 3 is converted', { layers: 5, ropeBase: 5e6 }, { own: likeLlama }),
  convertedMini(
    'granite',
    'as Granite is converted: four scales, heads whose dimensions are not said',
    { ...FAINT },
    {
      own: (shape) => ({
        ...likeLlama(shape),
        'attention.scale': f32(0.1),
        embedding_scale: f32(3),
        residual_scale: f32(0.7),
        logit_scale: f32(1.5),
      }),
    },
  ),
  convertedMini(
    'olmo2',
    'as OLMo 3 is converted: which layers are local as a list, yarn on the others',
    { layers: 5, window: 10, tied: false, ropeBase: 5e5 },
    {
      own: (shape) => ({
        'rope.scaling.type': text('yarn'),
        'rope.scaling.factor': f32(8),
        'rope.scaling.original_context_length': u32(64),
        'rope.scaling.yarn_attn_factor': f32(1.2),
        'rope.scaling.yarn_beta_fast': f32(32),
        'rope.scaling.yarn_beta_slow': f32(1),
        'attention.sliding_window': u32(shape.window!),
        'attention.sliding_window_pattern': { array: 'bool', values: [true, true, false, true, true] },
      }),
    },
  ),
  convertedMini(
    'stablelm',
    'as StableLM 2 is converted: norms of each head, parallel blocks',
    { ropeDims: 4, parallel: true, headNorms: true, tied: false },
    {
      ropeBase: false,
      own: (shape) => ({ 'rope.dimension_count': u32(shape.ropeDims!), use_parallel_residual: bool(true) }),
    },
  ),
  convertedMini(
    'gpt2',
    'as GPT-2 is converted: only the number of heads',
    { keyValueHeads: 4, context: 300, fused: true, embeddingSpread: 1 / 2, sharpness: 3 },
    { keyValueHeads: false, ropeBase: false },
  ),
  convertedMini('starcoder2', 'as StarCoder 2 is converted', { ropeBase: 1e5 }),
  convertedMini(
    'falcon',
    'as Falcon 7B is converted: a layout that is named',
    { keyValueHeads: 1, fused: true },
    { ropeBase: false, own: () => ({ tensor_data_layout: text('jploski') }) },
  ),
  convertedMini(
    'lfm2',
    'as LFM2 is converted: heads of keys by layer',
    { layers: 5, convolutions: { taps: 3, attends: [2, 4] }, ropeBase: 1e6 },
    {
      keyValueHeads: false,
      own: (shape) => ({
        ...headsByLayer(shape),
        vocab_size: u32(shape.vocabulary),
        'shortconv.l_cache': u32(shape.convolutions!.taps),
      }),
    },
  ),
  ...convertedMixtures,
];

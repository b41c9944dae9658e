/**
 * A mini model of each architecture in the form that llama.cpp's converter writes (convert_hf_to_gguf.py, release
 * v0.5.0): with exactly its keys and their types, matrices in F16 and vectors in F32.
 */
import type { Architecture } from '../gguf/architectures.js';
import type { ModelShape } from '../gguf/random-model.js';
import type { Value } from '../gguf/writer.js';
import { BASE, FAINT, f32, type Mini, text, u32 } from './mini.js';

const bool = (value: boolean): Value => ({ type: 'bool', value });

/** Matrices that stay in F32. */
const EXACT = /^position_embd|ffn_gate_inp|shortconv\.conv/;

/** Keys that depend on a model's configuration. */
interface Configuration {
  /** The number of heads that share keys, for architectures that do not always have it. */
  keyValueHeads?: false;
  /** The dimensions of heads are given, and do not follow from the width and their number. */
  headDim?: true;
  ropeBase?: false;
  /** Keys that the architecture has beyond those of all files. */
  own?: (shape: ModelShape) => Record<string, Value>;
}

/** Keys that every file has, some of them for people only. */
function general(architecture: Architecture): Record<string, Value> {
  return {
    'general.architecture': text(architecture),
    'general.type': text('model'),
    'general.sampling.top_k': { type: 'i32', value: 20 },
    'general.sampling.top_p': f32(0.8),
    'general.sampling.temp': f32(0.7),
    // llama.cpp looks for Phi-3's own tokens in files with such a name.
    'general.name': text(architecture === 'phi3' ? 'Mini Phi 3' : `Mini ${architecture}`),
    'general.finetune': text('Instruct'),
    'general.basename': text('Mini'),
    'general.size_label': text('90K'),
    'general.license': text('mit'),
    'general.tags': { array: 'string', values: ['text-generation'] },
    'general.languages': { array: 'string', values: ['en', 'de'] },
    'general.quantization_version': u32(2),
    'general.file_type': u32(1),
  };
}

function keysOf(architecture: Architecture, shape: ModelShape, found: Configuration): Record<string, Value> {
  const layerNorm = ['falcon', 'gpt2', 'phi2', 'stablelm', 'starcoder2'].includes(architecture);
  const keys: Record<string, Value> = {
    block_count: u32(shape.layers),
    context_length: u32(shape.context),
    embedding_length: u32(shape.embedding),
    feed_forward_length: u32(shape.feedForward),
    'attention.head_count': u32(shape.heads),
    ...(found.keyValueHeads === false ? {} : { 'attention.head_count_kv': u32(shape.keyValueHeads) }),
    ...(found.ropeBase === false ? {} : { 'rope.freq_base': f32(shape.ropeBase) }),
    [`attention.layer_norm${layerNorm ? '' : '_rms'}_epsilon`]: f32(1e-5),
    ...(found.headDim
      ? { 'attention.key_length': u32(shape.headDim), 'attention.value_length': u32(shape.headDim) }
      : {}),
    ...found.own?.(shape),
  };
  return {
    ...general(architecture),
    ...Object.fromEntries(Object.entries(keys).map(([key, value]) => [`${architecture}.${key}`, value])),
  };
}

function convertedMini(
  architecture: Architecture,
  about: string,
  own: Partial<ModelShape>,
  found: Configuration = {},
): Mini {
  const shape: ModelShape = {
    ...BASE,
    ...own,
    architecture,
    type: (name) => (EXACT.test(name) ? 'F32' : 'F16'),
  };
  return { name: `${architecture}-converted`, about, shape, metadata: keysOf(architecture, shape, found) };
}

/** What the converter adds for models of Llama's kind. */
const likeLlama = (shape: ModelShape) => ({
  vocab_size: u32(shape.vocabulary),
  'rope.dimension_count': u32(shape.ropeDims ?? shape.headDim),
});

const experts = (shape: ModelShape) => ({
  expert_count: u32(shape.experts!.count),
  expert_used_count: u32(shape.experts!.used),
  expert_feed_forward_length: u32(shape.experts!.feedForward),
});

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
        'attention.head_count_kv': {
          array: 'i32',
          values: Array.from({ length: shape.layers }, (_, i) =>
            shape.convolutions!.attends.includes(i) ? shape.keyValueHeads : 0,
          ),
        },
        vocab_size: u32(shape.vocabulary),
        'shortconv.l_cache': u32(shape.convolutions!.taps),
      }),
    },
  ),
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
];

/**
 * A mini model in the form that llama.cpp's converter writes (convert_hf_to_gguf.py, release
 * v0.5.0): with exactly its keys and their types, matrices in F16 and vectors in F32.
 */
import type { Architecture } from '../gguf/architectures.js';
import type { ModelShape } from '../gguf/random-model.js';
import type { Value } from '../gguf/writer.js';
import { BASE, f32, type Mini, text, u32 } from './mini.js';

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

export function convertedMini(
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
export const likeLlama = (shape: ModelShape) => ({
  vocab_size: u32(shape.vocabulary),
  'rope.dimension_count': u32(shape.ropeDims ?? shape.headDim),
});

/** Which layers attend, by their heads of keys. */
export const headsByLayer = (shape: ModelShape): Record<string, Value> => ({
  'attention.head_count_kv': {
    array: 'i32',
    values: Array.from({ length: shape.layers }, (_, i) =>
      shape.convolutions!.attends.includes(i) ? shape.keyValueHeads : 0,
    ),
  },
});

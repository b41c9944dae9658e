/**
 * Mini models with one key or one tensor changed, in every architecture: what converters write, what they leave out,
 * and what nobody reads. `variants.json` has llama.cpp's results (node scripts/references.mjs --variants): whether it
 * loads the file, and the probabilities of the next tokens then.
 */
import { type Architecture, TRAITS } from '../gguf/architectures.js';
import { bumps, constant, joinedOrSplit, ramp } from '../gguf/edits.js';
import type { Tensor, Value } from '../gguf/writer.js';
import { miniModel, minis } from './minis.js';

export interface Variant {
  architecture: Architecture;
  /** The change; '' for the unchanged mini. */
  change: string;
  metadata: Record<string, Value>;
  tensors: Tensor[];
}

/** llama.cpp's result for a file: the most likely tokens with their log-probabilities; null: it refuses the file. */
export type Verdict = [number, number][] | null;

/** By architecture and change; 'same' if the result is that of the unchanged mini. */
export type Verdicts = Record<string, Record<string, Verdict | 'same'>>;

const f32 = (value: number): Value => ({ type: 'f32', value });
const u32 = (value: number): Value => ({ type: 'u32', value });
const bool = (value: boolean): Value => ({ type: 'bool', value });
const text = (value: string): Value => ({ type: 'string', value });

/** The mini that stands for an architecture: one that has what can be changed. */
const STANDS_FOR: Partial<Record<Architecture, string>> = { olmo2: 'olmo2-window', llama: 'llama-linear' };

/** Values of keys, without the architecture's name; several values of one key make several variants. */
const KEYS: readonly [string, Value][] = [
  ['attention.causal', bool(false)],
  ['attention.causal', bool(true)],
  ['pooling_type', u32(1)],
  ['pooling_type', u32(3)],
  ['pooling_type', u32(4)],
  ['nextn_predict_layers', u32(1)],
  ['nextn_predict_layers', u32(0)],
  ['expert_count', u32(4)],
  ['expert_group_count', u32(1)],
  ['expert_group_count', u32(2)],
  ['expert_shared_count', u32(1)],
  ['expert_weights_scale', f32(2.5)],
  ['expert_weights_norm', bool(true)],
  ['expert_gating_func', u32(2)],
  ['attention.key_length_swa', u32(8)],
  ['attention.value_length_swa', u32(8)],
  ['rope.dimension_count_swa', u32(4)],
  ['rope.dimension_count', u32(4)],
  ['rope.dimension_sections', { array: 'i32', values: [2, 2, 2, 0] }],
  ['rope.freq_base', f32(500)],
  ['rope.freq_base_swa', f32(500)],
  ['rope.scale_linear', f32(3)],
  ['rope.scaling.factor', f32(2)],
  ['rope.scaling.alpha', f32(2)],
  ['rope.scaling.attn_factor', f32(1.4)],
  ['rope.scaling.finetuned', bool(false)],
  ['rope.scaling.finetuned', bool(true)],
  ['rope.scaling.original_context_length', u32(16)],
  ['rope.scaling.original_context_length', u32(0)],
  ['rope.scaling.yarn_ext_factor', f32(0.5)],
  ['rope.scaling.yarn_attn_factor', f32(1.4)],
  ['rope.scaling.yarn_log_multiplier', f32(0.1)],
  ['rope.scaling.type', text('none')],
  ['rope.scaling.type', text('longrope')],
  ['rope.scaling.type', text('mrope')],
  ['attention.scale', f32(0.05)],
  ['attention.output_scale', f32(0.5)],
  ['attention.value_scale', f32(0.5)],
  ['attention.temperature_scale', f32(0.5)],
  ['attention.clamp_kqv', f32(0.1)],
  ['attention.max_alibi_bias', f32(8)],
  ['attention.sliding_window', u32(5)],
  ['attention.sliding_window', u32(0)],
  ['attention.sliding_window_pattern', u32(0)],
  ['attention.sliding_window_pattern', u32(3)],
  ['attention.sliding_window_pattern', { array: 'bool', values: [true, false, false, true, true] }],
  ['attention.sliding_window_pattern', { array: 'u32', values: [0, 1, 1] }],
  ['attn_logit_softcapping', f32(2)],
  ['final_logit_softcapping', f32(4)],
  ['final_logit_softcapping', f32(0)],
  ['router_logit_softcapping', f32(2)],
  ['embedding_scale', f32(2)],
  ['embedding_scale', f32(0)],
  ['residual_scale', f32(0.5)],
  ['residual_scale', f32(0)],
  ['logit_scale', f32(0.25)],
  ['use_parallel_residual', bool(false)],
  ['tensor_data_layout', text('Meta AI original pth')],
  ['vocab_size', u32(7)],
  ['embedding_length_out', u32(16)],
  ['hidden_activation', text('relu')],
  ['full_attention_interval', u32(2)],
  ['deepstack_mapping', { array: 'i32', values: [-1, -1, -1] }],
  ['deepstack_mapping', { array: 'i32', values: [-1, 0, -1] }],
  ['classifier.output_labels', { array: 'string', values: ['yes', 'no'] }],
  ['leading_dense_block_count', u32(1)],
  ['interleave_moe_layer_step', u32(2)],
  ['vendor.note', text('a key of nobody')],
];

/** The same for mixtures of experts only. */
const EXPERT_KEYS: readonly [string, Value][] = [
  ['expert_gating_func', u32(0)],
  ['expert_gating_func', u32(1)],
  ['expert_gating_func', u32(3)],
  ['expert_gating_func', u32(9)],
  ['expert_count', u32(0)],
  ['expert_used_count', u32(0)],
  ['expert_used_count', u32(1)],
  ['expert_used_count', u32(200)],
  ['expert_feed_forward_length', u32(12)],
  ['expert_shared_feed_forward_length', u32(12)],
  ['leading_dense_block_count', u32(0)],
  ['leading_dense_block_count', u32(200)],
];
/** And their tensors, which a file may lack. */
const EXPERT_TENSORS = [
  ...['exp_probs_b.bias', 'ffn_gate_inp.weight', 'ffn_gate_exps.weight', 'ffn_up_shexp.weight'],
  ...['ffn_gate_inp.bias', 'ffn_down_exps.bias', 'attn_sinks.weight'],
];

/** Scaling by yarn, which makes other keys matter. */
const YARN: Record<string, Value> = {
  'rope.scaling.type': text('yarn'),
  'rope.scaling.factor': f32(4),
  'rope.scaling.original_context_length': u32(64),
};
const YARN_KEYS: readonly [string, Value][] = [
  ['rope.scaling.attn_factor', f32(1.4)],
  ['rope.scaling.yarn_beta_fast', f32(8)],
  ['rope.scaling.yarn_ext_factor', f32(0.5)],
  ['rope.scaling.yarn_log_multiplier', f32(0.1)],
  ['rope.scaling.factor', f32(0.5)],
];

/** Keys that may be an array with one value for each layer. */
const BY_LAYER = [
  'feed_forward_length',
  'attention.head_count',
  'attention.head_count_kv',
  'expert_used_count',
  'expert_feed_forward_length',
];

/** Linear projections that may have a bias, and further tensors that some architectures know. */
const BIASES = ['attn_q', 'attn_k', 'attn_v', 'attn_qkv', 'attn_output', 'ffn_up', 'ffn_gate', 'ffn_down', 'attn_norm'];

function shown(value: Value | undefined): string {
  if (value === undefined) return 'missing';
  return 'array' in value ? `[${value.values.join(' ')}] ${value.array}` : String(value.value);
}

/** All variants of an architecture, beginning with the unchanged mini. */
export function variantsOf(architecture: Architecture): Variant[] {
  const name = STANDS_FOR[architecture] ?? architecture;
  const mini = minis.find((one) => one.name === name)!;
  const { shape } = mini;
  const { metadata, tensors } = miniModel(mini);
  const variants: Variant[] = [{ architecture, change: '', metadata, tensors }];
  const seen = new Set(['']);
  const add = (change: string, keys: Record<string, Value | undefined>, own: Tensor[] = tensors) => {
    if (seen.has(change)) return;
    seen.add(change);
    const changed = { ...metadata };
    for (const [key, value] of Object.entries(keys)) {
      if (value === undefined) delete changed[`${architecture}.${key}`];
      else changed[`${architecture}.${key}`] = value;
    }
    variants.push({ architecture, change, metadata: changed, tensors: own });
  };
  for (const [key, value] of KEYS) add(`${key} = ${shown(value)}`, { [key]: value });
  if (shape.experts) for (const [key, value] of EXPERT_KEYS) add(`${key} = ${shown(value)}`, { [key]: value });
  for (const [key, value] of YARN_KEYS) add(`yarn, ${key} = ${shown(value)}`, { ...YARN, [key]: value });
  add('yarn', YARN);
  for (const key of Object.keys(metadata)) {
    if (!key.startsWith(`${architecture}.`)) continue;
    const own = key.slice(architecture.length + 1);
    add(`${own} missing`, { [own]: undefined });
  }
  for (const key of BY_LAYER) {
    const value = metadata[`${architecture}.${key}`];
    if (!value || 'array' in value) continue;
    for (const array of ['u32', 'i32'] as const) {
      add(`${key} as ${array} by layer`, { [key]: { array, values: Array(shape.layers).fill(value.value) } });
    }
    add(`${key} of one layer too many`, { [key]: { array: 'u32', values: Array(shape.layers + 1).fill(value.value) } });
    add(`${key} of one layer more`, {
      [key]: {
        array: 'u32',
        values: Array.from({ length: shape.layers }, (_, i) => Number(value.value) * (i ? 1 : 2)),
      },
    });
  }
  const tensorOf = (tensor: string) => tensors.find((one) => one.name === `blk.1.${tensor}`);
  for (const part of BIASES) {
    const bias = tensorOf(`${part}.bias`);
    const weight = tensorOf(`${part}.weight`);
    if (bias) {
      add(
        `without ${part}.bias`,
        {},
        tensors.filter((tensor) => !tensor.name.endsWith(`.${part}.bias`)),
      );
    } else if (weight) {
      const more = Array.from({ length: shape.layers }, (_, i) => `blk.${i}.${part}`)
        .filter((at) => tensors.some((tensor) => tensor.name === `${at}.weight`))
        .map((at) => constant(`${at}.bias`, [weight.shape.length > 1 ? weight.shape[1]! : weight.shape[0]!]));
      add(`with ${part}.bias`, {}, [...tensors, ...more]);
    }
  }
  const rows = [shape.heads, shape.keyValueHeads, shape.keyValueHeads].map((heads) => heads * shape.headDim);
  add('queries, keys and values the other way', {}, joinedOrSplit(tensors, rows, true));
  if (tensorOf('attn_q.bias')) add('fused weights, biases apart', {}, joinedOrSplit(tensors, rows, false));
  const vocabulary = shape.vocabulary;
  const without = (name: string) => tensors.filter((tensor) => tensor.name !== name);
  const has = (name: string) => tensors.some((tensor) => tensor.name === name);
  if (has('output.weight')) add('without output.weight', {}, without('output.weight'));
  else add('with output.weight', {}, [...tensors, constant('output.weight', [shape.embedding, vocabulary])]);
  if (has('output.bias')) add('without output.bias', {}, without('output.bias'));
  else add('with output.bias', {}, [...tensors, bumps('output.bias', vocabulary)]);
  const pairs = (shape.ropeDims ?? shape.headDim) / 2;
  const factors = (name: string) => ramp(name, pairs);
  add('with rope_freqs', {}, [...tensors, factors('rope_freqs.weight')]);
  const long = [factors('rope_factors_long.weight'), factors('rope_factors_short.weight')];
  add('with long factors', {}, [...tensors, ...long]);
  const longrope = { 'rope.scaling.type': text('longrope'), 'rope.scaling.original_context_length': u32(64) };
  add('longrope with long factors', longrope, [...tensors, ...long]);
  add('longrope with one of its factors', longrope, [...tensors, long[0]!]);
  add('longrope with the other', longrope, [...tensors, long[1]!]);
  add('with a tensor of nobody', {}, [...tensors, constant('blk.0.nobody.weight', [4])]);
  const head = (norm: string) => tensors.filter((tensor) => !tensor.name.includes(norm));
  for (const norm of ['attn_q_norm', 'ffn_norm.bias', 'post_attention_norm', 'ffn_norm']) {
    if (tensorOf(norm) || tensorOf(`${norm}.weight`)) add(`without ${norm}`, {}, head(`.${norm}`));
  }
  for (const tensor of shape.experts ? EXPERT_TENSORS : []) {
    if (tensors.some(({ name }) => name.endsWith(tensor))) add(`without ${tensor}`, {}, head(`.${tensor}`));
  }
  return variants;
}

export const architectures = Object.keys(TRAITS) as Architecture[];

import * as v from 'valibot';
import { check } from './checks/checked.js';
import { bigint, list, number, text } from './checks/shapes.js';
import type { ModelInfo } from './generated/llama.did.js';
import { type GgufHeader, type MetadataValue, readGgufHeader } from './gguf/header.js';
import type { ByteSource } from './source.js';

/**
 * The facts about a model that a chat needs: small, and plain JSON, so that it can be stored with the canister's id.
 */
export interface ModelCard {
  /** `general.name`, or the architecture if there is none. */
  name: string;
  architecture: string;
  parameters: number;
  /** Positions the model was trained for; 0 if the file does not say. */
  contextLength: number;
  /** The Jinja chat template of the file, if it has one. */
  chatTemplate: string | null;
  /** Text of the token that begins a sequence, '' if there is none. */
  bosToken: string;
  /** Text of the token that ends a turn. */
  eosToken: string;
  /** The tokenizer prepends the beginning token by itself. */
  addsBos: boolean;
  /** The vocabulary has these markers of well-known chat formats. */
  markers: string[];
}

/** Tokens by which a chat format is recognised in a vocabulary. */
export const FORMAT_MARKERS = ['<|im_start|>', '<|start_header_id|>', '<start_of_turn>', '[INST]', '<|user|>'] as const;

/** Pre-tokenizers whose models begin every sequence with BOS unless the file says otherwise. Source: llama.cpp, llama-vocab.cpp. */
const BPE_WITH_BOS = new Set(
  'llama3 llama-v3 llama-bpe falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano tekken chameleon'.split(' '),
);
/** The ones whose models always begin with BOS, whatever the file says. */
const BPE_ALWAYS_WITH_BOS = new Set(['gemma4', 'granite-embed-multi-311m']);

function textOf(value: MetadataValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function tokenOf(header: GgufHeader, key: string): string {
  const id = header.metadata.get(key);
  return typeof id === 'number' ? (header.tokens[id] ?? '') : '';
}

function addsBos(header: GgufHeader): boolean {
  const model = textOf(header.metadata.get('tokenizer.ggml.model'));
  const pre = textOf(header.metadata.get('tokenizer.ggml.pre')) ?? '';
  if (model === 'gemma4' || (model === 'gpt2' && BPE_ALWAYS_WITH_BOS.has(pre))) return true;
  const said = header.metadata.get('tokenizer.ggml.add_bos_token');
  if (typeof said === 'boolean') return said;
  return model === 'llama' || BPE_WITH_BOS.has(pre);
}

const headerShape = v.looseObject(
  { metadata: v.instance(Map, 'a Map'), tokens: list, parameters: number },
  'a header, as readGgufHeader gives it',
);
const infoShape = v.looseObject(
  { architecture: text, parameters: bigint, trained_context: bigint },
  'what modelInfo gives',
);

export function modelCard(header: GgufHeader): ModelCard {
  check('modelCard: header', headerShape, header);
  const architecture = textOf(header.metadata.get('general.architecture')) ?? 'unknown';
  const context = header.metadata.get(`${architecture}.context_length`);
  const vocabulary = new Set(header.tokens);
  return {
    name: textOf(header.metadata.get('general.name')) ?? architecture,
    architecture,
    parameters: header.parameters,
    contextLength: typeof context === 'number' || typeof context === 'bigint' ? Number(context) : 0,
    chatTemplate: textOf(header.metadata.get('tokenizer.chat_template')) ?? null,
    bosToken: tokenOf(header, 'tokenizer.ggml.bos_token_id'),
    eosToken: tokenOf(header, 'tokenizer.ggml.eos_token_id'),
    addsBos: addsBos(header),
    markers: FORMAT_MARKERS.filter((marker) => vocabulary.has(marker)),
  };
}

/** For formats whose turns end with a token of their own: the corresponding marker. */
const MARKER_BY_END: Readonly<Record<string, (typeof FORMAT_MARKERS)[number]>> = {
  '<|im_end|>': '<|im_start|>',
  '<|eot_id|>': '<|start_header_id|>',
  '<end_of_turn>': '<start_of_turn>',
};

/**
 * The card of the model that a canister has loaded, from `model_info`, which every caller who may chat can read. It
 * lacks the vocabulary, so the format of a model without a template is recognised only by the token that ends a turn.
 */
export function loadedModelCard(info: ModelInfo): ModelCard {
  check('loadedModelCard: info', infoShape, info);
  const marker = MARKER_BY_END[info.eos_token];
  return {
    name: info.name || info.architecture,
    architecture: info.architecture,
    parameters: Number(info.parameters),
    contextLength: Number(info.trained_context),
    chatTemplate: info.chat_template || null,
    bosToken: info.bos_token,
    eosToken: info.eos_token,
    addsBos: info.adds_bos_token,
    markers: marker ? [marker] : [],
  };
}

/** The card of a GGUF file from any source. Errors: those of readGgufHeader. */
export async function readModelCard(source: ByteSource): Promise<ModelCard> {
  return modelCard(await readGgufHeader(source));
}

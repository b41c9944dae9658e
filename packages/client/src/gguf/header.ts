import { check } from '../checks/checked.js';
import { byteSource } from '../checks/shapes.js';
import { LlamaError } from '../errors.js';
import type { ByteSource } from '../source.js';
import {
  MAX_ALIGNMENT,
  MAX_ARRAY_DEPTH,
  MAX_ARRAY_ELEMENTS,
  MAX_DIMENSIONS,
  MAX_KEPT_BYTES,
  MAX_KEYS,
  MAX_NAME_BYTES,
  MAX_TENSORS,
  MAX_TEXT_BYTES,
} from './limits.js';
import { tensorBytes } from './tensor-types.js';
import { Window } from './window.js';

export type MetadataValue = string | number | bigint | boolean;

/** The header of a GGUF file. */
export interface GgufHeader {
  version: number;
  /** Scalar and text values by key; the vocabulary below is the only array that is kept. */
  metadata: ReadonlyMap<string, MetadataValue>;
  /** `tokenizer.ggml.tokens`, empty if absent. */
  tokens: readonly string[];
  tensorCount: number;
  /** Weights in all tensors. */
  parameters: number;
  /** Least size in bytes of a file that contains all of its tensors. */
  bytesNeeded: number;
}

const MAGIC = 0x46554747; // "GGUF", little-endian
const VOCABULARY_KEY = 'tokenizer.ggml.tokens';
const DEFAULT_ALIGNMENT = 32;
const decoder = new TextDecoder();

// Value types. Source: ggml/docs/gguf.md, enum gguf_metadata_value_type.
const BOOL = 7;
const TEXT = 8;
const ARRAY = 9;
const SCALAR_BYTES: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [BOOL, 1],
  [10, 8],
  [11, 8],
  [12, 8],
]);

function scalar(type: number, view: DataView): MetadataValue {
  switch (type) {
    case 0:
      return view.getUint8(0);
    case 1:
      return view.getInt8(0);
    case 2:
      return view.getUint16(0, true);
    case 3:
      return view.getInt16(0, true);
    case 4:
      return view.getUint32(0, true);
    case 5:
      return view.getInt32(0, true);
    case 6:
      return view.getFloat32(0, true);
    case BOOL:
      return view.getUint8(0) !== 0;
    case 10:
      return view.getBigUint64(0, true);
    case 11:
      return view.getBigInt64(0, true);
    default:
      return view.getFloat64(0, true);
  }
}

function malformed(message: string, value: unknown): LlamaError {
  return new LlamaError('input', 'BAD_GGUF', `the file's header is malformed: ${message}`, {
    value,
    next: 'Download the file again, or convert it again with a current llama.cpp.',
  });
}

function count(value: bigint, limit: number, what: string): number {
  if (value > BigInt(limit)) throw malformed(`${value} ${what}, more than ${limit}`, value);
  return Number(value);
}

async function text(window: Window, limit: number, what: string): Promise<string> {
  await window.need(8);
  const length = count(window.u64(), limit, `bytes of ${what}`);
  window.kept += length;
  if (window.kept > MAX_KEPT_BYTES) throw malformed(`more than ${MAX_KEPT_BYTES} bytes of text`, window.kept);
  await window.need(length);
  return decoder.decode(window.take(length));
}

async function skipText(window: Window): Promise<void> {
  await window.need(8);
  const length = window.u64();
  // Larger than any file; `skip` refuses to pass the end.
  await window.skip(Number(length < 1n << 52n ? length : 1n << 52n));
}

/** Skips an array; a vocabulary is kept. */
async function array(window: Window, key: string, tokens: string[], depth: number): Promise<void> {
  if (depth > MAX_ARRAY_DEPTH) throw malformed(`arrays nested deeper than ${MAX_ARRAY_DEPTH} at ${key}`, key);
  await window.need(12);
  const type = window.u32();
  const length = count(window.u64(), MAX_ARRAY_ELEMENTS, `elements of ${key}`);
  const bytes = SCALAR_BYTES.get(type);
  if (bytes !== undefined) {
    await window.skip(bytes * length);
  } else if (type === TEXT) {
    const keep = key === VOCABULARY_KEY && depth === 0;
    for (let i = 0; i < length; i++) {
      if (keep) tokens.push(await text(window, MAX_NAME_BYTES, 'a token'));
      else await skipText(window);
    }
  } else if (type === ARRAY) {
    for (let i = 0; i < length; i++) await array(window, key, tokens, depth + 1);
  } else {
    throw malformed(`value type ${type} of ${key} is unknown`, type);
  }
}

async function metadataOf(window: Window, keys: number, tokens: string[]): Promise<Map<string, MetadataValue>> {
  const metadata = new Map<string, MetadataValue>();
  for (let i = 0; i < keys; i++) {
    const key = await text(window, MAX_NAME_BYTES, 'a key');
    await window.need(4);
    const type = window.u32();
    const bytes = SCALAR_BYTES.get(type);
    if (bytes !== undefined) {
      await window.need(bytes);
      metadata.set(key, scalar(type, window.take(bytes)));
    } else if (type === TEXT) {
      metadata.set(key, await text(window, MAX_TEXT_BYTES, `${key}`));
    } else if (type === ARRAY) {
      await array(window, key, tokens, 0);
    } else {
      throw malformed(`value type ${type} of ${key} is unknown`, type);
    }
  }
  return metadata;
}

/** The tensor table: the number of weights, and the extent of their data after the header. */
async function tensors(window: Window, tensorCount: number): Promise<{ parameters: number; dataBytes: number }> {
  let parameters = 0;
  let dataBytes = 0;
  for (let i = 0; i < tensorCount; i++) {
    const name = await text(window, MAX_NAME_BYTES, "a tensor's name");
    await window.need(4);
    const dimensions = window.u32();
    if (dimensions > MAX_DIMENSIONS) throw malformed(`tensor ${name} has ${dimensions} dimensions`, dimensions);
    await window.need(8 * dimensions + 12);
    let elements = 1n;
    for (let d = 0; d < dimensions; d++) elements *= window.u64();
    const type = window.u32();
    const offset = window.u64();
    if (elements > Number.MAX_SAFE_INTEGER || offset > Number.MAX_SAFE_INTEGER) {
      throw malformed(`tensor ${name} is larger than any file`, name);
    }
    parameters += Number(elements);
    dataBytes = Math.max(dataBytes, Number(offset) + (tensorBytes(type, Number(elements)) ?? 0));
  }
  return { parameters, dataBytes };
}

function alignmentIn(metadata: ReadonlyMap<string, MetadataValue>): number {
  const alignment = metadata.get('general.alignment') ?? DEFAULT_ALIGNMENT;
  if (typeof alignment !== 'number' || alignment < 1 || alignment > MAX_ALIGNMENT || !Number.isInteger(alignment)) {
    throw malformed(`an alignment of ${alignment}`, alignment);
  }
  return alignment;
}

/**
 * Reads the header of a GGUF file (version 2 or 3), a window at a time, without its tensors' data.
 *
 * Errors: `NOT_GGUF`, `UNSUPPORTED_GGUF`, `BAD_GGUF`, `TRUNCATED_GGUF` (the file ends inside its header).
 * Source: ggml/docs/gguf.md.
 */
export async function readGgufHeader(source: ByteSource): Promise<GgufHeader> {
  const next = 'Give a .gguf file, for example one from https://huggingface.co/models?library=gguf.';
  check('readGgufHeader: source', byteSource, source);
  const first = await source.read(0, 8);
  const magic = first.length < 4 ? 0 : new DataView(first.buffer, first.byteOffset).getUint32(0, true);
  if (magic !== MAGIC) {
    throw new LlamaError('input', 'NOT_GGUF', 'the file is no GGUF model: it does not begin with "GGUF"', {
      value: first.slice(0, 4),
      next,
    });
  }
  const window = new Window(source);
  await window.need(24);
  window.u32();
  const version = window.u32();
  if (version !== 2 && version !== 3) {
    const bigEndian = version === 0x03000000 || version === 0x02000000;
    throw new LlamaError(
      'input',
      'UNSUPPORTED_GGUF',
      bigEndian ? 'the file is a big-endian GGUF' : `the file is GGUF version ${version}; versions 2 and 3 can be read`,
      { value: version, next: 'Convert it again with a current llama.cpp.' },
    );
  }
  const tensorCount = count(window.u64(), MAX_TENSORS, 'tensors');
  const keys = count(window.u64(), MAX_KEYS, 'metadata keys');
  const tokens: string[] = [];
  const metadata = await metadataOf(window, keys, tokens);
  const { parameters, dataBytes } = await tensors(window, tensorCount);
  const alignment = alignmentIn(metadata);
  const dataStart = Math.ceil(window.position / alignment) * alignment;
  const bytesNeeded = dataBytes === 0 ? window.position : dataStart + dataBytes;
  return { version, metadata, tokens, tensorCount, parameters, bytesNeeded };
}

/**
 * The header of a file to upload, with a check that the file is complete.
 *
 * Errors: those of readGgufHeader, `TRUNCATED_GGUF` if the tensors exceed the file, `SPLIT_GGUF`.
 */
export async function checkGguf(source: ByteSource): Promise<GgufHeader> {
  const header = await readGgufHeader(source);
  if (header.bytesNeeded > source.size) {
    const message = `the file is cut off: it has ${source.size} bytes, and its tensors need ${header.bytesNeeded}`;
    throw new LlamaError('input', 'TRUNCATED_GGUF', message, { value: source.size, next: 'Download it again.' });
  }
  const parts = header.metadata.get('split.count');
  if (typeof parts === 'number' && parts > 1) {
    throw new LlamaError('input', 'SPLIT_GGUF', `the file is one of ${parts} parts of a model`, {
      value: parts,
      next: 'Merge the parts first: llama-gguf-split --merge.',
    });
  }
  return header;
}

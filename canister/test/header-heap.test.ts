/**
 * The largest headers that the reader accepts, and larger ones. Nothing in the managed heap is collected before a
 * message ends, so the size that a header has there is bounded; otherwise loading would trap instead of answering. It
 * has 16 MiB of memory. A model is loaded in one message, and after an upgrade in another.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { randomModel } from '../../test/gguf/random-model.js';
import { gguf, type Tensor, type Value } from '../../test/gguf/writer.js';
import { Llama } from './llama.js';
import { TINY } from './tiny-model.js';

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
});

interface Change {
  metadata?: Record<string, Value>;
  tensors?: Tensor[];
  shape?: object;
}

function model({ metadata = {}, tensors = [], shape = {} }: Change): Uint8Array {
  const sound = randomModel({ ...TINY, ...shape });
  return gguf({ ...sound.metadata, ...metadata }, [...sound.tensors, ...tensors]);
}

const u32: Value = { type: 'u32', value: 1 };
const text = (value: string): Value => ({ type: 'string', value });
const keys = (count: number, bytes: number): Record<string, Value> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [String(i).padStart(bytes, 'k'), u32]));
const tensors = (count: number): Tensor[] =>
  Array.from({ length: count }, (_, i) => ({
    name: String(i).padStart(64, 't'),
    type: 'F32',
    shape: [1],
    data: () => [new Uint8Array(4)],
  }));

/** Loads a file, and again after an upgrade. Returns the answers of load_model and ready. */
function load(file: Uint8Array): unknown[] {
  llama.upload('m', file);
  const loaded = llama.command('load_model', ['--model', 'm']);
  llama.upgrade();
  llama.timers();
  return [loaded, llama.call('ready')];
}

const LOADED = [{ Ok: expect.objectContaining({ status_code: 200 }) }, { Ok: { status_code: 200 } }];
const refused = (reason: RegExp) => [
  { Err: expect.objectContaining({ error: expect.stringMatching(reason) }) },
  expect.anything(),
];

describe('a header is read', () => {
  const read: [string, Change][] = [
    ['2000 keys of 1000 bytes', { metadata: keys(2000, 1000) }],
    ['2000 keys of 128 bytes, which are kept', { metadata: keys(2000, 128) }],
    ['a key of 65535 bytes', { metadata: keys(1, 65535) }],
    ['a name of 4000 characters', { metadata: { 'general.name': text('n'.repeat(4000)) } }],
    ['a name of 900,000 bytes', { metadata: { 'general.name': text('é'.repeat(450_000)) } }],
    ['a chat template of 2 MB', { metadata: { 'tokenizer.chat_template': text('{{ x }}'.repeat(300_000)) } }],
    ['440 layers', { shape: { layers: 440, embedding: 32, heads: 1, keyValueHeads: 1, headDim: 32, feedForward: 32 } }],
    [
      '12,000 experts',
      {
        shape: {
          architecture: 'qwen3moe',
          layers: 8,
          embedding: 32,
          heads: 1,
          keyValueHeads: 1,
          headDim: 32,
          experts: { count: 480, used: 2, feedForward: 32 },
        },
      },
    ],
  ];
  // What is largest in number and in size here; all of them in test:full.
  it.each(isFull ? read : read.filter(([what]) => /^(2000 keys of 1000|a chat template|12,000)/.test(what)))(
    'with %s',
    (_, change) => {
      expect(load(model(change))).toEqual(LOADED);
      expect(llama.call('model_info')).toHaveProperty('Ok');
    },
  );

  it('with a name of any length, which is shown cut short', () => {
    load(model({ metadata: { 'general.name': text(`${'n'.repeat(127)}🦙${'m'.repeat(400)}`) } }));
    const { Ok } = llama.call('model_info') as { Ok: { name: string } };
    expect(Ok.name).toBe(`${'n'.repeat(127)}...`);
  });
});

describe('a header is refused', () => {
  const unread: [string, Change, RegExp][] = [
    ['3000 keys of 1000 bytes', { metadata: keys(3000, 1000) }, /metadata keys; at most 2048/],
    ['4000 tensors of nobody', { tensors: tensors(4000) }, /^--model m: tensor "t+0+" has no place/],
    ['5000 tensors', { tensors: tensors(5000) }, /claims 50\d\d tensors; at most 4096/],
    [
      'an architecture of 900,000 bytes',
      { metadata: { 'general.architecture': text('a'.repeat(900_000)) } },
      /^--model m: the architecture "a{128}\.\.\." is not supported/,
    ],
    [
      'a rope scaling of 900,000 bytes',
      { metadata: { 'llama.rope.scaling.type': text('s'.repeat(900_000)) } },
      /^--model m: rope scaling "s{128}\.\.\." is not supported/,
    ],
    [
      'a tokenizer of 900,000 bytes',
      { metadata: { 'tokenizer.ggml.model': text('t'.repeat(900_000)) } },
      /"t{128}\.\.\."/,
    ],
    [
      'a pre-tokenizer of 900,000 bytes',
      { metadata: { 'tokenizer.ggml.pre': text('p'.repeat(900_000)) } },
      /"p{128}\.\.\."/,
    ],
    [
      'more experts than there is room for',
      {
        shape: {
          architecture: 'qwen3moe',
          layers: 16,
          embedding: 32,
          heads: 1,
          keyValueHeads: 1,
          headDim: 32,
          experts: { count: 512, used: 2, feedForward: 32 },
        },
      },
      /more than 12288 matrices/,
    ],
  ];
  it.each(isFull ? unread : unread.filter((_, i) => i % 2 === 1))('with %s', (_, change, reason) => {
    expect(load(model(change))).toEqual(refused(reason));
    expect(load(model({}))).toEqual(LOADED);
  });
});

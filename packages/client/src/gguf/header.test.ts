import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ArrayValue, ggufBytes } from '../../../../test/gguf/header.js';
import { LlamaError } from '../errors.js';
import { readModelCard } from '../model-card.js';
import { openFile } from '../node.js';
import { bytesSource } from '../source.js';
import { checkGguf, readGgufHeader } from './header.js';

const whole = ggufBytes({
  metadata: [
    ['general.architecture', { type: 'string', value: 'llama' }],
    ['llama.context_length', { type: 'u32', value: 512 }],
    ['tokenizer.ggml.model', { type: 'string', value: 'llama' }],
    ['tokenizer.ggml.bos_token_id', { type: 'u32', value: 1 }],
    ['tokenizer.ggml.eos_token_id', { type: 'u32', value: 2 }],
    ['tokenizer.ggml.scores', { array: 'f32', values: [0, 1, 2, 3] }],
    ['tokenizer.ggml.tokens', { array: 'string', values: ['<unk>', '<s>', '</s>', '<|im_start|>'] }],
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: false }],
    ['tokenizer.chat_template', { type: 'string', value: '{{ messages }}' }],
  ],
  tensors: [
    { name: 'a', shape: [64, 2], type: 8, offset: 0 },
    { name: 'b', shape: [3], type: 0, offset: 160 },
  ],
  data: 172,
}).bytes;

const file = (of: Parameters<typeof ggufBytes>[0]) => ggufBytes(of).bytes;
const nested = (levels: number): ArrayValue =>
  levels === 0 ? { array: 'u32', values: [] } : { array: 'array', values: [nested(levels - 1)] };

test('a header tells what a chat and an upload need', async () => {
  const header = await checkGguf(bytesSource(whole));
  expect(header).toMatchObject({ version: 3, tensorCount: 2, parameters: 131, bytesNeeded: whole.length });
  expect(await readModelCard(bytesSource(whole))).toEqual({
    name: 'llama',
    architecture: 'llama',
    parameters: 131,
    contextLength: 512,
    chatTemplate: '{{ messages }}',
    bosToken: '<s>',
    eosToken: '</s>',
    addsBos: false,
    markers: ['<|im_start|>'],
  });
});

test.each([
  ['a text file', Buffer.from('Hello, I am a text file that is called model.gguf.'), 'NOT_GGUF'],
  ['an empty file', new Uint8Array(0), 'NOT_GGUF'],
  ['a web page', Buffer.from('<!doctype html><title>404</title>'), 'NOT_GGUF'],
  ['four bytes', Buffer.from('GGUF'), 'TRUNCATED_GGUF'],
  ['version 1', file({ version: 1 }), 'UNSUPPORTED_GGUF'],
  ['big-endian', file({ version: 0x03000000 }), 'UNSUPPORTED_GGUF'],
  ['a part of a split model', file({ metadata: [['split.count', { type: 'u32', value: 3 }]] }), 'SPLIT_GGUF'],
  ['arrays nested without end', file({ metadata: [['x', nested(50)]] }), 'BAD_GGUF'],
  ['an alignment of nought', file({ metadata: [['general.alignment', { type: 'u32', value: 0 }]] }), 'BAD_GGUF'],
  ['five dimensions', file({ tensors: [{ name: 't', shape: [1, 1, 1, 1, 1], type: 0, offset: 0 }] }), 'BAD_GGUF'],
  [
    'a tensor larger than any file',
    file({ tensors: [{ name: 't', shape: [2 ** 40, 2 ** 40], type: 0, offset: 0 }] }),
    'BAD_GGUF',
  ],
])('%s is refused with a reason', async (_, bytes, code) => {
  await expect(checkGguf(bytesSource(bytes))).rejects.toMatchObject({ name: 'LlamaError', kind: 'input', code });
});

test('a file that is cut off anywhere is found to be', async () => {
  for (let length = 8; length < whole.length; length += 7) {
    const cut = bytesSource(whole.subarray(0, length));
    await expect(checkGguf(cut)).rejects.toMatchObject({ code: 'TRUNCATED_GGUF' });
  }
});

test('whatever bytes come, it is a header or a LlamaError', async () => {
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(changes, fc.nat(whole.length), async (bytes, length) => {
      const broken = Uint8Array.from(whole);
      for (const [at, value] of bytes) broken[at] = value;
      const error = await checkGguf(bytesSource(broken.subarray(0, whole.length - (length % 40)))).catch((e) => e);
      if (error instanceof Error) expect(error).toBeInstanceOf(LlamaError);
    }),
    { numRuns: 2000 },
  );
});

const data = join(dirname(fileURLToPath(import.meta.url)), '../../../../../shared/data');

describe.skipIf(!existsSync(data))('files of llama.cpp (../shared/data)', () => {
  test('every mini model is as long as its header says', async () => {
    const minis = readdirSync(join(data, 'minis')).filter((name) => name.endsWith('.gguf'));
    expect(minis.length).toBeGreaterThan(3);
    for (const name of minis) {
      const source = await openFile(join(data, 'minis', name));
      const header = await checkGguf(source);
      await source.close();
      // Files may end with padding to the alignment.
      expect([name, source.size - header.bytesNeeded < 32]).toEqual([name, true]);
    }
  });

  test('real vocabularies are read', async () => {
    for (const name of readdirSync(join(data, 'vocab')).filter((file) => file.endsWith('.gguf'))) {
      const source = await openFile(join(data, 'vocab', name));
      const header = await readGgufHeader(source);
      await source.close();
      expect([name, header.tokens.length > 20_000, header.tensorCount]).toEqual([name, true, 0]);
    }
  });
});

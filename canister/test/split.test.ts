import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomModel } from '../../test/gguf/random-model.js';
import { gguf } from '../../test/gguf/writer.js';
import { DONE, Engine, FAILED } from './engine.js';
import { Llama } from './llama.js';
import { split, splitName } from './split.js';
import { TINY } from './tiny-model.js';

const model = randomModel(TINY);
const parts = split(model, 3);
const args = ['-n', '8', '-p', 'hello', '--temp', '0'];
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

let llama: Llama;
let expected: string;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('whole', gguf(model.metadata, model.tensors), '-c', '64');
  expected = llama.run(args).output;
  parts.forEach((bytes, i) => {
    llama.upload(splitName('model', i, 3), bytes);
  });
});

const refusal = (path: string) => llama.error('load_model', ['--model', path]);

describe('a split model', () => {
  it('is loaded by the name of its first part, and again after an upgrade', () => {
    const path = splitName('model', 0, 3);
    llama.ok('load_model', ['--model', path, '-c', '64']);
    expect(llama.run(args).output).toBe(expected);
    llama.upgrade();
    llama.timers();
    expect(llama.run(args).output).toBe(expected);
    const info = (llama.call('model_info') as { Ok: Record<string, unknown> }).Ok;
    expect(info).toMatchObject({
      filename: path,
      filesize: BigInt(parts.reduce((sum, { length }) => sum + length, 0)),
      filesha256: sha256(Buffer.concat(parts.map(sha256))).toString('hex'),
    });
  });

  it('may have metadata only in its first part', () => {
    split(model, 2, false).forEach((bytes, i) => {
      llama.upload(splitName('folder/bare', i, 2), bytes);
    });
    llama.ok('load_model', ['--model', splitName('folder/bare', 0, 2), '-c', '64']);
    expect(llama.run(args).output).toBe(expected);
  });

  it('is refused with the faulty part’s name, and the earlier model stays', () => {
    llama.upload(splitName('torn', 0, 3), parts[0]!);
    llama.upload(splitName('torn', 2, 3), parts[2]!);
    expect(refusal(splitName('torn', 0, 3))).toMatch(
      /^--model torn-00001-of-00003.gguf: its part torn-00002-of-00003.gguf is missing: /,
    );
    expect(refusal(splitName('model', 1, 3))).toBe(
      '--model model-00002-of-00003.gguf: it is a part of a split model: load the first, model-00001-of-00003.gguf',
    );
    llama.upload(splitName('torn', 1, 3), parts[2]!);
    expect(refusal(splitName('torn', 0, 3))).toMatch(/part 2: it says that it is part 3 of the model$/);
    llama.upload(splitName('torn', 1, 3), parts[1]!.subarray(0, 300));
    expect(refusal(splitName('torn', 0, 3))).toMatch(/part 2: (the file is truncated|tensor .* reaches past the end)/);
    llama.upload(splitName('two', 0, 2), parts[0]!);
    llama.upload(splitName('two', 1, 2), parts[1]!);
    expect(refusal(splitName('two', 0, 2))).toMatch(/part 1: it says that the model has 3 parts, and 2 are given$/);
    llama.upload('alone.gguf', parts[1]!);
    expect(refusal('alone.gguf')).toMatch(/the file is part 2 of 3 of a split model: load the first/);
    expect(refusal(splitName('x', 0, 99999))).toMatch(/it has 99999 parts; at most 256 are accepted$/);
    expect(refusal('nothing-00001-of-00001.gguf')).toMatch(/does not exist/i);
    expect(llama.run(args).output).toBe(expected);
  });

  it('is not used any more after one of its parts has changed', () => {
    llama.ok('load_model', ['--model', splitName('model', 0, 3), '-c', '64']);
    llama.upload(splitName('model', 2, 3), parts[1]!);
    expect(llama.error('run_update', args)).toMatch(/the file of the model was changed or removed since/);
    llama.upload(splitName('model', 2, 3), parts[2]!);
    llama.ok('load_model', ['--model', splitName('model', 0, 3), '-c', '64']);
    expect(llama.run(args).output).toBe(expected);
  });

  it('of files with duplicate tensors, or of too few files, is refused', async () => {
    const engine = await Engine.create();
    const load = (files: readonly Uint8Array[]) => {
      for (const { length } of files) engine.wasm.addPart(length);
      return engine.tryLoad(new Uint8Array(Buffer.concat(files)), 64);
    };
    expect(load(parts)).toEqual({ status: DONE, error: '' });
    const claims = (count: number) => split({ ...model, tensors: model.tensors.slice(0, count) }, 3);
    expect(load([parts[0]!, ...claims(9).slice(1)]).status).toBe(FAILED);
    expect(load([parts[0]!, parts[1]!, claims(model.tensors.length).at(-1)!])).toEqual({ status: DONE, error: '' });
    expect(load([parts[0]!, parts[1]!, split({ metadata: {}, tensors: [] }, 3)[2]!]).error).toMatch(
      /^the model has \d+ tensors, and its 3 parts have \d+$/,
    );
  });
});

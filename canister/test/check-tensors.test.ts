/** `load_model --check-tensors` finds a weight or a scale that is not a finite number, wherever it is. */
import { beforeAll, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { TENSOR_TYPES, type TensorType } from '../../test/gguf/layout.js';
import { randomModel } from '../../test/gguf/random-model.js';
import { gguf, type Tensor } from '../../test/gguf/writer.js';
import { DONE, Engine, FAILED } from './engine.js';
import { Llama } from './llama.js';
import { hasShared } from './shared.js';
import { sharedFile } from './shared-data.js';
import { TINY } from './tiny-model.js';

const INFINITE_HALF = 0x7c00;
const NO_HALF = 0x7e01;

/** Where a block has a number that can be infinite or NaN, and the bytes that make it so (ggml-common.h). */
const PLACES: Record<string, [at: number, value: number, bytes: 1 | 2 | 4][]> = {
  F32: [
    [0, 0x7f800000, 4],
    [0, 0xffc00001, 4],
  ],
  F16: [
    [0, INFINITE_HALF, 2],
    [0, NO_HALF, 2],
  ],
  BF16: [
    [0, 0xff80, 2],
    [0, 0x7fc0, 2],
  ],
  Q4_1: halves(0, 2),
  Q5_1: halves(0, 2),
  Q2_K: halves(80, 82),
  Q3_K: halves(108),
  Q4_K: halves(0, 2),
  Q5_K: halves(0, 2),
  Q6_K: halves(208),
  Q8_K: [[0, 0x7fc00000, 4]],
  TQ1_0: halves(52),
  TQ2_0: halves(64),
  MXFP4: [[0, 0xff, 1]],
};

function halves(...places: number[]): [number, number, 2][] {
  return places.flatMap((at) => [
    [at, INFINITE_HALF, 2],
    [at, NO_HALF | 0x8000, 2],
  ]);
}

const TYPES: readonly TensorType[] = [
  ...(['F32', 'F16', 'BF16', 'Q4_0', 'Q4_1', 'Q5_0', 'Q5_1', 'Q8_0', 'Q2_K', 'Q3_K', 'Q4_K', 'Q5_K', 'Q6_K'] as const),
  ...(['Q8_K', 'IQ4_NL', 'IQ4_XS', 'TQ1_0', 'TQ2_0', 'MXFP4'] as const),
];

/** Numbers of each size, at each end of a block; the others in test:full. */
const SOME: readonly TensorType[] = ['F32', 'Q8_0', 'Q3_K', 'Q4_K', 'MXFP4'];

/** A sound model of a type. */
function sound(type: TensorType) {
  return randomModel({
    ...TINY,
    tied: false,
    embedding: 256,
    heads: 4,
    headDim: 64,
    feedForward: 256,
    type: () => type,
  });
}

/** A model with a broken number in one block of a tensor, the last or another. */
function spoilt(type: TensorType, name: string, block: number, [at, value, bytes]: [number, number, number]) {
  const { metadata, tensors } = sound(type);
  const spoil = (tensor: Tensor): Tensor => ({
    ...tensor,
    data: () => {
      const data = new Uint8Array(Buffer.concat([...tensor.data()]));
      const blocks = data.length / TENSOR_TYPES[type].bytes;
      const offset = (block < 0 ? blocks + block : block) * TENSOR_TYPES[type].bytes + at;
      const view = new DataView(data.buffer);
      if (bytes === 4) view.setUint32(offset, value, true);
      else if (bytes === 2) view.setUint16(offset, value, true);
      else view.setUint8(offset, value);
      return [data];
    },
  });
  return gguf(
    metadata,
    tensors.map((tensor) => (tensor.name === name ? spoil(tensor) : tensor)),
  );
}

describe('a model with checked tensors', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.create();
  });

  it.each(isFull ? TYPES : SOME)(
    'of %s is refused for a value that is no finite number, and loaded without the check',
    (type) => {
      engine.wasm.setCheckTensors(1);
      const { metadata, tensors } = sound(type);
      expect(engine.tryLoad(gguf(metadata, tensors)).status).toBe(DONE);
      for (const [i, place] of (PLACES[type] ?? halves(0)).entries()) {
        // The first is loaded; the embeddings of an untied model stay in the file.
        const name = i % 2 ? 'blk.1.ffn_down.weight' : 'token_embd.weight';
        const file = spoilt(type, name, i % 2 ? -1 : 7, place);
        engine.wasm.setCheckTensors(1);
        expect(engine.tryLoad(file)).toEqual({
          status: FAILED,
          error: `tensor "${name}" has a value or a scale that is not a finite number`,
        });
        engine.wasm.setCheckTensors(0);
        expect(engine.tryLoad(file).status).toBe(DONE);
      }
    },
  );

  it('stops before its budget is used up, like any other', () => {
    const { metadata, tensors } = sound('Q8_0');
    engine.wasm.setCheckTensors(1);
    engine.beginLoad(gguf(metadata, tensors));
    engine.budget = () => 0;
    expect(engine.wasm.continueLoad()).not.toBe(DONE);
    engine.budget = () => Number.POSITIVE_INFINITY;
    while (engine.wasm.continueLoad() !== DONE);
    expect(engine.wasm.loadedBytes()).toBe(engine.wasm.totalBytes());
  });
});

describe('load_model', () => {
  const file = spoilt('Q8_0', 'blk.1.attn_k.weight', 3, [0, NO_HALF, 2]);

  it('checks scales with --check-tensors only', async () => {
    const llama = await Llama.install();
    llama.upload('m', file);
    expect(llama.ok('load_model', ['--model', 'm']).status_code).toBe(200);
    expect(llama.error('load_model', ['--model', 'm', '--check-tensors'])).toBe(
      '--model m: tensor "blk.1.attn_k.weight" has a value or a scale that is not a finite number',
    );
  });

  it.skipIf(!hasShared)('refuses a file that used to be loaded', async () => {
    const llama = await Llama.install();
    llama.upload('m', sharedFile('bugs/scale-nan.gguf'));
    expect(llama.error('load_model', ['--model', 'm', '--check-tensors'])).toContain('"blk.0.attn_q.weight"');
  });
});

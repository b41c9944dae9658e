import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Random } from '../../test/gguf/random.js';
import { randomModel } from '../../test/gguf/random-model.js';
import { readGguf } from '../../test/gguf/reader.js';
import { gguf } from '../../test/gguf/writer.js';
import { Engine } from './engine.js';
import { divergence, logSoftmax } from './reference/divergence.js';
import { roundToQ8_0, Transformer } from './reference/transformer.js';
import { hasShared, shared } from './shared.js';
import { tinyChatCases, tinyChatPath } from './tiny-chat.js';

const full = process.env.LLAMA_CANISTER_TEST === 'full';

const read = (path: string) => new Uint8Array(readFileSync(path));

/**
 * A mini model in which single channels of the activations are `factor` times as large as typical ones, as in real
 * models, because the norms enlarge them. The weights for these channels are zero. So the model computes the same as
 * one without them, except for their effect on the precision of the other channels.
 */
function withOutliers(bytes: Uint8Array, factor: number, channels = (layer: number) => [7, 70 + layer]): Uint8Array {
  const { tensors, metadata } = readGguf(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const layers = metadata.get(`${metadata.get('general.architecture')}.block_count`) as number;
  for (let layer = 0; layer < layers; layer++) {
    for (const [norm, readers] of [
      ['attn_norm', ['attn_q', 'attn_k', 'attn_v']],
      ['ffn_norm', ['ffn_gate', 'ffn_up']],
    ] as const) {
      for (const channel of channels(layer)) {
        const at = tensors.get(`blk.${layer}.${norm}.weight`)!.offset + 4 * channel;
        view.setFloat32(at, Math.sign(view.getFloat32(at, true)) * factor, true);
        for (const reader of readers) {
          const { offset, shape, type } = tensors.get(`blk.${layer}.${reader}.weight`)!;
          const [inputs, rows] = shape as [number, number];
          for (let row = 0; row < rows; row++) {
            const block = (row * inputs + channel) >> 5;
            if (type === 8) {
              view.setInt8(offset + block * 34 + 2 + (channel & 31), 0);
              continue;
            }
            // Q4_0, where 8 stands for a weight of zero.
            expect(type).toBe(2);
            const at = offset + block * 18 + 2 + (channel & 15);
            view.setUint8(at, channel & 16 ? (view.getUint8(at) & 0x0f) | 0x80 : (view.getUint8(at) & 0xf0) | 8);
          }
        }
      }
    }
  }
  return bytes;
}

/**
 * A qwen2 whose keys have, through their bias, two dimensions in every head that are `factor` times as large as typical
 * ones, like the large biases of real models. Queries are zero there, so that the model computes the same as one
 * without them.
 */
function withKeyOutliers(factor: number): Uint8Array {
  const [heads, keyValueHeads, headDim] = [4, 2, 64];
  const shape = { layers: 2, embedding: 256, heads, keyValueHeads, headDim, feedForward: 512, vocabulary: 512 };
  const { metadata, tensors } = randomModel({
    ...shape,
    architecture: 'qwen2',
    context: 512,
    ropeBase: 1e6,
    sharpness: 4,
    tied: true,
    type: () => 'Q8_0',
  });
  const bytes = gguf(metadata, tensors);
  const { tensors: places } = readGguf(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let layer = 0; layer < shape.layers; layer++) {
    const place = (name: string) => places.get(`blk.${layer}.${name}`)!.offset;
    // RoPE rotates a dimension together with the one half a head away.
    for (const dim of [5, 11]) {
      for (let head = 0; head < keyValueHeads; head++) {
        view.setFloat32(place('attn_k.bias') + 4 * (head * headDim + dim), factor, true);
      }
      for (let head = 0; head < heads; head++) {
        for (const row of [head * headDim + dim, head * headDim + dim + headDim / 2]) {
          view.setFloat32(place('attn_q.bias') + 4 * row, 0, true);
          const at = place('attn_q.weight') + ((row * shape.embedding) / 32) * 34;
          for (let block = 0; block < shape.embedding / 32; block++) {
            for (let i = 0; i < 32; i++) view.setInt8(at + 34 * block + 2 + i, 0);
          }
        }
      }
    }
  }
  return bytes;
}

/** The average distance of the engine from f32 over a prompt, and that of 8-bit activations. OUTLIERS=1 prints both. */
async function distances(bytes: Uint8Array, prompt: readonly number[], areBytes: number): Promise<[number, number]> {
  const engine = await Engine.create();
  engine.wasm.setCacheTypes(areBytes, areBytes);
  engine.load(bytes);
  return distancesOf(engine, bytes, prompt);
}

/** The same of an engine that has loaded the model. */
async function distancesOf(engine: Engine, bytes: Uint8Array, prompt: readonly number[]): Promise<[number, number]> {
  const exact = new Transformer(bytes);
  const eightBit = new Transformer(bytes, roundToQ8_0);
  const id = engine.sequence();
  let [ours, theirs] = [0, 0];
  for (const token of prompt) {
    engine.append(id, [token]);
    const expected = logSoftmax(exact.next(token));
    ours += divergence(expected, logSoftmax(engine.logits(id))) / prompt.length;
    theirs += divergence(expected, logSoftmax(eightBit.next(token))) / prompt.length;
  }
  if (process.env.OUTLIERS) console.log(`${expect.getState().currentTestName}: ${ours}, ${theirs}`);
  return [ours, theirs];
}

describe('activations with outlier channels', () => {
  const rows = [
    [3e3, 'int16', 100],
    [3e3, 'int8', 100],
    [3e4, 'int16', 2],
    [3e4, 'int8', 2],
  ] as const;
  // Each of the factors and each of the caches here; all pairs of them in test:full.
  const isEvery = full || process.env.OUTLIERS;
  const some = rows.filter((_, i) => isEvery || i === 0 || i === 3);
  const title = '%d times the typical size, %s caches: %d times closer to f32 than 8-bit activations';

  it.each(some)(`tiny-chat, ${title}`, async (factor, entries, closer) => {
    const bytes = withOutliers(read(tinyChatPath('tiny-chat-q8_0')), factor);
    const { prompt: whole } = tinyChatCases.get('tiny-chat-q8_0-turns')!;
    const prompt = full || process.env.OUTLIERS ? whole : whole.slice(0, 40);
    const [ours, theirs] = await distances(bytes, prompt, Number(entries === 'int8'));
    expect(ours).toBeLessThan(theirs / closer);
  });

  const keys = [
    [1e3, 4],
    [3e3, 0.5],
    [3e4, 0.005],
  ] as const;
  it.each(isEvery ? keys : keys.slice(0, 1))(
    'keys with two dimensions %d times the typical size: at least %d times as close as with 8-bit activations',
    async (factor, closer) => {
      const random = new Random(3);
      const prompt = Array.from({ length: full || process.env.OUTLIERS ? 48 : 20 }, () => random.below(512));
      const [ours, theirs] = await distances(withKeyOutliers(factor), prompt, 0);
      expect(ours).toBeLessThan(theirs / closer);
    },
  );

  // Of packed weights, every second 16 activations have 12 bits and a sign; channels 23 and 80 are among these.
  const packed = [
    [3e3, [7, 70], 5],
    [3e3, [23, 80], 100],
    [3e4, [7, 70], 2],
    [3e4, [23, 80], 10],
  ] as const;
  it.each(isEvery ? packed : packed.slice(0, 2))(
    'packed weights, %d times the typical size in channels %j: %d times closer to f32 than 8-bit activations',
    async (factor, channels, closer) => {
      const shape = { layers: 2, embedding: 256, heads: 4, keyValueHeads: 2, headDim: 64, feedForward: 512 };
      const { metadata, tensors } = randomModel({
        ...shape,
        architecture: 'llama',
        vocabulary: 512,
        context: 512,
        ropeBase: 1e4,
        sharpness: 4,
        tied: true,
        type: () => 'Q4_0',
      });
      const bytes = withOutliers(gguf(metadata, tensors), factor, () => [...channels]);
      const random = new Random(4);
      const prompt = Array.from({ length: full || process.env.OUTLIERS ? 48 : 16 }, () => random.below(512));
      const [ours, theirs] = await distancesOf(await Engine.packed(bytes), bytes, prompt);
      expect(ours).toBeLessThan(theirs / closer);
    },
  );

  const minis = ['mini-llama3-q8_0', 'mini-qwen2-q8_0']
    .slice(isEvery ? 0 : 1)
    .flatMap((name) => some.map((row) => [name, ...row] as const));
  it.skipIf(!hasShared).each(minis)(`%s, ${title}`, async (name, factor, entries, closer) => {
    const prompt = [333, 380, 329, 486, 162, 137, 403, 487, 360, 303];
    const bytes = withOutliers(read(shared('minis', `${name}.gguf`)), factor);
    const [ours, theirs] = await distances(bytes, prompt, Number(entries === 'int8'));
    expect(ours).toBeLessThan(theirs / closer);
  });

  it.each([
    ['tiny-chat', tinyChatPath('tiny-chat-q8_0'), () => tinyChatCases.get('tiny-chat-q8_0-canister')!],
    ...(hasShared
      ? ([
          [
            'mini-llama3',
            shared('minis', 'mini-llama3-q8_0.gguf'),
            () => JSON.parse(readFileSync(shared('minis', 'mini-llama3-q8_0.json'), 'utf8')),
          ],
        ] as const)
      : []),
  ] as const)('the reference itself agrees with llama.cpp in f32: %s', (_, path, reference) => {
    const { prompt, f32_first_step_logits: expected } = reference();
    const exact = new Transformer(read(path));
    let logits: Float64Array = new Float64Array();
    for (const token of prompt) logits = exact.next(token);
    expected.forEach((value: number, i: number) => {
      expect(Math.abs(value - logits[i]!)).toBeLessThan(2e-3);
    });
  });
});

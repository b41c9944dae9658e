import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { Random } from '../../test/gguf/random.js';
import { readGguf } from '../../test/gguf/reader.js';
import { DONE, Engine, FAILED, PAUSED } from './engine.js';
import { hasShared, shared } from './shared.js';
import { tinyModel } from './tiny-model.js';

const here = dirname(fileURLToPath(import.meta.url));
const bits = (values: Float32Array) => [...new Uint32Array(values.buffer)];
/** A prompt of `count` tokens of a vocabulary. */
function prompt(random: Random, count: number, vocabulary: number): number[] {
  return Array.from({ length: count }, () => random.below(vocabulary));
}

describe.skipIf(!hasShared)('a real model', () => {
  const { model, cases } = JSON.parse(readFileSync(join(here, 'data', 'stories260K-greedy.json'), 'utf8')) as {
    model: string;
    cases: { prompt: string; tokens: number[]; greedy: number[]; text: string }[];
  };

  it.each(cases)('goes on after "$prompt" as in llama.cpp', async ({ prompt, tokens, greedy, text }) => {
    const engine = await Engine.load(shared('models', model));
    expect(engine.tokenize(prompt)).toEqual(tokens);
    const id = engine.sequence(tokens);
    expect(engine.greedy(id, greedy.length)).toEqual(greedy);
    expect(engine.detokenize(greedy)).toBe(text);
  });
});

describe('evaluation', () => {
  it('gives the same bits for any batches', async () => {
    const engine = await Engine.load(tinyModel());
    const random = new Random(1);
    const tokens = prompt(random, 75, engine.wasm.vocabularySize());
    const whole = engine.logits(engine.sequence(tokens));
    const single = engine.sequence();
    for (const token of tokens) {
      engine.append(single, [token]);
      engine.finish(() => engine.wasm.ingest(single));
    }
    expect(bits(engine.logits(single))).toEqual(bits(whole));
    const odd = engine.sequence();
    for (let at = 0; at < tokens.length; at += 5) {
      engine.append(odd, tokens.slice(at, at + 5));
      engine.logits(odd);
    }
    expect(bits(engine.logits(odd))).toEqual(bits(whole));
  });

  it('goes on with the same bits after any pauses, even if others were served in between', async () => {
    const engine = await Engine.load(tinyModel());
    const random = new Random(2);
    const vocabulary = engine.wasm.vocabularySize();
    const histories = [40, 1, 33, 70].map((count) => prompt(random, count, vocabulary));
    const expected = histories.map((tokens) => engine.logits(engine.sequence(tokens)));
    const ids = histories.map((tokens) => engine.sequence(tokens));
    const pending = new Set(ids);
    let pauses = 0;
    engine.budget = () => (random.below(3) === 0 ? 0 : Number.POSITIVE_INFINITY);
    while (pending.size) {
      const id = [...pending][random.below(pending.size)]!;
      const status = engine.wasm.evaluate(id);
      expect([DONE, PAUSED]).toContain(status);
      if (status === PAUSED) {
        pauses++;
        continue;
      }
      const at = engine.wasm.logits() >>> 0;
      const logits = new Float32Array(engine.wasm.memory.buffer.slice(at, at + 4 * vocabulary));
      expect(bits(logits)).toEqual(bits(expected[ids.indexOf(id)]!));
      pending.delete(id);
    }
    expect(pauses).toBeGreaterThan(50);
  });

  it('begins no step that exceeds the budget, and reports the step’s cost', async () => {
    const engine = await Engine.load(tinyModel());
    const id = engine.sequence([1, 2, 3]);
    engine.budget = () => 1000;
    expect(engine.wasm.ingest(id)).toBe(PAUSED);
    expect(engine.wasm.sequenceEvaluated(id)).toBe(0);
    const needed = engine.wasm.needed();
    expect(needed).toBeGreaterThan(1000);
    engine.budget = () => needed;
    expect(engine.wasm.ingest(id)).toBe(PAUSED);
    // The first step had enough budget; the cost that is reported is that of the next one.
    expect(engine.wasm.needed()).toBeGreaterThan(needed);
  });

  it('refuses tokens that do not exist, and more than the context has room for', async () => {
    const engine = await Engine.load(tinyModel(), 16);
    const id = engine.sequence([1, 2]);
    expect(() => engine.append(id, [engine.wasm.vocabularySize()])).toThrow('is not a token of the model');
    expect(() => engine.append(id, [-1])).toThrow('is not a token of the model');
    expect(() => engine.append(id, new Array(15).fill(1))).toThrow('2 tokens and 15 more do not fit a context of 16');
    expect(engine.wasm.sequenceLength(id)).toBe(2);
    engine.append(id, new Array(14).fill(1));
    expect(engine.logits(id).every(Number.isFinite)).toBe(true);
    expect(engine.wasm.evaluate(engine.sequence())).toBe(FAILED);
    expect(engine.error).toBe('a sequence without tokens has no next token');
    expect(engine.wasm.evaluate(4711)).toBe(FAILED);
    expect(engine.error).toContain('sequence 4711 is not there');
  });
});

describe('sequences', () => {
  it('can be shortened and continued', async () => {
    const engine = await Engine.load(tinyModel());
    const random = new Random(3);
    const tokens = prompt(random, 90, engine.wasm.vocabularySize());
    const id = engine.sequence(tokens);
    engine.logits(id);
    for (const length of [89, 64, 63, 40, 1]) {
      engine.wasm.truncateSequence(id, length);
      expect(bits(engine.logits(id))).toEqual(bits(engine.logits(engine.sequence(tokens.slice(0, length)))));
    }
    engine.append(id, tokens.slice(1));
    expect(bits(engine.logits(id))).toEqual(bits(engine.logits(engine.sequence(tokens))));
  });

  it('can be shortened in the middle of a batch', async () => {
    const engine = await Engine.load(tinyModel());
    const tokens = prompt(new Random(4), 20, engine.wasm.vocabularySize());
    const expected = engine.logits(engine.sequence(tokens.slice(0, 11)));
    const id = engine.sequence(tokens);
    let steps = 0;
    engine.budget = () => (steps++ < 9 ? Number.POSITIVE_INFINITY : 0);
    expect(engine.wasm.ingest(id)).toBe(PAUSED);
    engine.budget = () => Number.POSITIVE_INFINITY;
    engine.wasm.truncateSequence(id, 11);
    expect(bits(engine.logits(id))).toEqual(bits(expected));
  });

  it('can be shortened into a batch that is between two layers', async () => {
    const engine = await Engine.load(tinyModel());
    const tokens = prompt(new Random(5), 8, engine.wasm.vocabularySize());
    const others = [tokens[0]!, ...prompt(new Random(6), 3, engine.wasm.vocabularySize())];
    const expected = engine.logits(engine.sequence(others));
    const id = engine.sequence(tokens);
    let asked = 0;
    engine.budget = () => (asked++ < 4 ? Number.POSITIVE_INFINITY : 0);
    expect(engine.wasm.ingest(id)).toBe(PAUSED);
    engine.budget = () => Number.POSITIVE_INFINITY;
    engine.wasm.truncateSequence(id, 1);
    engine.append(id, others.slice(1));
    expect(bits(engine.logits(id))).toEqual(bits(expected));
  });

  it('share their common beginning until one of them continues', async () => {
    const engine = await Engine.load(tinyModel());
    const random = new Random(5);
    const vocabulary = engine.wasm.vocabularySize();
    const tokens = prompt(random, 100, vocabulary);
    const id = engine.sequence(tokens);
    const logits = engine.logits(id);
    const before = engine.wasm.heapBytes();
    const copy = engine.wasm.forkSequence(id);
    // Only the copy's own extent is new; it has no keys and values of its own.
    expect(engine.wasm.heapBytes() - before).toBe(65536);
    expect(bits(engine.logits(copy))).toEqual(bits(logits));
    const [left, right] = [prompt(random, 40, vocabulary), prompt(random, 40, vocabulary)];
    engine.append(id, left);
    engine.append(copy, right);
    expect(bits(engine.logits(id))).toEqual(bits(engine.logits(engine.sequence([...tokens, ...left]))));
    expect(bits(engine.logits(copy))).toEqual(bits(engine.logits(engine.sequence([...tokens, ...right]))));
    engine.wasm.closeSequence(id);
    expect(bits(engine.logits(copy))).toEqual(bits(engine.logits(engine.sequence([...tokens, ...right]))));
  });

  it('give all of their memory back', async () => {
    const engine = await Engine.load(tinyModel());
    const random = new Random(6);
    const before = engine.wasm.heapBytes();
    const ids: number[] = [];
    for (let i = 0; i < 60; i++) {
      const pick = ids[random.below(ids.length)];
      const action = random.below(6);
      if (action < 2 || pick === undefined) {
        const length = 1 + random.below(80);
        ids.push(engine.sequence(prompt(random, length, engine.wasm.vocabularySize())));
      } else if (action === 2) ids.push(engine.wasm.forkSequence(pick));
      else if (action === 3) engine.wasm.truncateSequence(pick, random.below(90));
      else if (action === 4) engine.wasm.closeSequence(ids.splice(ids.indexOf(pick), 1)[0]!);
      else if (engine.wasm.sequenceLength(pick) > 0) {
        let steps = 0;
        engine.budget = () => (steps++ < 20 ? Number.POSITIVE_INFINITY : 0);
        engine.wasm.evaluate(pick);
      }
    }
    for (const id of ids) engine.wasm.closeSequence(id);
    expect(engine.wasm.heapBytes()).toBe(before);
  });

  it('are evicted, the least recently used one first, when the heap is full', async () => {
    const engine = await Engine.load(tinyModel(), 512);
    engine.wasm.limitHeap(engine.wasm.memoryBytes() + 40 * 65536);
    const random = new Random(7);
    const histories = Array.from({ length: 12 }, () => prompt(random, 200, engine.wasm.vocabularySize()));
    const ids = histories.map((tokens) => {
      const id = engine.sequence(tokens);
      engine.logits(id);
      return id;
    });
    const resident = ids.map((id) => engine.wasm.sequenceLength(id) >= 0);
    expect(resident.at(-1)).toBe(true);
    expect(resident[0]).toBe(false);
    expect(resident.indexOf(true)).toBe(resident.filter((there) => !there).length);
    // What was evicted is computed again from its tokens.
    const last = engine.logits(ids.at(-1)!);
    expect(bits(engine.logits(engine.sequence(histories.at(-1)!)))).toEqual(bits(last));
  });
});

describe('managed memory', () => {
  it('does not grow with the work of a call', async () => {
    const engine = await Engine.load(tinyModel({ layers: 6 }), 8192);
    const id = engine.sequence(prompt(new Random(10), isFull ? 8000 : 1500, engine.wasm.vocabularySize()));
    const [memory, extents] = [engine.wasm.memoryBytes(), engine.wasm.heapBytes()];
    engine.finish(() => engine.wasm.ingest(id));
    // Garbage is collected only at the end of a call, so everything that is allocated in between needs room.
    expect(engine.wasm.memoryBytes() - memory).toBeLessThanOrEqual(engine.wasm.heapBytes() - extents);
  });
});

describe('a full heap', () => {
  it('is an error that loses nothing', async () => {
    const engine = await Engine.load(tinyModel(), 512);
    const tokens = prompt(new Random(9), 200, engine.wasm.vocabularySize());
    const other = engine.sequence(tokens);
    const expected = engine.logits(other);
    engine.wasm.closeSequence(other);
    const id = engine.sequence(tokens.slice(0, 20));
    engine.finish(() => engine.wasm.ingest(id));
    engine.append(id, tokens.slice(20));
    engine.wasm.limitHeap(engine.wasm.memoryBytes());
    while (engine.wasm.allocate(1)) engine.wasm.heapBytes();
    let status = DONE;
    expect(() => engine.finish(() => (status = engine.wasm.ingest(id)))).toThrow(
      'there is no room for the keys and values',
    );
    expect(status).toBe(FAILED);
    expect(engine.wasm.sequenceEvaluated(id)).toBeGreaterThan(0);
    engine.wasm.limitHeap(2 ** 32);
    expect(bits(engine.logits(id))).toEqual(bits(expected));
  });
});

describe('a broken model', () => {
  it('yields no token, but an error', async () => {
    const file = tinyModel();
    const norm = readGguf(file).tensors.get('output_norm.weight')!;
    for (let i = 0; i < 64; i++) new DataView(file.buffer).setFloat32(norm.offset + 4 * i, 3e38, true);
    const engine = await Engine.load(file);
    const id = engine.sequence([1, 2, 3]);
    expect(engine.logits(id).every(Number.isNaN)).toBe(true);
    expect(engine.wasm.sample(id)).toBe(-1);
    expect(engine.error).toContain('no token is left to choose from');
  });
});

describe('loading', () => {
  it('pauses and goes on, to the same bits', async () => {
    const file = tinyModel();
    const whole = await Engine.load(file);
    const expected = whole.logits(whole.sequence([5, 6, 7]));
    const engine = await Engine.create();
    const random = new Random(8);
    engine.budget = () => (random.below(2) ? 0 : Number.POSITIVE_INFINITY);
    engine.beginLoad(file);
    let [pauses, progress] = [0, 0];
    for (;;) {
      const status = engine.wasm.continueLoad();
      expect(engine.wasm.loadedBytes()).toBeGreaterThanOrEqual(progress);
      progress = engine.wasm.loadedBytes();
      if (status === DONE) break;
      expect(status).toBe(PAUSED);
      expect(engine.wasm.openSequence()).toBe(0);
      pauses++;
    }
    expect(pauses).toBeGreaterThan(10);
    expect(progress).toBe(engine.wasm.totalBytes());
    engine.budget = () => Number.POSITIVE_INFINITY;
    expect(bits(engine.logits(engine.sequence([5, 6, 7])))).toEqual(bits(expected));
  });

  it('reuses memory: A, B, A, B ... takes no more after the second round', async () => {
    const [a, b] = [tinyModel(), tinyModel({ layers: 3, embedding: 128, vocabulary: 900 })];
    const engine = await Engine.create();
    const sizes: number[] = [];
    for (let round = 0; round < (isFull ? 20 : 5); round++) {
      for (const model of [a, b]) {
        engine.load(model);
        engine.logits(engine.sequence(prompt(new Random(round), 100, 300)));
      }
      sizes.push(engine.wasm.memoryBytes());
    }
    expect(new Set(sizes.slice(1)).size).toBe(1);
    engine.wasm.unload();
  });

  it('refuses models that it cannot run, gives the reason, and leaves the heap as it was', async () => {
    const engine = await Engine.create();
    const before = engine.wasm.heapBytes();
    const refused = (file: Uint8Array, reason: RegExp | string, context = 512) => {
      expect(() => engine.load(file, context)).toThrow(reason);
      expect(engine.wasm.heapBytes()).toBe(before);
      expect(engine.wasm.openSequence()).toBe(0);
      expect(engine.wasm.vocabularySize()).toBe(0);
    };
    refused(new TextEncoder().encode('this is not a model'), 'not a GGUF file');
    refused(tinyModel().subarray(0, 5000), /past the end|truncated|ends/);
    refused(tinyModel({ claimed: { architecture: 'mamba' } }), 'the architecture "mamba" is not supported');
    refused(tinyModel({ claimed: { scaling: 'dynamic' } }), 'rope scaling "dynamic" is not supported');
    for (const type of ['IQ1_S', 'IQ1_M', 'IQ2_XXS', 'IQ2_XS', 'IQ2_S', 'IQ3_XXS', 'IQ3_S'] as const) {
      const file = tinyModel({
        embedding: 256,
        headDim: 64,
        type: (name) => (name.includes('ffn_up') ? type : 'Q8_0'),
      });
      refused(file, `tensor "blk.0.ffn_up.weight" is of type ${type}, which is not supported`);
    }
    refused(tinyModel({ without: 'blk.1.ffn_up.weight' }), 'tensor "blk.1.ffn_up.weight" is missing');
    refused(tinyModel({ extra: 'blk.0.attn_sinks.weight' }), 'tensor "blk.0.attn_sinks.weight" has no place in');
    refused(tinyModel({ claimed: { heads: 5 } }), '5 heads cannot share 2 key/value heads');
    refused(
      tinyModel({ claimed: { feedForward: 96 } }),
      /tensor "blk.0.ffn_gate.weight" is 64x\d+ Q8_0; the model needs 64x96/,
    );
    const broken = tinyModel();
    new DataView(broken.buffer).setFloat32(
      readGguf(broken).tensors.get('blk.1.ffn_norm.weight')!.offset,
      Number.NaN,
      true,
    );
    refused(broken, 'tensor "blk.1.ffn_norm.weight" has a value or a scale that is not a finite number');
    refused(tinyModel(), 'a context of 4 tokens is not possible', 4);
    engine.load(tinyModel());
    expect(engine.logits(engine.sequence([1])).every(Number.isFinite)).toBe(true);
  });

  it('takes the context that the model was trained for, or the longest that fits the heap', async () => {
    const engine = await Engine.create();
    engine.load(tinyModel(), 0);
    // Trained for 2048.
    expect(engine.wasm.context()).toBe(4096);
    // One sequence's blocks of 32 positions take 64 KiB each.
    engine.wasm.unload();
    engine.wasm.limitHeap(engine.wasm.memoryBytes() + (2 << 20));
    engine.load(tinyModel(), 0);
    expect(engine.wasm.context()).toBeLessThan(4096);
    expect(engine.wasm.context()).toBeGreaterThanOrEqual(512);
    const tokens = Array.from({ length: engine.wasm.context() }, (_, i) => i % 300);
    expect(engine.logits(engine.sequence(tokens)).every(Number.isFinite)).toBe(true);
  });

  it('packs weights of four bits if they would not fit otherwise, as few as possible', async () => {
    const engine = await Engine.create();
    const shape = { embedding: 256, feedForward: 1024, headDim: 64, layers: 4 };
    const file = tinyModel({ ...shape, type: (name) => (name.includes('ffn') ? 'Q4_K' : 'Q8_0') });
    const tokens = prompt(new Random(5), 40, 400);
    engine.load(file);
    const exact = engine.logits(engine.sequence(tokens));
    let weights = Number.POSITIVE_INFINITY;
    for (const more of [4, 1.5, 0.5]) {
      const smaller = await Engine.create();
      smaller.wasm.limitHeap(engine.wasm.memoryBytes() + more * 2 ** 20);
      const before = smaller.wasm.heapBytes();
      smaller.load(file);
      expect(smaller.wasm.heapBytes() - before).toBeLessThan(weights);
      weights = smaller.wasm.heapBytes() - before;
      const logits = smaller.logits(smaller.sequence(tokens));
      const worst = Math.max(...logits.map((value, i) => Math.abs(value - exact[i]!)));
      // Packing does not round weights; it rounds every second 16 of their activations to 12 bits and a sign.
      expect(worst).toBeLessThan(more === 4 ? 1e-30 : 0.01);
    }
  });

  it('says how much heap a model needs if it does not fit', async () => {
    const engine = await Engine.create();
    const before = engine.wasm.heapBytes();
    engine.wasm.limitHeap(20 << 20);
    expect(() => engine.load(tinyModel())).toThrow(/needs \d+ MiB of heap .* and \d+ MiB are free/);
    expect(engine.wasm.heapBytes()).toBe(before);
    engine.wasm.limitHeap(2 ** 32);
    engine.load(tinyModel());
  });
});

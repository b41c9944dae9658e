/**
 * A hostile file can do nothing to the engine, nor to the canister. A refusal says why, and leaves the heap as it was.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomModel } from '../../test/gguf/random-model.js';
import { gguf, type Value } from '../../test/gguf/writer.js';
import { DONE, Engine, FAILED } from './engine.js';
import { changed, changes, fieldsOf } from './hostile.js';
import { Llama } from './llama.js';
import { split } from './split.js';
import { TINY, tinyModel } from './tiny-model.js';

const full = process.env.LLAMA_CANISTER_TEST === 'full';
const sound = [
  tinyModel(),
  tinyModel({ architecture: 'qwen2', type: () => 'Q4_K', embedding: 256, headDim: 64, feedForward: 256 }),
  tinyModel({ architecture: 'gemma3', layers: 1 }),
  tinyModel({
    architecture: 'gpt-oss',
    tied: false,
    window: 16,
    experts: { count: 4, used: 2, feedForward: 32 },
    type: (name) => (name.includes('_exps') ? 'MXFP4' : 'F32'),
  }),
  tinyModel({
    architecture: 'lfm2moe',
    convolutions: { taps: 3, attends: [1] },
    experts: { count: 4, used: 2, feedForward: 32, dense: 1, gating: 2 },
  }),
];

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.create();
});

/** The bytes of extents after a load that failed or was undone. */
const held = () => engine.wasm.heapBytes();

describe('a hostile file', () => {
  it('is made from a sound file, whose numbers are found', () => {
    for (const file of sound) {
      const { fields, end } = fieldsOf(file);
      expect(fields.length).toBeGreaterThan(100);
      expect(file.length - end).toBeGreaterThan(1000);
      expect(engine.tryLoad(file, 64)).toEqual({ status: DONE, error: '' });
    }
    engine.wasm.unload();
  });

  it('is loaded or refused with a reason, never traps, and leaves the heap as it was', () => {
    engine.wasm.unload();
    const before = held();
    const reasons = new Set<string>();
    const runs = full ? 20_000 : 300;
    let refused = 0;
    fc.assert(
      fc.property(fc.nat(sound.length - 1), changes, (which, list) => {
        const { status, error } = engine.tryLoad(changed(sound[which]!, list), 64);
        if (status === FAILED) {
          refused++;
          expect(error.length).toBeGreaterThan(10);
          reasons.add(error.replace(/"[^"]*"|\d+/g, '#'));
        } else {
          engine.wasm.unload();
        }
        expect(held()).toBe(before);
      }),
      { numRuns: runs },
    );
    expect(refused).toBeGreaterThan(runs / 2);
    expect(reasons.size).toBeGreaterThan(full ? 30 : 20);
  }, 600_000);

  it('takes no more memory when it is loaded many times than once', () => {
    const file = changed(sound[0]!, [{ kind: 'cut', place: sound[0]!.length - 5, inHeader: false }]);
    expect(engine.tryLoad(file, 64).error).toMatch(/reaches past the end of the file/);
    const [memory, before] = [engine.wasm.memoryBytes(), held()];
    for (let i = 0; i < (full ? 1000 : 200); i++) expect(engine.tryLoad(file, 64).status).toBe(FAILED);
    expect(held()).toBe(before);
    expect(engine.wasm.memoryBytes()).toBe(memory);
  });

  it('with any metadata says what is wrong with it', () => {
    engine.wasm.unload();
    const before = held();
    const { metadata, tensors } = randomModel(TINY);
    const keys = Object.keys(metadata);
    const scalar = fc.oneof<fc.Arbitrary<Value>[]>(
      fc.integer({ min: -2, max: 70000 }).map((value) => ({ type: 'i64' as const, value: BigInt(value) })),
      fc
        .constantFrom(0, -1, 1e-30, 1e30, Number.NaN, Number.POSITIVE_INFINITY)
        .map((value) => ({ type: 'f32' as const, value })),
      fc.string({ maxLength: 20 }).map((value) => ({ type: 'string' as const, value })),
      fc.boolean().map((value) => ({ type: 'bool' as const, value: Number(value) })),
      fc.array(fc.integer(), { maxLength: 5 }).map((values) => ({ array: 'i32' as const, values })),
      fc.array(fc.string({ maxLength: 5 }), { maxLength: 5 }).map((values) => ({ array: 'string' as const, values })),
    );
    const edit = fc.tuple(fc.constantFrom(...keys), fc.option(scalar, { freq: 6 }));
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const edited: Record<string, Value> = { ...metadata };
        for (const [key, value] of edits) {
          if (value === null) delete edited[key];
          else edited[key] = value;
        }
        const { status, error } = engine.tryLoad(gguf(edited, tensors), 64);
        if (status === FAILED) expect(error.length).toBeGreaterThan(10);
        else engine.wasm.unload();
        expect(held()).toBe(before);
      }),
      { numRuns: full ? 5000 : 80 },
    );
  });

  it('is refused as a part of a split model, too', () => {
    engine.wasm.unload();
    const before = held();
    const parts = split(randomModel(TINY), 3);
    fc.assert(
      fc.property(fc.nat(2), changes, (which, list) => {
        const files = parts.with(which, changed(parts[which]!, list));
        for (const { length } of files) engine.wasm.addPart(length);
        const { status, error } = engine.tryLoad(new Uint8Array(Buffer.concat(files)), 64);
        if (status === FAILED) expect(error.length).toBeGreaterThan(10);
        else engine.wasm.unload();
        expect(held()).toBe(before);
      }),
      { numRuns: full ? 3000 : 40 },
    );
  });
});

describe('the canister', () => {
  it('refuses it, keeps the loaded model or says why there is none, and goes on answering', async () => {
    const llama = await Llama.install();
    llama.load('good', sound[0]!, '-c', '64');
    const args = ['-n', '4', '-p', 'hello', '--temp', '0'];
    const expected = llama.run(args).output;
    const status = () => llama.call('get_memory_status') as { Ok: { wasm_heap_bytes: bigint } };
    const samples = fc.sample(changes, { numRuns: full ? 200 : 6, seed: 7 });
    // The second round must manage with the memory of the first.
    let heap = 0n;
    for (const [i, list] of [...samples, ...samples].entries()) {
      llama.upload('bad', changed(sound[i % sound.length]!, list));
      const result = llama.command('load_model', ['--model', 'bad', '-c', '64']);
      if ('Err' in result) {
        expect(result.Err.error).toMatch(/^--model bad: .{10,}/s);
        const after = llama.command('run_query', args);
        if ('Ok' in after) expect(after.Ok.output).toBe(expected);
        else expect(after.Err.error).toMatch(/^Model not yet loaded: bad: .{10,}/s);
      }
      llama.ok('load_model', ['--model', 'good', '-c', '64']);
      expect(llama.run(args).output).toBe(expected);
      if (i === samples.length - 1) heap = status().Ok.wasm_heap_bytes;
    }
    expect(status().Ok.wasm_heap_bytes).toBe(heap);
  }, 600_000);
});

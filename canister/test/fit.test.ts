/** What the engine says about a model in advance, compared with what the canister then does and with measurements. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../bench/cases.js';
import type { Measurement } from '../../bench/measure.js';
import { type ModelShape, randomModel } from '../../test/gguf/random-model.js';
import { ggufPieces, tensorBytes } from '../../test/gguf/writer.js';
import { Engine, type Sparse } from './engine.js';
import { Llama } from './llama.js';
import { tinyModel } from './tiny-model.js';

const full = process.env.LLAMA_CANISTER_TEST === 'full';
const results = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'bench/results');
/** The heap that `llama-canister fit` assumes for a canister. */
const HEAP = 3840 * 2 ** 20;

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.create();
  engine.wasm.limitHeap(HEAP);
});

interface Info {
  model_heap_bytes: bigint;
  parameters: bigint;
  context: bigint;
  load_messages: bigint;
  load_instructions: bigint;
}

/** The file of a model without the data of its tensors. */
function sparse(shape: ModelShape): Sparse {
  const { metadata, tensors } = randomModel(shape);
  const header = (ggufPieces(metadata, tensors).next().value as Uint8Array).slice();
  const size = tensors.reduce((sum, { type, shape }) => sum + Math.ceil(tensorBytes(type, shape) / 32) * 32, 0);
  return { header, size: header.length + size };
}

const near = (estimate: number, actual: number, tolerance: number) =>
  expect([estimate, actual, Math.abs(estimate / actual - 1) < tolerance]).toEqual([estimate, actual, true]);

describe('fit', () => {
  const shapes = {
    'a tiny model': {},
    'a wider one of four bits': { embedding: 512, heads: 8, headDim: 64, feedForward: 1536, type: () => 'Q4_K' },
    'gemma3, untied': { architecture: 'gemma3', embedding: 256, headDim: 64, tied: false },
  } as const;

  it.each(Object.entries(shapes))('predicts for %s what the canister then has', async (_, shape) => {
    const file = tinyModel(shape as Partial<ModelShape>);
    for (const context of [0, 300]) {
      const said = engine.survey(file, context);
      expect(said.error).toBe('');
      const llama = await Llama.install();
      llama.load('m', file, '-c', String(context));
      const info = (llama.call('model_info') as { Ok: Info }).Ok;
      expect(said.heap.weights + said.heap.buffers).toBe(Number(info.model_heap_bytes));
      expect([said.parameters, said.context]).toEqual([Number(info.parameters), Number(info.context)]);
      expect(info.load_messages).toBe(1n);
      const { stable_bytes } = (llama.call('get_memory_status') as { Ok: { stable_bytes: bigint } }).Ok;
      // The file system is otherwise empty.
      expect(Number(stable_bytes) - file.length).toBeLessThan(16 * 2 ** 20);
      expect(Number(stable_bytes)).toBeGreaterThanOrEqual(file.length);
    }
  });

  const divided = {
    experts: {
      architecture: 'qwen3moe',
      embedding: 256,
      headDim: 64,
      type: () => 'Q4_K',
      experts: { count: 16, used: 8, feedForward: 256 },
    },
    'fused projections': {
      architecture: 'phi3',
      embedding: 512,
      headDim: 128,
      feedForward: 1536,
      fused: true,
      tied: false,
    },
  } as const;

  it.each(Object.entries(divided))('counts tensors that hold %s once', async (_, shape) => {
    const file = tinyModel(shape as Partial<ModelShape>);
    const said = engine.survey(file);
    const llama = await Llama.install();
    llama.load('m', file);
    const info = (llama.call('model_info') as { Ok: Info }).Ok;
    // The estimate does not include what every load does once, such as opening the file.
    near(said.loadInstructions, Number(info.load_instructions), 0.25);
  });

  it('refuses in the words of load_model, with the same amount of heap', async () => {
    const file = tinyModel({ layers: 16, embedding: 256, heads: 8, keyValueHeads: 8, headDim: 64, feedForward: 256 });
    const { error } = engine.survey(file, 200_000);
    const llama = await Llama.install();
    llama.upload('m', file);
    const refusal = llama.error('load_model', ['--model', 'm', '-c', '200000']);
    const [said, done] = [error, refusal.replace('--model m: ', '')].map(
      (text) => /^(.*and )(\d+)( MiB are free)$/.exec(text)!,
    );
    expect(said![1]).toBe(done![1]);
    // The canister has objects of its own in the heap.
    expect(Math.abs(Number(said![2]) - Number(done![2]))).toBeLessThan(4);
  });

  it('refuses a file for its content if the canister does', async () => {
    const llama = await Llama.install();
    const files = [
      tinyModel({ claimed: { architecture: 'mamba' } }),
      tinyModel({ without: 'blk.0.attn_q.weight' }),
      tinyModel({ claimed: { feedForward: 161 } }),
      tinyModel({ extra: 'stray.weight' }),
      tinyModel().subarray(0, 5000),
    ];
    for (const file of files) {
      llama.upload('m', file);
      const { error } = engine.survey(file);
      expect(error).not.toBe('');
      expect(llama.error('load_model', ['--model', 'm'])).toContain(error);
    }
  });
});

describe('estimates for models of true shapes', () => {
  // One vocabulary of each size here; all of them in test:full.
  const some = ['smollm2-135m-q8_0', 'qwen2.5-0.5b-q8_0', 'llama-3.2-1b-q4_k_m'];
  const measured = cases.filter(
    ({ name }) => (full || some.includes(name)) && existsSync(join(results, `${name}.json`)),
  );
  it('have measurements to be compared with', () => expect(measured.length).toBeGreaterThan(2));

  // The measurements had the whole heap, on which it depends how much of a large model is packed.
  beforeAll(() => engine.wasm.limitHeap(3840 * 2 ** 20));

  it.each(measured)('$name', ({ name, shape }) => {
    const { canister, engine: parts } = JSON.parse(readFileSync(join(results, `${name}.json`), 'utf8')) as Measurement;
    const said = engine.survey(sparse(shape), 5120);
    expect(said.error).toBe('');
    expect(said.heap.weights).toBe(parts.weightBytes);
    near(said.loadInstructions, canister.loadPerByte * canister.fileBytes, 0.15);
    for (const { position, tokensPerCall, instructionsPerToken } of parts.positions) {
      const cost = said.costs.find((each) => each.position === position);
      if (cost === undefined) continue;
      near(cost.token + cost.pages / tokensPerCall, instructionsPerToken, 0.1);
      expect(Math.abs(cost.tokensPerUpdate - tokensPerCall)).toBeLessThan(2 + 0.1 * tokensPerCall);
    }
    const { promptToken } = said.costs[0]!;
    near(promptToken, parts.prefill.total, 0.17);
  });
});

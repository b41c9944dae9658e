/**
 * What the engine promises, for every architecture: results do not depend on the order of the calls that led to them,
 * and no step costs more than was computed for it.
 */
import { describe, expect, it } from 'vitest';
import { miniModel, minis } from '../../test/conformance/minis.js';
import { isFull } from '../../test/full.js';
import { Random } from '../../test/gguf/random.js';
import { gguf } from '../../test/gguf/writer.js';
import { DONE, Engine, PAUSED } from './engine.js';
import { MeteredEngine } from './metered.js';

/** What a message costs beside the steps: entry, argument, reply, garbage collection. */
const ALLOWANCE = 1.2e6;

const NAMES = [
  ['gemma2', 'phi2', 'phi3-longrope', 'smollm3', 'granite', 'olmo2-window', 'stablelm-parallel', 'gpt2'],
  ['starcoder2', 'falcon-40b', 'lfm2', 'lfm2-Q8_0', 'qwen2moe', 'qwen3moe-Q8_0', 'olmoe', 'granitemoe-shared'],
  ['lfm2moe', 'gpt-oss', 'gpt-oss-MXFP4'],
].flat();

function file(name: string): Uint8Array {
  const { metadata, tensors } = miniModel(minis.find((mini) => mini.name === name)!);
  return gguf(metadata, tensors);
}

const tokens = (random: Random, count: number) => Array.from({ length: count }, () => random.below(300));

/** One of each kind: attention with windows, convolutions, experts, parallel blocks, sinks. */
const SOME = ['gemma2', 'stablelm-parallel', 'lfm2moe', 'granitemoe-shared', 'gpt-oss-MXFP4'];

describe.each(isFull ? NAMES : SOME)('%s', (name) => {
  it('gives the same logits after any appending, pausing, truncating and copying', async () => {
    const engine = await Engine.load(file(name), 256);
    const random = new Random(name.length * 1009);
    let id = engine.sequence();
    let history: number[] = [];
    /** Runs at most this many steps of evaluation. */
    const work = (steps: number) => {
      let asked = 0;
      engine.budget = () => (asked++ < steps ? Number.POSITIVE_INFINITY : 0);
      expect([DONE, PAUSED]).toContain(engine.wasm.ingest(id));
      engine.budget = () => Number.POSITIVE_INFINITY;
    };
    for (let turn = 0; turn < 60; turn++) {
      const more = tokens(random, 1 + random.below(random.below(4) ? 4 : 40));
      if (history.length + more.length < 200) {
        engine.append(id, more);
        history.push(...more);
      }
      if (random.below(3)) work(random.below(20));
      if (random.below(4) === 0) {
        const length = random.below(history.length + 1);
        engine.wasm.truncateSequence(id, length);
        history = history.slice(0, length);
      }
      if (random.below(4) === 0) {
        const copy = engine.wasm.forkSequence(id);
        // The copy does not depend on what happens to the original.
        if (random.below(2)) work(random.below(20));
        engine.append(id, tokens(random, 3));
        if (random.below(2)) work(random.below(20));
        engine.wasm.closeSequence(id);
        id = copy;
      }
      if (random.below(5) || history.length === 0) continue;
      const fresh = engine.sequence(history);
      expect(engine.logits(id)).toEqual(engine.logits(fresh));
      engine.wasm.closeSequence(fresh);
    }
  });

  it('never exceeds its budget', async () => {
    const engine = await MeteredEngine.create();
    engine.upload([file(name)]);
    engine.load(256);
    const random = new Random(11);
    for (const count of [1, 3, 8, 45]) {
      engine.call('open', count);
      for (let call = 0; ; call++) {
        const limit = 4e6 + random.below(12e6);
        const { status, instructions } = engine.call('evaluate', limit);
        expect(instructions).toBeLessThanOrEqual(limit + ALLOWANCE);
        if (status === DONE) break;
        expect(status).toBe(PAUSED);
        expect(call).toBeLessThan(300);
      }
    }
  });
});

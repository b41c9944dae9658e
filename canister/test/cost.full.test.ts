import { describe, expect, it } from 'vitest';
import { QWEN2_0_5B, randomModel } from '../../test/gguf/random-model.js';
import { ggufPieces } from '../../test/gguf/writer.js';
import { MeteredEngine, UPDATE_LIMIT } from './metered.js';

const million = (instructions: number) => Number((instructions / 1e6).toFixed(1));
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Steps of one batch by part: embedding, attention halves, feed-forward halves. */
function parts(steps: readonly number[]) {
  const [embedding, ...halves] = steps as [number, ...number[]];
  return {
    embedding: million(embedding),
    attention: million(sum(halves.filter((_, i) => i % 2 === 0))),
    feedForward: million(sum(halves.filter((_, i) => i % 2 === 1))),
    total: million(sum(steps)),
  };
}

describe('instructions of Qwen2.5-0.5B in Q8_0 with its own output matrix, random weights', () => {
  it('are within the targets', async () => {
    const engine = await MeteredEngine.create();
    const { metadata, tensors } = randomModel(QWEN2_0_5B);
    const bytes = engine.upload(ggufPieces(metadata, tensors));
    const load = engine.load(5120);
    const report: Record<string, unknown> = { bytes, loadPerByte: sum(load) / bytes, loadMessages: load.map(million) };

    // A second pass over the same pages in the same message pays no page charges, like the second token of a call.
    engine.call('open', 3);
    const first = engine.call('ingest');
    report.firstTokensOfACall = parts(first.steps);
    const decode = () => {
      engine.call('append', 1);
      return engine.call('evaluate');
    };
    const cold = decode();
    report.decodeFirstOfACall = { ...parts(cold.steps.slice(0, 49)), logits: million(sum(cold.steps.slice(49))) };
    engine.call('open', 17);
    const warm = engine.call('ingest');
    const batches = [warm.steps.slice(0, 49), warm.steps.slice(49, 98), warm.steps.slice(98, 147)];
    report.prefillOfEight = parts(batches[1]!);
    report.decodeWithoutPages = parts(batches[2]!);
    report.sampling = million(engine.call('evaluate').status === 0 ? engine.call('sample').steps[0]! : Number.NaN);
    // The token that is sampled from these logits is the first one that the call evaluates.
    engine.call('append', 1);
    const generated = engine.call('generate', UPDATE_LIMIT);
    report.tokensPerCall = generated.status;
    report.instructionsPerToken = million(generated.steps[0]! / generated.status);

    engine.call('open', 4096);
    const ingested: number[] = [];
    for (;;) {
      const { status, instructions } = engine.call('ingest');
      ingested.push(million(instructions));
      if (status === 0) break;
    }
    report.ingest4096 = { messages: ingested.length, perToken: million((sum(ingested) * 1e6) / 4096) };
    engine.call('append', 1);
    const long = engine.call('generate', UPDATE_LIMIT);
    report.tokensPerCallAt4096 = long.status;
    report.instructionsPerTokenAt4096 = million(long.steps[0]! / long.status);
    console.log(JSON.stringify(report, null, 2));

    expect(report.loadPerByte).toBeLessThanOrEqual(8);
    expect(generated.status).toBeGreaterThanOrEqual(100);
    expect(long.status).toBeGreaterThanOrEqual(70);
  });
});

/** How fast the uninstrumented engine is in this V8, one thread: tokens per second of the wall clock. */
import { Engine } from '../canister/test/engine.js';

export interface WallMeasurement {
  prefill: number;
  decode: number;
}

const PROMPT = 128;
const WARM = 16;
const DECODE = 32;

/** Measures a model file by its path, the best of `rounds` rounds: what else runs on the machine only makes it slower. */
export async function measureWall(path: string, rounds = 3): Promise<WallMeasurement> {
  const engine = await Engine.load(path, 1024);
  const token = (i: number) => (i * 7919 + 13) % engine.wasm.vocabularySize();
  const seconds = (work: () => void) => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  };
  // V8 compiles its best code while the first tokens are evaluated.
  const warm = engine.session(Array.from({ length: 8 * WARM }, (_, i) => token(i)));
  engine.logits(warm);
  for (let i = 0; i < WARM; i++) {
    engine.append(warm, [token(i)]);
    engine.finish(() => engine.wasm.evaluate(warm));
  }
  engine.wasm.closeSession(warm);
  let [prefill, decode] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    const id = engine.session(Array.from({ length: PROMPT }, (_, i) => token(i + round)));
    prefill = Math.max(prefill, PROMPT / seconds(() => engine.finish(() => engine.wasm.ingest(id))));
    engine.finish(() => engine.wasm.evaluate(id));
    const took = seconds(() => {
      for (let i = 0; i < DECODE; i++) {
        engine.append(id, [token(i * 3)]);
        engine.finish(() => engine.wasm.evaluate(id));
      }
    });
    decode = Math.max(decode, DECODE / took);
    engine.wasm.closeSession(id);
  }
  engine.close();
  return { prefill, decode };
}

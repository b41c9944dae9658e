/** Tokens per second by the wall clock, of the uninstrumented engine in this V8 with one thread, beside llama.cpp. */
import { Engine } from '../canister/test/engine.js';
import { type Machine, observeMachine } from './machine.js';
import { LlamaCpp } from './wllama.js';

interface Speed {
  prefill: number;
  decode: number;
}

export interface WallMeasurement {
  ours: Speed;
  /** llama.cpp's WebAssembly build with the same file; missing if it cannot read it. */
  wllama?: Speed;
  machine: Machine;
}

/** Tokens of a measurement: few, so that some of the many measurements fall into quiet moments. */
const PROMPT = 64;
const DECODE = 8;
const CONTEXT = 1024;
/** The least number of measurements, and seconds. */
const ROUNDS = 5;
const SECONDS = 20;

/** Evaluates tokens after the earlier ones, or from the start. */
interface Runner {
  begin(): void | Promise<void>;
  evaluate(tokens: number[]): void | Promise<void>;
}

class Ours implements Runner {
  readonly #engine: Engine;
  #id = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  begin(): void {
    if (this.#id) this.#engine.wasm.closeSequence(this.#id);
    this.#id = this.#engine.sequence();
  }

  evaluate(tokens: number[]): void {
    this.#engine.append(this.#id, tokens);
    this.#engine.finish(() => this.#engine.wasm.evaluate(this.#id));
  }
}

async function round(runner: Runner, vocabulary: number, seed: number): Promise<Speed> {
  const token = (i: number) => (i * 7919 + seed) % vocabulary;
  const seconds = async (work: () => void | Promise<void>) => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
  await runner.begin();
  const prompt = Array.from({ length: PROMPT }, (_, i) => token(i));
  const prefill = PROMPT / (await seconds(() => runner.evaluate(prompt)));
  const took = await seconds(async () => {
    for (let i = 0; i < DECODE; i++) await runner.evaluate([token(i + 1000)]);
  });
  return { prefill, decode: DECODE / took };
}

const better = (a: Speed, b: Speed): Speed => ({
  prefill: Math.max(a.prefill, b.prefill),
  decode: Math.max(a.decode, b.decode),
});

/**
 * Measures a model file: both engines in turn, many times after one for warm-up. The best of each counts, since other
 * work on the machine only makes them slower.
 */
export async function measureWall(path: string, compare = true): Promise<WallMeasurement> {
  const engine = await Engine.load(path, CONTEXT);
  const vocabulary = engine.wasm.vocabularySize();
  const ours = new Ours(engine);
  const theirs = compare ? await LlamaCpp.load(path, CONTEXT).catch(() => undefined) : undefined;
  const other: Runner | undefined = theirs && {
    begin: () => theirs.clear(),
    evaluate: (tokens) => theirs.evaluate(tokens),
  };
  const nothing = { prefill: 0, decode: 0 };
  let best = { ours: nothing, wllama: nothing };
  const observed = observeMachine();
  const end = performance.now() + 1000 * SECONDS;
  for (let i = 0; i <= ROUNDS || performance.now() < end; i++) {
    const now = {
      ours: await round(ours, vocabulary, i),
      wllama: other ? await round(other, vocabulary, i) : nothing,
    };
    if (i > 0) best = { ours: better(best.ours, now.ours), wllama: better(best.wllama, now.wllama) };
  }
  const machine = observed();
  await theirs?.exit();
  engine.close();
  return theirs ? { ...best, machine } : { ours: best.ours, machine };
}

/**
 * npm run bench -- --clock: tokens per second of the engine beside llama.cpp's WebAssembly build, in turns within one process
 * (wall.ts). Speeds are kept only if the machine did nothing else.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomModel } from '../test/gguf/random-model.js';
import { writeGguf } from '../test/gguf/writer.js';
import { cases } from './cases.js';
import { whyNotKept } from './machine.js';
import { type Study, tableOf } from './study.js';
import { measureWall, type WallMeasurement } from './wall.js';

const USUAL = ['smollm2-135m-q8_0', 'qwen2.5-0.5b-q8_0'];
/** What the engine's speed has to be, in multiples of wllama's. */
const LEAST = { decode: 1.3, prefill: 2 };

/** By the case's name. */
type Clock = Record<string, WallMeasurement>;

async function measureCase(name: string): Promise<WallMeasurement> {
  const { shape } = cases.find((one) => one.name === name)!;
  const folder = mkdtempSync(join(tmpdir(), 'llama-canister-bench-'));
  try {
    const path = join(folder, `${name}.gguf`);
    const { metadata, tensors } = randomModel(shape);
    writeGguf(path, metadata, tensors);
    return await measureWall(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How many times wllama's speed the engine's is. */
function times({ ours, wllama }: WallMeasurement, what: 'decode' | 'prefill'): number | undefined {
  return wllama && ours[what] / wllama[what];
}

const digits = (value: number | undefined, count: number) => value?.toFixed(count) ?? '-';

export const clock: Study<Clock> = {
  name: 'clock',

  async measure(names = USUAL) {
    const result: Clock = {};
    for (const name of names) {
      console.error(`measuring ${name} ...`);
      result[name] = await measureCase(name);
    }
    return result;
  },

  table: (result) =>
    tableOf(
      ['model', 'decode', 'prompt', 'wllama: decode', 'prompt', 'times: decode', 'prompt', 'processor', 'Node', 'load'],
      Object.entries(result).map(([name, one]) => [
        name,
        digits(one.ours.decode, 1),
        digits(one.ours.prefill, 1),
        digits(one.wllama?.decode, 1),
        digits(one.wllama?.prefill, 1),
        digits(times(one, 'decode'), 2),
        digits(times(one, 'prefill'), 2),
        one.machine.processor,
        one.machine.node,
        `${digits(one.machine.loadBefore, 1)} before, ${digits(one.machine.busyWithOthers, 1)} meanwhile`,
      ]),
    ),

  problems: (result) =>
    Object.entries(result).flatMap(([name, one]) =>
      (['decode', 'prefill'] as const).flatMap((what) => {
        const ratio = times(one, what);
        if (ratio === undefined) return [`${name}: wllama could not be measured`];
        return ratio >= LEAST[what]
          ? []
          : [`${name}: ${what} is ${ratio.toFixed(2)} times as fast as wllama, less than ${LEAST[what]}`];
      }),
    ),

  whyNotKept: (result) =>
    Object.values(result)
      .map(({ machine }) => whyNotKept(machine))
      .find((reason) => reason !== undefined),
};

/**
 * The hot kernels as the compiler makes them, with their costs. `node canister/scripts/golden-kernels.mjs` writes
 * canister/test/golden/kernels/*.wat, and golden-kernels.test.ts compares. A difference has to be a decision, because
 * this is the price of every weight of every token on chain.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';
import { operatorCost } from '../../packages/network/src/wasm/cost.js';
import { compile } from './compile.js';

/** A kernel, and the multiply-adds of one iteration of its first innermost loop. */
const KERNELS: readonly [name: string, perTurn: number, what: string][] = [
  ['i8x32_128x1', 4 * 4 * 128, 'int8 weights with a scale per 32, one token'],
  ['i8x32_128x8', 4 * 128 * 8, 'int8 weights with a scale per 32, eight tokens'],
  ['i8x16_128x1', 4 * 4 * 128, 'int8 weights with a scale per 16, one token'],
  ['u4x32_128x1', 4 * 4 * 128, 'packed weights, one token'],
  ['i8x8_32x1', 16 * 4 * 32, 'int8 minima of blocks (a 32nd or 16th as many as there are weights), one token'],
  ['set4Scores2', 2 * 4 * 128 * 2, 'scores of two queries against int16 keys of 128 dimensions'],
  ['addScores7', 4 * 32 * 7, 'scores of seven queries against int16 keys'],
  ['addValues7', 4 * 32 * 7, 'int16 values for seven queries'],
];

export const folder = join(dirname(fileURLToPath(import.meta.url)), 'golden', 'kernels');

const FEATURES = { simd: true, bulk_memory: true, sign_extension: true, sat_float_to_int: true, mutable_globals: true };

/** The text of each function under its exported name, one operator a line. */
async function functions(): Promise<Map<string, string[]>> {
  const toolkit = await wabt();
  const module = toolkit.readWasm(await compile('testing/kernels.ts', '-O3'), FEATURES);
  try {
    const lines = module.toText({ foldExprs: false, inlineExport: false }).split('\n');
    const bodies = new Map<string, string[]>();
    let body: string[] = [];
    for (const line of lines) {
      const index = /^ {2}\(func \(;(\d+);\)/.exec(line)?.[1];
      if (index !== undefined) {
        body = [];
        bodies.set(index, body);
      }
      if (/^ {2}\(func|^ {4}/.test(line)) body.push(line);
      else body = [];
    }
    const exported = lines
      .map((line) => /\(export "(\w+)" \(func (\d+)\)\)/.exec(line))
      .filter((match) => match !== null);
    return new Map(exported.map(([, name, index]) => [name!, bodies.get(index!)!]));
  } finally {
    module.destroy();
  }
}

const operatorOf = (line: string) => /^\s*([a-z0-9_.]+)/.exec(line)?.[1];

/** The cost and the operators of one iteration of the first innermost loop. */
function firstLoop(lines: readonly string[]): { cost: number; operators: number } {
  let [cost, operators, inside, depth] = [0, 0, false, 0];
  for (const line of lines) {
    const operator = operatorOf(line);
    if (operator === undefined) continue;
    if (operator === 'loop') [cost, operators, inside, depth] = [0, 0, true, 0];
    else if (inside && operator === 'end' && depth-- === 0) return { cost, operators };
    else if (inside && operator !== 'end') {
      // The inside of a condition is never executed there (kernels/text.mjs, join).
      if (depth > 0) continue;
      if (operator === 'if') depth++;
      cost += operatorCost(operator);
      operators++;
    }
  }
  throw new Error('no loop');
}

/** The golden files by their names. */
export async function goldenKernels(): Promise<Map<string, string>> {
  const all = await functions();
  return new Map(
    KERNELS.map(([name, perTurn, what]) => {
      const lines = all.get(name);
      if (!lines) throw new Error(`${name} is no export`);
      const { cost, operators } = firstLoop(lines);
      const header = [
        `;; ${name}: ${what}.`,
        `;; ${(cost / perTurn).toFixed(4)} instructions per multiply-add: ${cost} for ${operators} operators, ${perTurn} multiply-adds a turn.`,
        ';; Written by canister/scripts/golden-kernels.mjs.',
      ];
      const text = [
        ...header,
        ...lines.map((line) =>
          line
            .trimEnd()
            .slice(2)
            .replace(/^(\s*)\(func \(;\d+;\)( \(type \d+\))?/, '$1(func'),
        ),
      ];
      return [`${name}.wat`, `${text.join('\n')}\n`];
    }),
  );
}

export function kept(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

export function write(files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
}

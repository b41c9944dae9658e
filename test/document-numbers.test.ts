/** Numbers in documents agree with stored results, with tables in the code, and with files. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { committed } from '../bench/results.js';
import { defaultLimits } from '../packages/network/src/execution/limits.js';
import { root } from './cli/model.js';
import { architectures } from './conformance/variants.js';
import variants from './conformance/variants.json' with { type: 'json' };
import { tableOf, textOf } from './documents.js';

const stored: Record<string, string> = { 'Qwen2.5-0.5B Q8_0': 'qwen2.5-0.5b-untied-q8_0' };
const nameOf = (label: string) => stored[label] ?? label.replaceAll(' ', '-').toLowerCase();

it.each([
  ['README.md', '| | llama_cpp_canister | here |', 2],
  ['docs/performance.md', '| model | published | here | target |', 2],
])('%s has the measured number of tokens per update call', (document, head, column) => {
  const tokens = tableOf(document, head).map((row) => [row[0]!.replace(/^.*, /, ''), row[column]!] as const);
  const measured = tokens.filter(([label]) => committed(nameOf(label)));
  expect(measured.length).toBeGreaterThan(2);
  for (const [label, count] of measured)
    expect([label, count]).toEqual([label, String(committed(nameOf(label))!.canister!.tokensPerUpdate)]);
});

describe('the instructions of a token, by part', () => {
  const names: Record<string, string> = { 'Qwen2.5-0.5B Q8_0': 'qwen2.5-0.5b-q8_0' };
  let last = '';
  const measured = tableOf(
    'docs/performance.md',
    '| case | a token of | matrices | attention | logits | sampling | rest | in all | per weight |',
  ).map(([label, what, ...numbers]) => {
    last = label || last;
    return { name: names[last] ?? nameOf(last), what, numbers };
  });

  it.each(measured)('$name, $what', ({ name, what, numbers }) => {
    const { engine } = committed(name)!;
    const { matrices, attention, logits, sampling, rest, total } = what === 'decode' ? engine.decode : engine.prefill;
    const millions = (instructions: number) => (instructions === 0 ? '-' : (instructions / 1e6).toFixed(1));
    expect(numbers.slice(0, 6)).toEqual([matrices, attention, logits, sampling, rest, total].map(millions));
  });
});

it('docs/performance.md has the cost of the image’s pages', () => {
  const billions = (name: string) => (committed(name)!.engine.positions[0]!.pages.read * 80_000) / 1e9;
  const [small, large] = [billions('qwen2.5-0.5b-q8_0'), billions('qwen3-1.7b-q4_k_m')];
  const [sentence] = /they cost [^)]*\)[^)]*\)/.exec(textOf('docs/performance.md').replace(/\s+/g, ' ')) ?? [];
  expect(sentence).toBe(
    `they cost ${small.toFixed(2)} B for Qwen2.5-0.5B (${((small / 40) * 100).toFixed(1)} % of a call) ` +
      `and ${large.toFixed(1)} B for Qwen3-1.7B (${((large / 40) * 100).toFixed(0)} %)`,
  );
});

it('docs/metering.md has the limits of messages', () => {
  const { updateInstructions, queryInstructions, installInstructions, inspectInstructions } = defaultLimits;
  const numbers = tableOf('docs/metering.md', '| what | instructions |').map(([, number]) => {
    const [count, unit] = number!.split(' ');
    return Number(count) * (unit === 'B' ? 1e9 : 1e6);
  });
  expect(numbers).toEqual([updateInstructions, queryInstructions, installInstructions, inspectInstructions]);
});

it('docs/conformance.md has the number of variants', () => {
  const count = Object.values(variants as Record<string, object>).reduce(
    (sum, own) => sum + Object.keys(own).length,
    0,
  );
  expect(textOf('docs/conformance.md').replace(/\s+/g, ' ')).toContain(` ${count} files. `);
});

it('CHANGELOG.md has the numbers of architectures and tensor types', () => {
  const types = /^Tensor types: (.*), and files that mix them/m.exec(textOf('README.md'))![1]!.split(', ');
  expect(textOf('CHANGELOG.md')).toContain(`${architectures.length} architectures and ${types.length} tensor types`);
});

it('models/tiny-chat/README.md has the sizes of its files', () => {
  const rows = tableOf('models/tiny-chat/README.md', '| file | type | bytes |').filter(([, , bytes]) => bytes !== '');
  expect(rows.length).toBeGreaterThan(1);
  for (const [file, , bytes] of rows)
    expect([file, bytes]).toEqual([
      file,
      statSync(join(root, 'models/tiny-chat', file!.replaceAll('`', ''))).size.toLocaleString('en'),
    ]);
});

/** The generated part of docs/conformance.md: what the repository's own mini models have shown. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Comparison } from './measure.js';
import { minis } from './minis.js';
import { support } from './table.js';

const path = new URL('../../docs/conformance.md', import.meta.url);
const BEGIN = '<!-- npm run conformance -- --save: begin -->';
const END = '<!-- end -->';

function parts(): [string, string, string] {
  const text = readFileSync(path, 'utf8');
  const [from, to] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  return [text.slice(0, from), text.slice(from, to).trim(), text.slice(to)];
}

/** The table as it should be. */
export function wanted(results: readonly Comparison[]): string {
  const names = new Set(minis.map(({ name }) => name));
  return support(
    results.filter(({ name }) => names.has(name)),
    minis,
  );
}

/** The table as it is. */
export function current(): string {
  return parts()[1];
}

export function save(results: readonly Comparison[]): void {
  const [before, , after] = parts();
  writeFileSync(path, `${before}\n${wanted(results)}\n${after}`);
}

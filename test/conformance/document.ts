/** The generated parts of README.md and docs/conformance.md: the results of the repository's own mini models. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Comparison } from './measure.js';
import { minis } from './minis.js';
import { evidence, support } from './table.js';

const BEGIN = '<!-- npm run conformance -- --save: begin -->';
const END = '<!-- npm run conformance -- --save: end -->';

interface Document {
  path: string;
  /** The part as it has to be. */
  wanted(results: readonly Comparison[]): string;
}

export const documents: readonly Document[] = [
  { path: 'README.md', wanted: (results) => support(results) },
  { path: 'docs/conformance.md', wanted: (results) => evidence(results, minis) },
];

const url = (path: string) => new URL(`../../${path}`, import.meta.url);

function parts(path: string): [string, string, string] {
  const text = readFileSync(url(path), 'utf8');
  const [from, to] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  if (to < from) throw new Error(`${path} has no place for the table`);
  return [text.slice(0, from), text.slice(from, to).trim(), text.slice(to)];
}

/** Only the repository's own models count, so that everybody gets the same tables. */
function own(results: readonly Comparison[]): Comparison[] {
  const names = new Set(minis.map(({ name }) => name));
  return results.filter(({ name }) => names.has(name));
}

/** The part as it is in the document. */
export function current({ path }: Document): string {
  return parts(path)[1];
}

export function save(results: readonly Comparison[]): void {
  for (const { path, wanted } of documents) {
    const [before, , after] = parts(path);
    writeFileSync(url(path), `${before}\n${wanted(own(results))}\n${after}`);
  }
}

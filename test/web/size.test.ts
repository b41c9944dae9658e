/** What the chat page weighs, as it comes over the wire: gzipped, before anything is painted and in all. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import budget from '../budget.json' with { type: 'json' };
import { root } from '../cli/model.js';

const dist = join(root, 'packages/web/dist');
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
const textOf = (name: string) => readFileSync(join(dist, name), 'utf8');
const zipped = (names: string[]) =>
  names.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name)), { level: 9 }).length, 0);

/** A script with those that it imports at once. */
function importedBy(name: string, found: string[] = []): string[] {
  if (found.includes(name)) return found;
  found.push(name);
  for (const [, other] of textOf(name).matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) {
    importedBy(`assets/${other}`, found);
  }
  return found;
}

const html = textOf('index.html');
const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, name]) => name!);
const first = [
  ...new Set(['index.html', ...named.flatMap((name) => (name.endsWith('.js') ? importedBy(name) : [name]))]),
];

test('the files loaded before the first paint', () => {
  expect(zipped(first), first.join()).toBeLessThanOrEqual(budget['chat page']['first paint']);
});

test('all files, most of which load late', () => {
  expect(zipped(files), files.join()).toBeLessThanOrEqual(budget['chat page']['all of it']);
  expect(zipped(first)).toBeLessThan(zipped(files) / 2);
});

test('nothing is inline, and nothing is loaded from other hosts', () => {
  expect(named.length).toBeGreaterThanOrEqual(3);
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|(?:src|href)="(?!\.\/)/);
});

test('every file name but that of the page has a hash', () => {
  expect(files.filter((name) => !/^assets\/[\w.-]+-[\w-]{8}\.\w+$/.test(name))).toEqual(['index.html']);
});

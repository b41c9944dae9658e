import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Context } from '../context.js';
import { capture } from '../output.test-support.js';
import { modelCache, shortName } from './cache.js';
import { modelPath, nameOnCanister } from './local.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'models-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const context = () => {
  const { output } = capture(false, false);
  return new Context(output, new AbortController().signal, { network: 'local', cache: folder }, [], []);
};

function keep(path: string, source: string, names: string[] = []): void {
  const whole = join(folder, 'models', path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, 'GGUF');
  const files = [{ name: path.split('/').at(-1)!, size: 4, sha256: 'a'.repeat(64) }];
  modelCache(context()).save({ source, names, files, pulled: '2026-01-01T00:00:00.000Z', path: whole });
}

test('models are found by the names that they were pulled by, and by their files', () => {
  keep('hf/o/r/m-Q4_K_M.gguf', 'hf:o/r:m-Q4_K_M.gguf', ['hf:o/r']);
  keep('hf/o/r/m-Q8_0.gguf', 'hf:o/r:m-Q8_0.gguf', ['hf:o/r:Q8_0', 'mine']);
  const named = (name: string) => modelPath(context(), name).split('/').at(-1);
  const first = ['hf:o/r', 'm-Q4_K_M', 'M-Q4_K_M.gguf', 'https://huggingface.co/o/r'];
  expect(first.map(named)).toEqual(first.map(() => 'm-Q4_K_M.gguf'));
  const second = ['https://huggingface.co/o/r/blob/main/m-Q8_0.gguf', 'hf.co/o/r:q8_0', 'mine'];
  expect(second.map(named)).toEqual(second.map(() => 'm-Q8_0.gguf'));
  expect(modelPath(context(), 'no/such/file.gguf')).toBe('no/such/file.gguf');
  expect(() => modelPath(context(), 'hf:o/other')).toThrow(/not here yet/);
  expect(['mine', 'm-q8_0', 'other.gguf', 'other'].map((name) => nameOnCanister(context(), name))).toEqual([
    'm-Q8_0.gguf',
    'm-Q8_0.gguf',
    'other.gguf',
    'other',
  ]);
});

test('two of one name have to be told apart', () => {
  keep('hf/o/r/m.gguf', 'hf:o/r:m.gguf');
  keep('hf/o/s/m.gguf', 'hf:o/s:m.gguf');
  expect(() => modelPath(context(), 'm')).toThrow(expect.objectContaining({ code: 'AMBIGUOUS_NAME' }));
  expect(modelPath(context(), 'hf:o/s:m.gguf')).toContain('/o/s/');
});

test('what is damaged, or not all there, is no model; what is removed leaves no folder', () => {
  keep('hf/o/r/m.gguf', 'hf:o/r:m.gguf');
  keep('hf/o/s/n.gguf', 'hf:o/s:n.gguf');
  const cache = modelCache(context());
  expect(cache.list().map(shortName)).toEqual(['m', 'n']);
  writeFileSync(join(folder, 'models/hf/o/r/m.gguf.model.json'), '{"source": "x", "files": [{"name": "../../x"}]}');
  expect(cache.list().map(shortName)).toEqual(['n']);
  cache.remove(cache.find('n')!);
  expect(() => rmSync(join(folder, 'models/hf/o/s'))).toThrow(/ENOENT/);
});

import { LlamaError } from '@llama-canister/client';
import { expect, test, vi } from 'vitest';
import { exitCodeOf, reportFailure, UsageError } from './failure.js';
import { capture } from './output.test-support.js';
import { ProgressBar, Waiting } from './progress.js';
import { UploadBars } from './upload-bars.js';

const half = { bytes: 50_000_000, total: 100_000_000, rate: 5_000_000, eta: 10 };
const whole = { bytes: 100_000_000, total: 100_000_000, rate: 5_000_000, eta: 0 };

test('on a terminal the bar is drawn over itself and never wraps', () => {
  const { output, texts } = capture(false, true);
  const bar = new ProgressBar(output, 'Uploading a-model-with-a-long-name.gguf');
  bar.update(half);
  bar.update(whole);
  bar.end();
  const drawn = texts.err
    .split('\r')
    .slice(1)
    .map((line) => line.replace('\x1b[2K', '').trimEnd());
  expect(drawn.length).toBe(2);
  for (const line of drawn) expect(line.length).toBeLessThan(60);
  expect(texts.out).toBe('');
});

test.each([
  ['a-model.gguf', 40],
  ['a-model.gguf', 80],
  ['qwen2.5-coder-0.5b-instruct-q8_0-00001-of-00003.gguf', 80],
  ['a-name-that-is-longer-than-a-line-of-a-terminal-and-then-some-more-of-it-to-be-sure-q4_k_m.gguf', 80],
])('the numbers of %s are whole at %d columns', (name, columns) => {
  const { output, texts } = capture(false, true);
  Object.assign(output.stderr, { columns });
  const bar = new ProgressBar(output, `Uploading ${name}`);
  bar.update({ bytes: 123_456_789, total: 987_654_321, rate: 12_345_678, eta: 70 });
  const line = texts.err.replace(/^.*\[2K/s, '');
  expect(line.length).toBeLessThan(columns);
  expect(line).toContain('12 %');
  if (columns === 80) expect(line).toMatch(/^Upl.* 12 % {2}123 MB of 988 MB {2}12\.3 MB\/s {2}ETA 1:10$/);
});

test('a line says what is done: hashing is not uploading', () => {
  const { output, texts } = capture(false, true);
  const bars = new UploadBars(output, 'm.gguf');
  for (const phase of ['hashing', 'sending', 'verifying'] as const) {
    bars.update({ phase, ...half });
    bars.update({ phase, ...whole });
  }
  bars.end();
  const lines = texts.err
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^.*\[2K/s, ''));
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['Hashing', 'Uploading', 'Verifying']);
  const quiet = capture(false, false);
  const other = new UploadBars(quiet.output, 'm.gguf');
  for (const phase of ['hashing', 'sending', 'verifying'] as const) other.update({ phase, ...whole });
  expect(quiet.texts.err).toMatch(/^Uploading m\.gguf 100 % .*\n$/);
});

test('elsewhere it is a line now and then', () => {
  const { output, texts } = capture(false, false);
  const bar = new ProgressBar(output, 'Uploading x');
  bar.update(half);
  bar.update(half);
  bar.update(whole);
  bar.end();
  const lines = texts.err.trimEnd().split('\n');
  expect(lines).toEqual([
    'Uploading x  50 %  50.0 MB of 100 MB  5.00 MB/s  ETA 0:10',
    'Uploading x 100 %  100 MB of 100 MB  5.00 MB/s  ETA 0:00',
  ]);
});

test('waiting tells changes where nothing can be overwritten', () => {
  const { output, texts } = capture(false, false);
  const waiting = new Waiting(output, 'Loading');
  waiting.label = 'Loading: 43 %';
  waiting.label = 'Loading: 43 %';
  waiting.end('Loaded');
  expect(texts.err).toBe('Loading ...\nLoading: 43 % ...\nLoaded\n');
});

test('with --json stdout has JSON and nothing else', () => {
  const { output, texts } = capture(true, true);
  output.line('for people');
  output.result({ cycles: 10n ** 20n, n: 1 }, 'for people');
  expect(JSON.parse(texts.out)).toEqual({ cycles: '100000000000000000000', n: 1 });
});

test('NO_COLOR is respected', () => {
  vi.stubEnv('NO_COLOR', '1');
  expect(capture(false, true).output.errorColors.red('x')).toBe('x');
  vi.stubEnv('NO_COLOR', '');
  expect(capture(false, true).output.errorColors.red('x')).not.toBe('x');
  expect(capture(false, false).output.errorColors.red('x')).toBe('x');
  vi.unstubAllEnvs();
});

test('failures name the next step, and the cause on request', () => {
  const error = new LlamaError('cycles', 'CYCLES_SHORT', 'not enough', {
    next: 'Top it up.',
    cause: new Error('the ledger said so'),
  });
  const plain = capture(false, false);
  reportFailure(error, plain.output, false);
  expect(plain.texts).toEqual({ out: '', err: 'Error: not enough\nTop it up.\n' });
  const verbose = capture(false, false);
  reportFailure(error, verbose.output, true);
  expect(verbose.texts.err).toContain('the ledger said so');
  const json = capture(true, false);
  reportFailure(error, json.output, false);
  expect(JSON.parse(json.texts.out)).toEqual({
    error: { kind: 'cycles', code: 'CYCLES_SHORT', message: 'not enough', next: 'Top it up.' },
  });
});

test('exit codes tell usage, interruption and failure apart', () => {
  expect(exitCodeOf(new UsageError('x'))).toBe(2);
  expect(exitCodeOf(new LlamaError('aborted', 'ABORTED', 'x'))).toBe(130);
  expect(exitCodeOf(new LlamaError('transport', 'UNREACHABLE', 'x'))).toBe(1);
  expect(exitCodeOf(new Error('x'))).toBe(1);
});

import { LlamaError } from '@llama-canister/client';
import { expect, test, vi } from 'vitest';
import { exitCodeOf, reportFailure, UsageError } from './failure.js';
import { ProgressBar, Waiting } from './progress.js';
import { capture } from './testing.js';

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

test('failures say what to do next, and why when asked', () => {
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

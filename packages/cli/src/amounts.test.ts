import { expect, test } from 'vitest';
import { formatBytes, formatCycles, formatDuration, parseCycles, parseWhole } from './amounts.js';

test.each([
  ['2T', 2_000_000_000_000n],
  ['1.5T', 1_500_000_000_000n],
  ['500b', 500_000_000_000n],
  ['500G', 500_000_000_000n],
  ['3_000_000', 3_000_000n],
  ['0.1234T', 123_400_000_000n],
  ['7', 7n],
])('%s are cycles', (text, cycles) => {
  expect(parseCycles(text)).toBe(cycles);
});

test.each(['', 'T', '-1T', '1,5T', '2 TB', '1e12', '0x10', 'two'])('"%s" is no amount of cycles', (text) => {
  expect(() => parseCycles(text)).toThrow('no amount of cycles');
});

test('whole numbers are checked', () => {
  expect(parseWhole('80', '--port', 0, 65_535)).toBe(80);
  for (const text of ['', '1.5', '70000', '-1', 'x', '1e3']) {
    expect(() => parseWhole(text, '--port', 0, 65_535)).toThrow('--port takes a whole number');
  }
});

test('amounts are written for people', () => {
  expect([0n, 999n, 1_000n, 1_940_000_000_000n, 99_950_000_000_000n].map(formatCycles)).toEqual([
    '0',
    '999',
    '1.00 K',
    '1.94 T',
    '100 T',
  ]);
  expect([0, 1_234, 1_185_376, 680_000_000, 12_300_000_000].map(formatBytes)).toEqual([
    '0 B',
    '1.23 kB',
    '1.19 MB',
    '680 MB',
    '12.3 GB',
  ]);
  expect([0, 9.6, 83, 3_700].map(formatDuration)).toEqual(['0:00', '0:10', '1:23', '1:01:40']);
});

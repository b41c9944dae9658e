import { expect, it } from 'vitest';
import { bytes, parseQuantity, quantity } from './quantities.js';

it('writes a number exactly, and reads it again', () => {
  const all = [
    [268_435_456n, 'bytes', '256 MiB'],
    [1_500_000_000n, 'cycles', '1500 M'],
    [86_400n, 'seconds', '1 d'],
    [90n, 'seconds', '90 s'],
    [0n, 'count', '0'],
    [1001n, 'bytes', '1001'],
  ] as const;
  for (const [value, unit, text] of all) {
    expect(quantity(value, unit)).toBe(text);
    expect(parseQuantity(text, unit)).toBe(value);
  }
});

it('reads what people type, and refuses what is no whole number', () => {
  expect(parseQuantity(' 1.5gib ', 'bytes')).toBe(1_610_612_736n);
  expect(parseQuantity('40_000_000', 'count')).toBe(40_000_000n);
  for (const text of ['', '-1', '1 x', '0.0001 k', '1e9', '2 MiB or so']) {
    expect(parseQuantity(text, 'count')).toBeUndefined();
  }
});

it('writes bytes in rounded units', () => {
  expect([0, 1023, 1024, 1_337_000_000].map(bytes)).toEqual(['0 B', '1023 B', '1 KiB', '1.25 GiB']);
});

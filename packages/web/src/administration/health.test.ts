import type { CanisterStatus } from '@llama-canister/client';
import { expect, it } from 'vitest';
import { type Facts, findings } from './health.js';

const status = { cycles: 10n ** 12n, spendable: 60n, idleCyclesPerDay: 1n, wasmMemoryLimit: 0n } as CanisterStatus;
const well: Facts = {
  ...{ notReady: '', status, noted: undefined, heap: 1n << 20n, stable: 0n, cleans: true, isForEverybody: true },
  ...{ stored: { used: 0n, limit: 1n << 30n }, open: { jobs: 0, limit: 256n } },
};
const levels = (facts: Partial<Facts>) =>
  Object.fromEntries(findings({ ...well, ...facts }).map(({ name, level }) => [name, level]));

it('says what is well, and what needs attention', () => {
  expect(Object.values(levels({}))).toEqual(Array(7).fill('good'));
  expect(levels({ status: { ...status, spendable: 10n } })).toMatchObject({ Cycles: 'warn' });
  expect(levels({ status: { ...status, spendable: 6n } })).toMatchObject({ Cycles: 'bad' });
  expect(levels({ stored: { used: 90n, limit: 100n }, heap: (4n << 30n) - 1n })).toMatchObject({
    ...{ 'Files of callers': 'warn', Heap: 'bad' },
  });
  expect(levels({ notReady: 'loading 43 % (m.gguf)', cleans: false })).toMatchObject({
    Model: 'warn',
    Cleanup: 'warn',
  });
  expect(levels({ notReady: 'Model not yet loaded' })).toMatchObject({ Model: 'bad' });
});

it('shows the cycles that the canister has noted to users who are not its controllers', () => {
  const [, cycles] = findings({ ...well, status: undefined, noted: 2n * 10n ** 12n });
  expect(cycles).toMatchObject({ said: '2 T', level: 'good' });
});

it('says of cycles that are not known neither that they are well nor that they are not', () => {
  expect(levels({ status: undefined })).toMatchObject({ Cycles: 'unknown' });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { BareCanister } from './metered.js';

/**
 * Kernel, multiply-adds (or values) per row, and the highest price of one of them. Prices are exact and change only
 * with the code, so an increase has to be a decision.
 */
const prices: [name: string, perRow: number, price: number][] = [
  ['i8x32_128x1', 128, 0.697],
  ['i8x32_64x1', 64, 0.7048],
  ['i8x16_128x1', 128, 0.7439],
  ['i8x16_64x1', 64, 0.7517],
  ['i8x8_32x1', 32, 0.9454],
  ['f32_32x1', 32, 1.803],
  ['i8x32_128x4', 512, 0.6466],
  ['i8x32_128x8', 1024, 0.6085],
  ['i8x16_128x4', 512, 0.6896],
  ['i8x16_128x8', 1024, 0.6495],
  ['i8x8_32x4', 128, 0.881],
  ['i8x8_32x8', 256, 0.8312],
  ['f32_32x4', 128, 1.6778],
  ['f32_32x8', 256, 1.6046],
  ['setScores1', 32, 0.7237],
  ['addScores1', 32, 0.755],
  ['addScores4', 128, 0.6761],
  ['setScores7', 224, 0.6163],
  ['addScores7', 224, 0.6476],
  ['addScores8', 256, 0.6408],
  ['addValues1', 32, 0.7189],
  ['addValues4', 128, 0.6446],
  ['addValues7', 224, 0.6194],
  ['addValues8', 256, 0.6133],
  ['softmax', 1, 22.3],
  ['quantize', 1, 7.2],
  ['rmsnorm', 1, 16.3],
  ['siluGate', 1, 20.2],
  ['u4x32_128x1', 128, 0.8219],
  ['u4x32_128x4', 512, 0.6642],
  ['u4x32_128x8', 1024, 0.6163],
  ['s4x32_128x1', 128, 0.8375],
  ['s4x32_128x8', 1024, 0.6319],
  ['i8x32_64x8', 512, 0.6144],
  ['i8x16_64x8', 512, 0.6554],
  ['geluGate', 1, 22.5],
  ['set4Scores2', 256, 0.7033],
  ['addValues2', 128, 0.6876],
  ['quantizePairs', 1, 8],
];

describe('metered price of', () => {
  let canister: BareCanister;
  // Compiled before the test, because compiling could exceed a test's time on a busy machine.
  beforeAll(async () => {
    canister = await BareCanister.create('testing/prices.ts');
  }, 300_000);

  it('every kernel', () => {
    const cost = (kernel: number, rows: number) =>
      new Float64Array(canister.update('run', new Uint8Array(Float64Array.of(kernel, rows).buffer)).slice().buffer)[0]!;
    const measured = prices.map(([name, perRow], kernel) => {
      const price = (cost(kernel, 288) - cost(kernel, 32)) / 256 / perRow;
      return [name, Number(price.toFixed(4))] as const;
    });
    if (process.env.PRICES) console.table(Object.fromEntries(measured));
    expect(measured.filter(([, price], i) => price > prices[i]![2])).toEqual([]);
  });
});

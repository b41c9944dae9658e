import { describe, expect, it } from 'vitest';
import { BareCanister } from './metered.js';

/**
 * Kernel, multiply-adds (or values) per row, and what one of them may cost. The prices are exact and change only with the
 * code: an increase is a decision.
 */
const prices: [name: string, perRow: number, price: number][] = [
  ['i8x32_128x1', 128, 0.6973],
  ['i8x32_64x1', 64, 0.7051],
  ['i8x16_128x1', 128, 0.7441],
  ['i8x16_64x1', 64, 0.752],
  ['i8x8_32x1', 32, 0.9434],
  ['f32_32x1', 32, 1.8047],
  ['i8x32_64x2', 128, 0.7227],
  ['i8x32_64x4', 256, 0.6445],
  ['i8x32_64x8', 512, 0.6055],
  ['i8x16_64x2', 128, 0.7695],
  ['i8x16_64x4', 256, 0.6875],
  ['i8x16_64x8', 512, 0.6465],
  ['i8x8_32x2', 64, 0.9844],
  ['i8x8_32x4', 128, 0.8828],
  ['i8x8_32x8', 256, 0.832],
  ['f32_32x2', 64, 1.8281],
  ['f32_32x4', 128, 1.6797],
  ['f32_32x8', 256, 1.6055],
  ['setScores1', 32, 0.7237],
  ['addScores1', 32, 0.755],
  ['addScores4', 128, 0.6761],
  ['setScores7', 224, 0.6163],
  ['addScores7', 224, 0.6476],
  ['addScores8', 256, 0.6408],
  ['addValues1', 32, 0.7422],
  ['addValues4', 128, 0.6563],
  ['addValues7', 224, 0.6194],
  ['addValues8', 256, 0.6133],
  ['softmax', 1, 22.3],
  ['quantize', 1, 7.2],
  ['rmsnorm', 1, 16.3],
  ['siluGate', 1, 20.2],
  ['u4x32_128x1', 128, 0.9258],
  ['u4x32_lowx2', 128, 0.8477],
  ['u4x32_highx2', 128, 0.8985],
  ['u4x32_lowx4', 256, 0.708],
  ['u4x32_highx4', 256, 0.7422],
  ['u4x32_lowx8', 512, 0.6368],
  ['u4x32_highx8', 512, 0.6641],
  ['s4x32_128x1', 128, 0.9317],
  ['s4x32_lowx8', 512, 0.6524],
  ['s4x32_highx8', 512, 0.6602],
  ['geluGate', 1, 22.5],
];

describe('metered price of', () => {
  it('every kernel', async () => {
    const canister = await BareCanister.create('testing/prices.ts');
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

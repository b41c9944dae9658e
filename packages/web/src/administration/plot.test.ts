import { expect, it } from 'vitest';
import { polyline } from './plot.js';

it('puts the first point at the left, the last at the right, and the greatest at the top', () => {
  const points = [5, 10, 0].map((value, i) => ({ time: 1_000 + 500 * i, value }));
  expect(polyline(points, 100, 10)).toBe('0,5 50,0 100,10');
});

it('puts a line that does not change, and a single point, in the middle', () => {
  expect(
    polyline(
      [7, 7].map((value, time) => ({ time, value })),
      100,
      10,
    ),
  ).toBe('0,5 100,5');
  expect(polyline([{ time: 3, value: 1 }], 100, 10)).toBe('0,5');
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Throttle } from './throttle.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('runs at most once in its time, and runs for the last call', () => {
  const work = vi.fn();
  const throttle = new Throttle(work, 100);
  for (let i = 0; i < 50; i++) {
    throttle.call();
    vi.advanceTimersByTime(10);
  }
  expect(work.mock.calls.length).toBeLessThanOrEqual(6);
  const before = work.mock.calls.length;
  throttle.call();
  throttle.flush();
  expect(work).toHaveBeenCalledTimes(before + 1);
});

it('leaves four times as much time free as the work takes', () => {
  let now = 0;
  const work = vi.fn(() => {
    now += 200;
  });
  const throttle = new Throttle(work, 10, 4, () => now);
  throttle.call();
  vi.advanceTimersByTime(0);
  throttle.call();
  vi.advanceTimersByTime(799);
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(work).toHaveBeenCalledTimes(2);
});

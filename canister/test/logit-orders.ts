/**
 * Arrangements of logits that may be hard for a search for the greatest one. The bench and the tests of sampling's
 * costs use them.
 */
import { Random } from '../../test/gguf/random.js';

/** The logit for each id of a vocabulary. */
type Order = (id: number, size: number) => number;

/** Arrangements with and without random numbers. */
export function logitOrders(): Record<string, Order> {
  const random = new Random(7);
  return {
    random: () => 2 * random.normal(),
    ascending: (id, size) => (20 * id) / size,
    descending: (id, size) => (-20 * id) / size,
    'a sawtooth': (id) => (id % 1000) * 0.01,
    'a sawtooth of blocks': (id) => (id % 64) + Math.floor(id / 64) * 1e-3,
    'ascending sixteens': (id) => Math.floor(id / 16) * 1e-3 + (id % 16) * 1e-5,
    'ascending steps': (id) => Math.floor(id / 4096) * 0.5,
    'exponentially nearing 0': (id, size) => -Math.exp((-80 * id) / size),
    equal: () => 1.5,
    'of two values': (id) => (id % 7 === 3 ? 2 : 1),
    'of two values by chance': () => (random.below(10) === 0 ? 2 : 1),
    'of few values': () => Math.round(random.normal()),
    'one of 64 above the others': (id) => (id % 64 === 5 ? 0.01 : 0),
    'mostly -infinity': (id) => (id % 97 === 0 ? random.normal() : Number.NEGATIVE_INFINITY),
  };
}

export const logitsIn = (order: Order, size: number) => Float32Array.from({ length: size }, (_, id) => order(id, size));

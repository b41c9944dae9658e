/** Repeatable random numbers for tests and generated models (mulberry32 by Tommy Ettinger, public domain). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Uniform in 0 .. 2^32 - 1. */
  word(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** A uniform integer in 0 .. n - 1. */
  below(n: number): number {
    return Math.floor((this.word() / 2 ** 32) * n);
  }

  /** Uniform in [-1, 1). */
  signed(): number {
    return this.word() / 2 ** 31 - 1;
  }

  /** Roughly normal with variance 1. */
  normal(): number {
    let sum = 0;
    for (let i = 0; i < 12; i++) sum += this.word();
    return sum / 2 ** 32 - 6;
  }
}

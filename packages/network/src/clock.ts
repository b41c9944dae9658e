/** The network's time: the machine's, or a time set by a test. It never goes back. */

/** The state with which another process continues the clock. */
export interface ClockState {
  offset: bigint;
  frozenAt: bigint | undefined;
  last: bigint;
}

export class Clock {
  private offset = 0n;
  private frozenAt: bigint | undefined;
  private last = 0n;

  /** Nanoseconds since 1970; later than at any earlier call unless time is frozen. */
  now(): bigint {
    if (this.frozenAt !== undefined) return this.frozenAt;
    const wall = BigInt(Date.now()) * 1_000_000n + this.offset;
    this.last = wall > this.last ? wall : this.last + 1n;
    return this.last;
  }

  /** Moves time forward. */
  advance(nanoseconds: bigint): void {
    if (nanoseconds < 0n) throw new RangeError('time cannot go back');
    if (this.frozenAt === undefined) this.offset += nanoseconds;
    else this.frozenAt += nanoseconds;
  }

  /** Freezes time now or at a later moment. */
  freeze(at = this.now()): void {
    if (at < this.now()) throw new RangeError('time cannot go back');
    this.frozenAt = at;
  }

  /** Lets time continue from the current value. */
  unfreeze(): void {
    if (this.frozenAt === undefined) return;
    this.offset = this.frozenAt - BigInt(Date.now()) * 1_000_000n;
    this.frozenAt = undefined;
  }

  get state(): ClockState {
    const { offset, frozenAt, last } = this;
    return { offset, frozenAt, last };
  }

  restore({ offset, frozenAt, last }: ClockState): void {
    Object.assign(this, { offset, frozenAt, last });
  }

  /** Milliseconds of real time until a moment; undefined while time is frozen before it. */
  millisecondsUntil(time: bigint): number | undefined {
    const distance = time - this.now();
    if (distance <= 0n) return 0;
    return this.frozenAt === undefined ? Number(distance / 1_000_000n) + 1 : undefined;
  }
}

/** Candid's unbounded integers, limited to 128 bits, which is enough for cycle balances and token amounts. */

/** 0 .. 2^128 - 1. */
@final
export class Nat {
  constructor(
    readonly low: u64,
    readonly high: u64,
  ) {}
}

/** -2^127 .. 2^127 - 1, two's complement. */
@final
export class Int {
  constructor(
    readonly low: u64,
    readonly high: i64,
  ) {}
}

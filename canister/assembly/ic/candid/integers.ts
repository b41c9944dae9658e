/** Candid's unbounded integers, as far as 128 bits: cycle balances and token amounts have no more. */

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

/**
 * The price of a generation, in cycles. Everything is free until an administrator sets prices.
 *
 * A price is for a number of tokens, or for what the canister itself paid for the work. It is computed in 128 bits and
 * limited to 2^64 - 1, far more than all existing cycles.
 */
import { Prices, StatusCodeRecordResult, TokenPrices, WorkPrice } from '../../ic/candid/service.generated';
import { FieldWriter } from '../../storage/values';
import { because, statusOf } from '../replies/replies';
import { Setting } from '../settings/settings';

/** Version 1: kind, u8; cycles for 1000 prompt tokens, cached tokens, generated tokens, u64 each; percent, u32. */
const setting = new Setting('prices');

const FREE: u8 = 0;
const PER_TOKEN: u8 = 1;
const PER_WORK: u8 = 2;

/** The most percent of the work's cost: a thousand times it. */
const MOST_PERCENT: u32 = 100_000;

/** The work of a generation, done or at most. */
@final
export class Work {
  /** Tokens of the prompt that were evaluated for it. */
  prompt: u64 = 0;
  /** Tokens of the prompt that were evaluated before. */
  cached: u64 = 0;
  generated: u64 = 0;
  /** What the canister paid for the instructions. */
  cycles: u64 = 0;
}

/** The prices as they are set. */
@final
class Tariff {
  readonly kind: u8;
  readonly prompt: u64;
  readonly cached: u64;
  readonly generated: u64;
  readonly percent: u32;

  constructor() {
    const fields = setting.read();
    this.kind = fields.take<u8>();
    this.prompt = fields.take<u64>();
    this.cached = fields.take<u64>();
    this.generated = fields.take<u64>();
    this.percent = fields.take<u32>();
  }
}

/** Whether generations cost their callers anything. */
export function isPriced(): bool {
  return new Tariff().kind != FREE;
}

/** The price of some work, in cycles, rounded up. */
export function priceOf(work: Work): u64 {
  const tariff = new Tariff();
  if (tariff.kind == PER_WORK) return share(work.cycles, tariff.percent, 100);
  if (tariff.kind != PER_TOKEN) return 0;
  const prompt = share(work.prompt, tariff.prompt, 1000);
  const cached = share(work.cached, tariff.cached, 1000);
  return sum(sum(prompt, cached), share(work.generated, tariff.generated, 1000));
}

/** a + b, at most 2^64 - 1. */
export function sum(a: u64, b: u64): u64 {
  return a > u64.MAX_VALUE - b ? u64.MAX_VALUE : a + b;
}

/** a * b / divisor, rounded up, at most 2^64 - 1. The divisor is below 2^32. */
function share(a: u64, b: u64, divisor: u64): u64 {
  // Long multiplication in halves of 32 bits, then long division, digit by digit.
  const low = (a & u32.MAX_VALUE) * (b & u32.MAX_VALUE);
  const cross = (a >> 32) * (b & u32.MAX_VALUE) + (low >> 32);
  const inner = (a & u32.MAX_VALUE) * (b >> 32) + (cross & u32.MAX_VALUE);
  let high = (a >> 32) * (b >> 32) + (cross >> 32) + (inner >> 32);
  let rest = (inner << 32) | (low & u32.MAX_VALUE);
  if (rest > u64.MAX_VALUE - (divisor - 1)) ++high;
  rest += divisor - 1;
  if (high >= divisor) return u64.MAX_VALUE;
  const upper = (high << 32) | (rest >> 32);
  const lower = ((upper % divisor) << 32) | (rest & u32.MAX_VALUE);
  return ((upper / divisor) << 32) | (lower / divisor);
}

export function getPrices(): Prices {
  const tariff = new Tariff();
  if (tariff.kind == PER_TOKEN) {
    const prices = new TokenPrices();
    prices.prompt = tariff.prompt;
    prices.cached = tariff.cached;
    prices.generated = tariff.generated;
    return Prices.tokens(prices);
  }
  if (tariff.kind != PER_WORK) return Prices.free();
  const price = new WorkPrice();
  price.percent = tariff.percent;
  return Prices.work(price);
}

export function setPrices(input: Prices): StatusCodeRecordResult {
  const tokens = input.tokens;
  const work = input.work;
  const percent: u32 = work === null ? 0 : work.percent;
  if (percent > MOST_PERCENT) {
    return StatusCodeRecordResult.Err(
      because(`set_prices: ${percent} percent of the cost is more than ${MOST_PERCENT}, the most that there can be`),
    );
  }
  const value = new FieldWriter(1);
  value.put<u8>(tokens !== null ? PER_TOKEN : work !== null ? PER_WORK : FREE);
  value.put<u64>(tokens === null ? 0 : tokens.prompt);
  value.put<u64>(tokens === null ? 0 : tokens.cached);
  value.put<u64>(tokens === null ? 0 : tokens.generated);
  value.put<u32>(percent);
  return statusOf(setting.write(value));
}

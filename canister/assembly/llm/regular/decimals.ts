import { HashIndex, mix } from '../../memory/hash-index';
import { Table } from '../../memory/table';

/** No decimal. */
export const NO_DECIMAL: u32 = u32.MAX_VALUE;
/** Powers of ten beyond these are none that a number of 64 bits can have. */
const GREATEST_EXPONENT: i32 = 100_000;

/**
 * Exact decimal numbers, as in JSON, in a pool. Equal numbers are the same decimal:
 *
 *     decimals [ negative: u32 | first digit: u32 | digits: u32 | exponent: i32 ] * n   0.d1d2d3... * 10^exponent, d1 > 0
 *     digits   [ 0 to 9: u8 ] * n        zero has none
 */
@final
export class Decimals {
  private readonly decimals: Table = new Table(16, 1 << 20);
  private readonly digits: Table = new Table(1, 1 << 24);
  private readonly index: HashIndex = new HashIndex();

  /** The decimal that `bytes` bytes of JSON at `text` spell; NO_DECIMAL if there is no room. */
  of(text: usize, bytes: u32): u32 {
    const first = this.digits.count;
    let negative = false;
    /** Digits before the point; of them or behind them, those in front of the first that is not 0. */
    let whole: i32 = 0;
    let exponent: i32 = 0;
    let isFraction = false;
    let leading: i32 = 0;
    let i: u32 = 0;
    for (; i < bytes; ++i) {
      const byte: u32 = load<u8>(text + i);
      if (byte == 0x2d) negative = true;
      else if (byte == 0x2e) isFraction = true;
      else if (byte - 0x30 < 10) {
        if (!isFraction) ++whole;
        if (byte == 0x30 && this.digits.count == first) {
          ++leading;
          continue;
        }
        const at = this.digits.append(1);
        if (at < 0) return NO_DECIMAL;
        store<u8>(this.digits.row(at), byte - 0x30);
      } else break;
    }
    if (i < bytes) exponent = exponentOf(text + i + 1, bytes - i - 1);
    while (this.digits.count > first && load<u8>(this.digits.row(this.digits.count - 1)) == 0) --this.digits.count;
    return this.add(negative, first, exponent + whole - leading);
  }

  /** The decimal of a text of ASCII. */
  ofString(text: string): u32 {
    const bytes = String.UTF8.encode(text);
    return this.of(changetype<usize>(bytes), bytes.byteLength);
  }

  /** The decimal of the digits from `first` on; they are dropped if it is there already. */
  private add(negative: bool, first: u32, exponent: i32): u32 {
    const count = this.digits.count - first;
    if (count == 0) {
      negative = false;
      exponent = 0;
    }
    let hash = mix(u64(negative), exponent);
    for (let i: u32 = 0; i < count; ++i) hash = mix(hash, load<u8>(this.digits.row(first + i)));
    for (let at = this.index.find(hash); at >= 0; at = this.index.next()) {
      if (this.isNegative(at) != negative || this.exponent(at) != exponent || this.count(at) != count) continue;
      const digits = this.digits.row(load<u32>(this.decimals.row(at), 4));
      if (memory.compare(digits, this.digits.row(first), count) != 0) continue;
      this.digits.count = first;
      return at;
    }
    const decimal = this.decimals.append(1);
    if (decimal < 0 || !this.index.insert(hash, decimal)) return NO_DECIMAL;
    const row = this.decimals.row(decimal);
    store<u32>(row, u32(negative));
    store<u32>(row, first, 4);
    store<u32>(row, count, 8);
    store<i32>(row, exponent, 12);
    return decimal;
  }

  isNegative(decimal: u32): bool {
    return load<u32>(this.decimals.row(decimal)) != 0;
  }

  isZero(decimal: u32): bool {
    return this.count(decimal) == 0;
  }

  /** Digits from the first that is not 0 to the last that is not 0. */
  count(decimal: u32): i32 {
    return load<i32>(this.decimals.row(decimal), 8);
  }

  exponent(decimal: u32): i32 {
    return load<i32>(this.decimals.row(decimal), 12);
  }

  /** Digits before the point: at least one. */
  wholeDigits(decimal: u32): i32 {
    return max(1, this.exponent(decimal));
  }

  /** Digits behind the point. */
  fractionDigits(decimal: u32): i32 {
    return max(0, this.count(decimal) - this.exponent(decimal));
  }

  isWhole(decimal: u32): bool {
    return this.fractionDigits(decimal) == 0;
  }

  /** The digit that stands `place` places behind the first of `wholeDigits`. */
  digit(decimal: u32, place: i32): u32 {
    const index = place - (this.wholeDigits(decimal) - this.exponent(decimal));
    if (index < 0 || index >= this.count(decimal)) return 0;
    return load<u8>(this.digits.row(load<u32>(this.decimals.row(decimal), 4) + index));
  }

  /** Negative if `a` is less than `b`, 0 if they are the same number. */
  compare(a: u32, b: u32): i32 {
    if (this.isNegative(a) != this.isNegative(b)) return this.isNegative(a) ? -1 : 1;
    const sign = this.isNegative(a) ? -1 : 1;
    if (this.isZero(a) || this.isZero(b)) return sign * (this.count(a) - this.count(b));
    if (this.exponent(a) != this.exponent(b)) return this.exponent(a) < this.exponent(b) ? -sign : sign;
    const first = load<u32>(this.decimals.row(a), 4);
    const other = load<u32>(this.decimals.row(b), 4);
    const common = min(this.count(a), this.count(b));
    const order = memory.compare(this.digits.row(first), this.digits.row(other), common);
    return sign * (order != 0 ? order : this.count(a) - this.count(b));
  }

  /** A decimal without its sign; NO_DECIMAL if there is no room. */
  magnitude(decimal: u32): u32 {
    if (!this.isNegative(decimal)) return decimal;
    const first = this.digits.count;
    const count = this.count(decimal);
    const exponent = this.exponent(decimal);
    const from = load<u32>(this.decimals.row(decimal), 4);
    if (this.digits.append(count) < 0) return NO_DECIMAL;
    memory.copy(this.digits.row(first), this.digits.row(from), count);
    return this.add(false, first, exponent);
  }

  dispose(): void {
    this.decimals.dispose();
    this.digits.dispose();
    this.index.dispose();
  }
}

function exponentOf(text: usize, bytes: u32): i32 {
  let value: i32 = 0;
  let negative = false;
  for (let i: u32 = 0; i < bytes; ++i) {
    const byte: u32 = load<u8>(text + i);
    if (byte == 0x2d) negative = true;
    else if (byte != 0x2b) value = min(GREATEST_EXPONENT, value * 10 + (byte - 0x30));
  }
  return negative ? -value : value;
}

import { HashIndex, mix } from '../../memory/hash-index';
import { heapify, sortHeap } from '../sampling/selection';
import { Table } from '../../memory/table';
import { AFTER_SURROGATES, BEFORE_SURROGATES, LAST_POINT } from './automata';
import { CharacterClasses } from './character-classes';

const MAX_ROWS: u32 = 1 << 19;

/**
 * The characters that some classes distinguish, as symbols: all characters of a symbol are in the same classes.
 *
 *     stretches   [ first: u32 | last: u32 | symbol: u32 ] * n    ascending; characters of no class are left out
 *     symbols     [ a character of it: u32 ] * n
 */
@final
export class Alphabet {
  isFull: bool = false;
  readonly stretches: Table = new Table(12, MAX_ROWS);
  private readonly symbols: Table = new Table(4, MAX_ROWS);
  /** [ code point: 21 bits from bit 32 up | class and whether it begins: 32 ] sorted, one for each end of each range */
  private readonly ends: Table = new Table(8, MAX_ROWS);

  constructor(private readonly classes: CharacterClasses) {}

  /** Makes the symbols of the classes that were told of by `use`. */
  make(): void {
    const count = this.ends.count;
    heapify(this.ends.ptr, count);
    sortHeap(this.ends.ptr, count);
    const index = new HashIndex();
    /** Hash of the classes that a character is in. */
    let within: u64 = 0;
    let depth: i32 = 0;
    for (let i = count; i > 0 && !this.isFull;) {
      const point = <u32>(load<u64>(this.ends.row(i - 1)) >> 32);
      for (; i > 0 && <u32>(load<u64>(this.ends.row(i - 1)) >> 32) == point; --i) {
        const end = <u32>load<u64>(this.ends.row(i - 1));
        // A class is in the hash or not, as a character is in it or not.
        within ^= mix(0, end >> 1);
        depth += (end & 1) != 0 ? 1 : -1;
      }
      if (i == 0 || depth == 0) continue;
      const last = <u32>(load<u64>(this.ends.row(i - 1)) >> 32) - 1;
      this.add(point, last, within, index);
    }
    index.dispose();
    this.ends.dispose();
  }

  /** Tells of a class, once. */
  use(number: u32): void {
    for (let i: u32 = 0; i < this.classes.rangeCount(number); ++i) {
      this.end(this.classes.firstOf(number, i), (number << 1) | 1);
      this.end(this.classes.lastOf(number, i) + 1, number << 1);
    }
  }

  private end(point: u32, value: u32): void {
    const at = this.ends.append(1);
    if (at < 0) this.isFull = true;
    else store<u64>(this.ends.row(at), ((<u64>point) << 32) | value);
  }

  private add(first: u32, last: u32, hash: u64, index: HashIndex): void {
    if (first <= BEFORE_SURROGATES && last >= AFTER_SURROGATES) {
      this.add(first, BEFORE_SURROGATES, hash, index);
      return this.add(AFTER_SURROGATES, last, hash, index);
    }
    if (first <= BEFORE_SURROGATES) last = min(last, BEFORE_SURROGATES);
    else first = max(first, AFTER_SURROGATES);
    if (first > last || first > LAST_POINT) return;
    let symbol = index.find(hash);
    if (symbol < 0) {
      symbol = this.symbols.append(1);
      if (symbol < 0 || !index.insert(hash, symbol)) {
        this.isFull = true;
        return;
      }
      store<u32>(this.symbols.row(symbol), first);
    }
    const stretch = this.stretches.append(1);
    if (stretch < 0) {
      this.isFull = true;
      return;
    }
    const row = this.stretches.row(stretch);
    store<u32>(row, first);
    store<u32>(row, last, 4);
    store<u32>(row, symbol, 8);
  }

  /** Symbols. */
  get count(): u32 {
    return this.symbols.count;
  }

  /** A character of a symbol. */
  characterOf(symbol: u32): u32 {
    return load<u32>(this.symbols.row(symbol));
  }

  dispose(): void {
    this.stretches.dispose();
    this.symbols.dispose();
    this.ends.dispose();
  }
}

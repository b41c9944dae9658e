import { Table } from '../../memory/table';

/** The kinds of a template's tokens. */
export const enum Token {
  End,
  Text,
  OpenStatement,
  CloseStatement,
  OpenExpression,
  CloseExpression,
  Word,
  Number,
  String,
  Symbol,
}

/** Symbols of two characters; a symbol of one is its character. */
export const EQUAL: u32 = 0x100;
export const UNEQUAL: u32 = 0x101;
export const AT_MOST: u32 = 0x102;
export const AT_LEAST: u32 = 0x103;
export const POWER: u32 = 0x104;
export const FLOOR: u32 = 0x105;

const ROW: u32 = 20;
/** A template of the largest size has fewer. */
const MOST: u32 = 1 << 20;

/** The tokens of a template: [ kind | line | address | bytes | number of the word or symbol: u32 ] * n. */
@final
export class Tokens {
  private readonly table: Table = new Table(ROW, MOST);

  /** False if there is no memory. */
  add(kind: Token, line: u32, bytes: usize, length: u32, number: u32): bool {
    const at = this.table.append(1);
    if (at < 0) return false;
    const row = this.table.row(at);
    store<u32>(row, kind);
    store<u32>(row, line, 4);
    store<u32>(row, <u32>bytes, 8);
    store<u32>(row, length, 12);
    store<u32>(row, number, 16);
    return true;
  }

  get count(): u32 {
    return this.table.count;
  }

  kind(at: u32): u32 {
    return load<u32>(this.table.row(at));
  }

  line(at: u32): u32 {
    return load<u32>(this.table.row(at), 4);
  }

  bytes(at: u32): usize {
    return load<u32>(this.table.row(at), 8);
  }

  length(at: u32): u32 {
    return load<u32>(this.table.row(at), 12);
  }

  number(at: u32): u32 {
    return load<u32>(this.table.row(at), 16);
  }

  setLength(at: u32, length: u32): void {
    store<u32>(this.table.row(at), length, 12);
  }

  removeLast(): void {
    --this.table.count;
  }

  dispose(): void {
    this.table.dispose();
  }
}

import { MAX_PRINCIPAL } from '../principal';
import { Int } from './integers';
import {
  BOOL,
  EMPTY,
  FLOAT32,
  FLOAT64,
  FUNC,
  FUTURE,
  INT,
  INT16,
  INT32,
  INT64,
  INT8,
  NAT,
  NAT16,
  NAT32,
  NAT64,
  NAT8,
  OPT,
  PRINCIPAL,
  RECORD,
  SERVICE,
  TEXT,
  VARIANT,
  VEC,
} from './opcodes';
import { MAX_LEB_BITS, Reader, TOO_PADDED } from './reader';
import { TypeTable } from './type-table';

/** `DIDL`, little endian. */
const MAGIC: u32 = 0x4c444944;
/** Records, variants, opts and vecs inside one another: bounds the stack. No interface comes near it. */
const MAX_DEPTH: u32 = 128;

/** Values that a message may have in addition to two for each byte, and in all: ten thousand headers of two texts. */
const FREE_STEPS: u64 = 256;
const MAX_STEPS: u64 = 40_000;

/** Stands for a missing field or type. */
export const NOTHING: i32 = i32.MIN_VALUE;

/**
 * A message in its wire format: the type table, and values at their own types. Errors are the reader's problem.
 *
 * The work is bounded whatever the bytes are: every value that is read or skipped costs a step, and there are at most
 * two steps a byte. That stops "space bombs" (a vec of a billion nulls is five bytes). There is also a limit of steps
 * in all.
 */
@final
export class Wire {
  readonly input: Reader;
  readonly table: TypeTable = new TypeTable();
  private steps: u64;
  depth: u32 = 0;

  constructor(ptr: usize, size: u32) {
    this.input = new Reader(ptr, ptr + size);
    this.steps = min<u64>(FREE_STEPS + 2 * <u64>size, MAX_STEPS);
  }

  /** Reads what comes before the values; the number of arguments. */
  readTypes(): u32 {
    if (this.input.left < 4 || this.input.u32() != MAGIC) {
      this.input.fail('it is not a Candid message (it does not start with DIDL)');
      return 0;
    }
    this.table.read(this.input);
    return this.table.readArguments(this.input);
  }

  step(): bool {
    if (this.steps == 0) {
      this.input.fail('it has more values than any argument needs');
      return false;
    }
    --this.steps;
    return !this.input.failed;
  }

  deeper(): bool {
    if (!this.step()) return false;
    if (this.depth < MAX_DEPTH) return true;
    this.input.fail(`its values are nested more than ${MAX_DEPTH.toString()} deep`);
    return false;
  }

  readBool(): bool {
    const byte = this.input.u8();
    if (byte > 1) this.input.fail(`a bool is ${byte.toString()}`);
    return byte == 1;
  }

  readInteger(signed: bool): Int {
    let low: u64 = 0;
    let high: u64 = 0;
    let shift: u32 = 0;
    for (let read: u64 = 0; !this.input.failed; read += 7) {
      if (read >= MAX_LEB_BITS) this.input.fail(TOO_PADDED);
      const byte = this.input.u8();
      const bits = <u64>(byte & 0x7f);
      if (shift < 64) low |= bits << shift;
      if (shift > 57 && shift < 64) high |= bits >> (64 - shift);
      else if (shift >= 64 && shift < 128) high |= bits << (shift - 64);
      // The group at bit 126 has two bits of the number; those above, and all later groups, may only repeat its sign.
      if (shift >= 126) {
        const sign: u64 = signed && high >> 63 != 0 ? 0x7f : 0;
        const rest = shift == 126 ? bits >> 2 : bits;
        if (rest != (shift == 126 ? sign >> 2 : sign)) this.input.fail('an integer has more than 128 bits');
      }
      if (shift < 133) shift += 7;
      if (byte >= 0x80) continue;
      if (signed && (byte & 0x40) != 0) {
        if (shift < 64) low |= (<u64>-1) << shift;
        if (shift < 128) high |= shift < 64 ? <u64>-1 : (<u64>-1) << (shift - 64);
      }
      break;
    }
    return new Int(low, <i64>high);
  }

  /** The length of a principal, whose bytes come next. */
  private readPrincipal(): u32 {
    if (this.input.u8() != 1) this.input.fail('a principal is an opaque reference');
    const size = this.input.leb();
    if (size > MAX_PRINCIPAL) this.input.fail(`a principal has ${size.toString()} bytes`);
    return this.input.failed ? 0 : <u32>size;
  }

  readCase(type: i32): i32 {
    const index = this.input.leb();
    if (!this.input.failed && index < this.table.fieldCount(type)) return this.table.firstField(type) + <u32>index;
    this.input.fail(`a variant has no case ${index.toString()}`);
    return NOTHING;
  }

  /** Skips a value that is not needed, but checks it. */
  skip(type: i32): void {
    if (!this.deeper()) return;
    ++this.depth;
    const kind = this.table.kind(type);
    if (kind == NAT || kind == INT) this.input.skipLeb();
    else if (kind == BOOL) this.readBool();
    else if (fixedSize(kind) > 0) this.input.take(fixedSize(kind));
    else if (kind == TEXT) this.input.take(this.input.textSize());
    else if (kind == PRINCIPAL || kind == SERVICE) this.input.take(this.readPrincipal());
    else if (kind == OPT) this.skipOptional(type);
    else if (kind == VEC) this.skipVector(type);
    else if (kind == RECORD) this.skipRecord(type);
    else if (kind == VARIANT) this.skipVariant(type);
    else if (kind == FUNC) this.skipFunction();
    else if (kind == FUTURE) this.skipFuture();
    else if (kind == EMPTY) this.input.fail('there is a value of the type empty');
    --this.depth;
  }

  private skipOptional(type: i32): void {
    if (this.readPresence()) this.skip(this.table.content(type));
  }

  private skipVector(type: i32): void {
    const length = this.input.leb();
    const content = this.table.content(type);
    const size = fixedSize(this.table.kind(content));
    if (size > 0) {
      // The division keeps the product from overflowing.
      if (length > this.input.left / size) return this.input.fail('a vec has fewer elements than it says');
      const elements = this.input.take(length * size);
      if (content == BOOL) this.checkBools(elements, <u32>length);
      return;
    }
    for (let i: u64 = 0; i < length && !this.input.failed; ++i) this.skip(content);
  }

  private checkBools(at: usize, length: u32): void {
    for (let i: u32 = 0; i < length; ++i) {
      if (load<u8>(at + i) > 1) return this.input.fail(`a bool is ${load<u8>(at + i).toString()}`);
    }
  }

  private skipRecord(type: i32): void {
    const first = this.table.firstField(type);
    const end = first + this.table.fieldCount(type);
    for (let i = first; i < end && !this.input.failed; ++i) this.skip(this.table.fieldType(i));
  }

  private skipVariant(type: i32): void {
    const field = this.readCase(type);
    if (field != NOTHING) this.skip(this.table.fieldType(field));
  }

  private skipFunction(): void {
    if (this.input.u8() != 1) this.input.fail('a function is an opaque reference');
    this.input.take(this.readPrincipal());
    this.input.take(this.input.textSize());
  }

  private skipFuture(): void {
    const size = this.input.leb();
    if (this.input.leb() != 0) this.input.fail('it has opaque references');
    this.input.take(size);
  }

  /** Whether an opt's content follows. */
  readPresence(): bool {
    const tag = this.input.u8();
    if (tag > 1) this.input.fail(`an opt starts with ${tag.toString()}`);
    return tag == 1 && !this.input.failed;
  }
}

/** Bytes of a value if its type alone determines them; 0 for other types, and for values without bytes. */
function fixedSize(kind: i32): u32 {
  if (kind == BOOL || kind == NAT8 || kind == INT8) return 1;
  if (kind == NAT16 || kind == INT16) return 2;
  if (kind == NAT32 || kind == INT32 || kind == FLOAT32) return 4;
  if (kind == NAT64 || kind == INT64 || kind == FLOAT64) return 8;
  return 0;
}

import { Code, Problem } from '../../problem';
import { Principal } from '../principal';
import { Int, Nat } from './integers';
import {
  BOOL,
  EMPTY,
  FLOAT32,
  FLOAT64,
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
  NULL,
  OPT,
  PRINCIPAL,
  RECORD,
  RESERVED,
  SERVICE,
  TEXT,
  VARIANT,
  VEC,
  nameOf,
} from './opcodes';
import { Reader } from './reader';
import { TypeTable } from './type-table';
import { Blob, Text } from './values';
import { NOTHING, Wire } from './wire';

/** Elements of all vecs that are kept as objects: bounds the managed heap. */
const MAX_ELEMENTS: u32 = 10_000;

/**
 * Decodes one message at the types that a method expects, as the Candid specification says under "Deserialisation" and
 * "Coercion". The functions for those types are generated (service.generated.ts) and call the methods of this class.
 *
 * Two things can go wrong, and neither traps. A *fault* means that the bytes are not a Candid message, or exceed a
 * limit; it ends the decoding. A *mismatch* means that a value does not have the expected type; below an expected `opt`
 * it becomes null.
 */
@final
export class Decoder {
  private readonly wire: Wire;
  private readonly input: Reader;
  private readonly table: TypeTable;
  private elements: u32 = 0;
  private argumentCount: u32;
  private nextArgument: u32 = 0;
  private mismatch: Problem | null = null;
  /** The first optional value that was present, but became null because of a mismatch. */
  private lost: Problem | null = null;
  /** The fields that lead to the mismatch, outermost first. */
  private path: string = '';
  /** Number of elements of the vec that {@link vector} was last asked for. */
  length: u32 = 0;

  /** Reads the types at the start of a method's argument, unless `problem` is already set. */
  constructor(
    private readonly method: string,
    ptr: usize,
    size: u32,
    problem: Problem | null = null,
  ) {
    const wire = new Wire(ptr, size);
    wire.input.problem = problem;
    this.wire = wire;
    this.input = wire.input;
    this.table = wire.table;
    this.argumentCount = wire.readTypes();
  }

  get failed(): bool {
    return this.mismatch !== null || this.input.failed;
  }

  /** Type of the next argument, or NULL, which coerces to everything optional, if there is none. */
  argument(): i32 {
    if (this.nextArgument >= this.argumentCount) return NULL;
    return this.table.fieldType(this.table.firstArgument + this.nextArgument++);
  }

  private get hasArgument(): bool {
    return this.nextArgument < this.argumentCount;
  }

  /** Notes that the method's `position`th argument has to be there. */
  require(position: i32): void {
    if (!this.hasArgument) this.refuse(`argument ${position.toString()} is missing`);
  }

  /**
   * Skips arguments that the method does not know and checks that no bytes are left. Null, or why the argument cannot
   * be decoded; then the decoded values mean nothing.
   */
  end(): Problem | null {
    while (this.hasArgument && !this.failed) this.wire.skip(this.argument());
    if (!this.failed && this.input.left > 0) this.input.fail(`${this.input.left} bytes are left over`);
    const fault = this.input.problem;
    const problem = fault !== null ? fault : this.mismatch;
    if (problem === null) return null;
    const where = fault !== null || this.path.length == 0 ? '' : `${this.path}: `;
    return new Problem(`${this.method}: the argument cannot be decoded: ${where}${problem.text}`, Code.UNREADABLE);
  }

  /** As {@link end}, but an optional value that is present with another type is a problem, too. */
  endWhole(): Problem | null {
    const problem = this.end();
    const lost = this.lost;
    if (problem !== null || lost === null) return problem;
    return lost.of(`${this.method}: the argument cannot be used`);
  }

  /** Notes that a value is not one of the expected type. */
  refuse(why: string): void {
    if (this.mismatch === null) this.mismatch = new Problem(why);
  }

  /** Adds the name of a field (or case) to the path of the mismatch that {@link end} reports. */
  within(name: string): void {
    if (this.mismatch === null) return;
    this.path = this.path.length > 0 ? `${name}.${this.path}` : name;
  }

  /** Whether a value of wire type `type` is one of `expected`; a mismatch if not. */
  private expect(type: i32, expected: i32): bool {
    if (this.failed || !this.wire.step()) return false;
    const kind = this.table.kind(type);
    if (kind == expected) return true;
    if (kind == EMPTY) this.input.fail('there is a value of the type empty');
    else this.refuse(`expected ${nameOf(expected)}, found ${nameOf(kind)}`);
    return false;
  }

  nul(type: i32): void {
    this.expect(type, NULL);
  }

  bool(type: i32): bool {
    return this.expect(type, BOOL) ? this.wire.readBool() : false;
  }

  nat8(type: i32): u8 {
    return this.expect(type, NAT8) ? <u8>this.input.u8() : 0;
  }

  nat16(type: i32): u16 {
    return this.expect(type, NAT16) ? <u16>this.input.u16() : 0;
  }

  nat32(type: i32): u32 {
    return this.expect(type, NAT32) ? this.input.u32() : 0;
  }

  nat64(type: i32): u64 {
    return this.expect(type, NAT64) ? this.input.u64() : 0;
  }

  int8(type: i32): i8 {
    return this.expect(type, INT8) ? <i8>this.input.u8() : 0;
  }

  int16(type: i32): i16 {
    return this.expect(type, INT16) ? <i16>this.input.u16() : 0;
  }

  int32(type: i32): i32 {
    return this.expect(type, INT32) ? <i32>this.input.u32() : 0;
  }

  int64(type: i32): i64 {
    return this.expect(type, INT64) ? <i64>this.input.u64() : 0;
  }

  float32(type: i32): f32 {
    return this.expect(type, FLOAT32) ? reinterpret<f32>(this.input.u32()) : 0;
  }

  float64(type: i32): f64 {
    return this.expect(type, FLOAT64) ? reinterpret<f64>(this.input.u64()) : 0;
  }

  nat(type: i32): Nat {
    if (!this.expect(type, NAT)) return new Nat(0, 0);
    const value = this.wire.readInteger(false);
    return new Nat(value.low, <u64>value.high);
  }

  /** An int, or a nat where an int is expected. */
  int(type: i32): Int {
    if (type != NAT) return this.expect(type, INT) ? this.wire.readInteger(true) : new Int(0, 0);
    if (this.failed || !this.wire.step()) return new Int(0, 0);
    const value = this.wire.readInteger(false);
    if (value.high < 0) this.input.fail('an int has more than 128 bits');
    return value;
  }

  text(type: i32): Text {
    if (!this.expect(type, TEXT)) return new Text(0, 0);
    const size = this.input.textSize();
    return new Text(this.input.take(size), size);
  }

  blob(type: i32): Blob {
    if (!this.expect(type, VEC)) return new Blob(0, 0);
    const size = this.input.leb();
    const content = this.table.kind(this.table.content(type));
    if (size == 0 || this.input.failed) return new Blob(this.input.at, 0);
    if (content != NAT8) {
      if (content == EMPTY) this.input.fail('there is a value of the type empty');
      else this.refuse(`expected nat8, found ${nameOf(content)}`);
      return new Blob(0, 0);
    }
    return new Blob(this.input.take(size), <u32>min<u64>(size, u32.MAX_VALUE));
  }

  principal(type: i32): Principal {
    // A service's reference is a principal, too.
    if (this.table.kind(type) == SERVICE ? this.failed || !this.wire.step() : !this.expect(type, PRINCIPAL))
      return Principal.fromBytes(0, 0);
    const size = this.wire.readPrincipal();
    const ptr = this.input.take(size);
    return Principal.fromBytes(ptr, this.input.failed ? 0 : size);
  }

  /**
   * The type to decode an opt's content at, or NOTHING if it is null. A value that is not optional counts as a present
   * one. Decode the content, then call {@link recover}.
   */
  optional(type: i32): i32 {
    if (this.failed || !this.wire.step()) return NOTHING;
    const kind = this.table.kind(type);
    if (kind == NULL || kind == RESERVED) return NOTHING;
    if (kind != OPT) return type;
    return this.wire.readPresence() ? this.table.content(type) : NOTHING;
  }

  /** Where the content of an opt starts, for {@link recover}. */
  get mark(): usize {
    return this.input.at;
  }

  /**
   * Skips the content of an opt (of wire type `type`, at `mark`) if it did not have the expected type. Returns whether
   * it did.
   */
  recover(mark: usize, type: i32): bool {
    const mismatch = this.mismatch;
    if (mismatch === null || this.input.failed) return false;
    if (this.lost === null) this.lost = this.path.length == 0 ? mismatch : mismatch.of(this.path);
    this.mismatch = null;
    this.path = '';
    this.input.at = mark;
    this.wire.skip(type);
    return true;
  }

  /** The type of a vec's elements; how many there are is in {@link length}. Ask {@link next} before each. */
  vector(type: i32): i32 {
    this.length = 0;
    if (!this.expect(type, VEC)) return NOTHING;
    const length = this.input.leb();
    if (length > u32.MAX_VALUE) this.input.fail('a vec has more than 2^32 elements');
    else this.length = <u32>length;
    return this.table.content(type);
  }

  /** Whether another element may be decoded. */
  next(): bool {
    if (this.failed) return false;
    if (++this.elements <= MAX_ELEMENTS) return true;
    this.input.fail(`it has more than ${MAX_ELEMENTS.toString()} elements in vecs`);
    return false;
  }

  /** Starts a record; {@link leave} ends it, even if this returns false. Its fields are firstField <= i < endField. */
  record(type: i32): bool {
    const entered = !this.failed && this.wire.deeper() && this.expect(type, RECORD);
    ++this.wire.depth;
    return entered;
  }

  leave(): void {
    --this.wire.depth;
  }

  firstField(type: i32): u32 {
    return this.table.firstField(type);
  }

  endField(type: i32): u32 {
    return this.table.firstField(type) + this.table.fieldCount(type);
  }

  fieldId(field: u32): u32 {
    return this.table.fieldId(field);
  }

  fieldType(field: u32): i32 {
    return this.table.fieldType(field);
  }

  /** Starts a variant; {@link leave} ends it. The field that its value has, or NOTHING. */
  variant(type: i32): i32 {
    const entered = !this.failed && this.wire.deeper() && this.expect(type, VARIANT);
    ++this.wire.depth;
    return entered ? this.wire.readCase(type) : NOTHING;
  }

  /** Passes over a value that is not needed. */
  skip(type: i32): void {
    this.wire.skip(type);
  }
}

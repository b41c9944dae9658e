/** The operand stack of the second meter: slots of 16 bytes, each with a view for every type. */

export class Stack {
  readonly u8: Uint8Array;
  readonly i8: Int8Array;
  readonly u16: Uint16Array;
  readonly i16: Int16Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  readonly u64: BigUint64Array;
  readonly i64: BigInt64Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  /** The first free slot. */
  sp = 0;

  constructor(slots: number) {
    const buffer = new ArrayBuffer(slots * 16);
    this.u8 = new Uint8Array(buffer);
    this.i8 = new Int8Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.i16 = new Int16Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.u64 = new BigUint64Array(buffer);
    this.i64 = new BigInt64Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.f64 = new Float64Array(buffer);
  }

  copy(from: number, to: number): void {
    this.u64[2 * to] = this.u64[2 * from]!;
    this.u64[2 * to + 1] = this.u64[2 * from + 1]!;
  }

  /** Moves the topmost `count` values down to slot `to`. */
  keep(count: number, to: number): void {
    const from = this.sp - count;
    if (from !== to) this.u64.copyWithin(2 * to, 2 * from, 2 * this.sp);
    this.sp = to + count;
  }

  pushI32(value: number): void {
    this.i32[4 * this.sp++] = value;
  }

  pushI64(value: bigint): void {
    this.u64[2 * this.sp++] = BigInt.asUintN(64, value);
  }

  popI32(): number {
    return this.i32[4 * --this.sp]!;
  }

  popU32(): number {
    return this.u32[4 * --this.sp]!;
  }

  popU64(): bigint {
    return this.u64[2 * --this.sp]!;
  }

  /** Bits into the next slot, low half first. */
  pushBits(value: bigint): void {
    this.u64[2 * this.sp] = BigInt.asUintN(64, value);
    this.u64[2 * this.sp + 1] = BigInt.asUintN(64, value >> 64n);
    this.sp++;
  }
}

export class Trap extends Error {}

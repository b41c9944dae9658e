import { append, reply } from '../message';
import { Principal } from '../principal';
import { Int, Nat } from './integers';
import { Blob, Text, Source } from './values';

/** Bytes that are buffered before they are handed to the system, because a system call costs 500 instructions. */
const CAPACITY: u32 = 4096;
const buffer: usize = memory.data(4096, 8);

/**
 * Writes a reply. Small values are buffered; texts and blobs larger than the buffer go to the system directly. The
 * functions for the types are generated (service.generated.ts).
 */
@final
export class Encoder {
  private used: u32 = 0;

  private room(size: u32): usize {
    if (size > CAPACITY - this.used) this.flush();
    const ptr = buffer + this.used;
    this.used += size;
    return ptr;
  }

  private flush(): void {
    if (this.used > 0) append(buffer, this.used);
    this.used = 0;
  }

  /** Hands over what is left and replies. */
  finish(): void {
    this.flush();
    reply();
  }

  bytes(ptr: usize, size: u32): void {
    if (size <= CAPACITY) {
      memory.copy(this.room(size), ptr, size);
      return;
    }
    this.flush();
    append(ptr, size);
  }

  leb(value: u64): void {
    while (value >= 0x80) {
      this.nat8(<u8>((<u32>value) | 0x80));
      value >>= 7;
    }
    this.nat8(<u8>value);
  }

  bool(value: bool): void {
    store<u8>(this.room(1), value);
  }

  nat8(value: u8): void {
    store<u8>(this.room(1), value);
  }

  nat16(value: u16): void {
    store<u16>(this.room(2), value);
  }

  nat32(value: u32): void {
    store<u32>(this.room(4), value);
  }

  nat64(value: u64): void {
    store<u64>(this.room(8), value);
  }

  int8(value: i8): void {
    store<i8>(this.room(1), value);
  }

  int16(value: i16): void {
    store<i16>(this.room(2), value);
  }

  int32(value: i32): void {
    store<i32>(this.room(4), value);
  }

  int64(value: i64): void {
    store<i64>(this.room(8), value);
  }

  float32(value: f32): void {
    store<f32>(this.room(4), value);
  }

  float64(value: f64): void {
    store<f64>(this.room(8), value);
  }

  nat(value: Nat): void {
    let low = value.low;
    let high = value.high;
    while (high != 0 || low >= 0x80) {
      this.nat8(<u8>((<u32>low) | 0x80));
      low = (low >> 7) | (high << 57);
      high >>= 7;
    }
    this.nat8(<u8>low);
  }

  int(value: Int): void {
    let low = value.low;
    let high = value.high;
    // Until the rest is one group whose top bit is the sign.
    while (high != (<i64>low) >> 63 || <i64>low < -64 || <i64>low > 63) {
      this.nat8(<u8>((<u32>low) | 0x80));
      low = (low >> 7) | ((<u64>high) << 57);
      high >>= 7;
    }
    this.nat8(<u8>((<u32>low) & 0x7f));
  }

  text(value: Text): void {
    this.content(value.ptr, value.size, value.source);
  }

  blob(value: Blob): void {
    this.content(value.ptr, value.size, value.source);
  }

  private content(ptr: usize, size: u32, source: Source | null): void {
    this.leb(size);
    if (source === null) return this.bytes(ptr, size);
    for (let at: u32 = 0; at < size; at += CAPACITY) {
      const part = min(CAPACITY, size - at);
      source.read(at, this.room(part), part);
    }
  }

  principal(value: Principal): void {
    this.nat8(1);
    this.leb(value.size);
    this.bytes(value.ptr, value.size);
  }
}

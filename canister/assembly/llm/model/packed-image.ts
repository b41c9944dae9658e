/**
 * The packed image of a model: all of its weights as they lie in the heap (quant/image.ts), outside of the heap. To load the
 * model again is to copy it. Parts (part.ts) have a checksum each, so that a damaged one is noticed when it is copied; it is
 * then made from the file again. A part without a checksum is missing.
 *
 *     header   [ version: u32 | parts: u32 | plan: u64 | bytes of all parts: u64 | bytes that are there: u64 ]
 *              [ content of the file: 32 bytes ][ checksum of the header, without the bytes that are there: u64 ] zeros to 128
 *     sums     [ checksum: u64, 0 = the part is missing ] * parts, to the end of a page of 64 KiB
 *     parts    the extents of the heap (plan.ts), each of whole pages, with their parts at the same places
 *
 * The plan is a number for the places, shapes and types of all parts, so an image that options have changed is another one.
 */
import { CHECKSUM_BYTES, addToChecksum, beginChecksum, endChecksum } from '../kernels/checksum';
import { Budget } from '../budget';
import { mixed } from '../cache/stored-block';
import { Code, Problem } from '../../problem';
import { Outcome } from '../outcome';
import { Part } from './part';
import { Plan } from './plan';
import { WeightStore } from './weight-store';

/** Goes up whenever the layout of a matrix in the heap changes, or that of this file: older images are then made again. */
const VERSION: u32 = 0x4957_0001;

const PARTS: usize = 4;
const PLAN: usize = 8;
const BYTES: usize = 16;
const KEPT: usize = 24;
const CONTENT: usize = 32;
const CONTENT_BYTES: usize = 32;
const SUM: usize = 64;
export const HEADER: usize = 128;
const PAGE: u64 = 65536;

/** Most bytes of a part that are copied at once. */
const PIECE: u64 = 2 << 20;
/** Instructions to copy a byte in either direction, pages and checksum included, in hundredths; and of a piece besides. */
const HUNDREDTHS_PER_BYTE: u64 = 496;
const PER_PIECE: u64 = 700000;
const PER_PART: u64 = 8000;

const header: usize = memory.data(128, 16);
const wanted: usize = memory.data(128, 16);
const state: usize = memory.data(CHECKSUM_BYTES, 16);
/** The checksum of the part that is being copied. */
const running: usize = memory.data(CHECKSUM_BYTES, 16);
const sums: usize = memory.data(4096, 16);
const SUMS_TOGETHER: i32 = 512;

/** How much of an image there is. */
export class ImageProgress {
  constructor(
    readonly bytes: u64,
    readonly keptBytes: u64,
  ) {}
}

/** What the header of any model's image says, 128 bytes at `header`; null if it is damaged or has another version. */
export function progressOf(header: usize): ImageProgress | null {
  if (load<u32>(header) != VERSION || load<u64>(header, SUM) != sumOfHeader(header)) return null;
  return new ImageProgress(load<u64>(header, BYTES), load<u64>(header, KEPT));
}

function sumOfHeader(at: usize): u64 {
  beginChecksum(state, load<u64>(at, PLAN));
  addToChecksum(state, at, 16);
  addToChecksum(state, at + CONTENT, CONTENT_BYTES);
  return endChecksum(state) ^ load<u64>(at, BYTES);
}

/** Instructions to copy bytes to the heap or from it, about. */
export function copyingCost(bytes: u64): u64 {
  return (bytes * HUNDREDTHS_PER_BYTE) / 100;
}

export class PackedImage {
  /** Bytes of all parts, and of those that are there. */
  readonly bytes: u64;
  keptBytes: u64 = 0;
  /** Whether the store has an image of this model, in part at least. */
  private isThere: bool = false;
  /** Where each part begins in the store. */
  private readonly offsets: u64[] = [];
  private readonly parts: Part[];
  private readonly plan: u64;
  /** The part that is being copied, and its bytes that are done: one at a time. */
  private part: i32 = 0;
  private done: u64 = 0;

  constructor(
    private readonly store: WeightStore,
    plan: Plan,
  ) {
    const parts = plan.parts;
    this.parts = parts;
    let at = (HEADER + ((<u64>parts.length) << 3) + PAGE - 1) & ~(PAGE - 1);
    let bytes: u64 = 0;
    let number: u64 = parts.length;
    let extent = 0;
    for (let i = 0; i < parts.length; ++i) {
      while (plan.startOf(extent) <= i) {
        at = (at + PAGE - 1) & ~(PAGE - 1);
        ++extent;
      }
      const part = parts[i];
      this.offsets.push(at);
      at += part.heapBytes();
      bytes += part.heapBytes();
      number = mixed(mixed(number, part.offset()), part.heapBytes());
      const image = part.image;
      number = mixed(number, ((<u64>part.tensor.type) << 8) | (<u64>(image === null ? 0xff : image.kind)));
      if (image !== null) number = mixed(mixed(number, <u64>image.rows), <u64>image.inputs);
    }
    this.bytes = bytes;
    this.plan = number;
    this.open();
  }

  private describe(): void {
    memory.fill(wanted, 0, HEADER);
    store<u32>(wanted, VERSION);
    store<u32>(wanted, this.parts.length, PARTS);
    store<u64>(wanted, this.plan, PLAN);
    store<u64>(wanted, this.bytes, BYTES);
    memory.copy(wanted + CONTENT, this.store.content, CONTENT_BYTES);
    store<u64>(wanted, sumOfHeader(wanted), SUM);
  }

  /** Finds out which parts the store has. */
  private open(): void {
    this.describe();
    this.keptBytes = 0;
    this.isThere = false;
    if (!this.store.read(0, header, HEADER)) return;
    store<u64>(header, 0, KEPT);
    if (memory.compare(header, wanted, HEADER) != 0) return;
    for (let from = 0; from < this.parts.length; from += SUMS_TOGETHER) {
      const count = min(SUMS_TOGETHER, this.parts.length - from);
      if (!this.store.read(sumAt(from), sums, (<usize>count) << 3)) return;
      for (let i = 0; i < count; ++i) {
        if (load<u64>(sums + ((<usize>i) << 3)) != 0) this.keptBytes += this.parts[from + i].heapBytes();
      }
    }
    this.isThere = true;
  }

  /** Whether all parts are there. */
  get isWhole(): bool {
    return this.isThere && this.keptBytes == this.bytes;
  }

  /** Instructions to keep what is missing, about. */
  get keepingCost(): u64 {
    return copyingCost(this.bytes - this.keptBytes) + <u64>this.parts.length * PER_PART + PER_PIECE;
  }

  /** Whether a part is there; it may be damaged all the same. */
  has(index: i32): bool {
    return this.isThere && this.sumOf(index) != 0;
  }

  private sumOf(index: i32): u64 {
    return this.store.read(sumAt(index), sums, 8) ? load<u64>(sums) : 0;
  }

  /** Most instructions of the next piece of a part, in either direction. */
  pieceCost(index: i32): u64 {
    return copyingCost(min(PIECE, this.parts[index].heapBytes())) + PER_PIECE;
  }

  private begin(index: i32): void {
    this.part = index;
    this.done = 0;
    beginChecksum(running, mixed(this.plan, index));
  }

  /** Copies the next piece of a part to its place in the heap: the bytes that are there now, or 0 if it is not as it was. */
  copy(index: i32, done: u64): u64 {
    if (done == 0) this.begin(index);
    const part = this.parts[index];
    const size = <usize>min(PIECE, part.heapBytes() - done);
    const to = part.address + <usize>done;
    const isRead = this.part == index && this.done == done && this.store.read(this.offsets[index] + done, to, size);
    if (isRead) {
      addToChecksum(running, to, size);
      const now = done + size;
      const isLast = now == part.heapBytes();
      this.done = isLast ? 0 : now;
      if (!isLast || endChecksum(running) == this.sumOf(index)) return now;
    }
    this.forget(index);
    return 0;
  }

  /** Notes that a part is missing. */
  private forget(index: i32): void {
    this.setSum(index, 0);
    this.open();
    this.part = 0;
    this.done = 0;
  }

  private setSum(index: i32, sum: u64): bool {
    store<u64>(sums, sum);
    return this.store.write(sumAt(index), sums, 8);
  }

  /** Copies missing parts from the heap to the store, until all are there or the next piece does not fit the budget. */
  keep(budget: Budget): Outcome {
    // It may have been removed meanwhile.
    if (!this.isThere || !this.store.read(0, header, 8) || load<u32>(header) != VERSION) {
      if (budget.remaining() < PER_PIECE) return Outcome.paused(PER_PIECE);
      if (!this.start()) return full();
    }
    for (let i = this.part; i < this.parts.length; ++i) {
      if (this.part != i || this.done == 0) {
        if (this.has(i)) continue;
        this.begin(i);
      }
      const bytes = this.parts[i].heapBytes();
      while (this.done < bytes) {
        const cost = this.pieceCost(i);
        if (budget.remaining() < cost) return Outcome.paused(cost);
        if (!this.keepPiece(i, <usize>min(PIECE, bytes - this.done))) return full();
      }
      if (!this.finish(i)) return full();
    }
    this.part = 0;
    return Outcome.DONE;
  }

  /** Makes an image without parts. */
  private start(): bool {
    this.store.clear();
    this.describe();
    if (!this.store.write(0, wanted, HEADER)) return false;
    memory.fill(sums, 0, (<usize>SUMS_TOGETHER) << 3);
    for (let from = 0; from < this.parts.length; from += SUMS_TOGETHER) {
      const count = min(SUMS_TOGETHER, this.parts.length - from);
      if (!this.store.write(sumAt(from), sums, (<usize>count) << 3)) return false;
    }
    this.isThere = true;
    this.keptBytes = 0;
    this.part = 0;
    this.done = 0;
    return true;
  }

  private keepPiece(index: i32, size: usize): bool {
    const from = this.parts[index].address + <usize>this.done;
    if (!this.store.write(this.offsets[index] + this.done, from, size)) return false;
    addToChecksum(running, from, size);
    this.done += size;
    return true;
  }

  /** A part is there: its checksum says so. */
  private finish(index: i32): bool {
    if (!this.setSum(index, endChecksum(running))) return false;
    this.keptBytes += this.parts[index].heapBytes();
    this.done = 0;
    this.part = index + 1;
    store<u64>(sums, this.keptBytes);
    return this.store.write(KEPT, sums, 8);
  }
}

function sumAt(index: i32): u64 {
  return HEADER + ((<u64>index) << 3);
}

function full(): Outcome {
  return Outcome.failed(new Problem('stable memory has no room for the packed image', Code.STORAGE_FULL));
}

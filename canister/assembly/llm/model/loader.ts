/**
 * Loads a planned model's tensors from the file into the heap, a chunk of rows at a time, so that it can stop after any
 * chunk and continue in a later call. All data passes through one small staging buffer, whose pages are paid for once.
 *
 * Parts that the model's packed image has are copied from there.
 */
import { Code, Problem } from '../../problem';
import { Budget } from '../budget';
import { ByteSource } from '../bytes';
import { allocate, release } from '../../memory/heap';
import { Outcome } from '../outcome';
import { TensorInfo } from '../gguf/tensors';
import { formatOf } from '../quant/formats';
import { isPacked, paddedInputs, panelInputs } from '../quant/image';
import { packGroup, packScratch } from '../quant/pack';
import { repackGroup } from '../quant/repack';
import { readRow } from '../quant/row';
import { areNumbers } from '../quant/validity';
import { PackedImage, copyingCost } from './packed-image';
import { Part } from './part';
import { Plan } from './plan';

/** Bytes that one step reads, unless four rows need more. */
const STAGING: u64 = 256 * 1024;
/** Most bytes of four rows: it keeps a step below the 16 MiB of one read. */
const MAX_STAGING: u64 = 8 * 1024 * 1024;
/** A page of 64 KiB that is accessed and written for the first time in a message, rounded up. */
const FRESH_PAGE: u64 = 165000;

/** Reading a byte of stable memory, its page included; repacking a weight. */
const HUNDREDTHS_PER_BYTE: u64 = 224;
/** Upper bound of reading a byte and checking it for infinite numbers and NaN. */
const PER_READ_BYTE: u64 = 6;
const PER_CHECKED_BYTE: u64 = 2;
const HUNDREDTHS_PER_WEIGHT: u64 = 240;

export class Loader {
  /** Bytes of tensors read so far, and in all. */
  readBytes: u64 = 0;
  totalBytes: u64 = 0;
  private staging: usize = 0;
  private stagingBytes: u64 = STAGING;
  private part: i32 = 0;
  private row: usize = 0;
  /** Bytes of the longest row of a vector, in the file and as an image of one group. */
  private vectorScratch: usize = 0;
  /** Bytes of an image of one group, for packed matrices. */
  private packScratch: usize = 0;

  /** Tensors that stay in the file and are only checked, and the progress of that. */
  private readonly looked: TensorInfo[] = [];
  private look: i32 = 0;

  /** Whether the present part is copied from the image, and its bytes that were. */
  private isCopied: bool = false;
  private copied: u64 = 0;

  constructor(
    private readonly source: ByteSource,
    readonly plan: Plan,
    /** Whether all weights are checked for infinite numbers and NaN. */
    private readonly checks: bool = false,
    /** The model's packed image, if there is a place for one. */
    private readonly stored: PackedImage | null = null,
  ) {
    if (checks) {
      this.lookAt(plan.embedding, plan.weights.tied);
      this.lookAt(plan.positions, false);
    }
    let vector: usize = 0;
    for (let i = 0; i < plan.parts.length; ++i) {
      const part = plan.parts[i];
      this.totalBytes += part.fileBytes();
      this.stagingBytes = max(this.stagingBytes, 4 * part.rowBytes());
      const image = part.image;
      if (image == null) vector = max(vector, part.vector!.length);
      else if (isPacked(image.kind)) this.packScratch = max(this.packScratch, packScratch(part.format, image.inputs));
    }
    // A row of one group: 16 bytes an input.
    this.vectorScratch = (vector * 16 + 1023) & ~1023;
    this.enter(0);
  }

  /** Begins with a part. */
  private enter(part: i32): void {
    const stored = this.stored;
    this.part = part;
    this.row = 0;
    this.copied = 0;
    // Weights that are to be checked are read from the file.
    this.isCopied = stored !== null && !this.checks && part < this.plan.parts.length && stored.has(part);
  }

  private lookAt(tensor: TensorInfo | null, isLoaded: bool): void {
    if (tensor == null || isLoaded) return;
    this.looked.push(tensor);
    this.totalBytes += tensor.bytes;
    this.stagingBytes = max(this.stagingBytes, 4 * tensor.rowBytes);
  }

  /** Takes the staging buffer. Null, or the problem. */
  begin(): Problem | null {
    if (this.stagingBytes > MAX_STAGING) return new Problem(`rows of ${this.stagingBytes / 4} bytes are not supported`);
    this.staging = allocate(<usize>this.stagingBytes + max(this.vectorScratch, this.packScratch));
    return this.staging == 0 ? new Problem('no memory is left for loading', Code.HEAP_FULL) : null;
  }

  done(): bool {
    return this.part == this.plan.parts.length && this.look == this.looked.length;
  }

  /** Most instructions of the next step. */
  nextCost(): u64 {
    const bytes = this.stagingBytes;
    if (this.part == this.plan.parts.length) return bytes * (PER_READ_BYTE + PER_CHECKED_BYTE) + 16 * FRESH_PAGE;
    if (this.isCopied) return this.stored!.pieceCost(this.part);
    const part = this.plan.parts[this.part];
    const image = part.image;
    const perByte = part.format.instructionsPerByte() + (this.checks ? PER_CHECKED_BYTE : 0);
    if (image == null) return bytes * perByte + 8 * FRESH_PAGE;
    // A chunk of rows writes to a few pages of every panel.
    const panels = paddedInputs(image.kind, image.inputs) / panelInputs(image.kind) + 2;
    const rows = min<u64>(image.rows, this.stagingBytes / part.tensor.rowBytes);
    const imagePages = ((image.bytes() / image.rows) * rows) / 65536;
    return bytes * perByte + (2 * <u64>panels + imagePages + 10) * FRESH_PAGE;
  }

  /** Instructions to load everything, as measured for the usual types; `nextCost` is an upper bound, and higher. */
  wholeCost(): u64 {
    let cost: u64 = 0;
    for (let i = 0; i < this.plan.parts.length; ++i) {
      const part = this.plan.parts[i];
      cost += (part.fileBytes() * HUNDREDTHS_PER_BYTE + part.elements() * HUNDREDTHS_PER_WEIGHT) / 100;
      cost += (part.heapBytes() / 65536) * FRESH_PAGE;
    }
    return cost;
  }

  /** Instructions to copy everything from a packed image, or to it, about. */
  copyingCost(): u64 {
    let bytes: u64 = 0;
    for (let i = 0; i < this.plan.parts.length; ++i) bytes += this.plan.parts[i].heapBytes();
    return copyingCost(bytes);
  }

  /** Loads until everything is there, something is wrong or the next step does not fit the budget. */
  run(budget: Budget): Outcome {
    while (!this.done()) {
      const cost = this.nextCost();
      if (budget.remaining() < cost) return Outcome.paused(cost);
      const problem = this.step();
      if (problem !== null) return Outcome.failed(problem);
    }
    return Outcome.DONE;
  }

  /** Does the next step. Null, or the tensor's problem. */
  private step(): Problem | null {
    if (this.part == this.plan.parts.length) return this.stepLook(this.looked[this.look]);
    const part = this.plan.parts[this.part];
    if (this.isCopied) return this.stepCopy(part);
    const problem = part.image == null ? this.stepVector(part) : this.stepRows(part);
    if (this.row == part.rows()) {
      part.clearRest();
      this.enter(this.part + 1);
    }
    return problem;
  }

  /** Copies a piece of a part from the image; if the image turns out to be damaged there, the part is read from the file. */
  private stepCopy(part: Part): Problem | null {
    const all = part.heapBytes();
    const before = (part.fileBytes() * this.copied) / all;
    this.copied = this.stored!.copy(this.part, this.copied);
    this.readBytes += (part.fileBytes() * this.copied) / all - before;
    if (this.copied == all) {
      this.enter(this.part + 1);
    } else if (this.copied == 0) {
      this.isCopied = false;
      if (this.source.lacksWeights) return damaged(part.tensor);
    }
    return null;
  }

  private stepVector(part: Part): Problem | null {
    const bytes = <u32>part.fileBytes();
    const vector = part.vector!;
    this.source.read(part.offset(), this.staging, bytes);
    const row = part.format.image(1, vector.length);
    row.place(this.staging + <usize>this.stagingBytes);
    readRow(part.format, row, this.staging, vector.address);
    // A bias or norm that is not finite would spoil every token unnoticed.
    for (let i: usize = 0; i < vector.length; ++i) {
      if (!isFinite(load<f32>(vector.address + (i << 2)))) return notNumbers(part.tensor);
    }
    this.readBytes += bytes;
    this.row = 1;
    return null;
  }

  private stepRows(part: Part): Problem | null {
    const image = part.image!;
    const rowBytes = <usize>part.tensor.rowBytes;
    const fitting = (<usize>this.stagingBytes / rowBytes) & ~3;
    const rows = min(fitting, image.rows - this.row);
    this.source.read(part.offset() + <u64>this.row * rowBytes, this.staging, <u32>(rows * rowBytes));
    if (this.checks && !areNumbers(part.format, this.staging, rows * rowBytes)) return notNumbers(part.tensor);
    const last = this.staging + (rows - 1) * rowBytes;
    const scratch = this.staging + <usize>this.stagingBytes;
    const packed = isPacked(image.kind);
    for (let i: usize = 0; i < rows; i += 4) {
      const r0 = this.staging + i * rowBytes;
      const r1 = min(r0 + rowBytes, last);
      const r2 = min(r1 + rowBytes, last);
      const r3 = min(r2 + rowBytes, last);
      const group = (this.row + i) >> 2;
      if (packed) packGroup(part.format, image, group, r0, r1, r2, r3, scratch);
      else repackGroup(part.format, image, group, r0, r1, r2, r3);
    }
    this.row += rows;
    this.readBytes += <u64>rows * rowBytes;
    return null;
  }

  /** Looks at rows of a tensor that stays in the file. */
  private stepLook(tensor: TensorInfo): Problem | null {
    const rowBytes = <usize>tensor.rowBytes;
    const all = <usize>(tensor.bytes / tensor.rowBytes);
    const rows = min(<usize>this.stagingBytes / rowBytes, all - this.row);
    this.source.read(tensor.offset + <u64>this.row * rowBytes, this.staging, <u32>(rows * rowBytes));
    if (!areNumbers(formatOf(tensor.type)!, this.staging, rows * rowBytes)) return notNumbers(tensor);
    this.readBytes += <u64>rows * rowBytes;
    this.row += rows;
    if (this.row < all) return null;
    ++this.look;
    this.row = 0;
    return null;
  }

  /** Releases the staging buffer. */
  end(): void {
    release(this.staging);
    this.staging = 0;
  }
}

function damaged(tensor: TensorInfo): Problem {
  return new Problem(
    `the packed image of tensor "${tensor.name}" is damaged, and its weights were removed from the file: upload the file again`,
  );
}

function notNumbers(tensor: TensorInfo): Problem {
  return new Problem(`tensor "${tensor.name}" has a value or a scale that is not a finite number`);
}

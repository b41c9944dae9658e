/** A tensor type: its layout in the file, its image, and the function that repacks it. */
import { blockBytes, blockElements } from '../gguf/tensor-types';
import { F32, Image } from './image';

/**
 * The floating-point numbers of a tensor type, its values if it is a plain type, otherwise a block's scale: f16; the
 * upper half of an f32; f32; a power of two by its exponent, u8, with the last one standing for no number.
 */
export const BY_HALF: i32 = 0;
export const BY_BRAIN: i32 = 1;
export const BY_SINGLE: i32 = 2;
export const BY_EXPONENT: i32 = 3;

/**
 * Brings one block of four rows (at r0 to r3) into a group at `dst`. Blocks of 256 inputs fill a panel at `dst` and the
 * next one at `next`; formats with minima write those to `minima`.
 */
export type Repack = (r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, next: usize, minima: usize) => void;

/** Inputs of a type of plain numbers that are brought over at once; a block of any other is at least so long. */
const PLAIN_BLOCK: usize = 32;

/** A tensor type of the file. */
export class Format {
  /** Inputs that `repack` brings over at once, 32 or 256. */
  readonly block: usize;
  /** Bytes of so many inputs of a row. */
  readonly bytes: usize;
  minimumKind: i32 = 0;
  /** Inputs that share a minimum, 0 without minima. */
  minimumBlock: usize = 0;
  /** U4X32 or S4X32 if the weights fit four bits, else `kind`. */
  packedKind: i32;
  /** The kind of the block's numbers that may be invalid (BY_...), and their offset in the block. */
  numbers: i32 = BY_HALF;
  scaleAt: usize = 0;

  constructor(
    /** ggml's number of the type. */
    readonly type: u32,
    /** I8X32, I8X16 or F32. */
    readonly kind: i32,
    readonly repack: Repack,
  ) {
    this.packedKind = kind;
    this.block = max<usize>(PLAIN_BLOCK, blockElements(type));
    this.bytes = (this.block / blockElements(type)) * blockBytes(type);
  }

  /** Every `inputs` inputs share a minimum. In the file its half is behind the scale's. */
  minima(kind: i32, inputs: usize): this {
    this.minimumKind = kind;
    this.minimumBlock = inputs;
    return this;
  }

  /** The weights fit four bits. */
  packed(kind: i32): this {
    this.packedKind = kind;
    return this;
  }

  /** Sets the scale's kind and offset, if it is not a half at the beginning of a block. */
  scaledBy(numbers: i32, at: usize = 0): this {
    this.numbers = numbers;
    this.scaleAt = at;
    return this;
  }

  /** True for types with rows of any length, not only whole blocks. */
  plain(): bool {
    return this.kind == F32;
  }

  /** Bytes of a row of `inputs` inputs in the file. */
  rowBytes(inputs: usize): usize {
    return this.plain() ? (inputs * this.bytes) / this.block : (inputs / this.block) * this.bytes;
  }

  /** Instructions that `repack` takes at most for a byte of the file, writing the image included: 4 for a weight. */
  instructionsPerByte(): u64 {
    return max<u64>(10, (<u64>this.block * 4) / this.bytes);
  }

  /** An image for a matrix of this type, not placed yet. */
  image(rows: usize, inputs: usize): Image {
    return new Image(this.kind, rows, inputs, this.minimumKind, this.minimumBlock);
  }
}

/**
 * The GGUF tensor types that can be multiplied: how each lies in the file, which image it becomes, and what brings it
 * there. A new type is a file with its block and a row here. Numbers and block sizes: ggml.h's enum ggml_type, ggml.c.
 */
import { repackBF16, repackF16, repackF32 } from './float';
import { F32, I8X16, I8X32, I8X8, Image, S4X32, U4X32 } from './image';
import { repackIQ4_NL } from './iq4_nl';
import { repackIQ4_XS } from './iq4_xs';
import { repackMXFP4 } from './mxfp4';
import { repackQ2_K } from './q2_k';
import { repackQ3_K } from './q3_k';
import { repackQ4_0 } from './q4_0';
import { repackQ4_1 } from './q4_1';
import { repackQ4_K } from './q4_k';
import { repackQ5_0 } from './q5_0';
import { repackQ5_1 } from './q5_1';
import { repackQ5_K } from './q5_k';
import { repackQ6_K } from './q6_k';
import { repackQ8_0 } from './q8_0';
import { repackQ8_K } from './q8_k';
import { repackTQ1_0 } from './tq1_0';
import { repackTQ2_0 } from './tq2_0';

/**
 * Brings one block of four rows (at r0 to r3) into a group at `dst`. Blocks of 256 inputs fill a panel at `dst` and the
 * next one at `next`; formats with minima write those to `minima`.
 */
export type Repack = (r0: usize, r1: usize, r2: usize, r3: usize, dst: usize, next: usize, minima: usize) => void;

/** A tensor type of the file. */
export class Format {
  constructor(
    /** ggml's number of the type. */
    readonly type: u32,
    /** Inputs that `repack` brings over at once, 32 or 256. */
    readonly block: usize,
    /** Bytes of so many inputs of a row. */
    readonly bytes: usize,
    /** I8X32, I8X16 or F32. */
    readonly kind: i32,
    readonly repack: Repack,
    readonly minimumKind: i32 = 0,
    /** Inputs that share a minimum, 0 without minima. */
    readonly minimumBlock: usize = 0,
    /** U4X32 or S4X32 where the weights fit four bits, else `kind`. */
    readonly packedKind: i32 = kind,
  ) {}

  /** True for types whose rows may have any length, not only whole blocks. */
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

/** The format of ggml type `type`, or null if it cannot be multiplied yet. */
export function formatOf(type: u32): Format | null {
  switch (type) {
    case 0:
      return new Format(type, 32, 128, F32, repackF32);
    case 1:
      return new Format(type, 32, 64, F32, repackF16);
    case 2:
      return new Format(type, 32, 18, I8X32, repackQ4_0, 0, 0, S4X32);
    case 3:
      return new Format(type, 32, 20, I8X32, repackQ4_1, F32, 32, U4X32);
    case 6:
      return new Format(type, 32, 22, I8X32, repackQ5_0);
    case 7:
      return new Format(type, 32, 24, I8X32, repackQ5_1, F32, 32);
    case 8:
      return new Format(type, 32, 34, I8X32, repackQ8_0);
    case 10:
      return new Format(type, 256, 84, I8X16, repackQ2_K, I8X8, 16);
    case 11:
      return new Format(type, 256, 110, I8X16, repackQ3_K);
    case 12:
      return new Format(type, 256, 144, I8X32, repackQ4_K, I8X8, 32, U4X32);
    case 13:
      return new Format(type, 256, 176, I8X32, repackQ5_K, I8X8, 32);
    case 14:
      return new Format(type, 256, 210, I8X16, repackQ6_K);
    case 15:
      return new Format(type, 256, 292, I8X32, repackQ8_K);
    case 20:
      return new Format(type, 32, 18, I8X32, repackIQ4_NL);
    case 23:
      return new Format(type, 256, 136, I8X32, repackIQ4_XS);
    case 30:
      return new Format(type, 32, 64, F32, repackBF16);
    case 34:
      return new Format(type, 256, 54, I8X32, repackTQ1_0, 0, 0, S4X32);
    case 35:
      return new Format(type, 256, 66, I8X32, repackTQ2_0, 0, 0, S4X32);
    case 39:
      return new Format(type, 32, 17, I8X32, repackMXFP4);
    default:
      return null;
  }
}

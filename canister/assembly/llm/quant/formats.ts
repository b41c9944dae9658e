/**
 * The GGUF tensor types that can be multiplied: how each lies in the file, which image it becomes, and what brings it
 * there. A new type is a file with its block and a row here; numbers and sizes of blocks are in scripts/tensor-types.json.
 */
import { blockBytes, blockElements } from '../gguf/tensor-types';
import { TensorType } from '../gguf/tensor-types.generated';
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

/** Inputs of a type of plain numbers that are brought over at once; a block of any other is at least so long. */
const PLAIN_BLOCK: usize = 32;

/** A tensor type of the file. */
export class Format {
  /** Inputs that `repack` brings over at once, 32 or 256. */
  readonly block: usize;
  /** Bytes of so many inputs of a row. */
  readonly bytes: usize;

  constructor(
    /** ggml's number of the type. */
    readonly type: u32,
    /** I8X32, I8X16 or F32. */
    readonly kind: i32,
    readonly repack: Repack,
    readonly minimumKind: i32 = 0,
    /** Inputs that share a minimum, 0 without minima. */
    readonly minimumBlock: usize = 0,
    /** U4X32 or S4X32 where the weights fit four bits, else `kind`. */
    readonly packedKind: i32 = kind,
  ) {
    this.block = max<usize>(PLAIN_BLOCK, blockElements(type));
    this.bytes = (this.block / blockElements(type)) * blockBytes(type);
  }

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
    case TensorType.F32:
      return new Format(type, F32, repackF32);
    case TensorType.F16:
      return new Format(type, F32, repackF16);
    case TensorType.Q4_0:
      return new Format(type, I8X32, repackQ4_0, 0, 0, S4X32);
    case TensorType.Q4_1:
      return new Format(type, I8X32, repackQ4_1, F32, 32, U4X32);
    case TensorType.Q5_0:
      return new Format(type, I8X32, repackQ5_0);
    case TensorType.Q5_1:
      return new Format(type, I8X32, repackQ5_1, F32, 32);
    case TensorType.Q8_0:
      return new Format(type, I8X32, repackQ8_0);
    case TensorType.Q2_K:
      return new Format(type, I8X16, repackQ2_K, I8X8, 16);
    case TensorType.Q3_K:
      return new Format(type, I8X16, repackQ3_K);
    case TensorType.Q4_K:
      return new Format(type, I8X32, repackQ4_K, I8X8, 32, U4X32);
    case TensorType.Q5_K:
      return new Format(type, I8X32, repackQ5_K, I8X8, 32);
    case TensorType.Q6_K:
      return new Format(type, I8X16, repackQ6_K);
    case TensorType.Q8_K:
      return new Format(type, I8X32, repackQ8_K);
    case TensorType.IQ4_NL:
      return new Format(type, I8X32, repackIQ4_NL);
    case TensorType.IQ4_XS:
      return new Format(type, I8X32, repackIQ4_XS);
    case TensorType.BF16:
      return new Format(type, F32, repackBF16);
    case TensorType.TQ1_0:
      return new Format(type, I8X32, repackTQ1_0, 0, 0, S4X32);
    case TensorType.TQ2_0:
      return new Format(type, I8X32, repackTQ2_0, 0, 0, S4X32);
    case TensorType.MXFP4:
      return new Format(type, I8X32, repackMXFP4);
    default:
      return null;
  }
}

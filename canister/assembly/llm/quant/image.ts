/**
 * The image: how a matrix W[rows][inputs] of any GGUF type lies in the heap, ready for the kernels.
 *
 * Rows are taken four at a time (a group), inputs in panels, and inside a panel the groups follow one another, so that a
 * kernel keeps a panel's activations in locals while it runs down all rows.
 *
 *     image    [ panel 0 ][ panel 1 ] ... [ last panel ]
 *     panel    [ group 0 ][ group 1 ] ... [ group ceil(rows / 4) - 1 ]
 *
 *     I8X32    int8 weights, an f32 scale for 32 inputs; panels of 128 inputs, the last one of 128 or 64
 *       group  [ block: 32 inputs ] * 4 (or 2)                              576 (or 288) bytes
 *       block  [ f32 scale of row 0, 1, 2, 3 ][ quad: 2 inputs ] * 16       16 + 128 bytes
 *       quad   [ r0k0 r0k1 r1k0 r1k1 r2k0 r2k1 r3k0 r3k1 ]                  8 int8
 *     I8X16    the same with a scale for 16 inputs: block 16 + 64 bytes, group 640 (or 320) bytes
 *     U4X32    weights 0 .. 15 with an f32 scale for 32 inputs, unpacked in the kernel; panels of 128 inputs
 *       group  [ block: 32 inputs ] * 4                                     320 bytes
 *       block  [ f32 scale of row 0, 1, 2, 3 ][ quad: inputs i and i + 16, i + 1 and i + 17 ] * 8     16 + 64 bytes
 *       quad   as above; a byte has the weight of input i in its low half, that of input i + 16 in its high half
 *     S4X32    the same for weights -8 .. 7, to which 8 is added
 *     F32      panels of 32 inputs
 *       group  [ r0k r1k r2k r3k ] * 32                                     512 bytes of f32
 *
 * Formats with a minimum (w = d * q - m) have a second matrix of the same rows, its inputs the sums of the activations
 * over the blocks that share a minimum: an F32 matrix of -m, or where m is an integer times a factor of the superblock
 *
 *     I8X8     int8 minima, an f32 factor (-dmin) for 8 sums; panels of 32 sums
 *       group  [ block: 8 sums ] * 4                                        192 bytes
 *       block  [ f32 factor of row 0, 1, 2, 3 ][ quad ] * 4                 16 + 32 bytes
 *
 * Inputs that a panel has beyond the matrix are zeros with zero scales; rows that the last group has beyond it repeat
 * the last row, and nobody reads their results. Repacking never rounds: int8 times f32 scale is the value of the file.
 */

export const I8X32: i32 = 0;
export const I8X16: i32 = 1;
export const F32: i32 = 2;
export const I8X8: i32 = 3;
export const U4X32: i32 = 4;
export const S4X32: i32 = 5;

/** Whether weights of a kind are unpacked in the kernel. */
export function isPacked(kind: i32): bool {
  return kind == U4X32 || kind == S4X32;
}

/** Inputs of a full panel. */
export function panelInputs(kind: i32): usize {
  return kind == F32 || kind == I8X8 ? 32 : 128;
}

/** Inputs of a matrix as its panels hold them. */
export function paddedInputs(kind: i32, inputs: usize): usize {
  if (isPacked(kind)) return (inputs + 127) & ~127;
  return kind == F32 || kind == I8X8 ? (inputs + 31) & ~31 : (inputs + 63) & ~63;
}

/** Bytes of one group in a panel of `inputs` inputs. */
export function groupBytes(kind: i32, inputs: usize): usize {
  if (kind == F32) return inputs * 16;
  if (isPacked(kind)) return (inputs >> 5) * 80;
  const block: usize = kind == I8X32 ? 32 : kind == I8X16 ? 16 : 8;
  return (inputs / block) * (16 + 4 * block);
}

/** Bytes of a matrix of this kind. */
function matrixBytes(kind: i32, rows: usize, inputs: usize): u64 {
  return <u64>((rows + 3) >> 2) * groupBytes(kind, paddedInputs(kind, inputs));
}

/** One matrix in the heap, and that of its minima if its format has them. */
export class Image {
  /** Address of the matrix; 0 until it is placed. */
  data: usize = 0;
  /** Address of the minima, a matrix of `minimumKind` [rows][inputs / minimumBlock]; 0 without minima. */
  minima: usize = 0;

  constructor(
    /** I8X32, I8X16, F32, U4X32 or S4X32. */
    public kind: i32,
    readonly rows: usize,
    readonly inputs: usize,
    /** I8X8 or F32: how the minima lie; of no meaning without minima. */
    readonly minimumKind: i32,
    /** Inputs that share a minimum; 0 for formats without. */
    readonly minimumBlock: usize,
  ) {}

  /** Groups of four rows. */
  groups(): usize {
    return (this.rows + 3) >> 2;
  }

  /** Inputs of the matrix of minima. */
  sums(): usize {
    return this.minimumBlock ? this.inputs / this.minimumBlock : 0;
  }

  /** Bytes of the matrix and its minima. */
  bytes(): u64 {
    let bytes = matrixBytes(this.kind, this.rows, this.inputs);
    if (this.minimumBlock) bytes += matrixBytes(this.minimumKind, this.rows, this.sums());
    return bytes;
  }

  /** Lays the matrix and its minima out from `address` on, a multiple of 16. */
  place(address: usize): void {
    this.data = address;
    if (this.minimumBlock) this.minima = address + <usize>matrixBytes(this.kind, this.rows, this.inputs);
  }

  /** Address of `group` in the panel that begins at `input`. */
  at(group: usize, input: usize): usize {
    const panel = min<usize>(panelInputs(this.kind), paddedInputs(this.kind, this.inputs) - input);
    return this.data + this.groups() * groupBytes(this.kind, input) + group * groupBytes(this.kind, panel);
  }

  /** Address of `group` in the panel of minima that begins at `sum`. */
  minimaAt(group: usize, sum: usize): usize {
    return this.minima + this.groups() * groupBytes(this.minimumKind, sum) + group * groupBytes(this.minimumKind, 32);
  }
}

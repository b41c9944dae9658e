/**
 * What the bytes of a GGUF tensor mean, as plain loops: written from the formats' definitions (ggml-common.h's block
 * structs and the dequantize_row functions of ggml-quants.c) and independent of the engine. f32 arithmetic throughout.
 */
const f = Math.fround;

/** The value of an IEEE half-precision number. */
export function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

interface Type {
  name: string;
  /** Weights in a block and its bytes. */
  block: number;
  bytes: number;
  read(view: DataView, at: number, out: (i: number, value: number) => void): void;
}

/** Scale and minimum of block j of 8 (Q4_K, Q5_K): 6 bits each in 12 bytes. */
function scaleAndMinimum(view: DataView, at: number, j: number): [number, number] {
  const byte = (i: number) => view.getUint8(at + i);
  if (j < 4) return [byte(j) & 63, byte(j + 4) & 63];
  return [(byte(j + 4) & 15) | ((byte(j - 4) >> 6) << 4), (byte(j + 4) >> 4) | ((byte(j) >> 6) << 4)];
}

/** Weight i of a Q5_0 or Q5_1 block whose word of fifth bits is at `at`. */
function fiveBits(view: DataView, at: number, i: number): number {
  const byte = view.getUint8(at + 4 + (i & 15));
  const fifth = (view.getUint32(at, true) >>> i) & 1;
  return (i < 16 ? byte & 15 : byte >> 4) | (fifth << 4);
}

/** What the 16 numbers of IQ4_NL and IQ4_XS stand for. */
const NON_LINEAR = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

/** What the 16 numbers of MXFP4 stand for: sign, two bits of exponent, one of fraction. */
const E2M1 = [0, 0.5, 1, 1.5, 2, 3, 4, 6, 0, -0.5, -1, -1.5, -2, -3, -4, -6];

/** Digit n, from the front, of a byte that is a fraction of 256 in base 3. */
function trit(byte: number, n: number): number {
  return (((byte * 3 ** n) % 256) * 3) >> 8;
}

/** By ggml's type number. */
export const TYPES: Record<number, Type> = {
  0: { name: 'F32', block: 1, bytes: 4, read: (view, at, out) => out(0, view.getFloat32(at, true)) },
  1: { name: 'F16', block: 1, bytes: 2, read: (view, at, out) => out(0, half(view.getUint16(at, true))) },
  2: {
    name: 'Q4_0',
    block: 32,
    bytes: 18,
    read(view, at, out) {
      const d = half(view.getUint16(at, true));
      for (let i = 0; i < 16; i++) {
        const byte = view.getUint8(at + 2 + i);
        out(i, f(((byte & 15) - 8) * d));
        out(i + 16, f(((byte >> 4) - 8) * d));
      }
    },
  },
  3: {
    name: 'Q4_1',
    block: 32,
    bytes: 20,
    read(view, at, out) {
      const [d, m] = [half(view.getUint16(at, true)), half(view.getUint16(at + 2, true))];
      for (let i = 0; i < 16; i++) {
        const byte = view.getUint8(at + 4 + i);
        out(i, f(f((byte & 15) * d) + m));
        out(i + 16, f(f((byte >> 4) * d) + m));
      }
    },
  },
  6: {
    name: 'Q5_0',
    block: 32,
    bytes: 22,
    read(view, at, out) {
      const d = half(view.getUint16(at, true));
      for (let i = 0; i < 32; i++) out(i, f((fiveBits(view, at + 2, i) - 16) * d));
    },
  },
  7: {
    name: 'Q5_1',
    block: 32,
    bytes: 24,
    read(view, at, out) {
      const [d, m] = [half(view.getUint16(at, true)), half(view.getUint16(at + 2, true))];
      for (let i = 0; i < 32; i++) out(i, f(f(fiveBits(view, at + 4, i) * d) + m));
    },
  },
  8: {
    name: 'Q8_0',
    block: 32,
    bytes: 34,
    read(view, at, out) {
      const d = half(view.getUint16(at, true));
      for (let i = 0; i < 32; i++) out(i, f(view.getInt8(at + 2 + i) * d));
    },
  },
  10: {
    name: 'Q2_K',
    block: 256,
    bytes: 84,
    read(view, at, out) {
      const [d, dmin] = [half(view.getUint16(at + 80, true)), half(view.getUint16(at + 82, true))];
      for (let i = 0; i < 256; i++) {
        const scale = view.getUint8(at + (i >> 4));
        const q = (view.getUint8(at + 16 + 32 * (i >> 7) + (i & 31)) >> (2 * ((i & 127) >> 5))) & 3;
        out(i, f(f(f(d * (scale & 15)) * q) - f(dmin * (scale >> 4))));
      }
    },
  },
  11: {
    name: 'Q3_K',
    block: 256,
    bytes: 110,
    read(view, at, out) {
      const d = half(view.getUint16(at + 108, true));
      for (let i = 0; i < 256; i++) {
        const j = i >> 4;
        const low = view.getUint8(at + 96 + (j & 7)) >> (j < 8 ? 0 : 4);
        const high = view.getUint8(at + 104 + (j & 3)) >> (2 * (j >> 2));
        const scale = ((low & 15) | ((high & 3) << 4)) - 32;
        const q = (view.getUint8(at + 32 + 32 * (i >> 7) + (i & 31)) >> (2 * ((i & 127) >> 5))) & 3;
        const third = (view.getUint8(at + (i & 31)) >> (i >> 5)) & 1;
        out(i, f(f(d * scale) * (q + 4 * third - 4)));
      }
    },
  },
  12: {
    name: 'Q4_K',
    block: 256,
    bytes: 144,
    read(view, at, out) {
      const d = half(view.getUint16(at, true));
      const dmin = half(view.getUint16(at + 2, true));
      for (let i = 0; i < 256; i++) {
        const j = i >> 5;
        const [scale, minimum] = scaleAndMinimum(view, at + 4, j);
        const byte = view.getUint8(at + 16 + (j >> 1) * 32 + (i & 31));
        const q = j & 1 ? byte >> 4 : byte & 15;
        out(i, f(f(f(d * scale) * q) - f(dmin * minimum)));
      }
    },
  },
  13: {
    name: 'Q5_K',
    block: 256,
    bytes: 176,
    read(view, at, out) {
      const d = half(view.getUint16(at, true));
      const dmin = half(view.getUint16(at + 2, true));
      for (let i = 0; i < 256; i++) {
        const j = i >> 5;
        const [scale, minimum] = scaleAndMinimum(view, at + 4, j);
        const byte = view.getUint8(at + 48 + (j >> 1) * 32 + (i & 31));
        const fifth = (view.getUint8(at + 16 + (i & 31)) >> j) & 1;
        const q = (j & 1 ? byte >> 4 : byte & 15) + 16 * fifth;
        out(i, f(f(f(d * scale) * q) - f(dmin * minimum)));
      }
    },
  },
  14: {
    name: 'Q6_K',
    block: 256,
    bytes: 210,
    read(view, at, out) {
      const d = half(view.getUint16(at + 208, true));
      for (let i = 0; i < 256; i++) {
        const n = i >> 7;
        const quarter = (i & 127) >> 5;
        const l = i & 31;
        const low = view.getUint8(at + 64 * n + l + 32 * (quarter & 1));
        const high = view.getUint8(at + 128 + 32 * n + l);
        const q = ((quarter < 2 ? low & 15 : low >> 4) | (((high >> (2 * quarter)) & 3) << 4)) - 32;
        out(i, f(f(d * view.getInt8(at + 192 + (i >> 4))) * q));
      }
    },
  },
  15: {
    name: 'Q8_K',
    block: 256,
    bytes: 292,
    read(view, at, out) {
      const d = view.getFloat32(at, true);
      for (let i = 0; i < 256; i++) out(i, f(d * view.getInt8(at + 4 + i)));
    },
  },
  20: {
    name: 'IQ4_NL',
    block: 32,
    bytes: 18,
    read(view, at, out) {
      const d = half(view.getUint16(at, true));
      for (let i = 0; i < 32; i++) {
        const byte = view.getUint8(at + 2 + (i & 15));
        out(i, f(d * NON_LINEAR[i < 16 ? byte & 15 : byte >> 4]!));
      }
    },
  },
  23: {
    name: 'IQ4_XS',
    block: 256,
    bytes: 136,
    read(view, at, out) {
      const d = half(view.getUint16(at, true));
      for (let i = 0; i < 256; i++) {
        const j = i >> 5;
        const low = (view.getUint8(at + 4 + (j >> 1)) >> (4 * (j & 1))) & 15;
        const high = (view.getUint16(at + 2, true) >> (2 * j)) & 3;
        const byte = view.getUint8(at + 8 + 16 * j + (i & 15));
        const q = (i & 31) < 16 ? byte & 15 : byte >> 4;
        out(i, f(f(d * ((low | (high << 4)) - 32)) * NON_LINEAR[q]!));
      }
    },
  },
  30: {
    name: 'BF16',
    block: 1,
    bytes: 2,
    read(view, at, out) {
      const bits = new DataView(new ArrayBuffer(4));
      bits.setUint16(0, view.getUint16(at, true));
      out(0, bits.getFloat32(0));
    },
  },
  34: {
    name: 'TQ1_0',
    block: 256,
    bytes: 54,
    read(view, at, out) {
      const d = half(view.getUint16(at + 52, true));
      for (let i = 0; i < 256; i++) {
        const [byte, n] =
          i < 160
            ? [i & 31, i >> 5]
            : i < 240
              ? [32 + ((i - 160) & 15), (i - 160) >> 4]
              : [48 + ((i - 240) & 3), (i - 240) >> 2];
        out(i, f((trit(view.getUint8(at + byte), n) - 1) * d));
      }
    },
  },
  35: {
    name: 'TQ2_0',
    block: 256,
    bytes: 66,
    read(view, at, out) {
      const d = half(view.getUint16(at + 64, true));
      for (let i = 0; i < 256; i++) {
        const q = (view.getUint8(at + 32 * (i >> 7) + (i & 31)) >> (2 * ((i & 127) >> 5))) & 3;
        out(i, f((q - 1) * d));
      }
    },
  },
  39: {
    name: 'MXFP4',
    block: 32,
    bytes: 17,
    read(view, at, out) {
      for (let i = 0; i < 32; i++) {
        const byte = view.getUint8(at + 1 + (i & 15));
        out(i, f(E2M1[i < 16 ? byte & 15 : byte >> 4]! * 2 ** (view.getUint8(at) - 127)));
      }
    },
  },
};

/** Bytes of `count` weights of a type. */
export function tensorBytes(type: number, count: number): number {
  const { block, bytes } = TYPES[type]!;
  return (count / block) * bytes;
}

/** The first `count` weights at the start of `bytes`, as f32. */
export function dequantize(type: number, bytes: Uint8Array, count: number): Float32Array {
  const { block, bytes: size, read } = TYPES[type]!;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(count);
  for (let i = 0, at = 0; i < count; i += block, at += size) {
    read(view, at, (j, value) => {
      values[i + j] = value;
    });
  }
  return values;
}

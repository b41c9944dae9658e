/**
 * Whether blocks of a tensor hold numbers only: values of plain types and scales of the others may be infinite or not a
 * number, which `--check-tensors` asks about. Integers of any bits are some number. (ggml-quants.c, ggml_validate_row_data)
 */
import { TensorType } from '../gguf/tensor-types.generated';
import { Format } from './formats';

/** Where the half is in a block that scales it. */
function firstScale(type: u32): usize {
  if (type == TensorType.Q2_K) return 80;
  if (type == TensorType.Q3_K) return 108;
  if (type == TensorType.Q6_K) return 208;
  if (type == TensorType.TQ1_0) return 52;
  if (type == TensorType.TQ2_0) return 64;
  // Q4_0 to Q5_K, IQ4_NL and IQ4_XS begin with it.
  return 0;
}

/** Whether a second one is behind it, of the minima. */
function hasMinimum(type: u32): bool {
  if (type == TensorType.Q4_1 || type == TensorType.Q5_1) return true;
  return type == TensorType.Q2_K || type == TensorType.Q4_K || type == TensorType.Q5_K;
}

/** Whether all of `bytes` bytes of whole blocks at `ptr` are numbers. Costs at most two instructions a byte. */
export function areNumbers(format: Format, ptr: usize, bytes: usize): bool {
  const type = format.type;
  const end = ptr + bytes;
  if (format.plain()) {
    if (type == TensorType.F32) return areFinite(ptr, end, i32x4.splat(0x7f800000));
    const isHalf = type == TensorType.F16;
    return areFiniteShort(ptr, end, i16x8.splat(isHalf ? 0x7c00 : 0x7f80));
  }
  const block = format.bytes;
  if (type == TensorType.MXFP4) {
    // A power of two by its exponent, of which the last stands for no number.
    for (; ptr < end; ptr += block) if (load<u8>(ptr) == 0xff) return false;
    return true;
  }
  if (type == TensorType.Q8_K) {
    for (; ptr < end; ptr += block) if ((load<u32>(ptr) & 0x7f800000) == 0x7f800000) return false;
    return true;
  }
  const scale = firstScale(type);
  const both = hasMinimum(type);
  for (; ptr < end; ptr += block) {
    if (!isFiniteHalf(ptr + scale) || (both && !isFiniteHalf(ptr + scale + 2))) return false;
  }
  return true;
}

// @ts-ignore: decorator
@inline
function isFiniteHalf(ptr: usize): bool {
  return (load<u16>(ptr) & 0x7c00) != 0x7c00;
}

/** Whether no f32 has all bits of its exponent. */
function areFinite(ptr: usize, end: usize, exponent: v128): bool {
  let bad = i32x4.splat(0);
  for (; ptr + 16 <= end; ptr += 16) {
    bad = v128.or(bad, i32x4.eq(v128.and(v128.load(ptr), exponent), exponent));
  }
  for (; ptr < end; ptr += 4) if ((load<u32>(ptr) & 0x7f800000) == 0x7f800000) return false;
  return !v128.any_true(bad);
}

/** The same of halves, of either kind. */
function areFiniteShort(ptr: usize, end: usize, exponent: v128): bool {
  let bad = i16x8.splat(0);
  for (; ptr + 16 <= end; ptr += 16) {
    bad = v128.or(bad, i16x8.eq(v128.and(v128.load(ptr), exponent), exponent));
  }
  const one = <u32>i16x8.extract_lane_u(exponent, 0);
  for (; ptr < end; ptr += 2) if (((<u32>load<u16>(ptr)) & one) == one) return false;
  return !v128.any_true(bad);
}

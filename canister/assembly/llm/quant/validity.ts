/**
 * Checks that a tensor's blocks hold numbers only, for `--check-tensors`: values of plain types and scales of the
 * others may be infinite or not a number. Integers are always valid. (ggml-quants.c, ggml_validate_row_data)
 */
import { BY_EXPONENT, BY_HALF, BY_SINGLE, Format } from './format';

/** Whether all of `bytes` bytes of whole blocks at `ptr` are numbers. Costs at most two instructions a byte. */
export function areNumbers(format: Format, ptr: usize, bytes: usize): bool {
  const end = ptr + bytes;
  const numbers = format.numbers;
  if (format.plain()) {
    if (numbers == BY_SINGLE) return areFinite(ptr, end, i32x4.splat(0x7f800000));
    return areFiniteShort(ptr, end, i16x8.splat(numbers == BY_HALF ? 0x7c00 : 0x7f80));
  }
  const block = format.bytes;
  ptr += format.scaleAt;
  if (numbers == BY_EXPONENT) {
    for (; ptr < end; ptr += block) if (load<u8>(ptr) == 0xff) return false;
    return true;
  }
  if (numbers == BY_SINGLE) {
    for (; ptr < end; ptr += block) if ((load<u32>(ptr) & 0x7f800000) == 0x7f800000) return false;
    return true;
  }
  const both = format.minimumBlock > 0;
  for (; ptr < end; ptr += block) {
    if (!isFiniteHalf(ptr) || (both && !isFiniteHalf(ptr + 2))) return false;
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

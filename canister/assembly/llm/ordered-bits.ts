/**
 * The bits of a number, mapped so that their unsigned order is the order of the numbers. -0 counts as 0; NaN is not
 * allowed.
 */
// @ts-ignore: decorator
@inline
export function orderedBits(value: f32): u32 {
  const bits = reinterpret<u32>(value + 0);
  return bits >> 31 ? ~bits : bits | 0x80000000;
}

/** The inverse of `orderedBits`. */
// @ts-ignore: decorator
@inline
export function fromOrderedBits(ordered: u32): f32 {
  return reinterpret<f32>(ordered >> 31 ? ordered & 0x7fffffff : ~ordered);
}

/** The bits of a number so that unsigned order is the order of the numbers. -0 counts as 0; NaN has no place. */
// @ts-ignore: decorator
@inline
export function orderedBits(value: f32): u32 {
  const bits = reinterpret<u32>(value + 0);
  return bits >> 31 ? ~bits : bits | 0x80000000;
}

/** The number of `orderedBits`. */
// @ts-ignore: decorator
@inline
export function fromOrderedBits(ordered: u32): f32 {
  return reinterpret<f32>(ordered >> 31 ? ordered & 0x7fffffff : ~ordered);
}

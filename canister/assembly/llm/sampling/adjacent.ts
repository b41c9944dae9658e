/** The least number greater than `value`, which is finite. */
export function behind(value: f32): f32 {
  return -before(-value);
}

/** The greatest number less than `value`. */
export function before(value: f32): f32 {
  if (value == 0) return reinterpret<f32>(0x80000001);
  if (!(value > -Infinity)) return value;
  const bits = reinterpret<u32>(value);
  return reinterpret<f32>(bits >> 31 ? bits + 1 : bits - 1);
}

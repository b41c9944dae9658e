/** Tokens that two lists (i32 each) of `most` begin with in common. */
export function commonPrefix(a: usize, b: usize, most: i32): i32 {
  let count = 0;
  while (count < most && load<i32>(a + ((<usize>count) << 2)) == load<i32>(b + ((<usize>count) << 2))) ++count;
  return count;
}

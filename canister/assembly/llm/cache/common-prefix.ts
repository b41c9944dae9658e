/** How many first tokens two lists (i32 each) share, at most `most`. */
export function commonPrefix(a: usize, b: usize, most: i32): i32 {
  let count = 0;
  while (count < most && load<i32>(a + ((<usize>count) << 2)) == load<i32>(b + ((<usize>count) << 2))) ++count;
  return count;
}

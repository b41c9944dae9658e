/**
 * The fifth bits of Q5_0 and Q5_1, which are stored apart from the other four: bit i of a word belongs to input i of a
 * block.
 */

/** Adds 16 to the weights of a block of 16 quads at `quads` with a set bit. Lane r of `bits` is the word of row r. */
// @ts-ignore: decorator
@inline
export function addFifthBits(bits: v128, quads: usize): void {
  // Bit pairs of even numbered quads at the bottom of both halves of a lane, and those of odd numbered ones above them.
  const sixteen = i8x16.splat(16);
  const even = i16x8.splat(1);
  const odd = i16x8.splat(2);
  // Row r's two bits for a quad, in the two bytes that the row has in a quad.
  let low = v128.shuffle<i16>(bits, bits, 0, 2, 4, 6, 0, 2, 4, 6);
  let high = v128.shuffle<i16>(bits, bits, 1, 3, 5, 7, 1, 3, 5, 7);
  for (let quad: usize = 0; quad < 64; quad += 8) {
    addTo(quads + quad, low, even, odd, sixteen);
    addTo(quads + 64 + quad, high, even, odd, sixteen);
    low = i16x8.shr_u(low, 2);
    high = i16x8.shr_u(high, 2);
  }
}

/** One quad: bits 0 and 1 of each of the first four int16 lanes belong to its row's two inputs. */
// @ts-ignore: decorator
@inline
function addTo(quad: usize, bits: v128, even: v128, odd: v128, sixteen: v128): void {
  const first = i16x8.ne(v128.and(bits, even), i16x8.splat(0));
  const second = i16x8.ne(v128.and(bits, odd), i16x8.splat(0));
  const mask = v128.or(v128.and(first, i16x8.splat(0xff)), v128.andnot(second, i16x8.splat(0xff)));
  const sum = i8x16.add(v128.load_zero<u64>(quad), v128.and(mask, sixteen));
  v128.store_lane<u64>(quad, sum, 0);
}

/**
 * The random numbers of sampling, specified so that anybody can replay them:
 *
 *     mix(z)      z ^= z >> 30; z *= 0xbf58476d1ce4e5b9; z ^= z >> 27; z *= 0x94d049bb133111eb; z ^= z >> 31
 *     state       mix(mix(seed + G) ^ position), G = 0x9e3779b97f4a7c15
 *     draw        state += G; mix(state)
 *     number      (draw >> 11) * 2^-53, in [0, 1)
 *
 * all modulo 2^64: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014), begun
 * anew for every token from the seed and the token's position in the sequence. So there is no state to keep: a
 * generation that is split over calls, or continues from a copy of a sequence, draws the same numbers as in one call.
 */

const GAMMA: u64 = 0x9e3779b97f4a7c15;

function mix(z: u64): u64 {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

export class Random {
  private state: u64 = 0;

  /** Begins the numbers for the token at `position` (0 is the first of the sequence). */
  begin(seed: u64, position: u64): void {
    this.state = mix(mix(seed + GAMMA) ^ position);
  }

  /** The next number in [0, 1). */
  next(): f64 {
    this.state += GAMMA;
    // The conversion from a signed number is cheaper, and 53 bits never have a sign.
    return <f64>(<i64>(mix(this.state) >> 11)) * (1.0 / 9007199254740992.0);
  }
}

/**
 * Seeds for calls without one. llama.cpp uses a random device; on chain every replica has to get the same number, so
 * the seed is made from the time, the caller, the session's name and the number of seeds drawn before. It protects no
 * secret: whoever knows these things can compute it.
 */
import { now } from '../../ic/clock';
import { caller } from '../../ic/message';

/** The value of `--seed` that means none, as in llama.cpp (LLAMA_DEFAULT_SEED). */
export const NO_SEED: u32 = u32.MAX_VALUE;

/** Seeds drawn since the program was installed, so that two of the same round, which have the same time, differ. */
let drawn: u64 = 0;

/** The finalizer of SplitMix64 (llm/sampling/random.ts has the source). */
function mix(z: u64): u64 {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

function take(state: u64, ptr: usize, size: usize): u64 {
  for (let i: usize = 0; i < size; ++i) state = mix(state ^ (<u64>load<u8>(ptr + i)));
  return state;
}

/** A seed for the caller's session, drawn when it takes a prompt; never {@link NO_SEED}. */
export function drawSeed(session: string): u32 {
  const who = caller();
  let state = mix(now() ^ mix(++drawn));
  state = take(state, who.ptr, who.size);
  state = take(state, changetype<usize>(session), (<usize>session.length) << 1);
  const seed = <u32>(state >> 32);
  return seed == NO_SEED ? 0 : seed;
}

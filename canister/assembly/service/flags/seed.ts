/**
 * Seeds for who gives none. llama.cpp takes one from a device of randomness; on chain every replica has to take the same,
 * so it is made of the time, the caller, the session's name and how many were drawn before. That is nothing to keep a
 * secret with: whoever knows these things can draw it, too.
 */
import { now } from '../../ic/clock';
import { caller } from '../../ic/message';

/** What stands for no seed on a command line, as in llama.cpp (LLAMA_DEFAULT_SEED). */
export const NO_SEED: u32 = u32.MAX_VALUE;

/** Seeds that were drawn since the program was installed: two of a round, which have the same time, are different. */
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

/** A seed for a session of the caller whose prompt is taken now; never {@link NO_SEED}. */
export function drawSeed(session: string): u32 {
  const who = caller();
  let state = mix(now() ^ mix(++drawn));
  state = take(state, who.ptr, who.size);
  state = take(state, changetype<usize>(session), (<usize>session.length) << 1);
  const seed = <u32>(state >> 32);
  return seed == NO_SEED ? 0 : seed;
}

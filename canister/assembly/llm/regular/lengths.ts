import { Automata, NOTHING } from './automata';

/** Characters that are counted one by one at most. */
export const MAX_COUNTED: u32 = 16384;

/** The automaton of all texts of `least` to `most` characters, without bound if `most` is negative. */
export function ofLengths(automata: Automata, least: i64, most: i64): u32 {
  const counted = most < 0 ? least : most;
  if (counted > <i64>MAX_COUNTED) {
    return automata.fail(`lengths beside a pattern or a format are counted to ${MAX_COUNTED}, not to ${counted}`);
  }
  const start = automata.count;
  for (let i: i64 = 0; i <= counted; ++i) automata.addState(i >= least);
  for (let i: u32 = 0; i <= <u32>counted && automata.spend(1); ++i) {
    automata.open(start + i);
    if (i < <u32>counted) automata.addAny(start + i, start + i + 1);
    else if (most < 0) automata.addAny(start + i, start + i);
  }
  return automata.ok ? automata.finish(start) : NOTHING;
}

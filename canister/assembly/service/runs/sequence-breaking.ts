/** The sequence breakers that a command line asks for, or llama.cpp's own. */
import { Text } from '../../ic/candid/values';
import { DRY_MULTIPLIER } from '../../llm/sampling/dry';
import { TextBreakers } from '../../llm/sampling/text-breakers';
import { Arguments } from '../flags/arguments';
import { engine } from '../engine/loaded';

const DEFAULT: StaticArray<string> = ['\n', ':', '"', '*'];

/** Null if there are none, or nothing would ask for them, or no memory is left for them: then `engine.error` says so. */
export function sequenceBreakers(args: Arguments): TextBreakers | null {
  engine.error = '';
  if (args.sampling.real(DRY_MULTIPLIER) == 0) return null;
  const count = args.areBreakersGiven ? args.breakers.length : DEFAULT.length;
  if (count == 0) return null;
  const breakers = new TextBreakers(engine.tokenizer);
  let isWhole = breakers.begin(count);
  for (let i = 0; i < count && isWhole; ++i) {
    const text = args.areBreakersGiven ? args.breakers[i] : Text.of(DEFAULT[i]);
    if (text.size > 0) isWhole = breakers.add(text.ptr, text.size);
  }
  if (isWhole) return breakers;
  breakers.dispose();
  engine.error = 'there is no room for the sequence breakers';
  return null;
}

/** All flags by name, and a look-up that takes them as llama.cpp does. */
import { Text } from '../../ic/candid/values';
import { Flag } from './flag';
import { HONOURED } from './honoured';
import { ONLY_NEUTRAL, WITHOUT_EFFECT } from './ignored';
import { NOT_HERE } from './refused';

/** Bytes of the longest text that can be a flag. */
const LONGEST: u32 = 64;

const byName: Map<string, Flag> = new Map();

function add(flags: StaticArray<Flag>): void {
  for (let i = 0; i < flags.length; ++i) {
    const names = flags[i].names.split(' ');
    for (let j = 0; j < names.length; ++j) byName.set(names[j], flags[i]);
  }
}

add(HONOURED);
add(WITHOUT_EFFECT);
add(ONLY_NEUTRAL);
add(NOT_HERE);

/** The flag that a text names, or null. `--ctx_size` is `--ctx-size`. */
export function findFlag(text: Text): Flag | null {
  if (text.size > LONGEST) return null;
  let name = text.toString();
  if (name.startsWith('--')) name = name.replaceAll('_', '-');
  return byName.has(name) ? byName.get(name) : null;
}

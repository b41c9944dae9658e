/** All flags by name, and a look-up that takes them as llama.cpp does. */
import { Text } from '../../ic/candid/values';
import { settings } from '../../llm/sampling/settings';
import { Flag, REAL, WHOLE } from './flag';
import { FIRST_SETTING, HONOURED } from './honoured';
import { IGNORABLE } from './ignored';
import { WITHOUT_EFFECT } from './moot';
import { NOT_HERE, ONLY_NEUTRAL } from './refused';

/** Bytes of the longest text that can be a flag. */
const LONGEST: u32 = 64;

const byName: Map<string, Flag> = new Map();

function add(flag: Flag): void {
  const names = flag.names.split(' ');
  for (let i = 0; i < names.length; ++i) byName.set(names[i], flag);
}

function addAll(flags: StaticArray<Flag>): void {
  for (let i = 0; i < flags.length; ++i) add(flags[i]);
}

addAll(HONOURED);
for (let i = 0; i < settings.length; ++i) {
  const setting = settings[i];
  add(new Flag(setting.flags, setting.isWhole ? WHOLE : REAL, FIRST_SETTING + <u8>i));
}
addAll(WITHOUT_EFFECT);
addAll(IGNORABLE);
addAll(ONLY_NEUTRAL);
addAll(NOT_HERE);

/** The flag that a text names, or null. `--ctx_size` is `--ctx-size`. */
export function findFlag(text: Text): Flag | null {
  if (text.size > LONGEST) return null;
  let name = text.toString();
  if (name.startsWith('--')) name = name.replaceAll('_', '-');
  return byName.has(name) ? byName.get(name) : null;
}

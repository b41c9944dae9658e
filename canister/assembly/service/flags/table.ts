/** All flags by name, with llama.cpp's way of looking them up. */
import { Text } from '../../ic/candid/values';
import { settings } from '../../llm/sampling/settings';
import { ANSWER_FLAGS } from './answer-flags';
import { Flag } from './flag';
import { IGNORABLE } from './ignored';
import { MODEL_FLAGS } from './model-flags';
import { WITHOUT_EFFECT } from './moot';
import { PROMPT_FLAGS } from './prompt-flags';
import { NOT_HERE, ONLY_NEUTRAL } from './refused';
import { ROPE_FLAGS } from './rope-flags';
import { SAMPLING_FLAGS, SettingFlag } from './sampling-flags';

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

// Flags with an effect.
addAll(MODEL_FLAGS);
addAll(ROPE_FLAGS);
addAll(PROMPT_FLAGS);
addAll(ANSWER_FLAGS);
addAll(SAMPLING_FLAGS);
for (let i = 0; i < settings.length; ++i) add(new SettingFlag(settings[i]));
// Flags without one.
addAll(WITHOUT_EFFECT);
addAll(IGNORABLE);
addAll(ONLY_NEUTRAL);
addAll(NOT_HERE);

/** The flag with a name, or null. `--ctx_size` is `--ctx-size`. */
export function findFlag(text: Text): Flag | null {
  if (text.size > LONGEST) return null;
  let name = text.toString();
  if (name.startsWith('--')) name = name.replaceAll('_', '-');
  return byName.has(name) ? byName.get(name) : null;
}

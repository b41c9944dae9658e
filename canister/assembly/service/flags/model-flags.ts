/** Flags about the model and how it is loaded. */
import { Problem } from '../../problem';
import { Text } from '../../ic/candid/values';
import { Flag, TextFlag, TurnFlag, WholeFlag } from './flag';
import { addOverrides } from './model-overrides';

/** llama.cpp makes no smaller context either. */
const MIN_CONTEXT: i32 = 8;
/** Bytes of the longest name of a type. */
const LONGEST_TYPE: u32 = 64;

/** llama.cpp's cache types that our 16-bit fixed point replaces, and those that our 8 bits replace. */
const WIDE_TYPES: StaticArray<string> = ['f16', 'bf16', 'f32'];
const BYTE_TYPES: StaticArray<string> = ['q8_0', 'q4_0', 'q4_1', 'iq4_nl', 'q5_0', 'q5_1'];

export const MODEL_FLAGS: StaticArray<Flag> = [
  new TextFlag('-m --model', (asked, value) => {
    asked.model = value;
    return null;
  }),
  new WholeFlag('-c --ctx-size', (asked, value) => {
    if (value < 0) return new Problem('0 (as the model says) or more is accepted');
    asked.context = value == 0 ? 0 : max(value, MIN_CONTEXT);
    return null;
  }),
  new TextFlag('-ctk --cache-type-k', (asked, value) => {
    asked.areKeysBytes = isByteType(value);
    return whyNotType(value);
  }),
  new TextFlag('-ctv --cache-type-v', (asked, value) => {
    asked.areValuesBytes = isByteType(value);
    return whyNotType(value);
  }),
  new TurnFlag('--check-tensors', (asked) => {
    asked.checksTensors = true;
  }),
  new TextFlag('--override-kv', (asked, value) => addOverrides(asked.overrides, value)),
];

/** Whether a type of the cache is kept in 8 bits. */
function isByteType(value: Text): bool {
  return BYTE_TYPES.includes(typeName(value));
}

function whyNotType(value: Text): Problem | null {
  const type = typeName(value);
  if (BYTE_TYPES.includes(type) || WIDE_TYPES.includes(type)) return null;
  return new Problem(
    'keys and values are kept in 16 bits (f32, f16, bf16) or in 8 (q8_0 and less); no other type is accepted',
  );
}

function typeName(value: Text): string {
  return value.size > LONGEST_TYPE ? '' : value.toString();
}

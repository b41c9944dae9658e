/**
 * `--override-kv KEY=TYPE:VALUE`: values that replace metadata of the model file. The texts are parsed as in llama.cpp
 * (common/arg.cpp, string_parse_kv_override): several are separated by commas; one that begins with a quotation mark
 * ends at the next single one, and two quotation marks stand for one. Texts that llama.cpp would read only partly are
 * refused.
 */
import { Problem } from '../../problem';
import { Text } from '../../ic/candid/values';
import { MAX_OVERRIDES, MAX_OVERRIDE_BYTES, Override } from '../../llm/gguf/overrides';
import { FieldWriter, Fields } from '../../storage/values';
import { realNumber, wholeNumber } from './numeral';

const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const EQUALS: u8 = 0x3d;
const COLON: u8 = 0x3a;
/** Bytes of the longest one: a key, `=float:` and a text. */
const LONGEST: u32 = 2 * MAX_OVERRIDE_BYTES + 7;
/** Whole numbers below are exact as f64. */
const MAX_WHOLE: f64 = 9007199254740991;

/** Bytes of one override, without its quotation marks. */
const field: usize = memory.data(261, 8);
let size: u32 = 0;

/** Adds the overrides in a text to a list. Null, or what is wrong. */
export function addOverrides(list: Override[], value: Text): Problem | null {
  let at: u32 = 0;
  while (true) {
    let isQuoted = false;
    size = 0;
    for (; at < value.size; ++at) {
      const byte = load<u8>(value.ptr + at);
      if (byte == COMMA && !isQuoted) break;
      if (byte == QUOTE && isQuoted && at + 1 < value.size && load<u8>(value.ptr + at + 1) == QUOTE) {
        ++at;
      } else if (byte == QUOTE && (isQuoted || size == 0)) {
        isQuoted = !isQuoted;
        continue;
      }
      if (size == LONGEST) return new Problem(`an override has more than ${LONGEST} bytes`);
      store<u8>(field + size++, byte);
    }
    if (isQuoted) return new Problem('a quotation mark is not closed');
    const wrong = addOverride(list, new Text(field, size));
    if (wrong !== null) return wrong;
    if (at == value.size) return null;
    ++at;
  }
}

/** The place of the first such byte from a place on; the end of the text if there is none. */
function placeOf(text: Text, byte: u8, from: u32): u32 {
  let at = from;
  while (at < text.size && load<u8>(text.ptr + at) != byte) ++at;
  return at;
}

function part(text: Text, from: u32, to: u32): Text {
  return new Text(text.ptr + from, to - from);
}

/** Parses one override, KEY=TYPE:VALUE. Null, or what is wrong. */
function addOverride(list: Override[], text: Text): Problem | null {
  const equals = placeOf(text, EQUALS, 0);
  const colon = placeOf(text, COLON, equals);
  if (equals == 0 || equals == text.size || colon == text.size) {
    return new Problem(`"${text.toString()}" is not KEY=TYPE:VALUE, as in tokenizer.ggml.add_bos_token=bool:false`);
  }
  if (equals > MAX_OVERRIDE_BYTES) return new Problem(`a key has at most ${MAX_OVERRIDE_BYTES} bytes`);
  if (list.length == MAX_OVERRIDES) return new Problem(`at most ${MAX_OVERRIDES} keys are overridden`);
  const key = part(text, 0, equals).toString();
  for (let i = 0; i < list.length; ++i)
    if (list[i].key == key) return new Problem(`the key "${key}" is overridden twice`);
  const type = part(text, equals + 1, colon).toString();
  const value = part(text, colon + 1, text.size);
  if (type == 'int') {
    const whole = wholeNumber(value);
    if (!(Math.abs(whole) <= MAX_WHOLE))
      return new Problem(`the key "${key}": "${value.toString()}" is no whole number`);
    list.push(Override.ofInteger(key, <i64>whole));
  } else if (type == 'float') {
    const real = realNumber(value);
    if (isNaN(real)) return new Problem(`the key "${key}": "${value.toString()}" is no number`);
    list.push(Override.ofNumber(key, real));
  } else if (type == 'bool') {
    const flag = value.toString();
    if (flag != 'true' && flag != 'false') return new Problem(`the key "${key}": "${flag}" is not true and not false`);
    list.push(Override.ofFlag(key, flag == 'true'));
  } else if (type == 'str') {
    if (value.size > MAX_OVERRIDE_BYTES)
      return new Problem(`the key "${key}": a str has at most ${MAX_OVERRIDE_BYTES} bytes`);
    list.push(Override.ofText(key, value.toString()));
  } else {
    return new Problem(`the key "${key}": there is no type "${type}"; int, float, bool and str are accepted`);
  }
  return null;
}

/** Writes a list: the number of overrides, u32; of each the key, the type, u32, the bits, u64, and the text. */
export function putOverrides(value: FieldWriter, list: Override[]): void {
  value.put<u32>(list.length);
  for (let i = 0; i < list.length; ++i) {
    const one = list[i];
    value.putText(one.key);
    value.put<u32>(one.type);
    value.put<u64>(one.bits);
    value.putText(one.text);
  }
}

export function takeOverrides(fields: Fields): Override[] {
  const list: Override[] = [];
  const count = min<u32>(fields.take<u32>(), MAX_OVERRIDES);
  for (let i: u32 = 0; i < count; ++i) {
    const key = fields.takeText();
    const type = fields.take<u32>();
    const bits = fields.take<u64>();
    list.push(new Override(key, type, bits, fields.takeText()));
  }
  return list;
}

/** Their keys, for the log; empty if there are none. */
export function overriddenKeys(list: Override[]): string {
  let keys = '';
  for (let i = 0; i < list.length; ++i) keys += `${i == 0 ? '' : ', '}${list[i].key}`;
  return keys;
}

/** What the flags of samplers do to a chain's parameters that is more than to set a number. */
import { Problem } from '../../problem';
import { Text } from '../../ic/candid/values';
import { orderFromLetters, orderFromNames } from '../../llm/sampling/order';
import { SamplingParameters } from '../../llm/sampling/parameters';
import { realNumber, wholeNumber } from './numeral';

/** Bytes of a list of samplers: as many as 64 of them have. */
const MAX_ORDER: u32 = 1024;
/** Tokens with a bias of one call. */
const MAX_BIASES: u32 = 4096;

/** Reads which samplers there are, by names or by letters. Null, or what is wrong. */
export function setOrder(p: SamplingParameters, value: Text, asLetters: bool): Problem | null {
  if (value.size > MAX_ORDER) return new Problem('it is too long');
  const text = value.toString();
  const order = asLetters ? orderFromLetters(text) : orderFromNames(text);
  p.order = order.value;
  return order.problem;
}

/** Reads `TOKEN+BIAS` or `TOKEN-BIAS`, where BIAS may be `inf`. Null, or what is wrong. */
export function addBias(p: SamplingParameters, value: Text): Problem | null {
  if (p.bias.size == MAX_BIASES) return new Problem(`it is one of more than ${MAX_BIASES}`);
  let at: u32 = 0;
  while (at < value.size && load<u8>(value.ptr + at) - 0x30 < 10) ++at;
  if (at == 0 || at + 1 >= value.size) return noBias();
  const token = wholeNumber(new Text(value.ptr, at));
  const sign = load<u8>(value.ptr + at);
  if (!(token <= 2147483647) || (sign != 0x2b && sign != 0x2d)) return noBias();
  const rest = new Text(value.ptr + at + 1, value.size - at - 1);
  const bias = rest.size == 3 && rest.toString() == 'inf' ? Infinity : realNumber(rest);
  if (isNaN(bias)) return noBias();
  p.bias.add(<i32>token, <f32>(sign == 0x2d ? -bias : bias));
  return null;
}

function noBias(): Problem {
  return new Problem('it is no token number, + or -, and a number');
}

/** What the flags of samplers do to a chain's parameters that is more than to set a number. */
import { Text } from '../../ic/candid/values';
import { orderFromLetters, orderFromNames } from '../../llm/sampling/order';
import { SamplingParameters } from '../../llm/sampling/parameters';
import { realNumber, wholeNumber } from './numeral';

/** Bytes of a list of samplers: as many as 64 of them have. */
const MAX_ORDER: u32 = 1024;
/** Tokens with a bias of one call. */
const MAX_BIASES: u32 = 4096;

/** Reads which samplers there are, by names or by letters. What is wrong, or ''. */
export function setOrder(p: SamplingParameters, value: Text, asLetters: bool): string {
  if (value.size > MAX_ORDER) return 'it is too long';
  const text = value.toString();
  const order = asLetters ? orderFromLetters(text) : orderFromNames(text);
  p.order = order.samplers;
  return order.error;
}

/** Reads `TOKEN+BIAS` or `TOKEN-BIAS`, where BIAS may be `inf`. What is wrong, or ''. */
export function addBias(p: SamplingParameters, value: Text): string {
  const wrong = 'it is no token number, + or -, and a number';
  if (p.bias.size == MAX_BIASES) return `it is one of more than ${MAX_BIASES}`;
  let at: u32 = 0;
  while (at < value.size && load<u8>(value.ptr + at) - 0x30 < 10) ++at;
  if (at == 0 || at + 1 >= value.size) return wrong;
  const token = wholeNumber(new Text(value.ptr, at));
  const sign = load<u8>(value.ptr + at);
  if (!(token <= 2147483647) || (sign != 0x2b && sign != 0x2d)) return wrong;
  const rest = new Text(value.ptr + at + 1, value.size - at - 1);
  const bias = rest.size == 3 && rest.toString() == 'inf' ? Infinity : realNumber(rest);
  if (isNaN(bias)) return wrong;
  p.bias.add(<i32>token, <f32>(sign == 0x2d ? -bias : bias));
  return '';
}

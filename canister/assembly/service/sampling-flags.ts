/** What the flags of samplers do to a chain's parameters. */
import { Text } from '../ic/candid/values';
import { SamplingParameters } from '../llm/sampling/chain';
import { orderFromLetters, orderFromNames } from '../llm/sampling/order';
import * as flag from './flags/honoured';
import { realNumber, wholeNumber } from './numeral';

/** Bytes of a list of samplers. */
const MAX_ORDER: u32 = 4096;

export function setSamplingNumber(p: SamplingParameters, meaning: u8, value: f32): void {
  switch (meaning) {
    case flag.TEMPERATURE:
      p.temperature = max<f32>(0, value);
      break;
    case flag.DYNAMIC_RANGE:
      p.dynamicRange = value;
      break;
    case flag.DYNAMIC_EXPONENT:
      p.dynamicExponent = value;
      break;
    case flag.TOP_P:
      p.topP = value;
      break;
    case flag.MIN_P:
      p.minP = value;
      break;
    case flag.TYPICAL_P:
      p.typicalP = value;
      break;
    case flag.TOP_N_SIGMA:
      p.topNSigma = value;
      break;
    case flag.XTC_PROBABILITY:
      p.xtcProbability = value;
      break;
    case flag.XTC_THRESHOLD:
      p.xtcThreshold = value;
      break;
    case flag.REPEAT_PENALTY:
      p.repeatPenalty = value;
      break;
    case flag.PRESENCE_PENALTY:
      p.presencePenalty = value;
      break;
    case flag.FREQUENCY_PENALTY:
      p.frequencyPenalty = value;
      break;
  }
}

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

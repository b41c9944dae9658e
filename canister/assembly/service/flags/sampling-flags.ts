/** Flags about sampling. The numeric flags of samplers come from their settings (llm/sampling/setting.ts). */
import { Problem } from '../../problem';
import { Text } from '../../ic/candid/values';
import { orderFromLetters, orderFromNames } from '../../llm/sampling/order';
import { SamplingParameters } from '../../llm/sampling/parameters';
import { Setting } from '../../llm/sampling/settings';
import { Asked } from './asked';
import { Flag, HONOURED, isOf32Bits, noNumber, REAL, TextFlag, TurnFlag, WHOLE, whyNotWhole } from './flag';
import { realNumber, wholeNumber } from './numeral';

/** Bytes of a list of samplers: enough for 64. */
const MAX_ORDER: u32 = 1024;
/** Most tokens with a bias in one call. */
const MAX_BIASES: u32 = 4096;
/** Most sequence breakers of one call, and bytes of each: every token of a session may be compared with all of them. */
const MAX_BREAKERS: i32 = 32;
const MAX_BREAKER: u32 = 1024;

export const SAMPLING_FLAGS: StaticArray<Flag> = [
  new TextFlag('--samplers', (asked, value) => {
    asked.samplers = value;
    asked.areLetters = false;
    return null;
  }).forSampling(),
  new TextFlag('--sampler-seq --sampling-seq', (asked, value) => {
    asked.samplers = value;
    asked.areLetters = true;
    return null;
  }).forSampling(),
  new SeedFlag('-s --seed'),
  new TextFlag('--dry-sequence-breaker', (asked, value) => addBreaker(asked, value)).forSampling(),
  new TextFlag('-l --logit-bias', (asked, value) => addBias(asked.sampling, value)).forSampling(),
  new TurnFlag('--ignore-eos', (asked) => {
    asked.ignoreEos = true;
  }).forSampling(),
];

/** A number of a sampler. */
@final
export class SettingFlag extends Flag {
  constructor(private readonly setting: Setting) {
    super(setting.flags, setting.isWhole ? WHOLE : REAL, HONOURED);
    this.isForSampling = true;
  }

  take(asked: Asked, value: Text): Problem | null {
    const setting = this.setting;
    const number = setting.isWhole ? wholeNumber(value) : realNumber(value);
    const wrong = setting.isWhole ? whyNotWhole(number) : isNaN(number) ? noNumber() : null;
    if (wrong !== null) return wrong;
    const problem = asked.sampling.set(setting, number);
    if (problem === null && !setting.accepts(number)) {
      asked.ignore(this.names, `${setting.flags.split(' ')[0]} ${number}`, setting.range);
    }
    return problem;
  }
}

/** The seed may need all 32 bits without a sign. Methods that take only sampling flags have a separate seed. */
@final
class SeedFlag extends Flag {
  constructor(names: string) {
    super(names, WHOLE, HONOURED);
  }

  take(asked: Asked, value: Text): Problem | null {
    const seed = wholeNumber(value);
    if (!isOf32Bits(seed)) return whyNotWhole(seed);
    asked.sampling.seed = <u32>(<i64>seed);
    return null;
  }
}

/** Parses an order of samplers, by names or by letters. Null, or what is wrong. */
export function readOrder(p: SamplingParameters, value: Text, asLetters: bool): Problem | null {
  if (value.size > MAX_ORDER) return new Problem('it is too long');
  const text = value.toString();
  const order = asLetters ? orderFromLetters(text) : orderFromNames(text);
  p.order = order.value;
  return order.problem;
}

/** Parses `TOKEN+BIAS` or `TOKEN-BIAS`, where BIAS may be `inf`. Null, or what is wrong. */
function addBias(p: SamplingParameters, value: Text): Problem | null {
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

/** The first breaker replaces llama.cpp's own; "none" removes all. */
function addBreaker(asked: Asked, value: Text): Problem | null {
  asked.areBreakersGiven = true;
  if (value.size == 4 && value.toString() == 'none') asked.breakers.length = 0;
  else if (value.size > MAX_BREAKER) return new Problem(`it has more than ${MAX_BREAKER} bytes`);
  else if (asked.breakers.length == MAX_BREAKERS) return new Problem(`it is one of more than ${MAX_BREAKERS}`);
  else if (value.size > 0) asked.breakers.push(value);
  return null;
}

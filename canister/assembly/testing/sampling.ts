/** A sampler chain on logits that the host writes. */
import { SamplerChain, SamplingParameters } from '../llm/sampling/chain';
import { exp1 } from '../llm/sampling/exp';
import { SamplerOrder, orderFromLetters, orderFromNames } from '../llm/sampling/order';
import { Random } from '../llm/sampling/random';
import { TokenMask } from '../llm/sampling/token-mask';
import { heard, say } from './host';

export { give, said_length, said_ptr, take, taken } from './host';

let parameters: SamplingParameters = new SamplingParameters();
let chain: SamplerChain | null = null;
const random: Random = new Random();

export function sampling_begin(): void {
  const last = chain;
  if (last != null) last.dispose();
  chain = null;
  parameters = new SamplingParameters();
}

/** Sets one parameter by its place in this list. */
export function sampling_set(parameter: i32, value: f64): void {
  const p = parameters;
  switch (parameter) {
    case 0:
      p.seed = <u32>value;
      break;
    case 1:
      p.temperature = <f32>value;
      break;
    case 2:
      p.topK = <i32>value;
      break;
    case 3:
      p.topP = <f32>value;
      break;
    case 4:
      p.minP = <f32>value;
      break;
    case 5:
      p.typicalP = <f32>value;
      break;
    case 6:
      p.topNSigma = <f32>value;
      break;
    case 7:
      p.xtcProbability = <f32>value;
      break;
    case 8:
      p.xtcThreshold = <f32>value;
      break;
    case 9:
      p.repeatLastN = <i32>value;
      break;
    case 10:
      p.repeatPenalty = <f32>value;
      break;
    case 11:
      p.frequencyPenalty = <f32>value;
      break;
    case 12:
      p.presencePenalty = <f32>value;
      break;
    case 13:
      p.dynamicRange = <f32>value;
      break;
    case 14:
      p.dynamicExponent = <f32>value;
      break;
    default:
      p.dryMultiplier = <f32>value;
  }
}

/** 1 if the order was taken; otherwise says why not. */
export function sampling_order(ptr: usize, length: u32, asLetters: i32): i32 {
  const text = heard(ptr, length);
  const order: SamplerOrder = asLetters != 0 ? orderFromLetters(text) : orderFromNames(text);
  say(order.error);
  if (order.error.length > 0) return 0;
  parameters.order = order.samplers;
  return 1;
}

export function sampling_bias(id: i32, bias: f64): void {
  parameters.bias.add(id, <f32>bias);
}

/** Says what is wrong with the parameters. */
export function sampling_check(): void {
  say(parameters.check());
}

class MultiplesOf extends TokenMask {
  constructor(private readonly factor: u32) {
    super();
  }

  begin(from: u32): void {}

  follow(tokens: usize, count: u32): bool {
    return true;
  }

  allows(id: u32): bool {
    return id % this.factor == 0;
  }

  forbid(logits: usize, size: u32): void {
    for (let id: u32 = 0; id < size; ++id) {
      if (!this.allows(id)) store<f32>(logits + ((<usize>id) << 2), -Infinity);
    }
  }

  get cost(): u64 {
    return 0;
  }

  dispose(): void {}
}

/** Allows only the multiples of `factor`; 0 allows all. */
export function sampling_allow(factor: u32): void {
  theChain().mask = factor == 0 ? null : new MultiplesOf(factor);
}

function theChain(): SamplerChain {
  let made = chain;
  if (made == null) {
    made = new SamplerChain(parameters);
    chain = made;
  }
  return made;
}

export function sampling_sample(logits: usize, size: u32, tokens: usize, count: u32): i32 {
  const made = theChain();
  const id = made.sample(logits, size, tokens, count);
  // Saying nothing would take memory as well.
  if (made.error.length > 0) say(made.error);
  return id;
}

/** Candidates that the last sample drew from; -1 if they were never made a list. */
export function sampling_count(): i32 {
  const candidates = theChain().candidates;
  return candidates.isWhole ? -1 : <i32>candidates.count;
}

export function sampling_id(index: u32): u32 {
  return theChain().candidates.id(index);
}

export function sampling_logit(index: u32): f32 {
  return theChain().candidates.logit(index);
}

export function random_begin(seed: u64, position: u64): void {
  random.begin(seed, position);
}

export function random_next(): f64 {
  return random.next();
}

export function exp(x: f32): f32 {
  return exp1(x);
}

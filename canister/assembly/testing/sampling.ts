/** A sampler chain on logits that the host writes. */
import { SamplerChain } from '../llm/sampling/chain';
import { exp1 } from '../llm/sampling/exp';
import { orderFromLetters, orderFromNames } from '../llm/sampling/order';
import { SamplingParameters } from '../llm/sampling/parameters';
import { Random } from '../llm/sampling/random';
import { SamplingState } from '../llm/sampling/sampling-state';
import { SequenceBreakers } from '../llm/sampling/sequence-breakers';
import { Setting, settings } from '../llm/sampling/setting';
import { TokenMask } from '../llm/sampling/token-mask';
import { Problem } from '../problem';
import { heard, say, sayProblem } from './host';

let parameters: SamplingParameters = new SamplingParameters();
let chain: SamplerChain | null = null;
let state: SamplingState = new SamplingState();
const random: Random = new Random();

export function sampling_begin(seed: u32): void {
  const last = chain;
  if (last != null) last.dispose();
  chain = null;
  parameters = new SamplingParameters();
  parameters.seed = seed;
  state = new SamplingState();
}

/** Sets one parameter by one of its flags; says its problem. */
export function sampling_set(ptr: usize, length: u32, value: f64): void {
  const flag = heard(ptr, length);
  for (let i = 0; i < settings.length; ++i) {
    const setting: Setting = settings[i];
    if (!setting.flags.split(' ').includes(flag)) continue;
    sayProblem(parameters.set(setting, value));
    return;
  }
  say(`${flag}: there is no such setting`);
}

/** 1 if the order is valid; otherwise says why not. */
export function sampling_order(ptr: usize, length: u32, asLetters: i32): i32 {
  const text = heard(ptr, length);
  const order = asLetters != 0 ? orderFromLetters(text) : orderFromNames(text);
  if (!sayProblem(order.problem)) return 0;
  parameters.order = order.value;
  return 1;
}

export function sampling_bias(id: i32, bias: f64): void {
  parameters.bias.add(id, <f32>bias);
}

class MultiplesOf extends TokenMask {
  constructor(private readonly factor: u32) {
    super();
  }

  begin(from: u32): void {}

  follow(tokens: usize, count: u32): Problem | null {
    return null;
  }

  few(tokens: usize, count: u32): u32 {
    return 0;
  }

  get ids(): usize {
    return 0;
  }

  allows(id: u32): bool {
    return id % this.factor == 0;
  }

  forbid(logits: usize, size: u32): Problem | null {
    for (let id: u32 = 0; id < size; ++id) {
      if (!this.allows(id)) store<f32>(logits + ((<usize>id) << 2), -Infinity);
    }
    return null;
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

/** One token breaks sequences. */
class OneBreaker extends SequenceBreakers {
  constructor(private readonly id: i32) {
    super();
  }

  tokensBehind(tokens: usize, count: u32): u32 {
    let behind: u32 = 0;
    while (behind < count && load<i32>(tokens + ((<usize>(count - 1 - behind)) << 2)) != this.id) ++behind;
    return behind;
  }

  has(id: i32): bool {
    return id == this.id;
  }

  cost(count: u64): u64 {
    return 10 * count;
  }

  dispose(): void {}
}

/** A token breaks sequences. */
export function sampling_break(id: i32): void {
  theChain().breakers = new OneBreaker(id);
}

function theChain(): SamplerChain {
  let made = chain;
  if (made == null) {
    made = new SamplerChain(parameters);
    made.state = state;
    chain = made;
  }
  return made;
}

export function sampling_sample(logits: usize, size: u32, tokens: usize, count: u32): i32 {
  const made = theChain();
  const problem = made.sample(logits, size, tokens, count);
  // Saying nothing would take memory as well.
  if (problem === null) return made.token;
  say(problem.text);
  return -1;
}

/** The state that a sampler carries from one token to the next. */
export function sampling_first(): f32 {
  return state.first;
}

export function sampling_second(): f32 {
  return state.second;
}

/** Candidates of the last draw; -1 if no list of them was made. */
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

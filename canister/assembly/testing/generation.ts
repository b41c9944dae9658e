/** Generations of a small model in messages of any length, with or without the logits of every token. */
import { Budget, Unlimited } from '../llm/budget';
import { Sequence } from '../llm/cache/sequence';
import { SequenceState } from '../llm/cache/sequence-state';
import { Engine } from '../llm/engine';
import { Limits } from '../llm/generation/limits';
import { Request } from '../llm/generation/request';
import { Stop } from '../llm/generation/stop';
import { orderFromNames } from '../llm/sampling/order';
import { SamplingParameters } from '../llm/sampling/parameters';
import { Setting, settings } from '../llm/sampling/setting';
import { allocate } from '../memory/heap';
import { Span } from '../memory/span';
import { HostSource, heard, say, sayProblem } from './host';

/** A message of so many looks at what is left of it. */
class Looks extends Budget {
  left: i32 = 0;

  remaining(): u64 {
    return this.left-- > 0 ? u64.MAX_VALUE : 0;
  }
}

const engine = new Engine();
const looks = new Looks();
const state = changetype<SequenceState>(memory.data(64, 8));
let request = new Request(new SamplingParameters());
/** Tokens of the last generation, as i32, and how they were made. */
let tokens: usize = 0;
let count: i32 = 0;
let steps: u64 = 0;

export function generation_load(size: f64, context: i32): i32 {
  engine.beginLoad(new HostSource(<u64>size), context);
  const unlimited = new Unlimited();
  const outcome = engine.continueLoad(unlimited);
  tokens = allocate((<usize>context) << 2);
  return i32(sayProblem(outcome.problem));
}

export function generation_begin(seed: u32, wantsLogits: bool, neverEnds: bool): void {
  request = new Request(new SamplingParameters());
  request.sampling.seed = seed;
  request.wantsLogits = wantsLogits;
  request.neverEnds = neverEnds;
}

/** Sets one parameter by one of its flags; says its problem. */
export function generation_set(ptr: usize, length: u32, value: f64): void {
  const flag = heard(ptr, length);
  for (let i = 0; i < settings.length; ++i) {
    const setting: Setting = settings[i];
    if (setting.flags.split(' ').includes(flag)) sayProblem(request.sampling.set(setting, value));
  }
}

export function generation_order(ptr: usize, length: u32): void {
  request.sampling.order = orderFromNames(heard(ptr, length)).value;
}

export function generation_bias(id: i32, bias: f64): void {
  request.sampling.bias.add(id, <f32>bias);
}

/** The text must not move or change. */
export function generation_constrain(ptr: usize, length: u32, isSchema: bool): void {
  request.constraint = new Span(ptr, length);
  request.isSchema = isSchema;
}

export function generation_stop(ptr: usize, length: u32): void {
  request.stops.push(new Span(ptr, length));
}

function copyTo(sequence: Sequence): Sequence {
  state.copy(sequence.state);
  const copy = engine.openSequence()!;
  engine.append(copy, sequence.tokens, state.length);
  copy.state.copy(state);
  engine.closeSequence(sequence);
  return copy;
}

/**
 * Generates after a prompt, at most `most` tokens, in messages of `length` budget queries (0: no limit) and of
 * `perMessage` tokens (0: no limit); after every message with the `evicted` flag, the computed state is dropped. Says
 * why it stopped.
 */
export function generation_run(
  ptr: usize,
  length: u32,
  most: i32,
  messageLooks: i32,
  perMessage: i32,
  evicted: bool,
): void {
  count = 0;
  const unlimited = new Unlimited();
  const prompt = engine.tokenize(new Span(ptr, length), unlimited).value!;
  let sequence = engine.openSequence()!;
  engine.append(sequence, prompt.ptr, prompt.count);
  sequence.state.length = sequence.state.promptTokens = prompt.count;
  const made = engine.prepare(request);
  const prepared = made.value;
  if (prepared === null) return say(`refused: ${made.problem!.text}`);
  const before = engine.steps;
  let left = most;
  let stop = Stop.PAUSED;
  let texts = '';
  let wrong = '';
  let stuck = 0;
  while (stop == Stop.PAUSED || stop == Stop.SPENT) {
    looks.left = messageLooks + stuck;
    const generation = prepared.generation(sequence, messageLooks == 0 ? unlimited : looks);
    const limits = new Limits();
    limits.predict = left;
    limits.tokens = <u64>perMessage;
    generation.begin(limits);
    engine.showText(sequence, true);
    generation.ingest();
    generation.generate();
    stop = generation.stop;
    left -= generation.reported;
    // If a message is too short for a token whose evaluation is always lost, the next one is longer.
    stuck = generation.reported > 0 ? 0 : stuck + 1;
    const text = sequence.text;
    texts = String.UTF8.decodeUnsafe(text.ptr, text.size + text.tail);
    wrong = generation.problem === null ? '' : generation.problem!.text;
    if (evicted && (stop == Stop.PAUSED || stop == Stop.SPENT)) sequence = copyTo(sequence);
  }
  steps = engine.steps - before;
  count = sequence.state.length;
  memory.copy(tokens, sequence.tokens, (<usize>count) << 2);
  const carried = sequence.state.sampling;
  say(
    `${stop} ${left} ${sequence.state.pending} ${carried.kind} ${carried.first} ${carried.second} ${wrong}\n${texts}`,
  );
  prepared.dispose();
  engine.closeSequence(sequence);
}

export function generation_tokens(): usize {
  return tokens;
}

export function generation_count(): i32 {
  return count;
}

export function generation_steps(): f64 {
  return <f64>steps;
}

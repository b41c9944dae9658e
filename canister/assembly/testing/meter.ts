/**
 * The engine as a bare canister, with its model file at the start of stable memory, to measure a token's cost on the
 * meter that will charge for it. Arguments and replies are raw numbers; canister/test/metered.ts is the other side.
 *
 * Every method replies f64[]: status, then the instructions of each step (by the counter, page charges included).
 */
import {
  msg_arg_data_copy,
  msg_arg_data_size,
  msg_reply,
  msg_reply_data_append,
  performance_counter,
  stable64_grow,
  stable64_size,
  stable64_write,
} from '../ic/ic0';
import { Sequence } from '../llm/cache/sequence';
import { Engine } from '../llm/engine';
import { allocate, release, setHeapLimit } from '../memory/heap';
import { AttentionBlock } from '../llm/model/attention-block';
import { FeedForwardBlock } from '../llm/model/feed-forward-block';
import { logitsOf } from '../llm/model/forward';
import { project } from '../llm/model/linear';
import { Outcome } from '../llm/outcome';
import { CacheTypes } from '../llm/model/load-options';
import { Model } from '../llm/model/model';
import { Linear } from '../llm/model/weights';
import { StableFile } from './stable-file';
import { StepMeter } from './step-meter';
import { SamplerChain } from '../llm/sampling/chain';
import { SamplingParameters } from '../llm/sampling/parameters';

export function abort(_message: usize, _file: usize, _line: u32, _column: u32): void {
  unreachable();
}

// The same heap limit that `llama-canister deploy` sets.
setHeapLimit(3840 << 20);
const file = new StableFile();
const engine = new Engine();
const meter = new StepMeter();
const chain = new SamplerChain(new SamplingParameters());
let sequence: Sequence | null = null;
const words: usize = memory.data(16, 16);

function reply(status: f64): void {
  store<f64>(words, status);
  msg_reply_data_append(words, 8);
  msg_reply_data_append(meter.steps, <usize>meter.count * 8);
  msg_reply();
  __collect();
}

/** The status of a reply: 0 done, 1 paused, 2 failed. */
function statusOf(outcome: Outcome): i32 {
  return outcome.isDone ? 0 : outcome.isPaused ? 1 : 2;
}

function argument(): f64 {
  msg_arg_data_copy(words, 0, 8);
  return load<f64>(words);
}

/** Argument: offset as f64, then the bytes. */
export function canister_update_write(): void {
  const bytes = msg_arg_data_size();
  const at = allocate(bytes);
  msg_arg_data_copy(at, 0, bytes);
  const offset = <u64>load<f64>(at);
  const end = offset + bytes - 8;
  const pages = (end + 0xffff) >> 16;
  if (pages > stable64_size()) stable64_grow(pages - stable64_size());
  stable64_write(offset, at + 8, bytes - 8);
  file.bytes = max(file.bytes, end);
  release(at);
  meter.count = 0;
  reply(0);
}

/** Argument: tokens of context; if negative, its absolute value, with int8 keys and values. */
export function canister_update_begin(): void {
  meter.count = 0;
  const context = <i32>argument();
  engine.beginLoad(file, abs(context), null, new CacheTypes(context < 0, context < 0));
  reply(0);
}

/** Continues loading within the instructions of the argument. */
export function canister_update_load(): void {
  meter.begin(<u64>argument(), false);
  const outcome = engine.continueLoad(meter);
  meter.count = 1;
  store<f64>(meter.steps, <f64>performance_counter(0));
  reply(statusOf(outcome));
}

/** Opens a new sequence and appends as many tokens as the argument says. */
export function canister_update_open(): void {
  const old = sequence;
  if (old != null) engine.closeSequence(old);
  sequence = engine.openSequence();
  meter.count = 0;
  append(<i32>argument());
}

/** Appends tokens to the sequence. */
export function canister_update_append(): void {
  meter.count = 0;
  append(<i32>argument());
}

function append(count: i32): void {
  reply(appendTokens(count));
}

function appendTokens(count: i32): i32 {
  const at = allocate(<usize>count * 4);
  const length = sequence!.length;
  for (let i = 0; i < count; ++i) {
    const token = ((length + i) * 7919 + 13) % <i32>engine.loaded.model.vocabulary;
    store<i32>(at + ((<usize>i) << 2), token);
  }
  const status = engine.append(sequence!, at, count) === null ? 0 : 2;
  release(at);
  return status;
}

/**
 * Evaluates as many tokens together as the argument says, twice, and replies the steps of the second time, which pay
 * only for the pages of a new block.
 */
export function canister_update_batch(): void {
  const tokens = <i32>argument();
  let status = 0;
  for (let time = 0; time < 2; ++time) {
    status = appendTokens(tokens);
    meter.begin(u64.MAX_VALUE >> 1, true);
    if (status == 0) status = statusOf(engine.loaded.evaluation.ingest(sequence!, meter));
  }
  reply(status);
}

/** Evaluates the sequence's tokens within the instructions of the argument. */
export function canister_update_ingest(): void {
  meter.begin(<u64>argument(), true);
  reply(statusOf(engine.loaded.evaluation.ingest(sequence!, meter)));
}

/** Makes logits within the instructions of the argument. */
export function canister_update_evaluate(): void {
  meter.begin(<u64>argument(), true);
  reply(statusOf(engine.loaded.evaluation.evaluate(sequence!, meter)));
}

/**
 * Evaluates the sequence's last token, makes its logits, samples and appends the result, until a token does not fit the
 * instructions of the argument. Replies the number of complete tokens, and the instructions executed when the last of
 * them was done.
 */
export function canister_update_generate(): void {
  meter.begin(<u64>argument(), true);
  let tokens = 0;
  let spent: u64 = 0;
  const at = allocate(4);
  while (engine.loaded.evaluation.evaluate(sequence!, meter).isDone) {
    engine.loaded.evaluation.sample(sequence!, chain);
    store<i32>(at, chain.token);
    ++tokens;
    spent = performance_counter(0);
    if (engine.append(sequence!, at, 1) !== null) break;
  }
  release(at);
  meter.count = 1;
  store<f64>(meter.steps, <f64>spent);
  reply(tokens);
}

/**
 * Makes the sequence as long as the argument says without evaluating: its blocks are copies of the first one, because
 * the cost of attention does not depend on the keys and values. This message pays for the pages, so later ones do not.
 */
export function canister_update_pretend(): void {
  const length = <i32>argument();
  const s = sequence!;
  meter.count = 0;
  if (appendTokens(length - s.length) != 0) return reply(2);
  const bytes = engine.loaded.sequences.blockBytes;
  while (s.evaluated < length) {
    const isFresh = s.evaluated % 32 == 0;
    const batch = min(8, length - s.evaluated);
    if (!engine.loaded.sequences.begin(s, batch)) return reply(2);
    if (isFresh) {
      const block = s.block(s.evaluated / 32);
      const first = s.block(0);
      for (let at: usize = 64; at < bytes; at += 65536) {
        memory.copy(block + at, first + at, min<usize>(65536, bytes - at));
      }
    }
    s.evaluated += batch;
    s.batch = 0;
  }
  reply(0);
}

/**
 * Does the work of the last tokens (1 or 8, the argument) of the sequence, part by part, twice, and replies the
 * instructions of the second time, which has no page charges: matrices, attention, logits and sampling.
 */
export function canister_update_parts(): void {
  const tokens = <i32>argument();
  const model = engine.loaded.model;
  const s = sequence!;
  meter.count = 4;
  for (let time = 0; time < 2; ++time) {
    let matrices: u64 = 0;
    let attention: u64 = 0;
    for (let i = 0; i < model.description.layers; ++i) {
      const begun = performance_counter(0);
      layerMatrices(model, i, tokens);
      const between = performance_counter(0);
      attentionOf(model, i).attend(model.workspace, s, model.layerOffset(i), s.evaluated - tokens, tokens);
      attention += performance_counter(0) - between;
      matrices += between - begun;
    }
    const beforeLogits = performance_counter(0);
    model.workspace.activations.begin(model.description.embedding, 1);
    logitsOf(model, 0, model.weights.output.image.groups());
    const beforeSampling = performance_counter(0);
    engine.loaded.evaluation.sample(s, chain);
    const end = performance_counter(0);
    store<f64>(meter.steps, <f64>matrices);
    store<f64>(meter.steps, <f64>attention, 8);
    store<f64>(meter.steps, <f64>(beforeSampling - beforeLogits), 16);
    store<f64>(meter.steps, <f64>(end - beforeSampling), 24);
  }
  reply(0);
}

function layerMatrices(model: Model, index: i32, tokens: i32): void {
  const d = model.description;
  const w = model.workspace;
  const attention = attentionOf(model, index);
  const feedForward = feedForwardOf(model, index);
  const gate = feedForward.gate;
  const a = w.activations;
  a.begin(d.embedding, tokens);
  project(a, attention.query, attention.kind.query, tokens);
  project(a, attention.key, attention.kind.key, tokens);
  project(a, attention.value, attention.kind.value, tokens);
  if (gate != null) project(a, gate, feedForward.kind.gate, tokens);
  project(a, feedForward.up, feedForward.kind.up, tokens);
  a.begin(d.heads * d.valueDim, tokens);
  project(a, attention.output, w.out, tokens);
  a.begin(d.feedForward, tokens);
  project(a, feedForward.down, w.out, tokens);
}

function attentionOf(model: Model, index: i32): AttentionBlock {
  return model.weights.layers[index].attention as AttentionBlock;
}

function feedForwardOf(model: Model, index: i32): FeedForwardBlock {
  return model.weights.layers[index].feedForward as FeedForwardBlock;
}

/**
 * Bytes of heap: weights, working buffers, and a block of 32 positions; then the weights that a token is multiplied
 * with.
 */
export function canister_update_sizes(): void {
  meter.count = 4;
  let multiplied = size(engine.loaded.model.weights.output);
  for (let i = 0; i < engine.loaded.model.description.layers; ++i) {
    const attention = attentionOf(engine.loaded.model, i);
    const feedForward = feedForwardOf(engine.loaded.model, i);
    const gate = feedForward.gate;
    multiplied += size(attention.query) + size(attention.key) + size(attention.value) + size(attention.output);
    multiplied += (gate == null ? 0 : size(gate)) + size(feedForward.up) + size(feedForward.down);
  }
  store<f64>(meter.steps, multiplied, 24);
  store<f64>(meter.steps, <f64>engine.loaded.model.weights.bytes);
  store<f64>(meter.steps, <f64>engine.loaded.model.workspace.bytes, 8);
  store<f64>(meter.steps, <f64>engine.loaded.model.blockBytes(), 16);
  reply(<f64>engine.loaded.model.weights.parameters);
}

function size(weights: Linear): f64 {
  return <f64>weights.image.rows * <f64>weights.image.inputs;
}

/** Instructions of one sampling. */
export function canister_update_sample(): void {
  const before = performance_counter(0);
  engine.loaded.evaluation.sample(sequence!, chain);
  meter.count = 1;
  store<f64>(meter.steps, <f64>(performance_counter(0) - before));
  reply(chain.token);
}

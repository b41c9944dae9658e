/**
 * The engine as a bare canister, its model file at the start of stable memory: for measuring what a token costs where it
 * will be paid for. Arguments and replies are raw numbers; canister/test/metered.ts is the other side.
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
  stable64_read,
  stable64_size,
  stable64_write,
} from '../ic/ic0';
import { Budget } from '../llm/budget';
import { ByteSource } from '../llm/bytes';
import { Session } from '../llm/cache/session';
import { Engine } from '../llm/engine';
import { allocate, release } from '../llm/heap';
import { SamplerChain, SamplingParameters } from '../llm/sampling/chain';

export function abort(_message: usize, _file: usize, _line: u32, _column: u32): void {
  unreachable();
}

class StableFile extends ByteSource {
  bytes: u64 = 0;

  size(): u64 {
    return this.bytes;
  }

  read(offset: u64, dst: usize, length: u32): void {
    stable64_read(dst, offset, length);
  }
}

/** Most steps that one call reports. */
const MAX_STEPS: u32 = 8192;

/** Counts down from a limit and notes what was spent between an even and the following odd question. */
class Meter extends Budget {
  readonly steps: usize = allocate(MAX_STEPS * 8);
  count: u32 = 0;
  limit: u64 = 0;
  private asked: u64 = u64.MAX_VALUE;
  /** Whether steps are asked about twice, before and after, as in evaluation. */
  inPairs: bool = true;

  remaining(): u64 {
    const spent = performance_counter(0);
    if (this.asked == u64.MAX_VALUE || !this.inPairs) {
      this.asked = spent;
    } else {
      if (this.count < MAX_STEPS) {
        store<f64>(this.steps + <usize>this.count * 8, <f64>(spent - this.asked));
        ++this.count;
      }
      this.asked = u64.MAX_VALUE;
    }
    return spent < this.limit ? this.limit - spent : 0;
  }

  begin(limit: u64, inPairs: bool): void {
    this.count = 0;
    this.limit = limit;
    this.inPairs = inPairs;
    this.asked = u64.MAX_VALUE;
  }
}

const file = new StableFile();
const engine = new Engine();
const meter = new Meter();
const chain = new SamplerChain(new SamplingParameters());
let session: Session | null = null;
const words: usize = memory.data(16, 16);

function reply(status: f64): void {
  store<f64>(words, status);
  msg_reply_data_append(words, 8);
  msg_reply_data_append(meter.steps, <usize>meter.count * 8);
  msg_reply();
  __collect();
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

/** Argument: tokens of context. */
export function canister_update_begin(): void {
  meter.count = 0;
  engine.beginLoad(file, <i32>argument());
  reply(0);
}

/** Goes on loading within the instructions of the argument. */
export function canister_update_load(): void {
  meter.begin(<u64>argument(), false);
  const status = engine.continueLoad(meter);
  meter.count = 1;
  store<f64>(meter.steps, <f64>performance_counter(0));
  reply(status);
}

/** A new session with as many tokens as the argument says. */
export function canister_update_open(): void {
  const old = session;
  if (old != null) engine.closeSession(old);
  session = engine.openSession();
  meter.count = 0;
  append(<i32>argument());
}

/** Appends tokens to the session. */
export function canister_update_append(): void {
  meter.count = 0;
  append(<i32>argument());
}

function append(count: i32): void {
  const at = allocate(<usize>count * 4);
  const length = session!.length;
  for (let i = 0; i < count; ++i) {
    const token = ((length + i) * 7919 + 13) % <i32>engine.model.vocabulary;
    store<i32>(at + ((<usize>i) << 2), token);
  }
  const status = engine.append(session!, at, count);
  release(at);
  reply(status);
}

/** Evaluates the session's tokens within the instructions of the argument. */
export function canister_update_ingest(): void {
  meter.begin(<u64>argument(), true);
  reply(engine.ingest(session!, meter));
}

/** Makes logits within the instructions of the argument. */
export function canister_update_evaluate(): void {
  meter.begin(<u64>argument(), true);
  reply(engine.evaluate(session!, meter));
}

/** Samples a token and appends it, until the next token does not fit the instructions of the argument; the tokens. */
export function canister_update_generate(): void {
  meter.begin(<u64>argument(), true);
  let tokens = 0;
  const at = allocate(4);
  while (engine.evaluate(session!, meter) == 0) {
    const token = engine.sample(session!, chain);
    store<i32>(at, max(0, token));
    if (engine.append(session!, at, 1) != 0) break;
    ++tokens;
  }
  release(at);
  meter.count = 0;
  reply(tokens);
}

/** Instructions of one sampling. */
export function canister_update_sample(): void {
  const before = performance_counter(0);
  const token = engine.sample(session!, chain);
  meter.count = 1;
  store<f64>(meter.steps, <f64>(performance_counter(0) - before));
  reply(token);
}

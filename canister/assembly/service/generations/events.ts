/**
 * What was added to a job's answer, event by event, at the end of its file:
 *
 *     event   [ bytes of the content: u32 | kind: u8 | unused: 3 bytes | content ]
 *
 *     kind 0  text                 UTF-8
 *          1  thinking             UTF-8
 *          2  a call begins        number of the call: u32, its name, a zero byte, its id
 *          3  more arguments       number of the call: u32, UTF-8
 *          4  a call is whole      number of the call: u32
 *          6  a token              for it and each alternative: logarithm of its probability: f32 | bytes: u32 | bytes
 */
import {
  EventContent,
  GenerationEvent,
  GenerationToolArguments,
  GenerationToolCall,
} from '../../ic/candid/service.generated';
import { GenerationToken, TokenAlternative } from '../../ic/candid/service.generated';
import { Blob, Source, Text } from '../../ic/candid/values';
import { Event, Events } from '../../llm/chat-format/events';
import { RawBuffer } from '../../memory/raw-buffer';
import { Code, Problem } from '../../problem';
import { File } from '../../storage/file';
import { Job } from './job';

const EVENT_HEADER: u32 = 8;
/**
 * Most events in a reply, since each costs some hundred instructions; and most likely tokens in them, each of which is
 * an object.
 */
const MOST_EVENTS: i32 = 4096;
const MOST_LIKELY: i32 = 6000;
/** Bytes of a call's name and id. */
const MOST_NAMES: u32 = 4096;

const head: usize = memory.data(16, 8);
const names: usize = memory.data(4096, 8);

/** Events, in the format of the file. */
const buffer = changetype<RawBuffer>(memory.data(16, 8));

/** Appends events to a job's file; they count once the job is saved. */
export function appendEvents(job: Job, events: Events): Problem | null {
  let size: u32 = 0;
  for (let i: u32 = 0; i < events.count; ++i) {
    const kind = events.kind(i);
    const isOfCall = kind == Event.Call || kind == Event.Arguments || kind == Event.CallEnd;
    const front: u32 = isOfCall ? 4 : 0;
    const length = events.length(i);
    if (!buffer.reserve(size + EVENT_HEADER + front + length, size)) {
      return new Problem('the heap is full: there is no room to write the answer down', Code.HEAP_FULL);
    }
    const at = buffer.ptr + size;
    store<u32>(at, front + length);
    store<u32>(at, kind, 4);
    if (isOfCall) store<u32>(at, events.call(i), 8);
    memory.copy(at + EVENT_HEADER + front, events.bytes(i), length);
    size += EVENT_HEADER + front + length;
  }
  if (size == 0) return null;
  // The header is written last: bytes written from front to back would be hashed, which nobody needs here.
  let problem = job.file.write(job.eventsEnd + EVENT_HEADER, buffer.ptr + EVENT_HEADER, size - EVENT_HEADER);
  if (problem === null) problem = job.file.write(job.eventsEnd, buffer.ptr, EVENT_HEADER);
  if (problem !== null) return problem;
  job.eventsEnd += size;
  job.events += events.count;
  return null;
}

/** Bytes of an event, which go from the file into the reply without being held in memory. */
class EventBytes extends Source {
  constructor(
    private readonly file: File,
    private readonly from: u64,
  ) {
    super();
  }

  read(offset: u32, dst: usize, size: u32): void {
    this.file.read(this.from + offset, dst, size);
  }
}

function textAt(file: File, at: u64, size: u32): Text {
  return Text.from(new EventBytes(file, at), size);
}

function callAt(file: File, at: u64): u32 {
  file.read(at, head, 4);
  return load<u32>(head);
}

/** The name and the id of a call. */
function namesAt(file: File, at: u64, size: u32): GenerationToolCall {
  const call = new GenerationToolCall();
  call.call = callAt(file, at);
  const length = <u32>file.read(at + 4, names, min(size - 4, MOST_NAMES));
  const text = String.UTF8.decodeUnsafe(names, length);
  const zero = text.indexOf('\0');
  call.name = Text.of(text.substring(0, zero));
  call.id = Text.of(text.substring(zero + 1));
  return call;
}

function argumentsAt(file: File, at: u64, size: u32): GenerationToolArguments {
  const part = new GenerationToolArguments();
  part.call = callAt(file, at);
  part.text = textAt(file, at + 4, size - 4);
  return part;
}

/** A token and its alternatives. */
function tokenAt(file: File, at: u64, size: u32): GenerationToken {
  const token = new GenerationToken();
  const alternatives: TokenAlternative[] = [];
  const end = at + size;
  for (let isFirst = true; at < end; isFirst = false) {
    file.read(at, head, 8);
    const logarithm = load<f32>(head);
    const length = load<u32>(head, 4);
    const bytes = Blob.from(new EventBytes(file, at + 8), length);
    at += 8 + length;
    if (isFirst) {
      token.bytes = bytes;
      token.logprob = logarithm;
      continue;
    }
    const other = new TokenAlternative();
    other.bytes = bytes;
    other.logprob = logarithm;
    alternatives.push(other);
  }
  token.alternatives = alternatives;
  return token;
}

function contentAt(file: File, kind: Event, at: u64, size: u32): EventContent {
  switch (kind) {
    case Event.Text:
      return EventContent.text(textAt(file, at, size));
    case Event.Thinking:
      return EventContent.thinking(textAt(file, at, size));
    case Event.Call:
      return EventContent.tool_call(namesAt(file, at, size));
    case Event.Arguments:
      return EventContent.tool_arguments(argumentsAt(file, at, size));
    case Event.CallEnd:
      return EventContent.tool_call_end(callAt(file, at));
    default:
      return EventContent.token(tokenAt(file, at, size));
  }
}

/** The events of a job from number `from` on, `bytes` bytes in all, but at least one event. */
export function eventsOf(job: Job, from: u64, bytes: u64): GenerationEvent[] {
  const events: GenerationEvent[] = [];
  const file = job.file;
  let at = job.eventsAt;
  let sum: u64 = 0;
  let likely = 0;
  for (let number: u64 = 0; number < job.events && events.length < MOST_EVENTS && likely < MOST_LIKELY; ++number) {
    if (file.read(at, head, EVENT_HEADER) < EVENT_HEADER) break;
    const size = load<u32>(head);
    const kind = <Event>load<u8>(head, 4);
    const content = at + EVENT_HEADER;
    at = content + size;
    if (at > job.eventsEnd) break;
    if (number < from) continue;
    sum += EVENT_HEADER + size;
    if (sum > bytes && events.length > 0) break;
    const event = new GenerationEvent();
    event.number = number;
    event.content = contentAt(file, kind, content, size);
    const token = event.content.token;
    if (token !== null) likely += token.alternatives.length;
    events.push(event);
  }
  return events;
}

/**
 * What was added to a job's answer, event by event, at the end of its file:
 *
 *     event   [ bytes of the content: u32 | kind: u8 | unused: 3 bytes | content ]
 *
 *     kind 0  text       UTF-8
 */
import { EventContent, GenerationEvent } from '../../ic/candid/service.generated';
import { Source, Text } from '../../ic/candid/values';
import { Problem } from '../../problem';
import { File } from '../../storage/file';
import { Job } from './job';

export const TEXT: u8 = 0;

const EVENT_HEADER: u32 = 8;
/** Events that a poll looks at beside those that it gives: each costs some hundred instructions. */
const MOST_EVENTS: i32 = 4096;

const eventHeader: usize = memory.data(8, 8);

/** Appends an event to what a job has; it is there once the job is saved. */
export function appendEvent(job: Job, kind: u8, ptr: usize, size: u32): Problem | null {
  store<u32>(eventHeader, size);
  store<u32>(eventHeader, kind, 4);
  // The content first: what is written from front to back would be hashed, which nobody asks for here.
  let problem: Problem | null = null;
  if (size > 0) problem = job.file.write(job.eventsEnd + EVENT_HEADER, ptr, size);
  if (problem === null) problem = job.file.write(job.eventsEnd, eventHeader, EVENT_HEADER);
  if (problem !== null) return problem;
  job.eventsEnd += EVENT_HEADER + size;
  ++job.events;
  return null;
}

/** The text of an event, which goes from the file into the reply without being held in between. */
class EventText extends Source {
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

/** The events of a job from number `from` on, of `bytes` bytes in all, but at least one. */
export function eventsOf(job: Job, from: u64, bytes: u64): GenerationEvent[] {
  const events: GenerationEvent[] = [];
  const file = job.file;
  let at = job.eventsAt;
  let sum: u64 = 0;
  for (let number: u64 = 0; number < job.events && events.length < MOST_EVENTS; ++number) {
    if (file.read(at, eventHeader, EVENT_HEADER) < EVENT_HEADER) break;
    const size = load<u32>(eventHeader);
    const content = at + EVENT_HEADER;
    at = content + size;
    if (at > job.eventsEnd) break;
    if (number < from) continue;
    sum += EVENT_HEADER + size;
    if (sum > bytes && events.length > 0) break;
    const event = new GenerationEvent();
    event.number = number;
    event.content = EventContent.text(Text.from(new EventText(file, content), size));
    events.push(event);
  }
  return events;
}

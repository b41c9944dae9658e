/** How the text of an answer becomes events, as far as it is certain: what could be the beginning of a stop text waits. */
import { Text } from '../../ic/candid/values';
import { Span } from '../../memory/span';
import { Problem } from '../../problem';
import { TEXT, appendEvent } from './events';
import { Job } from './job';

/** The stop text that was found; null if none was. */
let found: Text | null = null;

export function stopFound(): Text | null {
  return found;
}

/**
 * Makes events of what the text has that none has yet; with `isEnd` of all of it.
 *
 * The text up to `job.consumed` is done; no stop text begins in it.
 */
export function extendAnswer(job: Job, text: Span, stops: Text[], isEnd: bool): Problem | null {
  found = null;
  const size = text.size;
  const from = job.answerAt + job.consumed;
  if (from >= size) return null;
  const ptr = text.ptr + from;
  const length = certain(ptr, size - from, stops, isEnd);
  if (length == 0) return null;
  const problem = appendEvent(job, TEXT, ptr, length);
  if (problem === null) job.consumed += length;
  return problem;
}

/** How much of a text is in front of the first stop text, and cannot be a part of one. */
function certain(ptr: usize, size: u32, stops: Text[], isEnd: bool): u32 {
  for (let at: u32 = 0; at < size; ++at) {
    for (let i = 0; i < stops.length; ++i) {
      const stop = stops[i];
      const part = min(stop.size, size - at);
      if (memory.compare(ptr + at, stop.ptr, part) != 0) continue;
      if (part == stop.size) found = stop;
      if (part == stop.size || !isEnd) return at;
    }
  }
  return size;
}

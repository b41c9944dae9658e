/**
 * The texts of a run's reply, bounded so that they fit it together: a replicated reply has at most 2 MiB, and one that is
 * larger would trap.
 */
import { Text } from '../../ic/candid/values';
import { Sequence } from '../../llm/cache/sequence';
import { engine } from '../engine/loaded';

/** Most bytes of the session's text, whose end is shown, and of the other texts, whose beginning is shown. */
const MAX_CONVERSATION: u32 = 1 << 20;
const MAX_OUTPUT: u32 = 512 << 10;
export const MAX_REMAINING: u32 = 384 << 10;

function isInside(ptr: usize): bool {
  return (load<u8>(ptr) & 0xc0) == 0x80;
}

/** The first bytes of a text, whole characters. */
function head(ptr: usize, size: u32, most: u32): Text {
  if (size <= most) return new Text(ptr, size);
  let end = most;
  while (end > 0 && isInside(ptr + end)) --end;
  return new Text(ptr, end);
}

/** The text of all tokens that were ever evaluated. */
export function sessionText(sequence: Sequence): Text {
  const text = sequence.text;
  let from: u32 = text.size > MAX_CONVERSATION ? text.size - MAX_CONVERSATION : 0;
  while (from > 0 && from < text.size && isInside(text.ptr + from)) ++from;
  return new Text(text.ptr + from, text.size - from);
}

/** The text that a call reports. */
export function outputText(sequence: Sequence, from: u32): Text {
  const text = sequence.text;
  return head(text.ptr + from, text.size + text.tail - from, MAX_OUTPUT);
}

/** The text of the tokens before `end` that are still to be evaluated. */
export function remainingText(sequence: Sequence, end: i32): Text {
  const text = engine.remainingText(sequence, sequence.shown, end, MAX_REMAINING);
  return head(text.ptr, text.size, MAX_REMAINING);
}

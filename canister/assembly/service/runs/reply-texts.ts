/**
 * The texts of a run's reply, bounded so that they fit it together: a replicated reply has at most 2 MiB, and one that is
 * larger would trap.
 */
import { Text } from '../../ic/candid/values';
import { Sequence } from '../../llm/cache/sequence';
import { Extent } from '../../memory/extent';
import { TextStream, streamRoom } from '../../llm/tokenizer/text-stream';
import { engine } from '../engine/loaded';
import { SequenceText } from '../../llm/cache/sequence-text';

/** Bytes of the session's text, of which the last ones are shown, and of the other texts, of which the first ones are. */
const MAX_CONVERSATION: u32 = 1 << 20;
const MAX_OUTPUT: u32 = 512 << 10;
const MAX_REMAINING: u32 = 384 << 10;

/** What the remaining prompt's text is made in; it lasts until the next reply. */
const space = new Extent();
const streamAt: usize = memory.data(8, 8);

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

/** Bytes of room for a token's text. */
function pieceRoom(): u32 {
  return (max<u32>(engine.tokenizer.longestPiece, 1) + 63) & ~63;
}

/** Makes sure of room for the text of so many tokens, as far as a reply shows it; false if there is none. */
export function reserveRemaining(tokens: i32): bool {
  const piece = pieceRoom();
  const text = <u32>min<u64>(MAX_REMAINING, <u64>max(0, tokens) * piece);
  return space.reserve(piece + text + 2 * streamRoom(piece));
}

/** The text of all tokens that were evaluated, now or once. */
export function sessionText(text: SequenceText): Text {
  let from: u32 = text.size > MAX_CONVERSATION ? text.size - MAX_CONVERSATION : 0;
  while (from > 0 && from < text.size && isInside(text.ptr + from)) ++from;
  return new Text(text.ptr + from, text.size - from);
}

/** The text that a call reports. */
export function outputText(text: SequenceText, from: u32): Text {
  return head(text.ptr + from, text.size + text.tail - from, MAX_OUTPUT);
}

/** {@link reserveRemaining} first. The text of the tokens `from` .. `end` - 1, control tokens shown as in llama_cpp_canister. */
export function remainingText(text: SequenceText, sequence: Sequence, from: i32, end: i32): Text {
  const tokenizer = engine.tokenizer;
  if (from >= end) return new Text(0, 0);
  const dst = space.ptr + pieceRoom();
  const stream = TextStream.begin(streamAt);
  // A character that the text of the session has only begun is shown here.
  stream.copy(text.end);
  let size: u32 = 0;
  for (let i = from; i < end && size <= MAX_REMAINING; ++i) {
    const length = tokenizer.decode(sequence.token(i), true, space.ptr);
    size += stream.push(space.ptr, length, dst + size);
  }
  size += stream.flush(dst + size);
  return head(dst, size, MAX_REMAINING);
}

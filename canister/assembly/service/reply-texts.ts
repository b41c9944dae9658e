/**
 * The texts of a run's reply, bounded so that they fit it together: a replicated reply has at most 2 MiB, and one that is
 * larger would trap.
 */
import { Text } from '../ic/candid/values';
import { Session } from '../llm/cache/session';
import { Extent } from '../llm/extent';
import { TextStream, streamRoom } from '../llm/tokenizer/text-stream';
import { engine } from './loaded';
import { Transcript } from './transcript';

/** Bytes of the conversation, of which the last ones are shown, and of the other texts, of which the first ones are. */
const MAX_CONVERSATION: u32 = 1 << 20;
const MAX_OUTPUT: u32 = 512 << 10;
const MAX_REMAINING: u32 = 384 << 10;

/** What the remaining prompt's text is made in; it lasts until the next reply. */
const space = new Extent();

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

/** The text of all tokens that were evaluated. */
export function conversationText(transcript: Transcript): Text {
  let from: u32 = transcript.size > MAX_CONVERSATION ? transcript.size - MAX_CONVERSATION : 0;
  while (from > 0 && from < transcript.size && isInside(transcript.ptr + from)) ++from;
  return new Text(transcript.ptr + from, transcript.size - from);
}

/** The text that a call reports. */
export function outputText(transcript: Transcript, from: u32): Text {
  return head(transcript.ptr + from, transcript.size + transcript.tail - from, MAX_OUTPUT);
}

/** The text of the tokens from the session's evaluated ones to `end`, control tokens shown as in llama_cpp_canister. */
export function remainingText(transcript: Transcript, session: Session, end: i32): Text {
  const tokenizer = engine.tokenizer;
  const longest = max<u32>(tokenizer.longestPiece, 1);
  const pieceRoom = (longest + 63) & ~63;
  const room = MAX_REMAINING + streamRoom(longest);
  if (session.evaluated >= end || !space.reserve(pieceRoom + room)) return new Text(0, 0);
  const text = space.ptr + pieceRoom;
  const stream = new TextStream();
  // A character that the conversation has only begun is shown here.
  stream.copy(transcript.end);
  let size: u32 = 0;
  for (let i = session.evaluated; i < end && size <= MAX_REMAINING; ++i) {
    const length = tokenizer.decode(session.token(i), true, space.ptr);
    size += stream.push(space.ptr, length, text + size);
  }
  size += stream.flush(text + size);
  return head(text, size, MAX_REMAINING);
}

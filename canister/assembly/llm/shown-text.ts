/** Texts of a model's file, turned into valid UTF-8. */
import { Extent } from '../memory/extent';
import { Span } from '../memory/span';
import { Code, Problem, Result } from '../problem';
import { ByteSource, readBytes } from './bytes';
import { GgufFile } from './gguf/file';
import { MAX_TEMPLATE } from './template/program';
import { TextStream, streamRoom } from './tokenizer/text-stream';
import { Vocabulary } from './tokenizer/vocabulary';

/** Most bytes of a token's text to show. */
const MAX_TOKEN: u32 = 256;
const NONE: Span = new Span(0, 0);

/** Buffer of the template; valid until the next call. */
const space = new Extent();
const streamAt: usize = memory.data(8, 8);

/** Writes `size` bytes as text to `dst`, which has room for streamRoom(size); returns the bytes written. */
function write(src: usize, size: u32, dst: usize): u32 {
  const stream = TextStream.begin(streamAt);
  const length = stream.push(src, size, dst);
  return length + stream.flush(dst + length);
}

/** The chat template of a file, if it is not too large; empty if there is none. */
export function chatTemplateText(file: GgufFile, source: ByteSource): Result<Span> {
  const entry = file.metadata.find('tokenizer.chat_template');
  // A template that is too large counts as absent rather than cut short: templateProblem explains it.
  if (entry === null || entry.isArray || entry.bytes > MAX_TEMPLATE) return Result.ok<Span>(NONE);
  const size = <u32>entry.bytes;
  const room = (size + 63) & ~63;
  if (!space.reserve(room + streamRoom(size))) {
    return Result.fail<Span>(new Problem('there is no room to read the chat template', Code.HEAP_FULL));
  }
  const given = entry.given;
  if (given !== null) memory.copy(space.ptr, changetype<usize>(given), size);
  else readBytes(source, entry.offset, space.ptr, size);
  return Result.ok<Span>(new Span(space.ptr + room, write(space.ptr, size, space.ptr + room)));
}

/** The text of a token; empty if there is no such token, or its text is absurdly long. */
export function tokenText(id: i32, vocabulary: Vocabulary): ArrayBuffer {
  if (id < 0 || id >= vocabulary.size || vocabulary.length(id) > MAX_TOKEN) return new ArrayBuffer(0);
  const size = vocabulary.length(id);
  const text = new ArrayBuffer(<i32>streamRoom(size));
  const length = write(vocabulary.text(id), size, changetype<usize>(text));
  return text.slice(0, <i32>length);
}

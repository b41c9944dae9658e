/** The text of tokens that is in no sequence's text: of unevaluated tokens, and of any others. */
import { Extent } from '../../memory/extent';
import { Span } from '../../memory/span';
import { Code, Problem, Result } from '../../problem';
import { Sequence } from '../cache/sequence';
import { TextStream, streamRoom } from '../tokenizer/text-stream';
import { Tokenizer } from '../tokenizer/tokenizer';

const streamAt: usize = memory.data(8, 8);


@final
export class RemainingText {
  /** [ a token's text | the text ]; valid until the next call. */
  private readonly space: Extent = new Extent();

  /** Makes sure of room for the text of `count` tokens, `most` bytes and little more; false if there is none. */
  reserve(tokenizer: Tokenizer, count: i32, most: u32): bool {
    const piece = pieceRoom(tokenizer);
    const text = <u32>min<u64>(most, <u64>max(0, count) * piece);
    return this.space.reserve(piece + text + 2 * streamRoom(piece));
  }

  /**
   * The text of a sequence's tokens `from` .. `end` - 1, control tokens shown; it stops when it has more than `most` bytes.
   * `reserve` comes first.
   */
  of(sequence: Sequence, tokenizer: Tokenizer, from: i32, end: i32, most: u32): Span {
    if (from >= end) return new Span(0, 0);
    const piece = this.space.ptr;
    const text = piece + pieceRoom(tokenizer);
    const stream = TextStream.begin(streamAt);
    // A character that the sequence's text has only begun is shown here.
    stream.copy(sequence.text.end);
    let size: u32 = 0;
    for (let i = from; i < end && size <= most; ++i) {
      const length = tokenizer.decode(sequence.token(i), true, piece);
      size += stream.push(piece, length, text + size);
    }
    size += stream.flush(text + size);
    return new Span(text, size);
  }

  /** The text of any tokens, i32 * count, control tokens shown; a Problem if it has more than `most` bytes. */
  ofTokens(tokens: usize, count: i32, tokenizer: Tokenizer, most: u32): Result<Span> {
    this.space.trim();
    if (!this.reserve(tokenizer, count, most)) {
      return Result.fail<Span>(new Problem('the heap is full: there is no room for the text', Code.HEAP_FULL));
    }
    const piece = this.space.ptr;
    const text = piece + pieceRoom(tokenizer);
    const stream = TextStream.begin(streamAt);
    let size: u32 = 0;
    for (let i = 0; i < count && size <= most; ++i) {
      const length = tokenizer.decode(load<i32>(tokens + ((<usize>i) << 2)), true, piece);
      size += stream.push(piece, length, text + size);
    }
    size += stream.flush(text + size);
    if (size > most) return Result.fail<Span>(new Problem(`their text has more than ${most} bytes: take fewer tokens`));
    return Result.ok<Span>(new Span(text, size));
  }
}

/** Bytes of room for a token's text. */
function pieceRoom(tokenizer: Tokenizer): u32 {
  return (max<u32>(tokenizer.longestPiece, 1) + 63) & ~63;
}

/**
 * The text of a sequence, kept as it grows, so that no call makes it anew:
 *
 *     [ text of the evaluated tokens: size ][ text of the pending token, if it was reported: tail ]
 *
 * It has whole characters only: the bytes of an unfinished one are held back.
 */
import { STREAM_BYTES, TextStream, streamRoom } from '../tokenizer/text-stream';
import { Tokenizer } from '../tokenizer/tokenizer';
import { Extent } from '../../memory/extent';
import { RawBuffer } from '../../memory/raw-buffer';

/** Bytes of the longest text. Stops a vocabulary of very long tokens. */
const MAX_BYTES: u32 = 16 << 20;

/** One token's bytes. */
const piece = new Extent();

/** A part of a sequence's record, 64 bytes: zeros at first. */
@unmanaged
export class SequenceText {
  /** Whether the text shows control tokens. */
  special: bool;
  /** Tokens whose text is included. */
  tokens: i32;
  size: u32;
  tail: u32;
  /** Tokens of the prompt: the first of the sequence. */
  promptTokens: i32;
  /** Where the text after the prompt begins; valid once `tokens` covers the prompt. */
  promptSize: u32;
  /** Bytes that have not changed since this was last set. */
  unchanged: u32;

  /** Three streams and the text's buffer follow these fields. */
  private static streams(): usize {
    return (offsetof<SequenceText>() + 7) & ~7;
  }

  private get promptStream(): TextStream {
    return TextStream.at(changetype<usize>(this) + SequenceText.streams());
  }

  private get stream(): TextStream {
    return TextStream.at(changetype<usize>(this) + SequenceText.streams() + STREAM_BYTES);
  }

  private get tailStream(): TextStream {
    return TextStream.at(changetype<usize>(this) + SequenceText.streams() + 2 * STREAM_BYTES);
  }

  private get text(): RawBuffer {
    return changetype<RawBuffer>(changetype<usize>(this) + SequenceText.streams() + 3 * STREAM_BYTES);
  }

  get ptr(): usize {
    return this.text.ptr;
  }

  /** The state of the text after its last token. */
  get end(): TextStream {
    return this.stream;
  }

  /** Makes sure of room for `bytes` bytes of text; false if there is none. */
  prepare(bytes: u32): bool {
    return this.text.reserve(min(max<u32>(bytes, 1), MAX_BYTES), this.size);
  }

  /** Makes sure of room for the text of `tokens` more tokens; false if there is none. */
  hasRoom(tokenizer: Tokenizer, tokens: u32 = 1): bool {
    const longest = tokenizer.longestPiece;
    const bytes = this.size + tokens * streamRoom(longest);
    return bytes <= MAX_BYTES && piece.reserve(max<u32>(longest, 1)) && this.text.reserve(bytes, this.size);
  }

  /** Adds the text of the sequence's tokens (i32 at `tokens`) before `end`. False if there is no room for it. */
  extend(tokenizer: Tokenizer, tokens: usize, end: i32): bool {
    this.tail = 0;
    for (; this.tokens < end; ++this.tokens) {
      if (this.tokens == this.promptTokens) this.markPrompt();
      if (!this.hasRoom(tokenizer)) return false;
      const length = tokenizer.decode(load<i32>(tokens + ((<usize>this.tokens) << 2)), this.special, piece.ptr);
      this.size += this.stream.push(piece.ptr, length, this.text.ptr + this.size);
    }
    if (this.tokens == this.promptTokens) this.markPrompt();
    return true;
  }

  private markPrompt(): void {
    this.promptSize = this.size;
    this.promptStream.copy(this.stream);
  }

  /** Appends the text of the pending token. False if there is no room for it. */
  setTail(tokenizer: Tokenizer, token: i32): bool {
    this.tail = 0;
    if (!this.hasRoom(tokenizer)) return false;
    this.tailStream.copy(this.stream);
    const length = tokenizer.decode(token, this.special, piece.ptr);
    this.tail = this.tailStream.push(piece.ptr, length, this.text.ptr + this.size);
    return true;
  }

  clearTail(): void {
    this.tail = 0;
  }

  /** Shortens the text to that of the first `tokens` tokens, or fewer: `extend` makes the missing part again. */
  rewind(tokens: i32): void {
    this.tail = 0;
    if (tokens >= this.tokens) return;
    if (tokens == this.promptTokens) {
      this.tokens = tokens;
      this.size = this.promptSize;
      this.unchanged = min(this.unchanged, this.size);
      this.stream.copy(this.promptStream);
      return;
    }
    this.clear();
  }

  private clear(): void {
    this.tokens = 0;
    this.size = 0;
    this.tail = 0;
    this.promptSize = 0;
    this.unchanged = 0;
    TextStream.begin(changetype<usize>(this.stream));
  }

  /** Sets whether control tokens are shown from now on. */
  show(special: bool): void {
    if (this.special == special) return;
    this.special = special;
    this.clear();
  }

  dispose(): void {
    this.text.dispose();
    this.clear();
  }
}

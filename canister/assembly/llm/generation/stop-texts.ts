/** The texts that stop a generation (llama.cpp's reverse prompts). */
import { RawBuffer } from '../../memory/raw-buffer';
import { Span } from '../../memory/span';
import { Code, Problem, Result } from '../../problem';
import { Tokenizer } from '../tokenizer/tokenizer';

/**
 * Number of last tokens that are searched, and bytes that may follow a stop text at the end of a prompt, as in
 * llama.cpp.
 */
const LAST: i32 = 32;
const PADDING: u32 = 2;

/** The text of the last tokens; valid until the next search. */
const text = changetype<RawBuffer>(memory.data(16, 8));


@final
export class StopTexts {
  /** The token of each stop text that is a single one; -1 for the others. */
  private readonly tokens: i32[] = [];

  private constructor(
    private readonly texts: Span[],
    private readonly tokenizer: Tokenizer,
  ) {
    for (let i = 0; i < texts.length; ++i) {
      const isShort = texts[i].size <= tokenizer.longestPiece;
      const isRead = isShort && tokenizer.encode(texts[i].ptr, texts[i].size, false, true) === null;
      this.tokens.push(isRead && tokenizer.count == 1 ? load<i32>(tokenizer.tokens) : -1);
    }
  }

  static of(texts: Span[], tokenizer: Tokenizer): Result<StopTexts> {
    if (text.reserve(<usize>max<u32>(1, tokenizer.longestPiece) * (LAST + 1), 0)) {
      return Result.ok<StopTexts>(new StopTexts(texts, tokenizer));
    }
    return Result.fail<StopTexts>(new Problem('there is no room to look for reverse prompts', Code.HEAP_FULL));
  }

  get isEmpty(): bool {
    return this.texts.length == 0;
  }

  /** Whether a token after the history (i32 at `tokens`) completes a stop text, which may begin in the prompt. */
  end(tokens: usize, count: i32, token: i32): bool {
    if (this.tokens.includes(token)) return true;
    const before = this.write(tokens, count, LAST - 1);
    const piece = this.tokenizer.decode(token, true, text.ptr + before);
    // The stop text has to end in the token's own text: an earlier one has stopped a call already.
    for (let at = before + 1; at <= before + piece; ++at) if (this.endsAt(at)) return true;
    return false;
  }

  /** Whether the history ends with a stop text and at most two more bytes. */
  endsWith(tokens: usize, count: i32): bool {
    if (this.isEmpty || count == 0) return false;
    if (this.tokens.includes(load<i32>(tokens + ((<usize>(count - 1)) << 2)))) return true;
    const size = this.write(tokens, count, LAST);
    for (let at = size > PADDING ? size - PADDING : 0; at <= size; ++at) if (this.endsAt(at)) return true;
    return false;
  }

  /** Writes the text of the last `most` tokens of the history, control tokens shown; returns its bytes. */
  private write(tokens: usize, count: i32, most: i32): u32 {
    let size: u32 = 0;
    for (let i = max(0, count - most); i < count; ++i) {
      size += this.tokenizer.decode(load<i32>(tokens + ((<usize>i) << 2)), true, text.ptr + size);
    }
    return size;
  }

  /** Whether a stop text ends at the text's byte `at`. */
  private endsAt(at: u32): bool {
    for (let i = 0; i < this.texts.length; ++i) {
      const size = this.texts[i].size;
      if (size <= at && memory.compare(text.ptr + at - size, this.texts[i].ptr, size) == 0) return true;
    }
    return false;
  }
}

/** The texts at which a generation stops (`--reverse-prompt`). */
import { Text } from '../ic/candid/values';
import { Tokenizer } from '../llm/tokenizer/tokenizer';
import { Transcript } from './transcript';


@final
export class ReversePrompts {
  /** Those that are one token, which may have no text that is shown; -1 for the others. */
  private readonly tokens: i32[] = [];

  constructor(
    private readonly texts: Text[],
    tokenizer: Tokenizer,
  ) {
    for (let i = 0; i < texts.length; ++i) {
      const isShort = texts[i].size <= tokenizer.longestPiece;
      const count = isShort ? tokenizer.encode(texts[i].ptr, texts[i].size, false, true) : 0;
      this.tokens.push(count == 1 ? load<i32>(tokenizer.tokens) : -1);
    }
  }

  get isEmpty(): bool {
    return this.texts.length == 0;
  }

  /** Whether a token, whose text is the transcript's tail, completes one of them, in what was generated. */
  end(transcript: Transcript, token: i32): bool {
    if (this.tokens.includes(token)) return true;
    const end = transcript.ptr + transcript.size + transcript.tail;
    const first = transcript.ptr + transcript.promptSize;
    for (let i = 0; i < this.texts.length; ++i) {
      const text = this.texts[i];
      const size = <usize>text.size;
      if (size > end - first) continue;
      // It has to reach into the token's own text: what ended before has stopped a call already.
      const from = max<usize>(first + size, transcript.ptr + transcript.size + 1);
      for (let at = from; at <= end; ++at) {
        if (memory.compare(at - size, text.ptr, size) == 0) return true;
      }
    }
    return false;
  }
}

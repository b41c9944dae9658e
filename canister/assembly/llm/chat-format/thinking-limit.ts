import { Tokenizer } from '../tokenizer/tokenizer';
import { ChatFormat } from './chat-format';
import { Splitter } from './splitter';

/**
 * Ends thoughts that get too long, or that the user asked to end: the generation asks before each token whether the end
 * is due, and if so appends the tokens of `endOfThinking` instead of drawn tokens. The model continues after them.
 * Feeding an answer to a splitter again gives the same counts.
 */
@final
export class ThinkingLimit {
  /** Tokens of thoughts so far. */
  used: u32 = 0;
  /** The thoughts have to end now, whatever the limit. */
  isAsked: bool = false;

  /** @param most tokens; negative: no limit; 0: no thoughts */
  constructor(private readonly most: i64) {}

  /** Counts the next token of the answer; call it before the splitter gets the token. */
  count(splitter: Splitter): void {
    if (splitter.isThinking) ++this.used;
  }

  /** Whether the tokens that end the thoughts have to come next. */
  isDue(splitter: Splitter): bool {
    if (!splitter.isThinking || !splitter.isWhole) return false;
    return this.isAsked || (this.most >= 0 && <i64>this.used >= this.most);
  }
}

/** The tokens that end thoughts in a format; empty if it has no thoughts, or there is no memory. */
export function endOfThinking(format: ChatFormat, tokenizer: Tokenizer): i32[] {
  let text = format.thinking.closing;
  // Such a vocabulary would prepend a space.
  if (tokenizer.addsSpacePrefix) text = text.trimStart();
  const encoded = String.UTF8.encode(text);
  const tokens: i32[] = [];
  if (encoded.byteLength == 0) return tokens;
  if (tokenizer.encode(changetype<usize>(encoded), encoded.byteLength, false, true) !== null) return tokens;
  const count = tokenizer.count;
  for (let i = 0; i < count; ++i) tokens.push(load<i32>(tokenizer.tokens + ((<usize>i) << 2)));
  return tokens;
}

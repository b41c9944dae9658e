import { Tokenizer } from '../tokenizer/tokenizer';
import { ChatFormat } from './chat-format';
import { Splitter } from './splitter';

/**
 * Ends thoughts that get too long, or that somebody has had enough of: whoever generates asks before each token whether
 * the end is due, and if so appends the tokens of `endOfThinking` in the place of tokens that are drawn. The model goes on
 * behind them. Counts of an answer that is fed to a splitter again come out the same.
 */
@final
export class ThinkingLimit {
  /** Tokens that were thoughts. */
  used: u32 = 0;
  /** The thoughts are to end now, whatever is left of the limit. */
  isAsked: bool = false;

  /** @param most tokens; negative: as many as the model likes; 0: none at all */
  constructor(private readonly most: i64) {}

  /** Counts the next token of the answer; before the splitter is fed with it. */
  count(splitter: Splitter): void {
    if (splitter.isThinking) ++this.used;
  }

  /** Whether the tokens that end the thoughts have to come next. */
  isDue(splitter: Splitter): bool {
    if (!splitter.isThinking || !splitter.isWhole) return false;
    return this.isAsked || (this.most >= 0 && <i64>this.used >= this.most);
  }
}

/** The tokens that end thoughts in a format; none if it has no thoughts, or there is no memory. */
export function endOfThinking(format: ChatFormat, tokenizer: Tokenizer): i32[] {
  let text = format.thinking.closing;
  // Such a vocabulary would put a space in front.
  if (tokenizer.addsSpacePrefix) text = text.trimStart();
  const encoded = String.UTF8.encode(text);
  const tokens: i32[] = [];
  if (encoded.byteLength == 0) return tokens;
  if (tokenizer.encode(changetype<usize>(encoded), encoded.byteLength, false, true) !== null) return tokens;
  const count = tokenizer.count;
  for (let i = 0; i < count; ++i) tokens.push(load<i32>(tokenizer.tokens + ((<usize>i) << 2)));
  return tokens;
}

/** The requested sequence breakers, or llama.cpp's defaults. */
import { Span } from '../../memory/span';
import { Code, Problem, Result } from '../../problem';
import { TextBreakers } from '../sampling/text-breakers';
import { Tokenizer } from '../tokenizer/tokenizer';

/** One byte each: line feed, colon, quotation mark, asterisk. */
const DEFAULT: usize = memory.data<u8>([0x0a, 0x3a, 0x22, 0x2a]);
const DEFAULTS: i32 = 4;

/** Makes breakers from texts; null: llama.cpp's defaults. */
export function breakersOf(texts: Span[] | null, tokenizer: Tokenizer): Result<TextBreakers> {
  const breakers = new TextBreakers(tokenizer);
  const count = texts === null ? DEFAULTS : texts.length;
  let isWhole = breakers.begin(count);
  for (let i = 0; i < count && isWhole; ++i) {
    const text = texts === null ? new Span(DEFAULT + <usize>i, 1) : texts[i];
    if (text.size > 0) isWhole = breakers.add(text.ptr, text.size);
  }
  if (isWhole) return Result.ok<TextBreakers>(breakers);
  breakers.dispose();
  return Result.fail<TextBreakers>(new Problem('there is no room for the sequence breakers', Code.HEAP_FULL));
}

// Splits markdown into blocks, which are made again only where the text has grown.
import { Lexer, type Token } from 'marked';

/**
 * A paragraph with more characters than this is shown as it is, because parsing it may take longer than anybody waits.
 */
const MOST_INLINE = 20_000;

export interface Block {
  token: Token;
  /** Whether the block stays the same, whatever text follows. */
  isSettled: boolean;
}

/** Lists that are nested more deeply than anybody reads; the lexer would take minutes for them. */
const TOO_DEEP = /^[ \t>]{120,}(?:[-*+>]|\d+[.)])/m;

/** After parsing a text, this many times as long is left free for everything else. */
const REST = 8;

const plain = (text: string): Token => ({ type: 'text', raw: text, text });

/** The blocks of a text, none of which is treated as HTML. */
function lex(text: string): Token[] {
  if (TOO_DEEP.test(text)) return [plain(text)];
  const lexer = new Lexer({ gfm: true, breaks: true });
  try {
    lexer.blockTokens(text, lexer.tokens);
    for (const { src, tokens } of lexer.inlineQueue) {
      if (src.length > MOST_INLINE) tokens.push(plain(src));
      else lexer.inlineTokens(src, tokens);
    }
    return lexer.tokens;
  } catch {
    // The nesting is too deep for the stack.
    return [plain(text)];
  }
}

/**
 * The blocks of a text that grows. Only the last block can still change, so each call parses the new text and the last
 * block alone.
 */
export class Blocks {
  #text = '';
  /** How many characters of the text are in settled blocks. */
  #settled = 0;
  #blocks: Block[] = [];
  /** When the text may be parsed again, in milliseconds of the clock. */
  #next = 0;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** `isWhole`: no more text follows. */
  of(said: string, isWhole: boolean): readonly Block[] {
    const text = said.replace(/\r\n?/g, '\n');
    if (!text.startsWith(this.#text)) {
      this.#blocks = [];
      this.#settled = 0;
    }
    this.#text = text;
    const rest = text.slice(this.#settled);
    const began = this.#now();
    if (!isWhole && began < this.#next) return [...this.#blocks, { token: plain(rest), isSettled: false }];
    const tokens = lex(rest);
    const took = this.#now() - began;
    if (took > 20) this.#next = began + took * (1 + REST);
    // Blank lines may belong to the list before them.
    const last = tokens.findLastIndex(({ type }) => type !== 'space');
    const end = isWhole ? tokens.length : Math.max(0, last);
    const blocksOf = (part: Token[], isSettled: boolean) =>
      part.filter(({ type }) => type !== 'space').map((token): Block => ({ token, isSettled }));
    this.#settled += tokens.slice(0, end).reduce((sum, { raw }) => sum + raw.length, 0);
    this.#blocks = [...this.#blocks, ...blocksOf(tokens.slice(0, end), true)];
    return [...this.#blocks, ...blocksOf(tokens.slice(end), false)];
  }
}

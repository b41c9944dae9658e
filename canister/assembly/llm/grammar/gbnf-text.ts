import { Problem } from '../../problem';
import { Tokenizer } from '../tokenizer/tokenizer';
import { GbnfParser } from './gbnf';
import { GrammarSource } from './grammar-source';
import { Rules } from './rules';

/** A text in GBNF as the source of a grammar. */
@final
export class GbnfText extends GrammarSource {
  /** @param text `bytes` bytes of UTF-8 */
  constructor(
    private readonly text: usize,
    private readonly bytes: u32,
  ) {
    super();
  }

  write(rules: Rules, tokenizer: Tokenizer): Problem | null {
    return new GbnfParser(rules, tokenizer).parse(this.text, this.bytes);
  }
}

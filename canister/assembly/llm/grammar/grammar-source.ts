import { Problem } from '../../problem';
import { Tokenizer } from '../tokenizer/tokenizer';
import { Rules } from './rules';

/** What a grammar is made of: text in GBNF, or a JSON schema. */
export abstract class GrammarSource {
  /** Makes the rules, of which `root` is the one that texts are made by. Null, or what is wrong. */
  abstract write(rules: Rules, tokenizer: Tokenizer): Problem | null;
}

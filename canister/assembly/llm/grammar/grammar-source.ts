import { Problem } from '../../problem';
import { Tokenizer } from '../tokenizer/tokenizer';
import { Rules } from './rules';

/** The source of a grammar: text in GBNF, or a JSON schema. */
export abstract class GrammarSource {
  /** Writes the rules, including `root`, which the whole text has to match. Null, or the problem. */
  abstract write(rules: Rules, tokenizer: Tokenizer): Problem | null;
}

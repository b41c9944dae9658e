/** Constraints on the tokens of an answer: a grammar, or a schema that is turned into one. */
import { refusedAllocations } from '../../memory/heap';
import { Span } from '../../memory/span';
import { Code, Problem, Result } from '../../problem';
import { GbnfText } from '../grammar/gbnf-text';
import { Grammar } from '../grammar/grammar';
import { GrammarSource } from '../grammar/grammar-source';
import { TokenTrie } from '../grammar/token-trie';
import { JsonSchema } from '../schema/json-schema';
import { Tokenizer } from '../tokenizer/tokenizer';

/** Compiles constraints for one vocabulary, and keeps the data that they share. */
@final
export class Constraints {
  /** Made for the first constraint. */
  private trie: TokenTrie | null = null;

  constructor(private readonly tokenizer: Tokenizer) {}

  /** Compiles a text into a grammar, for SamplerChain.mask. */
  compile(text: Span, isSchema: bool): Result<Grammar> {
    if (isSchema) return this.compileSource(new JsonSchema(text.ptr, text.size));
    return this.compileSource(new GbnfText(text.ptr, text.size));
  }

  /** Compiles a source of rules into a grammar. */
  compileSource(source: GrammarSource): Result<Grammar> {
    const refused = refusedAllocations();
    let trie = this.trie;
    if (trie === null) {
      const built = TokenTrie.of(this.tokenizer);
      trie = built.value;
      if (trie === null) return failed(built.problem!, refused);
      this.trie = trie;
    }
    const made = Grammar.of(trie, source);
    return made.value === null ? failed(made.problem!, refused) : made;
  }

  dispose(): void {
    const trie = this.trie;
    if (trie !== null) trie.dispose();
    this.trie = null;
  }
}

/** A refused allocation means that the text may be right: the reported problem may only be the lack of memory. */
function failed(problem: Problem, refused: u32): Result<Grammar> {
  if (refusedAllocations() == refused) return Result.fail<Grammar>(problem);
  return Result.fail<Grammar>(new Problem('there is no room to compile it', Code.HEAP_FULL));
}

/** What the tokens of an answer are held to: a grammar, or a schema that is turned into one. */
import { refusedAllocations } from '../../memory/heap';
import { Span } from '../../memory/span';
import { Code, Problem, Result } from '../../problem';
import { GbnfText } from '../grammar/gbnf-text';
import { Grammar } from '../grammar/grammar';
import { GrammarSource } from '../grammar/grammar-source';
import { TokenTrie } from '../grammar/token-trie';
import { JsonSchema } from '../schema/json-schema';
import { Tokenizer } from '../tokenizer/tokenizer';

/** Compiles constraints for one vocabulary, and keeps what they all need of it. */
@final
export class Constraints {
  /** Made when the first constraint is. */
  private trie: TokenTrie | null = null;

  constructor(private readonly tokenizer: Tokenizer) {}

  /** Makes a grammar of a text, for chains to be held to (SamplerChain.mask). */
  compile(text: Span, isSchema: bool): Result<Grammar> {
    if (isSchema) return this.compileSource(new JsonSchema(text.ptr, text.size));
    return this.compileSource(new GbnfText(text.ptr, text.size));
  }

  /** Makes a grammar of anything that makes rules. */
  compileSource(source: GrammarSource): Result<Grammar> {
    const refused = refusedAllocations();
    let trie = this.trie;
    if (trie === null) {
      trie = new TokenTrie(this.tokenizer);
      const problem = trie.problem;
      if (problem !== null) return failed(problem, refused);
      this.trie = trie;
    }
    const grammar = new Grammar(trie, source);
    const problem = grammar.problem;
    return problem === null ? Result.ok<Grammar>(grammar) : failed(problem, refused);
  }

  dispose(): void {
    const trie = this.trie;
    if (trie !== null) trie.dispose();
    this.trie = null;
  }
}

/** What says that a text has too much in it may be right, and only have had no room. */
function failed(problem: Problem, refused: u32): Result<Grammar> {
  if (refusedAllocations() == refused) return Result.fail<Grammar>(problem);
  return Result.fail<Grammar>(new Problem('there is no room to compile it', Code.HEAP_FULL));
}

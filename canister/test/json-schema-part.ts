/** Grammars of JSON schemas over a vocabulary with all bytes and some words that span several parts of a grammar. */
import { GrammarPart } from './grammar-part.js';
import { byteAlphabet, spell, type TokenizerFile } from './reference/tokenizer.js';

const words = ['":', '{"', '","', '"}', '12', 'true', 'null', '\\u', 'é', '  '];
const tokens = [...byteAlphabet, ...words.map(spell)].map((text) => ({ text }));
const vocabulary: TokenizerFile = {
  model: 'gpt2',
  pre: 'gpt-2',
  tokens: [...tokens, { text: '<|im_end|>', type: 'control' }],
  merges: [],
  extra: [['tokenizer.ggml.eos_token_id', { type: 'u32', value: tokens.length }]],
};
const end = tokens.length;
/** Characters that end a text soon, in the order in which they are tried. */
const closing = ['"}', '}', ']', '"', '0', '1'].map((text) => tokens.findIndex((token) => token.text === spell(text)));

export class SchemaPart {
  private schema: unknown;

  readonly grammar: GrammarPart;

  private constructor(grammar: GrammarPart) {
    this.grammar = grammar;
  }

  /** @param flags for the compiler, beside those of the canister's build */
  static async load(flags: readonly string[] = []): Promise<SchemaPart> {
    const grammar = await GrammarPart.load(flags);
    grammar.readFile(vocabulary);
    return new SchemaPart(grammar);
  }

  /** Reads a schema; returns the problem, or an empty text. */
  open(schema: unknown): string {
    this.schema = schema;
    return this.grammar.openSchema(schema);
  }

  /** Whether a text matches the grammar, byte by byte. */
  makes(text: string): boolean {
    this.follow([]);
    const wrong = this.grammar.follow([...Buffer.from(text)]);
    if (wrong === '') return this.grammar.allows(end);
    if (!wrong.startsWith('what was generated does not fit')) throw new Error(wrong);
    // After a mismatch the grammar is not followed any further.
    this.open(this.schema);
    return false;
  }

  private follow(sequence: readonly number[]): void {
    const wrong = this.grammar.follow(sequence);
    if (wrong !== '') throw new Error(wrong);
  }

  /**
   * A text that matches the grammar. `choices` select its tokens; when they are used up, the text ends as soon as
   * possible.
   */
  draw(choices: readonly number[], most = 400): string | undefined {
    const sequence: number[] = [];
    const texts: Uint8Array[] = [];
    for (let i = 0; i < most; i++) {
      this.follow(sequence);
      const allowed = this.grammar.allowed();
      if (allowed.length === 0) throw new Error(`nothing goes on behind ${Buffer.concat(texts).toString()}`);
      if (allowed.includes(end)) return Buffer.concat(texts).toString();
      const hurried = closing.find((token) => allowed.includes(token));
      const choice = choices[i];
      const token =
        choice === undefined || (choice % 3 === 0 && hurried !== undefined)
          ? (hurried ?? allowed[0]!)
          : allowed[choice % allowed.length]!;
      sequence.push(token);
      texts.push(this.grammar.textOf(token));
    }
    return undefined;
  }
}

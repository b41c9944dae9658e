import { ggufBytes } from '../../test/gguf/header.js';
import { Part } from './part.js';
import { type TokenizerFile, tokenizerGguf } from './reference/tokenizer.js';

/** The functions of testing/grammar.ts for a grammar and its vocabulary. */
export interface GrammarExports {
  grammar_vocabulary(size: number): void;
  grammar_dispose(): void;
  grammar_close(): void;
  grammar_follow(tokens: number, count: number): void;
  grammar_allows(id: number): number;
  grammar_forbid(logits: number, size: number): void;
  grammar_size(): number;
  grammar_encode(text: number, bytes: number): number;
  grammar_tokens(): number;
  grammar_decode(id: number, dst: number): number;
}

/** Exports of testing/grammar.ts. */
interface Exports extends GrammarExports {
  grammar_open(text: number, bytes: number, from: number): void;
  grammar_open_schema(text: number, bytes: number): void;
  grammar_nodes(): number;
}

/** A vocabulary, and the grammar over it that is open. */
export class OpenGrammar<E extends GrammarExports> {
  readonly part: Part<E>;
  size = 0;

  constructor(part: Part<E>) {
    this.part = part;
  }

  /** Reads the vocabulary of a GGUF file; throws its problem. */
  read(bytes: Uint8Array): void {
    this.part.open(bytes);
    this.part.exports.grammar_vocabulary(bytes.length);
    if (this.part.said() !== '') throw new Error(this.part.said());
    this.size = this.part.exports.grammar_size();
  }

  readFile(file: TokenizerFile): void {
    this.read(ggufBytes(tokenizerGguf(file)).bytes);
  }

  /** Follows a sequence; returns the problem, or an empty text. */
  follow(tokens: readonly number[]): string {
    const content = new Uint8Array(Int32Array.from(tokens).buffer);
    this.part.with(content, (ptr) => this.part.exports.grammar_follow(ptr, tokens.length));
    return this.part.said();
  }

  allows(id: number): boolean {
    const allowed = this.part.exports.grammar_allows(id) !== 0;
    if (this.part.said() !== '') throw new Error(this.part.said());
    return allowed;
  }

  /** All tokens that may come next. */
  allowed(): number[] {
    const content = new Uint8Array(4 * this.size);
    return this.part.with(content, (ptr) => {
      this.part.exports.grammar_forbid(ptr, this.size);
      if (this.part.said() !== '') throw new Error(this.part.said());
      const logits = new Float32Array(this.part.bytes(ptr, content.length).slice().buffer);
      return Array.from(logits.keys()).filter((id) => logits[id] === 0);
    });
  }

  encode(text: string): number[] {
    return this.part.withText(text, (ptr, length) => {
      const count = this.part.exports.grammar_encode(ptr, length);
      const tokens = this.part.bytes(this.part.exports.grammar_tokens(), 4 * count).slice();
      return [...new Int32Array(tokens.buffer)];
    });
  }

  /** The text of a token as bytes. */
  textOf(id: number): Uint8Array {
    return this.part.with(new Uint8Array(65536), (ptr) => {
      const length = this.part.exports.grammar_decode(id, ptr);
      return this.part.bytes(ptr, length).slice();
    });
  }
}

/** The engine's grammars over one vocabulary. */
export class GrammarPart extends OpenGrammar<Exports> {
  /** @param flags for the compiler, beside those of the canister's build */
  static async load(flags: readonly string[] = []): Promise<GrammarPart> {
    const isUsual = flags.length === 0;
    return new GrammarPart(await (isUsual ? Part.load<Exports>() : Part.load<Exports>('testing/grammar.ts', flags)));
  }

  /** Reads a grammar; returns the problem, or an empty text. */
  open(text: string | Uint8Array, from = 0): string {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    this.part.with(bytes, (ptr) => this.part.exports.grammar_open(ptr, bytes.length, from));
    return this.part.said();
  }

  /** Reads a JSON schema, or a text that may be one; returns the problem, or an empty text. */
  openSchema(schema: unknown): string {
    const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
    this.part.withText(text, (ptr, length) => this.part.exports.grammar_open_schema(ptr, length));
    return this.part.said();
  }
}

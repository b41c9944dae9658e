import { Problem } from '../../problem';
import { Arena } from './arena';
import { Name, Names } from './names';
import { Kind, newNode } from './nodes';
import { Token, Tokens } from './tokens';

/** Expressions and blocks within one another: bounds the recursion of the parser. */
const MAX_DEPTH: i32 = 100;

/** The state that the parsers of expressions and statements share: their position and the problem. */
export abstract class TokenStream {
  /** The first problem, with its line; null if there is none. */
  problem: Problem | null = null;
  problemLine: u32 = 0;
  protected at: u32 = 0;
  protected depth: i32 = 0;

  constructor(
    protected readonly tokens: Tokens,
    protected readonly names: Names,
    protected readonly arena: Arena,
  ) {}

  /** Keeps the first problem, and goes to the end. */
  protected fail(reason: string): usize {
    if (this.problem === null) {
      this.problem = new Problem(reason);
      this.problemLine = this.line;
    }
    this.at = this.tokens.count - 1;
    return 0;
  }

  protected get hasFailed(): bool {
    return this.problem !== null;
  }

  protected get line(): u32 {
    return this.tokens.line(this.at);
  }

  protected get kind(): Token {
    return this.tokens.kind(this.at);
  }

  /** The kind of the token after the next one. */
  protected get kindAfter(): Token {
    return this.at + 1 < this.tokens.count ? this.tokens.kind(this.at + 1) : Token.End;
  }

  /** The number of a token that is a word or symbol. */
  protected get number(): u32 {
    return this.tokens.number(this.at);
  }

  protected skip(): void {
    if (this.at + 1 < this.tokens.count) ++this.at;
  }

  protected isWord(name: Name): bool {
    return this.kind == Token.Word && this.number == name;
  }

  protected isWordAfter(name: Name): bool {
    return this.kindAfter == Token.Word && this.tokens.number(this.at + 1) == name;
  }

  protected isSymbol(symbol: u32): bool {
    return this.kind == Token.Symbol && this.number == symbol;
  }

  protected takeWord(name: Name): bool {
    if (!this.isWord(name)) return false;
    this.skip();
    return true;
  }

  protected takeSymbol(symbol: u32): bool {
    if (!this.isSymbol(symbol)) return false;
    this.skip();
    return true;
  }

  protected expect(kind: Token, what: string): void {
    if (this.kind != kind) this.fail(`${what} is missing`);
    else this.skip();
  }

  protected expectSymbol(symbol: u32, what: string): void {
    if (!this.takeSymbol(symbol)) this.fail(`${what} is missing`);
  }

  /** A new node on the line that the parser is at. */
  protected node(kind: Kind): usize {
    if (this.arena.isFull) this.fail('it is too large for the memory that is left');
    return newNode(this.arena, kind, this.line);
  }

  protected enter(): bool {
    if (++this.depth <= MAX_DEPTH) return true;
    this.fail(`more than ${MAX_DEPTH} expressions and blocks are within one another`);
    return false;
  }

  protected leave(): void {
    --this.depth;
  }

  /** The word that the statement begins with that is next, or of the token that is. */
  protected wordAt(place: u32): string {
    const tokens = this.tokens;
    const at = tokens.kind(place) == Token.OpenStatement ? place + 1 : place;
    return String.UTF8.decodeUnsafe(tokens.bytes(at), min<u32>(40, tokens.length(at)));
  }
}

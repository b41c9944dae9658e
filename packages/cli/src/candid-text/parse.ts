import { candidError, type Token, tokensOf } from './tokens.js';

/** A written value whose type is not known yet. */
export type Written = { at: number } & (
  | { kind: 'null' }
  | { kind: 'bool'; value: boolean }
  | { kind: 'number'; text: string }
  | { kind: 'text'; bytes: Uint8Array }
  | { kind: 'blob'; bytes: Uint8Array }
  | { kind: 'principal'; text: string }
  | { kind: 'opt'; value: Written }
  | { kind: 'vec'; values: Written[] }
  | { kind: 'record'; fields: [label: string, value: Written][] }
  | { kind: 'variant'; label: string; value: Written }
  | { kind: 'typed'; value: Written; type: string }
);

/** Deeper nesting is refused, because it would exhaust the stack. */
const MAX_DEPTH = 200;

class Parser {
  readonly #tokens: Token[];
  #next = 0;
  #depth = 0;

  constructor(source: string) {
    this.#tokens = tokensOf(source);
  }

  /** `(value, value)`, or one value without the parentheses. */
  arguments(): Written[] {
    if (this.#peek().kind === 'end') return [];
    const values: Written[] = [];
    if (this.#accept('(')) {
      while (!this.#accept(')')) {
        values.push(this.#annotated());
        if (this.#accept(')')) break;
        this.#expect(',');
      }
    } else {
      values.push(this.#annotated());
    }
    const rest = this.#peek();
    if (rest.kind !== 'end') throw candidError('there is text after the end', rest.at);
    return values;
  }

  #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #accept(text: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'punctuation' || token.text !== text) return false;
    this.#next++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw candidError(`"${text}" is missing`, this.#peek().at);
  }

  #annotated(): Written {
    const value = this.#value();
    if (!this.#accept(':')) return value;
    const token = this.#peek();
    if (token.kind !== 'word') throw candidError('a type is missing', token.at);
    this.#next++;
    return { kind: 'typed', value, type: token.text, at: value.at };
  }

  #value(): Written {
    if (++this.#depth > MAX_DEPTH) throw candidError(`values nested deeper than ${MAX_DEPTH}`, this.#peek().at);
    const token = this.#peek();
    this.#next++;
    const value = this.#from(token);
    this.#depth--;
    return value;
  }

  #from(token: Token): Written {
    const { at } = token;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', text: token.text.replaceAll('_', ''), at };
      case 'text':
        return { kind: 'text', bytes: token.bytes, at };
      case 'word':
        return this.#keyword(token.text, at);
      case 'punctuation':
        if (token.text === '(') {
          const value = this.#annotated();
          this.#expect(')');
          return value;
        }
        throw candidError(`a value is missing before "${token.text}"`, at);
      default:
        throw candidError('a value is missing', at);
    }
  }

  #keyword(word: string, at: number): Written {
    switch (word) {
      case 'null':
        return { kind: 'null', at };
      case 'true':
      case 'false':
        return { kind: 'bool', value: word === 'true', at };
      case 'blob':
        return { kind: 'blob', bytes: this.#textBytes('blob'), at };
      case 'principal':
        return { kind: 'principal', text: Buffer.from(this.#textBytes('principal')).toString(), at };
      case 'opt':
        return { kind: 'opt', value: this.#value(), at };
      case 'vec':
        return { kind: 'vec', values: this.#list(), at };
      case 'record':
        return { kind: 'record', fields: this.#fields(), at };
      case 'variant':
        return this.#variant(at);
      default:
        throw candidError(`"${word}" is no value`, at);
    }
  }

  #textBytes(what: string): Uint8Array {
    const token = this.#peek();
    if (token.kind !== 'text') throw candidError(`the text of a ${what} is missing`, token.at);
    this.#next++;
    return token.bytes;
  }

  #list(): Written[] {
    this.#expect('{');
    const values: Written[] = [];
    while (!this.#accept('}')) {
      values.push(this.#annotated());
      if (this.#accept('}')) break;
      this.#expect(';');
    }
    return values;
  }

  /** A label before `=`, or undefined for a field that is given by its position. */
  #label(): string | undefined {
    const token = this.#peek();
    const equals = this.#tokens[this.#next + 1];
    if (equals?.kind !== 'punctuation' || equals.text !== '=') return undefined;
    this.#next += 2;
    if (token.kind === 'word') return token.text;
    if (token.kind === 'text') return Buffer.from(token.bytes).toString();
    // A field by the number of its name; `_123_` is how the decoder prints it.
    if (token.kind === 'number' && /^\d[\d_]*$/.test(token.text)) return `_${token.text.replaceAll('_', '')}_`;
    throw candidError('a field needs a name', token.at);
  }

  #fields(): [string, Written][] {
    this.#expect('{');
    const fields: [string, Written][] = [];
    while (!this.#accept('}')) {
      const { at } = this.#peek();
      const label = this.#label() ?? `_${fields.length}_`;
      if (fields.some(([other]) => other === label)) throw candidError(`field ${label} is there twice`, at);
      fields.push([label, this.#annotated()]);
      if (this.#accept('}')) break;
      this.#expect(';');
    }
    return fields;
  }

  #variant(at: number): Written {
    this.#expect('{');
    const label = this.#label();
    let written: Written;
    if (label !== undefined) {
      written = { kind: 'variant', label, value: this.#annotated(), at };
    } else {
      const token = this.#peek();
      this.#next++;
      if (token.kind !== 'word' && token.kind !== 'text') throw candidError('a variant needs a name', token.at);
      const name = token.kind === 'word' ? token.text : Buffer.from(token.bytes).toString();
      written = { kind: 'variant', label: name, value: { kind: 'null', at: token.at }, at };
    }
    this.#accept(';');
    this.#expect('}');
    return written;
  }
}

/** Candid's textual form of a method's arguments. Source: dfinity/candid, spec/Candid.md, "Textual Format". */
export function parseArguments(source: string): Written[] {
  return new Parser(source).arguments();
}

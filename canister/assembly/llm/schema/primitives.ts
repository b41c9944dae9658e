/** Rules of values of any kind, as llama.cpp's `json-schema-to-grammar` has them. */
import { Problem } from '../../problem';
import { GbnfParser } from '../grammar/gbnf';
import { Rules } from '../grammar/rules';

/**
 * Blanks between tokens of JSON are bounded, so that an answer cannot consist of endless blanks. Exponents are limited
 * to those of 64-bit numbers; a surrogate is written as an escape only together with its other half.
 */
const PRIMITIVES: string = `
space ::= | " " | "\\n"{1,2} [ \\t]{0,20}
boolean ::= ("true" | "false") space
null ::= "null" space
integral ::= [0] | [1-9] [0-9]{0,15}
integer ::= "-"? integral space
number ::= "-"? non-negative
non-negative ::= ([0-9] fraction? ([eE] ("+"? to-307 | down))? | [1-9] [0-9]{1,15} fraction? ([eE] ("+"? to-292 | down))?) space
fraction ::= "." [0-9]{1,16}
to-307 ::= [0-9] | [1-9] [0-9] | [12] [0-9] [0-9] | "30" [0-7]
to-292 ::= [0-9] | [1-9] [0-9] | "1" [0-9] [0-9] | "2" ([0-8] [0-9] | "9" [0-2])
down ::= "-" ([0] | [1-9] [0-9]{0,2})
char ::= [^"\\\\\\x7F\\x00-\\x1F] | "\\\\" (["\\\\bfnrt] | "u" (unit | [dD] [89abAB] hex hex "\\\\u" [dD] [c-fC-F] hex hex))
unit ::= [0-9a-cA-CefEF] hex{3} | [dD] [0-7] hex hex
hex ::= [0-9a-fA-F]
string ::= "\\"" char* "\\"" space
array ::= "[" space (value ("," space value)*)? "]" space
object ::= "{" space (string ":" space value ("," space string ":" space value)*)? "}" space
value ::= object | array | string | number | boolean | null
`;

/** Numbers of the rules, once they are defined. */
@final
export class Primitives {
  /** Why they are not there; null if they are. */
  readonly problem: Problem | null;
  readonly space: u32;
  readonly boolean: u32;
  readonly null: u32;
  readonly integer: u32;
  readonly number: u32;
  readonly nonNegative: u32;
  readonly char: u32;
  readonly string: u32;
  readonly array: u32;
  readonly object: u32;
  readonly value: u32;

  constructor(rules: Rules) {
    const text = String.UTF8.encode(PRIMITIVES);
    const parser = new GbnfParser(rules, null);
    this.problem = parser.define(changetype<usize>(text), text.byteLength);
    this.space = parser.ruleOf('space');
    this.boolean = parser.ruleOf('boolean');
    this.null = parser.ruleOf('null');
    this.integer = parser.ruleOf('integer');
    this.number = parser.ruleOf('number');
    this.nonNegative = parser.ruleOf('non-negative');
    this.char = parser.ruleOf('char');
    this.string = parser.ruleOf('string');
    this.array = parser.ruleOf('array');
    this.object = parser.ruleOf('object');
    this.value = parser.ruleOf('value');
    parser.dispose();
  }
}

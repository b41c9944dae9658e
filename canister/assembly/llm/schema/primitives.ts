/** GBNF rules of values of any kind and of strings of certain formats: those of llama.cpp's `json-schema-to-grammar`, but exact. */

/** Each rule's name, the rules that it needs, and what it makes. */
const RULES: StaticArray<string> = [
  'space',
  '',
  '| " " | "\\n"{1,2} [ \\t]{0,20}',
  'boolean',
  'space',
  '("true" | "false") space',
  'null',
  'space',
  '"null" space',
  'natural-part',
  '',
  '[0] | [1-9] [0-9]{0,15}',
  'fraction-part',
  'natural-part',
  '("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,2})?',
  'integer',
  'natural-part space',
  '"-"? natural-part space',
  'number',
  'natural-part fraction-part space',
  '"-"? natural-part fraction-part space',
  'non-negative',
  'natural-part fraction-part space',
  'natural-part fraction-part space',
  // A surrogate is no character of its own, so none is written as an escape.
  'char',
  '',
  '[^"\\\\\\x7F\\x00-\\x1F] | [\\\\] (["\\\\bfnrt] | "u" ([0-9a-cA-CefEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2}))',
  'string',
  'char space',
  '"\\"" char* "\\"" space',
  'array',
  'value space',
  '"[" space (value ("," space value)*)? "]" space',
  'object',
  'string value space',
  '"{" space (string ":" space value ("," space string ":" space value)*)? "}" space',
  'value',
  'object array string number boolean null',
  'object | array | string | number | boolean | null',
  'uuid',
  'space',
  '"\\"" [0-9a-fA-F]{8} "-" [0-9a-fA-F]{4} "-" [0-9a-fA-F]{4} "-" [0-9a-fA-F]{4} "-" [0-9a-fA-F]{12} "\\"" space',
  // No 29th of February: which years have one is more than the grammar is told.
  'date-text',
  '',
  '[0-9]{4} "-" (("0" [13578] | "10" | "12") "-" ("0" [1-9] | [12] [0-9] | "3" [01]) | ' +
    '("0" [469] | "11") "-" ("0" [1-9] | [12] [0-9] | "30") | "02-" ("0" [1-9] | "1" [0-9] | "2" [0-8]))',
  'time-text',
  '',
  '([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,9})? ' +
    '("Z" | [+-] ([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9])',
  'date',
  'date-text space',
  '"\\"" date-text "\\"" space',
  'time',
  'time-text space',
  '"\\"" time-text "\\"" space',
  'date-time',
  'date-text time-text space',
  '"\\"" date-text "T" time-text "\\"" space',
];

/** Values of the format of a string, by the name that JSON Schema gives it. */
export function isFormat(name: string): bool {
  return name == 'date' || name == 'time' || name == 'date-time' || name == 'uuid';
}

/** Appends the definitions of a rule and of all that it needs, unless they are there. */
export function define(name: string, defined: Set<string>, lines: string[]): void {
  if (defined.has(name)) return;
  defined.add(name);
  for (let i = 0; i < RULES.length; i += 3) {
    if (RULES[i] != name) continue;
    lines.push(`${name} ::= ${RULES[i + 2]}`);
    const needed = RULES[i + 1].split(' ');
    for (let j = 0; j < needed.length; ++j) if (needed[j].length > 0) define(needed[j], defined, lines);
  }
}

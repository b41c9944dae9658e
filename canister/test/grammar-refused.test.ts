import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { GrammarPart } from './grammar-part.js';
import { vocabulary } from './grammar-vocabulary.js';

let grammar: GrammarPart;
beforeAll(async () => {
  grammar = await GrammarPart.load();
});

describe('a grammar that cannot be used', () => {
  beforeAll(() => grammar.readFile(vocabulary));
  const refuse = (text: string | Uint8Array) => {
    const before = grammar.part.exports.taken();
    const problem = grammar.open(text);
    expect(problem).not.toBe('');
    expect(grammar.part.exports.taken()).toBeLessThanOrEqual(before);
    return problem;
  };

  it('is refused with the problem and its line', () => {
    expect(refuse('')).toBe('the grammar has no rule "root", which the text is made by');
    expect(refuse('a ::= "b"')).toBe('the grammar has no rule "root", which the text is made by');
    expect(refuse('root ::= other "x"')).toBe('the grammar has no rule "other", which another names');
    expect(refuse('root = "x"')).toBe('the grammar, line 1: "::=" was expected, at "= "x""');
    expect(refuse('root ::= "x')).toBe('the grammar, line 1: the end of a text or a class is missing, at its end');
    expect(refuse('root ::= [a')).toBe('the grammar, line 1: the end of a text or a class is missing, at its end');
    expect(refuse('root ::= []')).toBe('the grammar, line 1: the class of characters is empty, at "]"');
    expect(refuse('# one\nroot ::= ("x"\n')).toBe('the grammar, line 3: ")" was expected, at its end');
    expect(refuse('root ::= "x" )')).toBe('the grammar, line 1: the end of the rule was expected, at ")"');
    expect(refuse('root ::= *')).toBe('the grammar, line 1: there is nothing to be repeated, at its end');
    expect(refuse('root ::= "" +')).toMatch(/there is nothing to be repeated/);
    expect(refuse('root ::= "\\q"')).toBe('the grammar, line 1: there is no such escape, at "\\q""');
    expect(refuse('root ::= "\\u12g4"')).toMatch(/4 hexadecimal digits were expected/);
    expect(refuse('root ::= "a"{3,2}')).toMatch(/at least 3 and at most 2 repetitions are none at all/);
    expect(refuse('root ::= "a"{x}')).toMatch(/a number was expected/);
    expect(refuse('root ::= "a"{2;3}')).toMatch(/"}" was expected/);
    expect(refuse('root_1 ::= "a"')).toMatch(/"::=" was expected, at "_1 /);
    expect(refuse(Uint8Array.from([...Buffer.from('root ::= "'), 0xff, 0x22]))).toMatch(/a byte that is no UTF-8/);
    expect(refuse('root ::= "a"\n| "b"')).toMatch(/line 2: the name of a rule was expected/);
  });

  it('is refused when it is left-recursive, also after a part that may be empty', () => {
    expect(refuse('root ::= root "a" | "b"')).toBe('the grammar is left-recursive: the rule "root" begins with itself');
    expect(refuse('root ::= a\na ::= b "x"\nb ::= c\nc ::= a | "y"')).toMatch(/the rule "a" begins with itself/);
    expect(refuse('root ::= e e root "x" | "y"\ne ::= f | f f\nf ::= "z"*')).toMatch(/"root" begins with itself/);
    expect(refuse('root ::= ("a"? root "b")+ | "c"')).toMatch(/left-recursive/);
    expect(refuse('root ::= root')).toBe('the grammar allows no text at all');
  });

  it('is refused when it is too large', () => {
    expect(refuse(`root ::= "${'a'.repeat(300_000)}"`)).toMatch(/has 300011 bytes; at most 262144 are accepted/);
    expect(refuse(`root ::= ${'"a"{60000} '.repeat(6)}`)).toMatch(/more than 262144/);
    expect(refuse('root ::= "a"{100000}')).toMatch(/the number is above 65536/);
    expect(refuse(`root ::= ${'('.repeat(200)}"a"${')'.repeat(200)}`)).toMatch(/groups are nested more than 128 deep/);
  });

  it('stops without a trap when it gets too ambiguous', () => {
    const follow = (text: string, sequence: number[]) => {
      expect(grammar.open(text)).toBe('');
      const problem = grammar.follow(sequence);
      if (problem !== '') return problem;
      try {
        grammar.allowed();
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    const as = (count: number) => new Array<number>(count).fill(0x61);
    // Every letter doubles the number of ways to continue.
    expect(follow('root ::= "a" root "b" | "a" root "c" | "a"', as(10))).toBe('');
    expect(follow('root ::= "a" root "b" | "a" root "c" | "a"', as(30))).toMatch(/too (ambiguous|much work)/);
    const doubling = Array.from({ length: 30 }, (_, i) => `r${i} ::= r${i + 1} "x" | r${i + 1} "y"\n`).join('');
    expect(grammar.open(`root ::= r0\n${doubling}r30 ::= "a"`)).toMatch(
      /too ambiguous|too much work|too deeply nested/,
    );
    // Deep, but not ambiguous, so it is accepted.
    expect(follow('root ::= "a" root "b" | "c"', as(50_000))).toBe('');
    expect(follow('root ::= "a" root "b" | "c"', as(400_000))).toMatch(/too much work/);
  });

  it('never traps, for any bytes', () => {
    const piece = fc.constantFrom(
      'root',
      'a',
      ' ::= ',
      '"',
      '[',
      ']',
      '(',
      ')',
      '{',
      '}',
      '*',
      '+',
      '?',
      '|',
      '\n',
      '\\',
      '.',
      '<',
      '>',
      '!',
      '1',
      ',',
      '^',
      '-',
      '#',
      'x"',
      '"a"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.uint8Array({ maxLength: 4 }), (pieces, bytes) => {
        const problem = grammar.open(Buffer.concat([Buffer.from(`root ::= ${pieces.join('')}`), bytes]));
        if (problem === '') grammar.allowed();
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves nothing behind', () => {
    expect(grammar.open('root ::= "a"')).toBe('');
    grammar.part.exports.grammar_close();
    const before = grammar.part.exports.taken();
    for (let i = 0; i < 50; ++i) {
      grammar.open(['root ::= [a-z]+ "."', 'root ::= x', 'root ::= root "a"', 'root ::= ("a"{500}){500}'][i % 4]!);
      if (i % 4 === 0) grammar.allowed();
    }
    grammar.part.exports.grammar_close();
    expect(grammar.part.exports.taken()).toBe(before);
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { GrammarPart } from './grammar-part.js';
import { tokens, vocabulary } from './grammar-vocabulary.js';
import { grammarText, ReferenceGrammar, type Rules, type Tree } from './reference/grammar.js';

let grammar: GrammarPart;
beforeAll(async () => {
  grammar = await GrammarPart.load();
});

const id = (text: string) => tokens.findIndex((token) => token.text === text);
const end = id('<|im_end|>');

const texts = (ids: readonly number[]) => ids.map((id) => Buffer.from(grammar.textOf(id)).toString('latin1')).sort();

/** A random grammar over few characters, as a tree. Rules mention only later rules, so none is left-recursive. */
const character: fc.Arbitrary<Tree> = fc
  .oneof(
    { weight: 4, arbitrary: fc.constantFrom(...'abc12').map((c) => [[c.codePointAt(0)!, c.codePointAt(0)!]] as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<readonly (readonly [number, number])[]>(
        [[0x61, 0x63]],
        [
          [0x30, 0x39],
          [0x61, 0x62],
        ],
        [[0xe9, 0xe9]],
        [[0x65e5, 0x672c]],
        [
          [0x1f999, 0x1f999],
          [0x61, 0x61],
        ],
        [[0x80, 0x10ffff]],
        [[0x4e00, 0x9fa5]],
      ),
    },
  )
  .chain((ranges) => fc.constant<Tree>({ kind: 'characters', ranges, negated: false }));
const negated: fc.Arbitrary<Tree> = fc
  .constantFrom<readonly (readonly [number, number])[]>(
    [[0x22, 0x22]],
    [[0x61, 0x63]],
    [
      [0, 0x1f],
      [0x65e5, 0x65e5],
    ],
  )
  .map((ranges) => ({ kind: 'characters', ranges, negated: true }));

const tree = (names: readonly string[]): fc.Arbitrary<Tree> =>
  fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 5, arbitrary: character },
      { weight: 1, arbitrary: negated },
      {
        weight: names.length > 0 ? 2 : 0,
        arbitrary: fc
          .constantFrom(...(names.length > 0 ? names : ['none']))
          .map((name) => ({ kind: 'rule', name }) as const),
      },
      {
        weight: 3,
        arbitrary: fc.array(tie('tree'), { maxLength: 3 }).map((items) => ({ kind: 'sequence', items }) as const),
      },
      {
        weight: 2,
        arbitrary: fc
          .array(tie('tree'), { minLength: 1, maxLength: 3 })
          .map((items) => ({ kind: 'choice', items }) as const),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(tie('tree'), fc.nat(2), fc.constantFrom(0, 1, 3, Number.POSITIVE_INFINITY))
          .map(([item, least, more]) => ({ kind: 'repeat', item, least, most: least + more }) as const),
      },
    ),
  })).tree;

const rules: fc.Arbitrary<Rules> = fc.record({ root: tree(['one', 'two']), one: tree(['two']), two: tree([]) });

describe('a grammar', () => {
  beforeAll(() => grammar.readFile(vocabulary));

  it('allows the tokens that its definition allows, one at a time and all at once', () => {
    fc.assert(
      fc.property(rules, fc.array(fc.nat(), { maxLength: 12 }), (rules, choices) => {
        const opened = grammar.open(grammarText(rules));
        let reference = new ReferenceGrammar(rules);
        if (reference.isDead) return expect(opened).toBe('the grammar allows no text at all');
        expect(opened).toBe('');
        let text = new Uint8Array();
        const sequence: number[] = [];
        for (const choice of choices) {
          const expected = tokens.flatMap(({ type = 'normal' }, id) => {
            if (id === end) return reference.isComplete && reference.allows(text) && text.length === 0 ? [id] : [];
            if (type === 'control' || type === 'unknown') return [];
            return reference.allows(Buffer.concat([text, grammar.textOf(id)])) ? [id] : [];
          });
          expect(grammar.follow(sequence)).toBe('');
          expect(texts(grammar.allowed())).toEqual(texts(expected));
          const isExpected = new Set(expected);
          expect([...tokens.keys()].filter((id) => grammar.allows(id) !== isExpected.has(id))).toEqual([]);
          const going = expected.filter((id) => id !== end);
          if (going.length === 0) break;
          const id = going[choice % going.length]!;
          sequence.push(id);
          text = Buffer.concat([text, grammar.textOf(id)]);
          // The reference reads the complete characters; an incomplete one waits for the next token.
          const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(text, { stream: true });
          reference = reference.copy();
          for (const character of whole) reference.accept(character.codePointAt(0)!);
          text = text.subarray(Buffer.byteLength(whole));
        }
      }),
      { numRuns: process.env.LLAMA_CANISTER_TEST === 'full' ? 3000 : 60 },
    );
  });

  /** Whether a text matches so far, and whether it may end there. */
  const check = (text: string) => {
    const ids = [...Buffer.from(text)];
    const problem = grammar.follow(ids);
    if (problem !== '') return 'no';
    return grammar.allows(end) ? 'whole' : 'begins';
  };
  const open = (text: string) => expect(grammar.open(text)).toBe('');
  const makes = (text: string, whole: readonly string[], not: readonly string[]) => {
    for (const example of whole) {
      open(text);
      expect([example, check(example)]).toEqual([example, 'whole']);
    }
    for (const example of not) {
      open(text);
      expect([example, check(example)]).not.toEqual([example, 'whole']);
    }
  };

  it('is written as llama.cpp writes it', () => {
    makes('root ::= "a" | "b"', ['a', 'b'], ['', 'ab', 'c']);
    makes('root ::= ("a" |\n "b")+ # comment\n\n# another\n', ['a', 'ba'], ['']);
    makes('root ::=\n  one |\n  two-2\none ::= "1"\r\ntwo-2 ::= "2" one?', ['1', '2', '21'], ['12']);
    makes('root ::= [a-c-]* [^a-z\\]]', ['a-b1', '['], ['a', 'a]', 'd1']);
    makes('root ::= "\\x41\\u00e9\\U0001F999\\n\\t\\r\\"\\\\\\[\\]\\-"', ['Aé🦙\n\t\r"\\[]-'], []);
    makes('root ::= "é" [日-本] .', ['é日x', 'é本🦙', 'é日\n'], ['é日', 'e日x']);
    makes('root ::= "ab"{2} "c"{1,} "d"{ 0 , 2 }', ['ababc', 'ababccdd'], ['ababd', 'ababcddd', 'abc']);
    makes('root ::= "a"*?', ['', 'aaa'], ['b']);
    makes('root ::= ("")* "" "x" | ( ) "y"', ['x', 'y'], ['']);
    makes('root ::= ("a"* "b"*)* "."', ['.', 'abba.'], ['abba']);
    makes('root ::= "a"\nroot ::= "b"', ['b'], ['a']);
    makes('root ::= [z-a] | "x"', ['x'], ['z']);
    makes('root ::= "(" root ")" | "x"', ['x', '((x))'], ['((x)', '(x))']);
    makes('root ::= "\0" [^\0]', ['\0a'], ['\0\0']);
  });
});

describe('tokens that a grammar names', () => {
  beforeAll(() => grammar.readFile(vocabulary));
  const names = (ids: readonly number[]) => ids.map((id) => tokens[id]!.text);

  it('are matched as a whole, control tokens too', () => {
    expect(grammar.open('root ::= <think> [^<]* </think> <[256]>')).toBe('');
    expect(names(grammar.allowed())).toEqual(['<think>']);
    expect(grammar.allows(id('<think>'))).toBe(true);
    expect(grammar.allows(id('<'))).toBe(false);
    expect(grammar.follow([id('<think>'), 0x61])).toBe('');
    expect(names(grammar.allowed())).toContain('</think>');
    expect(names(grammar.allowed())).not.toContain('<think>');
    expect(grammar.follow([id('<think>'), 0x61, id('</think>')])).toBe('');
    expect(names(grammar.allowed())).toEqual(['ab']);
    expect(grammar.follow([id('<think>'), 0x61, id('</think>'), 256])).toBe('');
    expect(names(grammar.allowed())).toEqual(['<|im_end|>']);
  });

  it('can be excluded, so that any other token matches', () => {
    expect(grammar.open('root ::= <|im_start|> (!<think>)* "."')).toBe('');
    expect(grammar.follow([id('<|im_start|>')])).toBe('');
    const others = names(grammar.allowed());
    expect(others).toContain('<|im_start|>');
    expect(others).toContain('</think>');
    expect(others).not.toContain('<think>');
    expect(others).not.toContain('<|im_end|>');
    for (const [id, { text }] of tokens.entries()) expect(grammar.allows(id)).toBe(others.includes(text));
  });

  it('that are spelled out are only text: no text can stand for a control token', () => {
    expect(grammar.open('root ::= "<|im_start|>" | "<think>"')).toBe('');
    expect(names(grammar.allowed())).toEqual(['<', '<think>']);
  });

  it('have to be one token', () => {
    const line = 'the grammar, line 1: this is not one token of the vocabulary, at ';
    expect(grammar.open('root ::= <abc>')).toBe(`${line}"<abc>"`);
    expect(grammar.open('root ::= <[999999]> "a"')).toBe(`${line}"<[999999]> "a""`);
    expect(grammar.open('root ::= !<a')).toBe('the grammar, line 1: ">" was expected, at its end');
    expect(grammar.open('root ::= <[1>')).toBe('the grammar, line 1: "]" was expected, at ">"');
  });
});

describe('the end of a generation', () => {
  beforeAll(() => grammar.readFile(vocabulary));

  it('is allowed where the text may end, and then another text begins', () => {
    expect(grammar.open('root ::= "a" "b"?')).toBe('');
    expect(grammar.allows(end)).toBe(false);
    expect(grammar.follow([0x61])).toBe('');
    expect(grammar.allowed()).toEqual([0x62, end]);
    expect(grammar.follow([0x61, end])).toBe('');
    expect(grammar.allowed()).toContain(0x61);
    expect(grammar.follow([0x61, end, 0x61, 0x62])).toBe('');
    expect(grammar.allowed()).toEqual([end]);
  });

  it('never comes within a character', () => {
    expect(grammar.open('root ::= .*')).toBe('');
    expect(grammar.follow([0xe6, 0x97])).toBe('');
    expect(grammar.allows(end)).toBe(false);
    expect(grammar.allows(0xa5)).toBe(true);
    expect(grammar.allows(0x61)).toBe(false);
  });
});

describe('a sequence', () => {
  beforeAll(() => grammar.readFile(vocabulary));

  it('is held to the grammar after its prompt, however often it is cut back', () => {
    expect(grammar.open('root ::= "a" "b" "c"', 2)).toBe('');
    expect(grammar.follow([1, 2, 0x61, 0x62])).toBe('');
    expect(grammar.allowed()).toEqual([0x63]);
    expect(grammar.follow([1, 2, 0x61])).toBe('');
    expect(grammar.allowed()).toEqual([0x62]);
    expect(grammar.follow([1])).toBe('');
    expect(grammar.allowed()).toContain(0x61);
  });

  it('that the grammar does not allow is an error from then on', () => {
    expect(grammar.open('root ::= "a" "b"', 1)).toBe('');
    const problem = 'what was generated does not fit the grammar: token 2 of it is not allowed there';
    expect(grammar.follow([7, 0x61, 0x63])).toBe(problem);
    expect(grammar.follow([7, 0x61, 0x62])).toBe(problem);
    expect(() => grammar.allows(0x61)).toThrow(problem);
  });

  it('may be longer than what is remembered of it', () => {
    // Each place in the count is a state of its own, and there are more of them than are kept.
    expect(grammar.open('root ::= ("a" | "(" root ")"){20000} "."')).toBe('');
    const sequence: number[] = [];
    const inner = 0x61;
    for (let i = 0; i < 100; ++i) sequence.push(0x28);
    for (let i = 0; i < 19_000; ++i) sequence.push(inner);
    expect(grammar.follow(sequence)).toBe('');
    expect(grammar.allowed()).toContain(inner);
    for (let i = 0; i < 1000; ++i) sequence.push(inner);
    expect(grammar.follow(sequence)).toBe('');
    expect(grammar.allowed()).toEqual([0x2e]);
    sequence.push(0x2e);
    expect(grammar.follow(sequence)).toBe('');
    expect(grammar.allowed()).toEqual([0x29]);
    sequence.push(0x29);
    expect(grammar.follow(sequence)).toBe('');
    expect(grammar.allowed()).toContain(inner);
  });
});

// Grammars of answers with calls: what a template writes matches the grammar, and whatever matches is split into calls
// that the tools allow.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { ggufBytes } from '../../test/gguf/header.js';
import { type ChatFormatExports, ChatFormatPart } from './chat-format-part.js';
import { formats } from './chat-format-templates.js';
import { OpenGrammar } from './grammar-part.js';
import { matches, type Schema } from './reference/json-schema.js';
import { byteAlphabet, spell, type Token, type TokenizerFile, tokenizerGguf } from './reference/tokenizer.js';
import { TemplatePart } from './template-part.js';

let part: ChatFormatPart;
let templates: TemplatePart;
let grammar: OpenGrammar<ChatFormatExports>;
beforeAll(async () => {
  part = await ChatFormatPart.load();
  templates = new TemplatePart(part.part);
  grammar = new OpenGrammar(part.part);
});

const tools: Record<string, Schema> = {
  get_weather: {
    type: 'object',
    properties: {
      city: { type: 'string' },
      days: { type: 'integer', minimum: 1, maximum: 14 },
      unit: { enum: ['C', 'F'] },
    },
    required: ['city'],
  },
  now: { type: 'object', properties: {} },
  'list-2': {
    type: 'object',
    properties: { of: { $ref: '#/$defs/list' } },
    required: ['of'],
    $defs: { list: { type: 'array', items: { type: 'boolean' }, maxItems: 2 } },
  },
};

/** The marks of a format. */
const marksOf = (text: string) =>
  [...new Set(text.match(/<[^<>{}=\s"]+>|\[[A-Z_]{3,}\]/gu) ?? [])].filter((mark) => !/KEY|VALUE/.test(mark));

/** A vocabulary of bytes, some words, and marks. */
function vocabularyOf(marks: readonly string[], type: 'control' | 'userDefined'): TokenizerFile {
  const words = ['", "', '": ', '{"', '"}', 'get_', 'city', '\n</', '=', 'arguments'];
  const tokens: Token[] = [
    ...byteAlphabet.map((text) => ({ text })),
    ...words.map((text) => ({ text: spell(text) })),
    ...marks.map((text) => ({ text, type })),
    { text: '<|im_start|>', type: 'control' },
    { text: '<|im_end|>', type: 'control' },
  ];
  return {
    model: 'gpt2',
    pre: 'gpt-2',
    tokens,
    merges: [],
    extra: [['tokenizer.ggml.eos_token_id', { type: 'u32', value: tokens.length - 1 }]],
  };
}

interface Loaded {
  file: TokenizerFile;
  end: number;
}
function load(template: string, marks: readonly string[], type: 'control' | 'userDefined'): Loaded {
  const file = vocabularyOf(marks, type);
  const bytes = ggufBytes(tokenizerGguf(file)).bytes;
  part.part.open(bytes);
  part.part.exports.grammar_vocabulary(bytes.length);
  if (part.part.said() !== '') throw new Error(part.part.said());
  grammar.size = file.tokens.length;
  part.detect(template);
  return { file, end: file.tokens.length - 1 };
}

const isControl = ({ file }: Loaded, id: number) => file.tokens[id]?.type === 'control';

/** The tokens as a splitter gets them. */
const piecesOf = (loaded: Loaded, tokens: readonly number[]) =>
  tokens.map((id) => (isControl(loaded, id) ? { control: loaded.file.tokens[id]?.text ?? '' } : grammar.textOf(id)));

/** Whether a text, followed by the end of the answer, matches the grammar that is open. */
function fits(loaded: Loaded, text: string): boolean {
  const tokens = grammar.encode(text);
  if (grammar.follow(tokens) !== '') return false;
  return grammar.allows(loaded.end);
}

/** A walk to the end of an answer: tokens are drawn from those that the grammar allows, marks and punctuation first. */
function walk(loaded: Loaded, next: () => number, most: number): number[] | undefined {
  const tokens: number[] = [];
  for (;;) {
    if (grammar.follow(tokens) !== '') throw new Error(`token ${tokens.length}`);
    const allowed = grammar.allowed();
    expect(allowed.length, `behind ${Buffer.concat(tokens.map((id) => grammar.textOf(id)))}`).toBeGreaterThan(0);
    if (tokens.length > most / 2 && allowed.includes(loaded.end)) return tokens;
    if (tokens.length === most) return undefined;
    const weights = allowed.map((id) =>
      id >= 256 ? 40 : /["}\],/>]/.test(loaded.file.tokens[id]?.text ?? '') ? 20 : 1,
    );
    let place = next() * weights.reduce((sum, weight) => sum + weight, 0);
    let at = 0;
    while (at < weights.length - 1 && place >= (weights[at] ?? 0)) place -= weights[at++] ?? 0;
    const chosen = allowed[at] ?? loaded.end;
    if (chosen === loaded.end) return tokens;
    tokens.push(chosen);
  }
}

/** Numbers from 0 to 1, determined by a seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Checks the answer of a walk. */
function check(loaded: Loaded, tokens: readonly number[], prompt: string, least: number): void {
  const shown = Buffer.concat(
    tokens.map((id) => Buffer.from(isControl(loaded, id) ? (loaded.file.tokens[id]?.text ?? '') : grammar.textOf(id))),
  );
  for (const streams of [true, false]) {
    const split = part.split(piecesOf(loaded, tokens), { prompt, streams });
    expect(split.calls.length, `${shown}`).toBeGreaterThanOrEqual(least);
    if (least > 0) expect(split.text.trim(), `${shown}`).toBe('');
    for (const call of split.calls) {
      expect(call.state, `${shown}`).toBe('whole');
      const schema = tools[call.name];
      expect(schema !== undefined && matches(schema, schema, JSON.parse(call.arguments)), `${shown}`).toBe(true);
    }
  }
}

const words = fc
  .array(fc.constantFrom('a', 'é', '🦙', '<', '>', '"', '\\', '{', '[', ' ', '\n', '/'), { minLength: 1, maxLength: 8 })
  .map((all) => all.join('').trim())
  .filter((text) => text !== '');
const call = fc.oneof(
  fc.record({
    name: fc.constant('get_weather'),
    arguments: fc.record(
      { city: words, days: fc.integer({ min: 1, max: 14 }), unit: fc.constantFrom('C', 'F') },
      { requiredKeys: ['city'] },
    ),
  }),
  fc.record({ name: fc.constant('list-2'), arguments: fc.record({ of: fc.array(fc.boolean(), { maxLength: 2 }) }) }),
);

const types = ['control', 'userDefined'] as const;
describe.each(
  Object.entries(formats).flatMap(([name, format], i) =>
    // Each format with one kind of marks, and all pairs in test:full.
    types.filter((_, j) => isFull || j === i % 2).map((type) => ({ name, type, format })),
  ),
)('$name, marks $type', ({ type, format }) => {
  const { template, thinking, calls } = format;
  const open = () => {
    const loaded = load(template, marksOf(`${thinking ?? ''} ${calls}`), type);
    expect(part.setTools(tools)).toEqual([]);
    templates.compile(template);
    return loaded;
  };
  const question = { role: 'user', content: 'Q' };
  const text = (variables: object) => {
    const rendered = templates.render(variables);
    if (rendered.text === undefined) throw new Error(rendered.error);
    return rendered.text;
  };
  const promptOf = () => text({ messages: [question], add_generation_prompt: true });

  it('what the template writes matches', () => {
    const loaded = open();
    const prompt = promptOf();
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 2 }), fc.boolean(), (made, thinks) => {
        const tool_calls = made.map((one, i) => ({ id: `call0000${i}`, type: 'function', function: one }));
        const reasoning_content = thinks && thinking !== undefined ? 'Hm.' : undefined;
        const answer = { role: 'assistant', content: '', tool_calls, reasoning_content };
        const whole = text({ messages: [question, answer] });
        const written = whole.slice(prompt.length).replace(/<\|im_end\|>\n$/, '');
        for (const choice of ['auto', 'required'] as const) {
          expect(part.constrain({ prompt, choice })).toBe('');
          expect(fits(loaded, written), written).toBe(true);
        }
        const name = made[0]?.name ?? '';
        const others = made.some((one) => one.name !== name);
        expect(part.constrain({ prompt, choice: 'required', name })).toBe('');
        expect(fits(loaded, written)).toBe(!others);
        expect(part.constrain({ prompt, choice: 'required', parallel: false })).toBe('');
        expect(fits(loaded, written)).toBe(made.length === 1);
      }),
      { numRuns: isFull ? 20 : 2 },
    );
    expect(part.constrain({ prompt })).toBe('');
    expect(
      fits(loaded, thinking !== undefined && prompt.endsWith('<think>\n') ? 'x</think>Just text.' : 'Just text.'),
    ).toBe(true);
    expect(part.constrain({ prompt, choice: 'required' })).toBe('');
    expect(fits(loaded, 'Just text.')).toBe(false);
  });

  it('whatever matches is split into calls that the tools allow', () => {
    const loaded = open();
    const prompt = promptOf();
    let whole = 0;
    for (const choice of ['required', 'auto'] as const) {
      // Most seeds come to an end; the first that does is enough.
      for (let [seed, found] = [1, 0]; seed <= (isFull ? 6 : 3) && (isFull || found === 0); seed++) {
        expect(part.constrain({ prompt, choice, parallel: seed % 2 === 0 })).toBe('');
        const tokens = walk(loaded, numbers(seed), 160);
        if (tokens === undefined) continue;
        ++whole;
        ++found;
        check(loaded, tokens, prompt, choice === 'required' ? 1 : 0);
      }
    }
    expect(whole).toBeGreaterThan(0);
  });

  it('an answer that has to be JSON may be a call as well', () => {
    const loaded = open();
    const prompt = promptOf();
    const response = { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] };
    const before = thinking !== undefined && prompt.endsWith('<think>\n') ? 'x</think>\n\n' : '';
    expect(part.constrain({ prompt, response })).toBe('');
    expect(fits(loaded, `${before}{"ok": true}`)).toBe(true);
    expect(fits(loaded, `${before}text`)).toBe(false);
    expect(part.constrain({ prompt, response: 'root ::= "yes" | "no"', choice: 'none' })).toBe('');
    expect(fits(loaded, `${before}no`)).toBe(true);
    expect(fits(loaded, `${before}maybe`)).toBe(false);
  });
});

describe('a template that has no format for calls', () => {
  const template =
    '{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}';

  it('a model is told of the tools, and held to the generic format', () => {
    const loaded = load(template, [], 'control');
    expect(part.detect(template)).toEqual({ calls: 'generic' });
    part.setTools(tools);
    expect(part.instructions()).toContain('"name":"get_weather"');
    expect(part.constrain({ choice: 'required' })).toBe('');
    const written =
      '{"tool_calls": [{"name": "now", "arguments": {}}, {"name": "get_weather", "arguments": {"city": "x"}}]}';
    expect(fits(loaded, written)).toBe(true);
    expect(fits(loaded, 'text')).toBe(false);
    expect(part.split([written]).calls.map(({ name }) => name)).toEqual(['now', 'get_weather']);
    for (let seed = 1; seed <= (isFull ? 12 : 2); seed++) {
      expect(part.constrain({ choice: seed % 2 === 0 ? 'required' : 'auto' })).toBe('');
      const tokens = walk(loaded, numbers(seed), 200);
      if (tokens !== undefined) check(loaded, tokens, '', seed % 2 === 0 ? 1 : 0);
    }
  });
});

describe('in parts', () => {
  it.each([
    [
      'heads',
      "{{ '<|start|>' }}{{ '<|channel|>' }}{{ '<|message|>' }}",
      ['<|start|>', '<|channel|>', '<|message|>', '<|end|>', '<|constrain|>', '<|call|>', '<|return|>'],
      '<|start|>assistant',
    ],
    [
      'names',
      '{% for m in messages %}{{ m.content }}{% endfor %}{% if add_generation_prompt %}>>>{% endif %}',
      ['>>>'],
      '>>>',
    ],
  ])('with %s', (_, template, marks, prompt) => {
    const loaded = load(template, marks, 'userDefined');
    part.setTools(tools);
    let whole = 0;
    for (let seed = 1; seed <= (isFull ? 16 : 4); seed++) {
      const isRequired = seed % 2 === 0;
      expect(part.constrain({ prompt, choice: isRequired ? 'required' : 'auto' })).toBe('');
      const tokens = walk(loaded, numbers(seed), 200);
      if (tokens === undefined) continue;
      ++whole;
      check(loaded, tokens, prompt, isRequired ? 1 : 0);
    }
    expect(whole).toBeGreaterThan(1);
  });
});

it('the error names the tool that a grammar cannot be made for, and says why', () => {
  load(formats['keys and values']?.template ?? '', [], 'control');
  part.setTools({ f: { type: 'object', allOf: [{}] } });
  expect(part.constrain()).toMatch(/^tool "f": this model writes arguments one by one/);
  load(formats.hermes?.template ?? '', [], 'control');
  part.setTools({ f: { type: 'object', properties: { a: { type: 'string', whatever: 1 } } } });
  expect(part.constrain()).toBe('tool "f": #/properties/a: the keyword "whatever" is not supported');
  part.setTools(tools);
  expect(part.constrain({ choice: 'required', name: 'g' })).toBe('there is no tool "g" to be called');
  part.setTools({});
  expect(part.constrain({ choice: 'required' })).toBe('there is no tool to be called');
});

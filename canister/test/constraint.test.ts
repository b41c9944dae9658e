import { beforeAll, describe, expect, it } from 'vitest';
import { Llama } from './llama.js';
import { matches } from './reference/json-schema.js';
import { tinyModel } from './tiny-model.js';

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', tinyModel(), '-c', '512');
});

const wild = ['--temp', '3', '--top-k', '0', '--top-p', '1', '--min-p', '0'];
const schema = {
  type: 'object',
  properties: { name: { type: 'string', maxLength: 8 }, age: { type: 'integer', minimum: 0, maximum: 150 } },
  required: ['name', 'age'],
};

describe('an answer', () => {
  it('matches the schema, whatever the model would prefer', () => {
    for (let seed = 0; seed < 8; seed++) {
      const flags = [...wild, '--seed', String(seed), '-j', JSON.stringify(schema)];
      const { output, generated_eog } = llama.ok('run_query', ['-n', '200', '-p', 'hello', ...flags]);
      expect(generated_eog).toBe(true);
      expect([output, matches(schema, schema, JSON.parse(output))]).toEqual([output, true]);
    }
  });

  it.each([1, 2, 3, 4, 5])('matches the grammar, in calls and queries of any length (seed %d)', (seed) => {
    const grammar = 'root ::= ("ab" | "é" [0-9]{2})+ "."';
    const flags = [...wild, '--seed', String(seed), '--grammar', grammar];
    const name = ['--prompt-cache', `c${seed}`];
    const whole = llama.ok('run_query', ['-n', '300', '-p', 'x', ...flags]).output;
    expect(whole).toMatch(/^(ab|é\d\d)+\.$/);
    const prompt = llama.run([...name, '-n', '0', '-p', 'x', ...flags]).conversation;
    let parts = '';
    // The last token of a call is reported again by the next call, which evaluates it.
    for (let call = 0, ended = false; call < 300 && !ended; call++) {
      const reply = llama.run([...name, '-n', '2', ...flags]);
      parts = reply.conversation.slice(prompt.length);
      ended = reply.generated_eog;
    }
    expect(parts).toBe(whole);
  });

  it('is held to the last of several grammars and schemas, and to none if that is empty', () => {
    const query = (...args: string[]) => llama.ok('run_query', ['-n', '6', '-p', 'x', ...args]).output;
    expect(query('--grammar', 'root ::= "a"+', '-j', '{"const":"b"}')).toBe('"b"');
    expect(query('-j', '{"const":"b"}', '--grammar', 'root ::= "a"{3}')).toBe('aaa');
    expect(query('--grammar', 'root ::= "a"', '--grammar', '')).toBe(query());
  });

  it('that cannot be held to its grammar is an error before any token, and nothing has changed', () => {
    llama.run(['--prompt-cache', 'kept', '-n', '4', '-p', 'x']);
    const before = llama.ok('run_query', ['--prompt-cache', 'kept', '-n', '0']);
    const refused = ['--prompt-cache', 'kept', '-n', '4', '-p', 'another prompt'];
    expect(llama.error('run_update', [...refused, '-j', '{"if":{}}'])).toBe(
      '--json-schema: #: the keyword "if" is not supported',
    );
    expect(llama.error('run_update', [...refused, '--grammar', 'root ::= ['])).toMatch(/^--grammar: .*line 1/);
    expect(llama.ok('run_query', ['--prompt-cache', 'kept', '-n', '0'])).toEqual(before);
  });

  it('that began without the grammar is an error if it does not fit', () => {
    llama.run(['--prompt-cache', 'free', '-n', '6', '-p', 'x', '--grammar', 'root ::= "abcdefghijkl"']);
    expect(llama.error('run_update', ['--prompt-cache', 'free', '-n', '3', '--grammar', 'root ::= [0-9]+'])).toMatch(
      /^what was generated does not fit the grammar: token 1 of it is not allowed there$/,
    );
    // Nothing is lost: the session goes on as before.
    const { output } = llama.run(['--prompt-cache', 'free', '-n', '20', '--grammar', 'root ::= "abcdefghijkl"']);
    expect('abcdefghijkl'.endsWith(output)).toBe(true);
  });

  it('costs less if the grammar allows few tokens, and greedily they are the same tokens', async () => {
    const other = await Llama.install();
    other.load('m', tinyModel({ vocabulary: 20_000 }), '-c', '512');
    const grammar = 'root ::= (<[70]> | <[9000]> | <[19000]>)+';
    const flags = ['-p', 'some text', '--temp', '0', '--ignore-eos', '-n', '30', '--grammar', grammar];
    // The first answer also has to index the vocabulary.
    other.ok('run_update', flags);
    const few = other.ok('run_update', flags).output;
    const { instructions } = other.spent;
    // With a penalty that could make a logit infinite, all logits are computed.
    const all = ['--dry-multiplier', '1e31', '--dry-allowed-length', '4', '--dry-penalty-last-n', '4'];
    expect(other.ok('run_update', [...flags, ...all]).output).toBe(few);
    // Rows of 64 weights, at 0.7 instructions each.
    expect(other.spent.instructions - instructions).toBeGreaterThan(29 * 20_000 * 64 * 0.7);
  });
});

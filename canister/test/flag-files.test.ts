import { beforeAll, describe, expect, it } from 'vitest';
import { Llama, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', tinyModel(), '-c', '256');
  llama.letEveryoneIn();
});

const write = (name: string, text: string) => llama.upload(name, Buffer.from(text));
const conversation = (...args: string[]) => llama.run(['-n', '0', ...args]).conversation;
const error = (...args: string[]) => llama.error('run_update', ['-n', '1', ...args]);

describe('a prompt in a file', () => {
  it('has the same meaning as on the command line, escapes included, without the newline at its end', () => {
    write('texts/prompt.txt', 'one\\ttwo\nthree\n\n');
    expect(conversation('-f', 'texts/prompt.txt')).toBe('one\ttwo\nthree\n');
    expect(conversation('--file', 'texts/prompt.txt', '--no-escape')).toBe('one\\ttwo\nthree\n');
    expect(conversation('-bf', 'texts/prompt.txt', '--no-escape')).toBe('one\\ttwo\nthree\n\n');
    expect(conversation('--no-escape', '--binary-file', 'texts/prompt.txt')).toBe('one\\ttwo\nthree\n\n');
  });

  it('or on the command line: the last one counts', () => {
    write('a', 'from a');
    expect(conversation('-p', 'x', '-f', 'a')).toBe('from a');
    expect(conversation('-f', 'a', '-p', 'x')).toBe('x');
  });

  it('goes on over calls as any other', () => {
    write('a', 'from a file');
    const whole = llama.run(['-n', '8', '--temp', '0', '-f', 'a', '--prompt-cache', 'whole']);
    llama.maxTokens(3);
    const args = ['--temp', '0', '--prompt-cache', 'split'];
    let reply = llama.run([...args, '-f', 'a', '-n', '8']);
    while (reply.prompt_remaining !== '') reply = llama.run([...args, '-f', 'a', '-n', '8']);
    llama.maxTokens(0);
    expect(llama.run([...args, '-f', 'a', '-n', '8']).output).toBe(whole.output);
  });

  it('is an error if it cannot be used', () => {
    expect(error('-f', 'nowhere')).toBe('--file: File does not exist: nowhere');
    expect(error('-f', '../up')).toMatch(/^--file: a path cannot have \.\./);
    expect(error('-f', 'texts')).toMatch(/^--file: /);
    expect(error('-f', 'n'.repeat(5000))).toMatch(/^--file: a path has at most/);
    llama.upload('large', new Uint8Array((2 << 20) + 1));
    expect(error('-bf', 'large')).toBe('--binary-file: the file has 2097153 bytes; at most 2097152 are read as a text');
  });
});

describe('a grammar or a schema in a file', () => {
  it('holds the answer as on the command line', () => {
    write('g.gbnf', 'root ::= "ab" "a"*\n');
    write('s.json', '{"enum": ["aaa"]}');
    const output = (...args: string[]) => llama.run(['-n', '3', '-p', 'hello', ...args]).output;
    expect(output('--grammar-file', 'g.gbnf')).toBe(output('--grammar', 'root ::= "ab" "a"*'));
    expect(output('-jf', 's.json')).toBe('"aa');
    expect(output('--json-schema-file', 's.json', '--grammar', 'root ::= "zzz"')).toBe('zzz');
  });

  it('is named with its problem', () => {
    write('bad', '{');
    write('empty', '');
    expect(error('-p', 'x', '--grammar-file', 'bad')).toMatch(/^--grammar-file: /);
    expect(error('-p', 'x', '-jf', 'bad')).toMatch(/^--json-schema-file: it is no JSON/);
    expect(error('-p', 'x', '-jf', 'empty')).toBe('--json-schema-file: the file is empty');
    expect(error('-p', 'x', '-jf', 'nowhere')).toBe('--json-schema-file: File does not exist: nowhere');
  });
});

describe('the right to name a file', () => {
  it('is the right to download it', () => {
    write('secret', 'a secret');
    const other = person(7);
    const text = other.toText();
    const guest = (name: string) => llama.command('run_update', ['-n', '0', '-f', name], other);
    const refusal = `--file: only administrators may name files that are not in .canister_cache/${text}`;
    for (const name of ['secret', './secret', '.canister_cache', `.canister_cache/${person(8).toText()}/sessions/a`]) {
      expect(guest(name)).toMatchObject({ Err: { error: refusal } });
    }
    write(`.canister_cache/${text}/sessions/mine`, 'my own');
    expect(guest(`.canister_cache/${text}/sessions/mine`)).toMatchObject({ Ok: { conversation: 'my own' } });
  });
});

describe('--model of a run', () => {
  it('is the model that is loaded, or one that an administrator has loaded first', () => {
    llama.upload('other', tinyModel({ layers: 1 }));
    const first = llama.run(['-n', '6', '--temp', '0', '-p', 'hello', '-m', 'm']).output;
    const guest = llama.command('run_update', ['-n', '6', '-p', 'hello', '-m', 'other'], person(7));
    expect(guest).toMatchObject({
      Err: { error: '--model: it is not the model that is loaded, and only administrators may load another' },
    });
    expect(llama.error('run_query', ['-n', '6', '-p', 'hello', '-m', 'other'])).toMatch(/a query cannot load one/);
    const second = llama.run(['-n', '6', '--temp', '0', '-p', 'hello', '-m', 'other', '-c', '64']).output;
    expect(second).not.toBe(first);
    expect(llama.call('model_info')).toMatchObject({ Ok: { context: 64n } });
    expect(error('-m', 'nowhere')).toBe('--model nowhere: File does not exist: nowhere');
    expect(llama.run(['-n', '6', '--temp', '0', '-p', 'hello', '-m', 'm']).output).toBe(first);
  });
});

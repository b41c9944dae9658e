import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Llama } from './llama.js';
import { tinyModel } from './tiny-model.js';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));

interface Row {
  names: string[];
  value: string;
  neutral?: string;
}

const tables = join(canister, 'assembly/service/flags');

/** The flags that have an effect, as the sources define them: `new TextFlag('-p --prompt', ...)`. */
function followed(): Row[] {
  const files = readdirSync(tables).filter((name) => name.endsWith('-flags.ts'));
  return files.flatMap((name) => {
    const found = readFileSync(join(tables, name), 'utf8').matchAll(
      /new (Turn|Text|Whole|Real|Seed)Flag\(\s*'([^']+)'/g,
    );
    const values: Record<string, string> = {
      Turn: 'NOTHING',
      Text: 'TEXT',
      Whole: 'WHOLE',
      Real: 'REAL',
      Seed: 'WHOLE',
    };
    return [...found].map(([, kind, names]) => ({ names: names!.split(' '), value: values[kind!]! }));
  });
}

/** The rows of the other tables, read from their sources. */
function rows(file: string): Row[] {
  const source = readFileSync(join(tables, `${file}.ts`), 'utf8');
  const flags = [...source.matchAll(/new Flag\(\s*'([^']+)',\s*(\w+),\s*\w+(?:,\s*'(\S+))?/g)].map(
    ([, names, value, neutral]) => ({
      names: names!.split(' '),
      value: value!,
      ...(neutral ? { neutral } : {}),
    }),
  );
  const refused = [...source.matchAll(/refusal\(\s*((?:'[^']+'(?: \+)?\s*)+),/g)].map(([, names]) => ({
    names: names!
      .replace(/['+\s]+/g, ' ')
      .trim()
      .split(' '),
    value: 'REFUSED',
  }));
  return [...flags, ...refused];
}

/** The numbers of samplers, read from the samplers' sources. */
function settings(): Row[] {
  const folder = join(canister, 'assembly/llm/sampling');
  return readdirSync(folder).flatMap((name) => {
    const found = readFileSync(join(folder, name), 'utf8').matchAll(/new Setting\('([^']+)', [-\d.]+(, true)?/g);
    return [...found].map(([, names, whole]) => ({ names: names!.split(' '), value: whole ? 'WHOLE' : 'REAL' }));
  });
}

const honoured = [...followed(), ...settings()];
const moot = rows('moot');
const ignored = rows('ignored');
const neutral = rows('refused').filter((row) => row.neutral !== undefined);
const refused = rows('refused').filter((row) => row.neutral === undefined);
const all = [honoured, moot, ignored, neutral, refused];

/** A value that any flag of this kind accepts. */
const values: Record<string, string[]> = { NOTHING: [], TEXT: ['x'], WHOLE: ['9'], REAL: ['0.5'], CHOICE: ['on'] };
const fitting: Record<string, string> = {
  '--cache-type-k': 'q8_0',
  '--cache-type-v': 'f16',
  '--rope-scaling': 'linear',
  '--override-kv': 'general.name=str:x',
  '--samplers': 'top_k;temperature',
  '--sampler-seq': 'kt',
  '--logit-bias': '12-0.5',
  '--grammar': 'root ::= .*',
  '--json-schema': 'true',
  '--dry-base': '2',
  '--mirostat': '2',
  '--file': 'prompt.txt',
  '--binary-file': 'prompt.txt',
  '--grammar-file': 'grammar.gbnf',
  '--json-schema-file': 'schema.json',
};

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', tinyModel(), '-c', '256');
  llama.upload('prompt.txt', Buffer.from('hello'));
  llama.upload('grammar.gbnf', Buffer.from('root ::= .*'));
  llama.upload('schema.json', Buffer.from('true'));
});

const error = (...args: string[]) => llama.error('run_update', ['-n', '1', '-p', 'hello', ...args]);
const run = (...args: string[]) => llama.run(['-n', '1', '-p', 'hello', ...args]);

describe('flags', () => {
  it('have unique names', () => {
    const names = all.flat().flatMap((row) => row.names);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are decided for all flags of llama.cpp’s command line, with the values that each accepts', () => {
    // The flags of llama-completion, the program of llama.cpp from which llama_cpp_canister is made.
    const lines = readFileSync(join(canister, 'test/data/llama-completion-flags.txt'), 'utf8').trim().split('\n');
    expect(lines.length).toBeGreaterThan(150);
    const kinds = new Map(
      all.flatMap((rows) => rows.flatMap(({ names, value }) => names.map((name) => [name, value]))),
    );
    for (const line of lines) {
      const [kind, ...names] = line.split(' ');
      for (const name of names) {
        const value = kinds.get(name);
        expect(value, name).toBeDefined();
        if (kind === 'nothing') expect(['NOTHING', 'CHOICE', 'REFUSED'], name).toContain(value);
        else expect(['TEXT', 'WHOLE', 'REAL', 'CHOICE', 'REFUSED'], name).toContain(value);
      }
    }
  });

  it('are those of docs/flags.md, section by section', () => {
    const sections = readFileSync(join(canister, '../docs/flags.md'), 'utf8').split('\n## ').slice(1);
    for (const [i, rows] of all.entries()) {
      const cells = sections[i]!.split('\n').flatMap((line) => (line.startsWith('| `') ? [line.split('|')[1]!] : []));
      const documented = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
      expect(documented.sort()).toEqual(rows.flatMap(({ names }) => names).sort());
    }
  });

  it.each(honoured)('$names is accepted in every form, also with underscores', ({ names, value }) => {
    const canonical = names.find((name) => name in fitting);
    const one = canonical ? [fitting[canonical]!] : values[value]!;
    for (const name of names) {
      // The canister looks at the models and files that these flags name.
      if (name === '-m' || name === '--model') expect(run(name, 'm')).toMatchObject({ status_code: 200 });
      else run(name, ...one);
      if (name.startsWith('--')) run(name.replaceAll(/(?<!^)(?<!^-)-/g, '_'), ...(name === '--model' ? ['m'] : one));
    }
  });

  it.each([...moot, ...ignored])('$names is accepted, and has no effect', ({ names, value }) => {
    const without = llama.ok('run_query', ['-n', '9', '--temp', '0', '-p', 'hello']);
    for (const name of names) {
      expect(llama.ok('run_query', ['-n', '9', '--temp', '0', name, ...values[value]!, '-p', 'hello'])).toEqual(
        without,
      );
    }
  });

  it('that have no effect are in the log, with the reason', () => {
    const logged = (...args: string[]) => {
      run(...args);
      return llama.spent.logs;
    };
    for (const { names, value } of moot) expect(logged(names[0]!, ...values[value]!)).toHaveLength(1);
    for (const { names, value } of ignored) {
      const lines = logged(names[0]!, ...values[value]!);
      expect(lines).toHaveLength(2);
      expect(lines[1]).toMatch(new RegExp(`^run_update: ignored ${names[0]}: .{15,}$`));
    }
    const [, line] = logged('-t', '4', '--threads', '8', '-t', '5', '-cnv', '--dry-base', '0.5');
    expect(line).toMatch(/: ignored -t: [^;]+; -cnv: [^;]+; --dry-base 0.5: 1 or more is accepted$/);
  });

  it.each(neutral)('$names is accepted with $neutral only', ({ names, neutral }) => {
    for (const name of names) {
      run(name, neutral!);
      expect(error(name, '7')).toMatch(new RegExp(`^${name} 7: .+; only ${neutral} is accepted$`));
    }
  });

  it.each(refused)('$names is refused with its name and the reason', ({ names }) => {
    for (const name of names) expect(error(name, 'x')).toMatch(new RegExp(`^${name}: .{15,}$`));
  });

  it('without their value, or with one of another kind, are named with it', () => {
    for (const { names, value } of [...honoured, ...moot, ...ignored, ...neutral]) {
      if (value === 'NOTHING' || value === 'CHOICE') continue;
      for (const name of names) {
        expect(error(name)).toBe(`${name}: its value is missing`);
        if (value === 'WHOLE') {
          for (const wrong of ['', 'x', '1.5', '1e3', '0x10', '99999999999', '- 1', '1 ']) {
            expect(error(name, wrong)).toMatch(`${name} ${wrong || '""'}: it is `);
          }
        }
        if (value === 'REAL') {
          for (const wrong of ['', 'x', '1,5', '.', '1e', 'inf', 'nan', '0x1', '1e999', '5 ']) {
            expect(error(name, wrong)).toBe(`${name} ${wrong || '""'}: it is no number`);
          }
        }
      }
    }
  });

  it.each([
    [['--unheard-of', '1'], '--unheard-of: there is no such flag'],
    [['--temp=0.5'], '--temp=0.5: a flag and its value are two texts, "--temp" and what follows'],
    [['hello'], 'hello: a flag was expected here, and no flag begins like this'],
    [[''], '"": a flag was expected here, and no flag begins like this'],
    [['-'], '-: there is no such flag'],
    [[`--${'x'.repeat(1000)}`], `--${'x'.repeat(62)}...: there is no such flag`],
    [[`--${'ä'.repeat(1000)}`], `--${'ä'.repeat(31)}...: there is no such flag`],
    [['-n', '-3'], '-n -3: -2 (until the context is full), -1 (until the end) or more is accepted'],
    [['-c', '-1'], '-c -1: 0 (as the model says) or more is accepted'],
    [['-n', '3000000000'], '-n 3000000000: it is too large'],
    [
      ['-ctv', 'int8'],
      '-ctv int8: keys and values are kept in 16 bits (f32, f16, bf16) or in 8 (q8_0 and less); no other type is accepted',
    ],
    [['--rope-scaling', 'longrope'], '--rope-scaling longrope: none, linear and yarn are accepted'],
    [['--rope-freq-base', '0'], '--rope-freq-base 0: it has to be above 0'],
    [['--rope-scale', '-1'], '--rope-scale -1: it has to be above 0'],
    [['--samplers', 'top_k;magic'], '--samplers top_k;magic: the sampler "magic" is not supported'],
    [['--sampler-seq', 'kz'], '--sampler-seq kz: the sampler "z" is not supported'],
    [['--samplers', 'x'.repeat(5000)], /^--samplers x{64}\.\.\.: it is too long$/],
    [['--logit-bias', '12'], '--logit-bias 12: it is no token number, + or -, and a number'],
    [['--logit-bias', 'x+1'], '--logit-bias x+1: it is no token number, + or -, and a number'],
    [['-l', '12*1'], '-l 12*1: it is no token number, + or -, and a number'],
    [['-l', '12+'], '-l 12+: it is no token number, + or -, and a number'],
    [['-l', '9999+1'], '--logit-bias: 9999 is not a token of the model, which has 400'],
    [['--temp', '1e300'], '--temp 1e300: it is too large'],
    [['--repeat-penalty', '0'], '--repeat-penalty 0: above 0 is accepted'],
    [['--repeat-penalty', '1e-50'], '--repeat-penalty 1e-50: above 0 is accepted'],
    [['--repeat-last-n', '-2'], '--repeat-last-n -2: -1 or more is accepted'],
    [['--dynatemp-range', '1e300'], '--dynatemp-range 1e300: it is too large'],
    [['--mirostat', '3'], '--mirostat 3: 0 to 2 is accepted'],
    [['--dry-sequence-breaker', 'x'.repeat(2000)], /^--dry-sequence-breaker x{64}...: it has more than 1024 bytes$/],
    [
      Array.from({ length: 66 }, (_, i) => (i % 2 ? `${i}` : '--dry-sequence-breaker')),
      '--dry-sequence-breaker 65: it is one of more than 32',
    ],
    [Array.from({ length: 130 }, (_, i) => (i % 2 ? `${i}` : '-r')), '-r 129: it is one of more than 64'],
    [['-r', 'x'.repeat(1_000_000)], /^-r x{64}...: it has more than 1024 bytes$/],
    [Array.from({ length: 9000 }, (_, i) => (i % 2 ? '5+1' : '-l')), '-l 5+1: it is one of more than 4096'],
    [['-f', ''], '-f "": a file has a name'],
    [['--grammar', 'x ::= "a"'], '--grammar: the grammar has no rule "root", which the text is made by'],
    [['--grammar', 'root ::= root "a"'], /^--grammar: /],
    [['--json-schema', '{'], '--json-schema: it is no JSON: the name of a member is missing, at byte 1'],
    [['-j', '{"not":{}}'], '--json-schema: #: nothing is allowed here'],
    [['-j', '{"$ref":"#/nowhere"}'], /^--json-schema: /],
    [['--model', 'other'], /^--model other: /],
    [['--prompt-cache', '..'], '--prompt-cache: a path cannot have .. in it: ..'],
    [['--prompt-cache', 'a\0b'], '--prompt-cache: a path cannot have a NUL in it'],
    [['--prompt-cache', 'n'.repeat(256)], /^--prompt-cache: a name has at most 255 bytes: n+$/],
    [['--prompt-cache', 'n/'.repeat(3000)], '--prompt-cache: the name has more than 3840 bytes'],
    [['--prompt-cache', '/'], '--prompt-cache: the name of the prompt cache is missing'],
    [['--prompt-cache', 'a/'.repeat(40)], /^--prompt-cache: a path has at most 32 names/],
  ])('%j', (args, expected) => {
    const text = error(...args);
    if (typeof expected === 'string') expect(text).toBe(expected);
    else expect(text).toMatch(expected);
  });

  it('of other methods are checked in the same way', () => {
    for (const method of ['load_model', 'new_chat', 'run_query', 'remove_prompt_cache', 'remove_log_file']) {
      expect(llama.error(method, ['--model', 'm', '--prompt-cache', 'c', '--nonsense'])).toBe(
        '--nonsense: there is no such flag',
      );
      expect(llama.command(method, ['--grp-attn-n', '4'])).toMatchObject({
        Err: { status_code: 500, error: expect.stringMatching(/^--grp-attn-n 4: self-extend .+; only 1 is accepted$/) },
      });
    }
  });

  it('that are given twice have their second value', () => {
    const expected = llama.ok('run_query', ['-n', '5', '--temp', '0', '-p', 'hello']);
    expect(
      llama.ok('run_query', ['-n', '1', '-p', 'x', '-n', '5', '--temp', '9', '--temp', '0', '-p', 'hello']),
    ).toEqual(expected);
  });

  it('take no more memory than a message has, for any number and any values', () => {
    const repeated = (count: number, ...words: string[]) => new Array<string[]>(count).fill(words).flat();
    const lines: Record<string, string[]> = {
      'orders of samplers': repeated(1800, '--samplers', 'k;'.repeat(500)),
      'letters of samplers': repeated(1800, '--sampler-seq', 'k'.repeat(1000)),
      'samplers that there are not': repeated(1800, '--samplers', `${'x'.repeat(60)};`.repeat(16)),
      biases: repeated(4096, '-l', '5+0.000000000000000000000000000000000000000000001'),
      numbers: repeated(4900, '--temp', `0.${'1'.repeat(60)}`),
      'numbers that change nothing': repeated(4900, '--dry-base', `0.${'1'.repeat(60)}`),
      'long names': repeated(9900, `--${'a_'.repeat(31)}`),
      'what is ignored': repeated(4900, '--system_prompt_file', 'x'.repeat(100)),
      'reverse prompts': repeated(64, '-r', '\\n'.repeat(500)),
      breakers: [...repeated(32, '--dry-sequence-breaker', 'the end'), '--dry-multiplier', '1'],
      'caches by name': repeated(4900, '-ctk', 'q8_0'),
      'prompt caches': repeated(480, '--prompt-cache', '/'.repeat(3840)),
      'files by name': repeated(480, '-f', 'x'.repeat(3840)),
      'a prompt': ['-p', 'x'.repeat(1_900_000)],
      'a grammar': ['--grammar', `root ::= ${'"a" '.repeat(400_000)}`],
      'a schema': ['-j', `[${'1,'.repeat(900_000)}1]`],
    };
    for (const [what, line] of Object.entries(lines)) {
      for (const method of ['run_update', 'new_chat']) {
        const result = llama.command(method, ['-n', '1', '-p', 'hello', ...line]);
        const { error, status_code } = 'Ok' in result ? result.Ok : result.Err;
        expect(status_code === 200, what).toBe(error === '');
      }
      // No memory stays in use.
      run();
    }
  });

  it('never trap', () => {
    const names = all.flat().flatMap((row) => row.names);
    const word = fc.oneof(
      fc.constantFrom(...names),
      fc.constantFrom('0', '1', '-1', '0.5', 'inf', '', '1e-30', 'm', '12+inf', '4294967295', '-2147483648'),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 12 }),
        fc.constantFrom('run_query', 'new_chat', 'run_update'),
        (args, method) => {
          const result = llama.command(method, ['-n', '2', '-p', 'hi', ...args]);
          const { error, status_code } = 'Ok' in result ? result.Ok : result.Err;
          expect(status_code === 200).toBe(error === '');
        },
      ),
      { numRuns: 300 },
    );
    llama.run(['-n', '1', '-p', 'hello']);
  });
});

describe('escapes', () => {
  const conversation = (prompt: string, ...args: string[]) =>
    llama.run(['-n', '0', ...args, '-p', prompt]).conversation;

  it('are resolved as llama.cpp does, unless --no-escape is given', () => {
    const cases: [string, string][] = [
      ['a\\nb\\tc\\rd', 'a\nb\tc\rd'],
      ['\\\'\\"\\\\n', '\'"\\n'],
      ['\\x41\\x7a\\xG0\\x4', 'Az\\xG0\\x4'],
      ['\\q \\', '\\q \\'],
      ['\\xc3\\xa4', 'ä'],
      ['ä\\nü', 'ä\nü'],
    ];
    for (const [prompt, text] of cases) {
      expect(conversation(prompt)).toBe(text);
      expect(conversation(prompt, '--no-escape')).toBe(prompt);
      expect(conversation(prompt, '--no-escape', '-e')).toBe(text);
    }
    // Bytes that are not UTF-8 cause no trap, and are no text.
    expect(conversation('a\\xffb')).toBe('a\ufffdb');
  });
});

describe('samplers', () => {
  it('do what their flags say', () => {
    const tokens = (...args: string[]) =>
      llama.ok('run_query', ['-n', '12', '-p', 'hello', '--ignore-eos', ...args]).output;
    const greedy = tokens('--temp', '0');
    expect(tokens('--top-k', '1')).toBe(greedy);
    expect(tokens('--samplers', 'top_k', '--top-k', '1')).toBe(greedy);
    expect(tokens('--sampler-seq', 'k', '--top-k', '1')).toBe(greedy);
    expect(tokens('--top-p', '0')).toBe(greedy);
    expect(tokens('--min-p', '1')).toBe(greedy);
    const free = ['--temp', '2', '--top-k', '0', '--top-p', '1', '--min-p', '0'];
    expect(tokens(...free, '--seed', '1')).toBe(tokens(...free, '--seed', '1'));
    expect(tokens(...free, '--seed', '1')).not.toBe(tokens(...free, '--seed', '2'));
    expect(tokens(...free)).toBe(tokens(...free, '--seed', '-1'));
    expect(tokens(...free)).toBe(tokens(...free, '--seed', '4294967295'));
    expect(tokens('--temp', '0', '--repeat-penalty', '5')).not.toBe(greedy);
    expect(tokens('--temp', '0', '--logit-bias', '97+inf')).not.toBe(greedy);
  });
});

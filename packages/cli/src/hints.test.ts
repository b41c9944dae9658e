import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programName, renderHelp, renderHints } from './hints.js';

const given = { program: 'npx llama-canister', network: 'ic', identity: 'my key.pem', canister: 'qwen' };

test.each([
  ['load model.gguf', "load model.gguf --canister qwen --network ic --identity 'my key.pem'"],
  ['top-up --cycles 2T', "top-up qwen --cycles 2T --network ic --identity 'my key.pem'"],
  ['deploy other', "deploy other --network ic --identity 'my key.pem'"],
  ['chat "Hi there" --network local', 'chat "Hi there" --network local --canister qwen --identity \'my key.pem\''],
  ["upload 'a `b`.gguf'", "upload 'a `b`.gguf' --canister qwen --network ic --identity 'my key.pem'"],
  ['network start', 'network start'],
  ['--help', '--help'],
])('%s has what was given', (words, typed) => {
  expect(renderHints(`Next: \`llama-canister ${words}\``, given)).toBe(`Next: npx llama-canister ${typed}`);
});

test('without anything given a command is as it is, several in a text, each at the end of its line', () => {
  const text = 'One: `llama-canister deploy`\nTwo: `llama-canister chat`';
  const program = 'llama-canister';
  expect(renderHints(text, { program })).toBe('One: llama-canister deploy\nTwo: llama-canister chat');
});

test('the program is started as the user can start it', () => {
  const root = join(import.meta.dirname, '../../..');
  const bin = join(root, 'node_modules/.bin');
  expect(programName({ PATH: `/usr/bin:${bin}` }, '/')).toBe('llama-canister');
  // npm and npx put their folder in front of the path of what they run.
  expect(programName({ PATH: `${bin}:/usr/bin`, npm_command: 'exec' }, root)).toBe('npx llama-canister');
  expect(programName({ PATH: '/usr/bin' }, join(root, 'packages/cli'))).toBe('npx llama-canister');
  expect(programName({ PATH: '/usr/bin' }, '/')).toMatch(/^node \S+\/bin\/llama-canister\.mjs$/);
});

test('help shows commands as they are typed', () => {
  const help = 'Usage: llama-canister chat [options]\n\nExamples:\n  llama-canister chat --raw "x"\n';
  expect(renderHelp(help, 'npx llama-canister')).toBe(
    'Usage: npx llama-canister chat [options]\n\nExamples:\n  npx llama-canister chat --raw "x"\n',
  );
});

test('no text of the command line or the client has a command that would be printed as it stands', () => {
  const sources = ['../../cli/src', '../../client/src'].flatMap((folder) => {
    const path = join(import.meta.dirname, folder);
    return (
      readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        // What a project's files say is written to a file, not printed.
        .filter((name) => name !== join('init', 'files.ts'))
        .map((name) => join(path, name))
    );
  });
  const wrong: string[] = [];
  for (const source of sources) {
    const code = readFileSync(source, 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
      .join('\n');
    for (const { index } of code.matchAll(/llama-canister (?=[a-z]|--)/g)) {
      const before = code.slice(0, index);
      const behind = code.slice(index, code.indexOf('\n', index));
      // An example of a command's help begins its line.
      if (/(\n|\\n) {2}$/.test(before)) continue;
      // In backticks (escaped in a template), and with nothing behind them on the printed line.
      if (/`$/.test(before) && /^llama-canister .+?\\?`($|'|`|\\n)/.test(behind)) continue;
      wrong.push(`${source}: ${behind}`);
    }
  }
  expect(wrong).toEqual([]);
});

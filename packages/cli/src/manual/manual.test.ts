import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Context } from '../context.js';
import { version } from '../packages.js';
import { createProgram } from '../program.js';
import { completionOf } from './completion.js';
import { manualPage } from './manual-page.js';
import { reference } from './reference.js';
import { all, describe as described } from './tree.js';

const program = described(createProgram(() => undefined as unknown as Context));
const root = join(import.meta.dirname, '../../../..');
const has = (shell: string) => {
  try {
    execFileSync(shell, ['-c', 'exit 0']);
    return true;
  } catch {
    return false;
  }
};

test('the reference and the manual page are what the program makes of them (npm run generate -w packages/cli)', () => {
  expect(readFileSync(join(root, 'docs/cli.md'), 'utf8')).toBe(reference(program));
  expect(readFileSync(join(root, 'packages/cli/man/llama-canister.1'), 'utf8')).toBe(manualPage(program, version()));
});

test('every command has a description and an example', () => {
  for (const command of all(program)) {
    expect(command.description, command.path.join(' ')).not.toBe('');
    for (const { description, name } of command.arguments) expect(description, `${command.path} ${name}`).not.toBe('');
  }
  const top = program.commands.filter(({ path }) => !['status', 'inspect', 'network', 'mcp'].includes(path[0]!));
  expect(top.filter(({ remarks }) => !/Examples?:/.test(remarks)).map(({ path }) => path[0])).toEqual([]);
});

/** What is offered behind a line that is typed. */
function completed(shell: 'bash' | 'zsh' | 'fish', line: string): string[] {
  const script = completionOf(program, shell);
  const words = line.split(' ');
  if (shell === 'bash') {
    const set = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}`;
    const text = `${script}\n${set}; _llama_canister; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['--norc', '-c', text], { encoding: 'utf8' }).trim().split('\n');
  }
  if (shell === 'fish') {
    const text = `${script}\ncomplete -C '${line}'`;
    const out = execFileSync('fish', ['--no-config', '-c', text], { encoding: 'utf8' });
    return out
      .trim()
      .split('\n')
      .map((each) => each.split('\t')[0]!);
  }
  // The widget's own functions, which say what they were given.
  const stubs = `compdef() { : }; _files() { print FILES }; compadd() { shift; print -l -- $@ }
_describe() { local name=\${@[-1]}; print -l -- \${\${(P)name}%%:*} }`;
  const text = `${stubs}\n${script}\nwords=(${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length}; _llama_canister`;
  return execFileSync('zsh', ['-f', '-c', text], { encoding: 'utf8' }).trim().split('\n');
}

test.each(['bash', 'zsh', 'fish'] as const)('%s completes', (shell) => {
  if (!has(shell)) return;
  expect(completed(shell, 'llama-canister ')).toEqual(expect.arrayContaining(['run', 'pull', 'jobs', 'ls']));
  expect(completed(shell, 'llama-canister network ')).toEqual(expect.arrayContaining(['start', 'stop', 'list']));
  expect(completed(shell, 'llama-canister --network jobs network ')).toContain('start');
  expect(completed(shell, 'llama-canister network start --')).toEqual(
    expect.arrayContaining(['--port', '--reset', '--json']),
  );
  expect(completed(shell, 'llama-canister network start --')).not.toContain('--mode');
  expect(completed(shell, 'llama-canister deploy --mode ')).toEqual(expect.arrayContaining(['auto', 'reinstall']));
  expect(completed(shell, 'llama-canister access ')).toEqual(expect.arrayContaining(['controllers', 'everybody']));
});

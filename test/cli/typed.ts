/** Runs lines of documents as they stand there. */
import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import type { Cli } from './process.js';

/** Commands that last until Ctrl-C, and what they print when they are there. */
const lasting: readonly [RegExp, string][] = [
  [/^llama-canister serve(?!.*--add-key)/, '/v1'],
  [/^llama-canister (web|demo --web)/, 'http://'],
  [/^llama-canister (network )?logs .*(--follow|-f)\b/, 'From now on'],
  [/^ic-network /, 'http://'],
];

/** What a shell does and main() does not: redirections, several commands, variables; and what reads the input. */
const wantsShell = (line: string) =>
  /[|&;<>$]/.test(line.replace(/'[^']*'|"[^"]*"/g, '')) ||
  /^llama-canister (mcp|chat|run \S+)$|^(?!llama-canister )/.test(line);

/** The words of a line, as a shell makes them of it. */
function wordsOf(line: string, cli: Cli): string[] {
  const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8', env: cli.environment });
  return stdout.split('\0').slice(0, -1);
}

/** Runs a line to its end, which has to be a good one; what lasts is interrupted when it is there. */
export async function type(cli: Cli, written: string): Promise<void> {
  const line = written.replace(/^npx /, '');
  const [, there] = lasting.find(([pattern]) => pattern.test(line)) ?? [];
  if (there !== undefined) {
    const running = cli.startShell(`exec ${line}`);
    await Promise.race([running.until(there), running.ended]);
    running.process.kill('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect([0, 130], stdout + stderr).toContain(code);
    return;
  }
  const outcome = wantsShell(line) ? cli.shell(line) : cli.run(wordsOf(line, cli).slice(1));
  const { code, stdout, stderr } = await outcome;
  expect(code, stdout + stderr).toBe(0);
}

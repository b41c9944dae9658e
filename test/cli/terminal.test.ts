// A conversation in a terminal: `script` (util-linux) gives the command a pseudo-terminal, and the test types into it.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFull } from '../full.js';
import { root, tinyChat } from './model.js';
import { Cli, Running } from './process.js';

const hasScript = /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '');
const missing = hasScript ? '' : ' (skipped: there is no `script` of util-linux)';

const cli = new Cli();
const bin = join(root, 'packages/cli/bin/llama-canister.mjs');

beforeAll(async () => {
  if (missing) return;
  await cli.json('network', 'start', '--port', '0');
  await cli.json('deploy');
  await cli.json('upload', tinyChat, '--as', 'model.gguf');
  await cli.json('load', 'model.gguf');
}, 120_000);
afterAll(() => cli.dispose());

class Terminal {
  readonly running: Running;
  readonly #child: ChildProcess;

  constructor(args: string) {
    const env = { ...process.env, ...cli.environment, TERM: 'xterm', NO_COLOR: '1' };
    const command = `stty cols 80; exec node ${bin} ${args}`;
    this.#child = spawn('script', ['-qec', command, '/dev/null'], { cwd: cli.folder, env });
    this.running = new Running(this.#child);
  }

  /** Types keys when a text has appeared that was not there before. */
  async type(keys: string, until: string): Promise<void> {
    const before = this.running.stdout.length;
    this.#child.stdin?.write(keys);
    for (const end = Date.now() + 60_000; !this.running.stdout.slice(before).includes(until); ) {
      if (Date.now() > end) throw new Error(`"${until}" did not come:\n${JSON.stringify(this.running.stdout)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

test.skipIf(missing)(
  `pasted lines, several lines, cleared lines and slashes${missing}`,
  async () => {
    const terminal = new Terminal('chat -n 4 --temp 0 --session terminal');
    await terminal.type('', '> ');
    // Two lines that are pasted are one message, said when Enter is typed.
    await terminal.type('\x1b[200~first line\rsecond line\x1b[201~', 'second line');
    expect(terminal.running.stdout).not.toMatch(/tokens in/);
    await terminal.type('\r', 'tokens in');
    // Ctrl-C clears what is half typed, and does not leave.
    await terminal.type('never said', 'never said');
    await terminal.type('\x03', '> ');
    await terminal.type('one\\\r', 'one');
    await terminal.type('two\nthree\r', 'tokens in');
    await terminal.type('/nwe\r', 'There is no /nwe');
    await terminal.type('/etc/hosts is a file\r', 'tokens in');
    await terminal.type('/exit\r', '');
    expect((await terminal.running.ended).code).toBe(0);

    const again = new Terminal('chat -n 4 --temp 0 --session terminal --continue');
    await again.type('', 'Going on behind "/etc/hosts is a file" (6 messages)');
    await again.type('\x03', '');
    expect((await again.running.ended).code).toBe(130);
    const messages = cli.chats().find(({ session }) => session === 'terminal')?.messages;
    expect(messages?.filter(({ role }) => role === 'user').map(({ content }) => content)).toEqual([
      'first line\nsecond line',
      'one\ntwo\nthree',
      '/etc/hosts is a file',
    ]);
  },
  120_000,
);

test.runIf(isFull && !missing)(
  `files, completion, history, and Ctrl-C once and twice${missing}`,
  async () => {
    writeFileSync(join(cli.folder, 'notes.txt'), 'The sea is blue.');
    const terminal = new Terminal('chat -n 4 --temp 0 --session files');
    await terminal.type('', '> ');
    // The tab key completes a file's name and a command.
    await terminal.type('What is @no\t', '@notes.txt');
    await terminal.type('\r', 'tokens in');
    expect(terminal.running.stdout).toContain('With notes.txt.');
    await terminal.type('/sa\t', '/save');
    await terminal.type(' talk.json\r', 'Saved 2 messages in talk.json.');
    await terminal.type('/new\r', 'A new conversation.');
    await terminal.type('/load talk.json\r', 'Going on with the 2 messages');
    // The first Ctrl-C stops the answer, and the next one, at an empty line, leaves.
    await terminal.type('Tell me more.\r', 'more.');
    await terminal.type('\x03', '> ');
    await terminal.type('\x03', '');
    expect((await terminal.running.ended).code).toBe(130);
    const saved = JSON.parse(readFileSync(join(cli.folder, 'talk.json'), 'utf8')).messages;
    expect(saved.map(({ role }: { role: string }) => role)).toEqual(['user', 'assistant']);
    expect(saved[0].content).toContain('notes.txt:\n```\nThe sea is blue.\n```');

    // What was typed is there in the next conversation, whatever its session.
    const again = new Terminal('chat -n 4 --temp 0 --session other');
    await again.type('', '> ');
    await again.type('\x1b[A', 'Tell me more.');
    await again.type('\x1b[A', '/load talk.json');
    await again.type('\x03', '> ');
    await again.type('\x03', '');
    expect((await again.running.ended).code).toBe(130);
    expect(statSync(join(cli.folder, 'state/llama-canister/history.json')).mode & 0o077).toBe(0);
  },
  120_000,
);

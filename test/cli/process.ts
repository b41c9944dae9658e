import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess } from './in-process.js';
import { root } from './model.js';

const bin = join(root, 'packages/cli/bin/llama-canister.mjs');

/** The commands that a text tells the user to type: each is at the end of a line. */
export function commandsIn(text: string): string[] {
  return [...text.matchAll(/llama-canister .*$/gm)].map(([command]) => command);
}

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A running command: its output so far, and its end. */
export class Running {
  readonly process: ChildProcess;
  stdout = '';
  stderr = '';
  readonly ended: Promise<Outcome>;

  constructor(child: ChildProcess) {
    this.process = child;
    child.stdout?.on('data', (bytes) => {
      this.stdout += bytes;
    });
    child.stderr?.on('data', (bytes) => {
      this.stderr += bytes;
    });
    this.ended = new Promise((resolve) => {
      child.once('close', (code) => resolve({ code, stdout: this.stdout, stderr: this.stderr }));
    });
  }

  /** Resolves when stdout or stderr has a text. */
  async until(text: string): Promise<void> {
    for (const end = Date.now() + 60_000; !this.stdout.includes(text) && !this.stderr.includes(text); ) {
      if (Date.now() > end) throw new Error(`"${text}" did not come:\n${this.stdout}${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** The built command line with an empty home, in a folder of its own. */
export class Cli {
  readonly folder = mkdtempSync(join(tmpdir(), 'llama-canister-'));
  readonly #environment: Readonly<Record<string, string>>;

  /** @param environment  variables beside those of an empty home */
  constructor(environment: Readonly<Record<string, string>> = {}) {
    this.#environment = environment;
  }

  /** The variables that its commands see. */
  get environment(): Record<string, string> {
    const { folder } = this;
    return {
      PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
      HOME: folder,
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_STATE_HOME: join(folder, 'state'),
      ...this.#environment,
    };
  }

  /** The conversations that the home keeps. */
  chats(): { session: string; messages: { role: string; content: string }[] }[] {
    const chats = join(this.folder, 'state/llama-canister/chats');
    return readdirSync(chats).map((name) => JSON.parse(readFileSync(join(chats, name), 'utf8')));
  }

  start(args: readonly string[], input?: string): Running {
    const child = this.#spawn(process.execPath, [bin, ...args], input === undefined ? 'ignore' : 'pipe');
    if (input !== undefined) child.stdin?.end(input);
    return new Running(child);
  }

  /** Runs a line in a shell, as a README has it. */
  shell(line: string): Promise<Outcome> {
    return this.startShell(line).ended;
  }

  startShell(line: string): Running {
    return new Running(this.#spawn('sh', ['-c', line], 'ignore'));
  }

  #spawn(command: string, args: readonly string[], stdin: 'ignore' | 'pipe'): ChildProcess {
    const { folder } = this;
    return spawn(command, args, {
      cwd: folder,
      env: this.environment,
      stdio: [stdin, 'pipe', 'pipe'],
    });
  }

  /**
   * Runs a command to its end. This happens in the test's process, which is much faster, unless the command reads an
   * input.
   */
  run(args: readonly string[], input?: string): Promise<Outcome> {
    return input === undefined ? inProcess(this, args) : this.start(args, input).ended;
  }

  /** The result of a command with --json; throws if the command failed. */
  // biome-ignore lint/suspicious/noExplicitAny: every command has a result of its own
  async json(...args: string[]): Promise<any> {
    const { code, stdout, stderr } = await this.run(['--json', ...args]);
    if (code !== 0) throw new Error(`llama-canister ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
    return JSON.parse(stdout);
  }

  /** What a command prints for people; throws if it failed. */
  async text(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(args);
    if (code !== 0) throw new Error(`llama-canister ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
    return stdout;
  }

  /** The error and the exit code of a command with --json that has to fail. */
  async failure(...args: string[]): Promise<{ exit: number | null; code: string; message: string; next?: string }> {
    const { code: exit, stdout, stderr } = await this.run(['--json', ...args]);
    if (exit === 0) throw new Error(`llama-canister ${args.join(' ')} was to fail:\n${stdout}`);
    if (stdout === '') throw new Error(`llama-canister ${args.join(' ')} printed no error:\n${stderr}`);
    return { exit, ...JSON.parse(stdout).error };
  }

  /** Stops the network, if one runs, and removes the folder. */
  async dispose(): Promise<void> {
    await this.run(['network', 'stop']);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

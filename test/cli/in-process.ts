import { vi } from 'vitest';
import { main } from '../../packages/cli/src/main.js';
import type { Cli, Outcome } from './process.js';

/** Commands as a user types them, run in this process, which takes a fraction of the time; one after the other. */
export class InProcess {
  readonly #cli: Cli;

  constructor(cli: Cli) {
    this.#cli = cli;
  }

  async run(...args: string[]): Promise<Outcome> {
    const texts = { stdout: '', stderr: '' };
    const before = { cwd: process.cwd(), env: { ...process.env } };
    const spies = (['stdout', 'stderr'] as const).map((name) =>
      vi.spyOn(process[name], 'write').mockImplementation((text) => {
        texts[name] += String(text);
        return true;
      }),
    );
    Object.assign(process.env, this.#cli.environment);
    process.chdir(this.#cli.folder);
    try {
      return { code: await main(args), ...texts };
    } finally {
      process.chdir(before.cwd);
      for (const name of Object.keys(process.env)) if (!(name in before.env)) delete process.env[name];
      Object.assign(process.env, before.env);
      for (const spy of spies) spy.mockRestore();
    }
  }

  /** The result of a command with --json; throws where it failed. */
  // biome-ignore lint/suspicious/noExplicitAny: every command has a result of its own
  async json(...args: string[]): Promise<any> {
    const { code, stdout, stderr } = await this.run('--json', ...args);
    if (code !== 0) throw new Error(`llama-canister ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
    return JSON.parse(stdout);
  }

  /** What a command prints for people; throws where it failed. */
  async text(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    if (code !== 0) throw new Error(`llama-canister ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
    return stdout;
  }

  /** The error of a command that is to fail, and its exit code. */
  async failure(...args: string[]): Promise<{ exit: number | null; code: string; message: string; next?: string }> {
    const { code: exit, stdout } = await this.run('--json', ...args);
    if (exit === 0) throw new Error(`llama-canister ${args.join(' ')} was to fail:\n${stdout}`);
    return { exit, ...JSON.parse(stdout).error };
  }
}

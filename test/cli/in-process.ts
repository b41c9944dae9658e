import { vi } from 'vitest';
import { main } from '../../packages/cli/src/main.js';
import type { Cli, Outcome } from './process.js';

/** The command that is running. A process has one folder and one environment, so commands run one at a time. */
let last: Promise<unknown> = Promise.resolve();

/** Runs a command line as a user types it, in this process, after those before it have ended. */
export function inProcess(cli: Cli, args: readonly string[]): Promise<Outcome> {
  const outcome = last.then(() => run(cli, args));
  last = outcome.catch(() => {});
  return outcome;
}

async function run(cli: Cli, args: readonly string[]): Promise<Outcome> {
  const texts = { stdout: '', stderr: '' };
  const before = { cwd: process.cwd(), env: { ...process.env } };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      texts[name] += String(text);
      return true;
    }),
  );
  become(cli.environment);
  process.chdir(cli.folder);
  try {
    return { code: await main(args), ...texts };
  } finally {
    process.chdir(before.cwd);
    become(before.env);
    for (const spy of spies) spy.mockRestore();
  }
}

function become(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
}

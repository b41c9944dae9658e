import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const NAME = 'llama-canister';

type Environment = Readonly<Record<string, string | undefined>>;

/** A folder of the XDG base directory specification, which says that relative values are ignored. */
function base(env: Environment, variable: string, windows: string | undefined, ...fallback: string[]): string {
  const set = env[variable];
  if (set && (set.startsWith('/') || /^[a-z]:[\\/]/i.test(set))) return join(set, NAME);
  if (process.platform === 'win32' && windows) return join(windows, NAME);
  return join(homedir(), ...fallback, NAME);
}

/** The user's own data: the identity. */
export function configFolder(env: Environment = process.env): string {
  return base(env, 'XDG_CONFIG_HOME', env.APPDATA, '.config');
}

/** Data that may be lost without harm: status and logs of local networks, cards of models. */
export function stateFolder(env: Environment = process.env): string {
  return base(env, 'XDG_STATE_HOME', env.LOCALAPPDATA, '.local', 'state');
}

/** Data that can be downloaded again: models. */
export function cacheFolder(env: Environment = process.env): string {
  return base(env, 'XDG_CACHE_HOME', env.LOCALAPPDATA, '.cache');
}

const PROJECT = '.llama-canister';

/** The project's folder: the nearest parent that has one, else a new one in the working directory. */
export function projectFolder(from: string = process.cwd()): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, PROJECT))) return join(folder, PROJECT);
    if (dirname(folder) === folder) return join(from, PROJECT);
  }
}

// Commands that the user should type next. In a text they stand in backticks, `llama-canister load model.gguf`, each at
// the end of a line; the printed command is adapted to this user: started in the same way, for the same network,
// identity and canister.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { shellWord } from './shell-word.js';

const NAME = 'llama-canister';

/** How this process was called. */
export interface Invocation {
  /** What starts the program in a shell: `llama-canister`, `npx llama-canister` or `node PATH`. */
  program: string;
  /** As given on the command line; undefined if it came from a default or the environment. */
  network?: string | undefined;
  identity?: string | undefined;
  canister?: string | undefined;
  cache?: string | undefined;
}

/** How a command takes its canister: as `--canister`, or as its first argument. */
const CANISTER_BY: Readonly<Record<string, 'option' | 'argument'>> = {
  upload: 'option',
  load: 'option',
  chat: 'option',
  ask: 'option',
  call: 'option',
  run: 'option',
  rm: 'option',
  show: 'option',
  jobs: 'option',
  sessions: 'option',
  files: 'option',
  roles: 'option',
  access: 'option',
  limits: 'option',
  prices: 'option',
  backup: 'option',
  restore: 'option',
  deploy: 'argument',
  status: 'argument',
  'top-up': 'argument',
  models: 'argument',
  stop: 'argument',
  start: 'argument',
  logs: 'argument',
  metrics: 'argument',
  upgrade: 'argument',
  settings: 'argument',
  'verify-wasm': 'argument',
  smoke: 'argument',
};

/** Commands that sign nothing and use no network. */
const OFFLINE: ReadonlySet<string> = new Set([
  'network',
  'inspect',
  'fit',
  'plan',
  'demo',
  'init',
  'version',
  'pull',
  'cp',
  'completion',
  '--help',
]);

/** Commands that take the name of a pulled model. */
const OF_MODELS: ReadonlySet<string> = new Set([
  'pull',
  'models',
  'show',
  'cp',
  'rm',
  'run',
  'inspect',
  'fit',
  'plan',
  'deploy',
  'upload',
  'load',
  'fleet',
]);

/** The canister of a command line, from `--canister` or the first argument. */
export function canisterOf(command: string, args: readonly unknown[], option: unknown): string | undefined {
  const given = CANISTER_BY[command] === 'argument' ? args[0] : option;
  return typeof given === 'string' ? given : undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function onPath(path: string, env: NodeJS.ProcessEnv): boolean {
  // npm prepends folders of its own to the path, which the user's shell does not have.
  const byNpm = env.npm_command !== undefined || env.npm_lifecycle_event !== undefined;
  return path
    .split(delimiter)
    .filter((folder) => folder !== '' && !(byNpm && /[\\/]node_modules[\\/](\.bin|npm[\\/].*)$/.test(folder)))
    .some((folder) => isProgram(join(folder, NAME)) || existsSync(join(folder, `${NAME}.cmd`)));
}

/** Whether npx finds the program among the packages of a folder or of its parents. */
function npxFinds(folder: string): boolean {
  if (existsSync(join(folder, 'node_modules', '.bin', NAME))) return true;
  return dirname(folder) !== folder && npxFinds(dirname(folder));
}

/** The command that starts this program in the user's shell. */
export function programName(env: NodeJS.ProcessEnv = process.env, cwd: string = process.cwd()): string {
  if (onPath(env.PATH ?? '', env)) return NAME;
  // What npx has brought for one command is in a folder of npm's.
  if (npxFinds(cwd) || /[\\/]_npx[\\/]/.test(import.meta.dirname)) return `npx ${NAME}`;
  return `node ${shellWord(join(import.meta.dirname, `../bin/${NAME}.mjs`))}`;
}

/** A file's path from the current folder, if that is shorter. */
export function pathFromHere(path: string): string {
  const near = relative(process.cwd(), path);
  return near.length < path.length ? near : path;
}

function withGiven(words: string, { program, network, identity, canister, cache }: Invocation): string {
  const [command = '', ...rest] = words.trim().split(/\s+/);
  const has = (option: string) => rest.includes(option);
  const before: string[] = [];
  const behind: string[] = [];
  if (canister !== undefined && CANISTER_BY[command] === 'argument' && (rest[0] ?? '-').startsWith('-')) {
    before.push(shellWord(canister));
  }
  if (canister !== undefined && CANISTER_BY[command] === 'option' && !has('--canister')) {
    behind.push('--canister', shellWord(canister));
  }
  if (cache !== undefined && OF_MODELS.has(command)) behind.push('--cache', shellWord(cache));
  if (!OFFLINE.has(command)) {
    if (network !== undefined && !has('--network')) behind.push('--network', shellWord(network));
    if (identity !== undefined && !has('--identity')) behind.push('--identity', shellWord(identity));
  }
  // The original text after the command's name, whose words are already quoted.
  const text = words.trim().slice(command.length);
  return [program, command, ...before].join(' ') + [text, ...behind].join(' ');
}

/** A command at the end of its line, possibly followed by the end of a colour. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const COMMAND = /`llama-canister (.+)`(?=(?:\x1b\[\d+m)*$)/gm;

/** A text with its commands as the user has to type them. */
export function renderHints(text: string, invocation: Invocation): string {
  return text.replace(COMMAND, (_, words: string) => withGiven(words, invocation));
}

/** The help of a command with its usage and examples as the user has to type them. */
export function renderHelp(text: string, program: string): string {
  return text.replace(/^(Usage: | +)llama-canister (?=[a-z-]+|\[)/gm, `$1${program} `);
}

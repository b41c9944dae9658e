import { LlamaError } from '@llama-canister/client';
import type { Command } from 'commander';
import { type Administered, administer, withCanister } from '../admin/open.js';
import { formatBytes } from '../amounts.js';
import { sessionState } from '../chat/session-choice.js';
import type { Context } from '../context.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';
import { facts, table } from '../table.js';

interface SessionFlags {
  canister: string;
}

/** Where callers' sessions are: .canister_cache/PRINCIPAL/sessions/NAME. */
const FOLDER = '.canister_cache';
const SESSION = /^\.canister_cache\/([^/]+)\/sessions\/(.+)$/s;

interface Session {
  caller: string;
  name: string;
  /** Bytes. */
  size: number;
}

/** Sessions of all callers, for callers who may inspect the canister. */
async function sessionsOf({ llama, options }: Administered): Promise<Session[]> {
  const files = await llama.admin.files('.', options);
  const found = files
    .filter(({ isFolder, name }) => !isFolder && name.startsWith(`${FOLDER}/`))
    .map(({ name }) => ({ filename: name, parts: SESSION.exec(name) }))
    .filter(({ parts }) => parts !== null);
  return Promise.all(
    found.map(async ({ filename, parts }) => {
      const { filesize } = await llama.canister.ok('filesystem_file_size', [{ filename }], options);
      return { caller: parts![1]!, name: parts![2]!, size: Number(filesize) };
    }),
  );
}

async function list(context: Context, flags: SessionFlags): Promise<void> {
  const administered = await administer(context, flags.canister);
  const { llama, options } = administered;
  const [sessions, usage, quotas] = await Promise.all([
    sessionsOf(administered),
    llama.canister.ok('get_usage', [], options),
    llama.admin.quotas(options),
  ]);
  const of = (limit: bigint) => (limit === 0n ? '' : ` of ${limit}`);
  const mine = `Yours: ${usage.sessions}${of(quotas.sessions)} sessions, ${formatBytes(Number(usage.bytes))}, ${usage.tokens_this_hour}${of(quotas.tokens_per_hour)} tokens this hour.`;
  const rows = sessions.map(({ caller, name, size }) => [name, formatBytes(size), caller]);
  const text = rows.length === 0 ? 'Nobody has a session.' : table(['SESSION', 'SIZE', 'OF'], rows);
  context.output.result({ sessions, usage }, `${text}\n${mine}`);
}

async function show(context: Context, name: string, flags: SessionFlags): Promise<void> {
  const { llama, options } = await administer(context, flags.canister);
  const { info, why } = await sessionState(llama.canister, name, options);
  if (why !== undefined) {
    throw new LlamaError('refused', 'UNUSABLE_SESSION', why, {
      value: name,
      next: `Remove it, if it is not needed: \`llama-canister sessions rm ${shellWord(name)}\``,
    });
  }
  if (!info) {
    throw new LlamaError('refused', 'NO_SESSION', `you have no session "${name}" there`, {
      value: name,
      next: 'Sessions belong to the identity that made them (--identity). See which there are: `llama-canister sessions`',
    });
  }
  const text = facts([
    ['session', name],
    ['tokens', `${info.tokens}, the first ${info.prompt_tokens} of them the prompt's`],
    ['evaluated', String(info.evaluated)],
    ['pending', info.pending ? 'the last token of the output is still to be evaluated' : 'nothing'],
    ['seed', String(info.seed)],
  ]);
  context.output.result({ name, ...info }, text);
}

async function remove(context: Context, name: string, flags: SessionFlags): Promise<void> {
  const { llama, options } = await administer(context, flags.canister);
  await llama.canister.removePromptCache(name, options);
  context.output.result({ name, removed: true }, `Session ${name} of yours is removed.`);
}

async function copy(context: Context, from: string, to: string, flags: SessionFlags): Promise<void> {
  const { llama, options } = await administer(context, flags.canister);
  await llama.canister.ok('copy_prompt_cache', [{ from, to }], options);
  context.output.result({ from, to }, `Session ${to} is a copy of ${from}; they share their common data.`);
}

export function sessionsCommand(program: Command, run: Run): void {
  const sessions = program
    .command('sessions')
    .description('list the sessions that the canister keeps; show, copy or remove one of yours')
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister sessions\n  llama-canister sessions show chat\n  llama-canister sessions cp chat other\n  llama-canister sessions rm chat',
    );
  withCanister(
    sessions
      .command('list', { isDefault: true })
      .description('list the sessions of all callers (needs the role AdminQuery)'),
  ).action(run((context, flags: SessionFlags) => list(context, flags)));
  withCanister(sessions.command('show').description('show one of your sessions'))
    .argument('<session>', 'its name')
    .action(run((context, name: string, flags: SessionFlags) => show(context, name, flags)));
  withCanister(sessions.command('cp').description('copy one of your sessions'))
    .argument('<session>', 'its name')
    .argument('<name>', 'the name of the copy')
    .action(run((context, from: string, to: string, flags: SessionFlags) => copy(context, from, to, flags)));
  withCanister(sessions.command('rm').description('remove one of your sessions'))
    .argument('<session>', 'its name')
    .action(run((context, name: string, flags: SessionFlags) => remove(context, name, flags)));
}

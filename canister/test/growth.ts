/**
 * Measures what calls cost in a canister with many things of a kind, and what the cleanup does with them:
 * growth*.test.ts.
 */
import { Principal } from '@icp-sdk/core/principal';
import { Llama, owner, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

const HOUR = 3_600_000_000_000n;
/** The n-th of many. */
const stranger = (n: number) => Principal.selfAuthenticating(Uint8Array.of(200, n, n >> 8, n >> 16));
const empty = new Uint8Array();

/** Makes `count` things of each kind. */
export const THINGS = {
  'sessions of one caller': (llama: Llama, i: number) => put(llama, `.canister_cache/${person(1)}/sessions/s${i}`),
  files: (llama: Llama, i: number) => put(llama, `files/${i}`),
  callers: (llama: Llama, i: number) => put(llama, `.canister_cache/${stranger(i)}/sessions/s`),
  'resident sessions': (llama: Llama, i: number) => {
    llama.ok('run_update', ['--prompt-cache', `${i}`, '--temp', '0', '-n', '1', '-p', `${i} a`], stranger(i % 7));
  },
  copies: (llama: Llama, i: number) => {
    if (i < 7) llama.ok('run_update', ['--prompt-cache', 'c', '--temp', '0', '-n', '1', '-p', `${i} a`], stranger(i));
    else llama.call('copy_prompt_cache', { from: 'c', to: `${i}` }, stranger(i % 7));
  },
  chats: (llama: Llama, i: number) => {
    llama.ok('new_chat', ['--prompt-cache', 'c'], stranger(i));
  },
  'callers with tokens': (llama: Llama, i: number) => {
    llama.ok('run_update', ['--temp', '0', '-n', '1', '-p', 'a'], stranger(i));
  },
} as const;
export type Thing = keyof typeof THINGS;

function put(llama: Llama, filename: string): void {
  const input = { filename, chunk: empty, chunksize: 1n, offset: 0n };
  const answer = llama.call('file_upload_chunk', input, owner) as object;
  if (!('Ok' in answer)) throw new Error(JSON.stringify(answer));
}

/** Calls whose cost must not depend on what else is in the canister. */
const CALLS: Record<string, (llama: Llama) => unknown> = {
  'run_update, with nothing to do': (llama) =>
    llama.command('run_update', ['--prompt-cache', 'mine', '--temp', '0', '-n', '0', '-p', 'hello'], person(1)),
  new_chat: (llama) => llama.command('new_chat', ['--prompt-cache', 'mine'], person(1)),
  copy_prompt_cache: (llama) => llama.call('copy_prompt_cache', { from: 'mine', to: 'copy' }, person(1)),
  remove_prompt_cache: (llama) => llama.command('remove_prompt_cache', ['--prompt-cache', 'copy'], person(1)),
  get_usage: (llama) => llama.call('get_usage', undefined, person(1)),
  get_storage_limits: (llama) => llama.call('get_storage_limits'),
  check_access: (llama) => llama.call('check_access', undefined, person(1)),
  filesystem_file_size: (llama) => llama.call('filesystem_file_size', { filename: 'm' }),
  file_upload_chunk: (llama) =>
    llama.call('file_upload_chunk', { filename: 'new', chunk: Uint8Array.of(1), chunksize: 1n, offset: 0n }),
  set_max_tokens: (llama) => llama.call('set_max_tokens', { max_tokens_update: 0n, max_tokens_query: 0n }),
};

/** The instructions of each call in a canister with this many things of a kind, and what the cleanup did. */
export async function measure(thing: Thing, count: number): Promise<Record<string, number>> {
  const llama = await Llama.install();
  llama.load('m', tinyModel());
  llama.letEveryoneIn();
  llama.call('set_quotas', { sessions: 0n, bytes: 0n, tokens_per_hour: 1_000_000n });
  for (let i = 0; i < count; i++) THINGS[thing](llama, i);
  const costs: Record<string, number> = {};
  for (const call of [CALLS['run_update, with nothing to do']!, CALLS.new_chat!]) call(llama);
  for (const [name, call] of Object.entries(CALLS)) {
    call(llama);
    costs[name] = llama.spent.instructions;
  }
  llama.timers();
  // A whole round of the cleanup, however many runs it takes.
  llama.time += 31n * 24n * HOUR;
  llama.call('set_cache_cleanup_config', { period_seconds: [], ttl_seconds: [], max_files_per_run: [1000n] });
  let dearest = 0;
  for (let left = count + 2000; left > 0; left -= 1000) {
    const answer = llama.call('cache_cleanup_now') as object;
    if (!('Ok' in answer)) throw new Error(JSON.stringify(answer));
    dearest = Math.max(dearest, llama.spent.instructions);
  }
  costs['cleanup of 1000'] = dearest;
  const listing = llama.call('recursive_dir_content_query', { dir: '.canister_cache', max_entries: 0n }, owner);
  costs['left of them'] = ((listing as { Ok?: unknown[] }).Ok ?? []).length;
  return costs;
}

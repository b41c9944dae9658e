// Whether a deployed canister does what it is there for: every method once, a greedy text twice, a file there and back.
import { createHash } from 'node:crypto';
import { canisterFile, LlamaError, upload } from '@llama-canister/client';
import type { Probe, Smoke } from './probe.js';
import { PROBES } from './probes.js';

export interface Outcome {
  /** A method, or what was done. */
  test: string;
  about: string;
  result: 'passed' | 'failed' | 'skipped';
  /** Why it failed, or was skipped. */
  why: string;
  /** Milliseconds. */
  took: number;
}

const FILE_BYTES = 300_000;

/** What is wrong with an answer; undefined where it is as expected. */
function wrong({ expected }: Probe, value: unknown): string | undefined {
  if (expected === 'answer') return undefined;
  if (expected === 'rejection') return 'it answers where a rejection was to come';
  const isVariant = typeof value === 'object' && value !== null && ('Ok' in value || 'Err' in value);
  if (!isVariant) return expected === 'ok' ? undefined : 'it answers where an error was to come';
  if ('Ok' in value) return expected === 'ok' ? undefined : 'it is Ok where an error was to come';
  if (expected === 'err') return undefined;
  const error = (value as { Err: Record<string, unknown> }).Err;
  return String(error.Other ?? error.error ?? `status ${error.StatusCode ?? error.status_code}`).trim();
}

async function timed(
  test: string,
  about: string,
  action: () => Promise<string | undefined>,
  signal: AbortSignal,
): Promise<Outcome> {
  const started = performance.now();
  let why: string | undefined;
  try {
    why = await action();
  } catch (error) {
    if (signal.aborted) throw error;
    why = error instanceof LlamaError ? error.message : String(error);
  }
  return {
    test,
    about,
    result: why === undefined ? 'passed' : 'failed',
    why: why ?? '',
    took: Math.round(performance.now() - started),
  };
}

/** Calls a method, and compares. What the canister itself rejects is told from what the network does. */
async function tried(probe: Probe, smoke: Smoke): Promise<string | undefined> {
  try {
    return wrong(probe, await probe.call(smoke));
  } catch (error) {
    const isOwn =
      error instanceof LlamaError && error.code === 'REJECTED' && !error.message.includes('rejected the message');
    if (probe.expected === 'rejection' && isOwn) return undefined;
    throw error;
  }
}

/** Forgets the jobs that were begun here. */
async function forgetJobs({ canister, signal }: Smoke, before: ReadonlySet<bigint>): Promise<void> {
  const input = { everybody: false, before: [] as [] };
  for (const { id, ended } of await canister.ok('generation_list', [input], { signal })) {
    if (before.has(id)) continue;
    if (ended.length === 0) await canister.call('generation_cancel', [{ id }], { signal });
    await canister.call('generation_forget', [{ id }], { signal });
  }
}

/** Chats of the caller's that the canister has saved, as files. */
async function savedChats({ canister, signal, principal }: Smoke): Promise<Set<string>> {
  const input = { dir: `.canister_cache/${principal}/db_chats`, max_entries: 0n };
  const listed = await canister.call('recursive_dir_content_query', [input], { signal });
  // Where there was none yet there is no folder.
  return new Set('Ok' in listed ? listed.Ok.map(({ filename }) => filename) : []);
}

/** Removes the chats that were begun here. */
async function forgetChats(smoke: Smoke, before: ReadonlySet<string>): Promise<void> {
  for (const filename of await savedChats(smoke)) {
    if (!before.has(filename)) await smoke.canister.call('filesystem_remove', [{ filename }], { signal: smoke.signal });
  }
}

/** The model's likeliest words for a prompt, twice: the same both times, and some. */
async function greedyText({ canister, signal, name }: Smoke): Promise<string | undefined> {
  const args = ['--prompt-cache', name, '-p', 'Hello', '-n', '8', '--temp', '0'];
  const texts: string[] = [];
  for (let i = 0; i < 2; i++) {
    let { output, promptRemaining } = await canister.run(args, { signal });
    while (promptRemaining !== '')
      ({ output, promptRemaining } = await canister.run([...args.slice(0, 2), '-p', '', ...args.slice(4)], { signal }));
    texts.push(output);
    await canister.removePromptCache(name, { signal });
  }
  if (texts[0] !== texts[1])
    return `the same prompt gives ${JSON.stringify(texts[0])}, then ${JSON.stringify(texts[1])}`;
  return texts[0] === '' ? 'the model says nothing' : undefined;
}

/** A file goes there, comes back as it was, and is removed. */
async function fileThereAndBack({ canister, signal, name }: Smoke): Promise<string | undefined> {
  const bytes = new Uint8Array(FILE_BYTES);
  for (let i = 0, x = 1; i < bytes.length; i++) {
    x = (Math.imul(x, 1_103_515_245) + 12_345) >>> 0;
    bytes[i] = x >>> 24;
  }
  const filename = `${name}.bin`;
  const source = { size: bytes.length, read: async (at: number, length: number) => bytes.slice(at, at + length) };
  const { sha256 } = await upload(canister, filename, source, { signal, chunkBytes: 100_000 });
  const wanted = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== wanted) return `it has SHA-256 ${sha256} there, and ${wanted} here`;
  const back = await (await canisterFile(canister, filename, signal)).read(0, bytes.length);
  const { removed } = await canister.ok('filesystem_remove', [{ filename }], { signal });
  if (!Buffer.from(back).equals(bytes)) return 'what comes back is not what went there';
  return removed ? undefined : 'it cannot be removed';
}

/** Tries all of it, one after the other; what it makes it removes again. */
export async function runSmoke(smoke: Smoke): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const { signal, canister } = smoke;
  const jobs = async () => {
    const listed = await canister.call('generation_list', [{ everybody: false, before: [] }], { signal });
    return new Set('Ok' in listed ? listed.Ok.map(({ id }) => id) : []);
  };
  const before = await jobs().catch(() => new Set<bigint>());
  const chats = await savedChats(smoke).catch(() => new Set<string>());
  const add = (outcome: Outcome) => outcomes.push(outcome);
  const skipped = (test: string, about: string) =>
    add({ test, about, result: 'skipped', why: 'no model is loaded', took: 0 });
  for (const probe of PROBES) {
    const { method, about, needsModel } = probe;
    if (needsModel && !smoke.ready && method !== 'ready') skipped(method, about);
    else add(await timed(method, about, () => tried(probe, smoke), signal));
  }
  if (smoke.ready) add(await timed('greedy text', 'the same twice', () => greedyText(smoke), signal));
  else skipped('greedy text', 'the same twice');
  // What cannot be removed is no fault of its own: its method has failed above.
  await forgetJobs(smoke, before).catch(() => {});
  await forgetChats(smoke, chats).catch(() => {});
  add(await timed('file', 'there, back, removed', () => fileThereAndBack(smoke), signal));
  return outcomes;
}

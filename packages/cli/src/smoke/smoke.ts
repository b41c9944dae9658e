// Checks that a deployed canister works: every method once, a greedy text twice, a file there and back.
import { createHash } from 'node:crypto';
import { canisterFile, LlamaError, upload } from '@llama-canister/client';
import type { Probe, Smoke } from './probe.js';
import { PROBES } from './probes.js';

export interface Outcome {
  /** A method, or another test. */
  test: string;
  about: string;
  result: 'passed' | 'failed' | 'skipped';
  /** Why it failed, or was skipped. */
  why: string;
  /** Milliseconds. */
  took: number;
}

const FILE_BYTES = 300_000;

/** The problem of an answer; undefined if it is as expected. */
function wrong({ expected }: Probe, value: unknown): string | undefined {
  if (expected === 'answer') return undefined;
  if (expected === 'rejection') return 'it answers, but should reject the message';
  const isVariant = typeof value === 'object' && value !== null && ('Ok' in value || 'Err' in value);
  if (!isVariant) return expected === 'ok' ? undefined : 'it answers, but should report an error';
  if ('Ok' in value) return expected === 'ok' ? undefined : 'it is Ok, but should be an error';
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

/** Calls a method, and compares. It distinguishes the canister's own rejections from the network's. */
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

/** Forgets the jobs that this run began. */
async function forgetJobs({ canister, signal }: Smoke, before: ReadonlySet<bigint>): Promise<void> {
  const input = { everybody: false, before: [] as [] };
  for (const { id, ended } of await canister.ok('generation_list', [input], { signal })) {
    if (before.has(id)) continue;
    if (ended.length === 0) await canister.call('generation_cancel', [{ id }], { signal });
    await canister.call('generation_forget', [{ id }], { signal });
  }
}

/** The caller's chats that the canister has saved, as files. */
async function savedChats({ canister, signal, principal }: Smoke): Promise<Set<string>> {
  const input = { dir: `.canister_cache/${principal}/db_chats`, max_entries: 0n };
  const listed = await canister.call('recursive_dir_content_query', [input], { signal });
  // Without any chat, the folder does not exist.
  return new Set('Ok' in listed ? listed.Ok.map(({ filename }) => filename) : []);
}

/** Removes the chats that this run began. */
async function forgetChats(smoke: Smoke, before: ReadonlySet<string>): Promise<void> {
  for (const filename of await savedChats(smoke)) {
    if (!before.has(filename)) await smoke.canister.call('filesystem_remove', [{ filename }], { signal: smoke.signal });
  }
}

/** The model's greedy continuation of a prompt, twice: it must be the same and not empty. */
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
  return texts[0] === '' ? 'the answer is empty' : undefined;
}

/** Uploads a file, downloads it, compares, and removes it. */
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
  if (!Buffer.from(back).equals(bytes)) return 'the downloaded file differs from the uploaded one';
  return removed ? undefined : 'it cannot be removed';
}

/** Runs all tests in order; removes everything it creates. */
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
  // A failed removal is not another failure: its method has already failed above.
  await forgetJobs(smoke, before).catch(() => {});
  await forgetChats(smoke, chats).catch(() => {});
  add(await timed('file', 'there, back, removed', () => fileThereAndBack(smoke), signal));
  return outcomes;
}

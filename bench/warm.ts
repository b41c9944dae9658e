/**
 * npm run bench -- --warm: what a call costs where the heap has room for two of ten callers' sessions, against one where it
 * has room for all, and what a byte of keys and values costs to keep in stable memory and to bring back; page charges
 * included.
 */
import { limited } from '../canister/test/limited-memory.js';
import { Llama, owner, person, type Result } from '../canister/test/llama.js';
import type { ModelShape } from '../test/gguf/random-model.js';
import { cases } from './cases.js';
import { withRandomFile } from './random-file.js';
import { promptOf } from './text.js';

/**
 * How much dearer a call may be on the smaller heap, by case, and how many instructions a byte may take in each direction. Cases
 * that are not listed have fewer weights for a byte of keys and values, so a call's share says nothing about how well these are
 * moved; the bytes do.
 */
const MOST_DEARER: Readonly<Record<string, number>> = { 'qwen2.5-0.5b-q8_0': 0.05 };
const MOST_PER_BYTE = 8;

const CALLERS = 10;
const RESIDENT = 2;
const TOKENS = 1000;
const GENERATED = 7;
const CONTEXT = '2048';
const PAGE = 65536;
const CHUNK = 1_900_000;
const FILE = 'models/bench.gguf';
const flags = ['--prompt-cache', 'chat', '--temp', '0', '--ignore-eos'];

interface WarmMeasurement {
  /** Instructions of a call that generates GENERATED tokens. */
  roomForAll: number;
  roomForTwo: number;
  /** Sessions that the smaller heap had in the end. */
  resident: number;
  /** Bytes of keys and values of a token. */
  bytesPerToken: number;
  /** Instructions for a byte of them. */
  keepPerByte: number;
  bringBackPerByte: number;
}

interface Chunk {
  chunk: Uint8Array;
  done: boolean;
}

/** The bytes of the owner's session, or of its keys and values. */
function download(llama: Llama, method: string): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let offset = 0; ; ) {
    const input = { promptcache: 'chat', chunksize: BigInt(CHUNK), offset: BigInt(offset) };
    const answer = llama.call(method, input) as Result<Chunk, unknown>;
    if ('Err' in answer) throw new Error(JSON.stringify(answer.Err));
    chunks.push(answer.Ok.chunk);
    offset += answer.Ok.chunk.length;
    if (answer.Ok.done) return chunks;
  }
}

function upload(llama: Llama, method: string, chunks: Uint8Array[], caller: number): void {
  let offset = 0;
  for (const chunk of chunks) {
    const input = { promptcache: 'chat', chunk, chunksize: BigInt(CHUNK), offset: BigInt(offset) };
    const answer = llama.call(method, input, person(caller)) as object;
    if (!('Ok' in answer)) throw new Error(JSON.stringify(answer));
    offset += chunk.length;
  }
}

/** A canister that callers may carry their sessions to. */
async function start(pieces: Iterable<Uint8Array>, wasm?: Uint8Array): Promise<Llama> {
  const llama = await Llama.install({}, wasm);
  llama.load(FILE, pieces, '--ctx-size', CONTEXT);
  llama.timers();
  for (let i = 0; i < CALLERS; i++) {
    const role = { principal: person(i).toText(), role: { AdminUpdate: null }, note: '' };
    const answer = llama.call('assignAdminRole', role, owner) as object;
    if (!('Ok' in answer)) throw new Error(JSON.stringify(answer));
  }
  return llama;
}

/** Reads the prompt in the owner's session; instructions in all. */
function read(llama: Llama, prompt: string): number {
  let instructions = 0;
  for (let left = true; left; ) {
    left = llama.run([...flags, '-n', '0', '-p', prompt]).prompt_remaining !== '';
    instructions += llama.spent.instructions;
  }
  return instructions;
}

/** One call of each caller. Their mean. */
function round(llama: Llama): number {
  let sum = 0;
  for (let i = 0; i < CALLERS; i++) {
    const reply = llama.run([...flags, '-n', String(GENERATED), '-p', ''], person(i));
    if (reply.n_prompt_tokens_decoded[0] !== 0n) throw new Error('tokens were evaluated again');
    sum += llama.spent.instructions;
  }
  return sum / CALLERS;
}

async function measure(pieces: () => Iterable<Uint8Array>): Promise<WarmMeasurement> {
  const roomy = await start(pieces());
  const short = promptOf(64);
  const kept = read(roomy, short);
  roomy.ok('remove_prompt_cache', flags.slice(0, 2));
  roomy.call('set_warm_limits', { bytes: [0n], bytes_per_caller: [] });
  const notKept = read(roomy, short);
  roomy.ok('remove_prompt_cache', flags.slice(0, 2));
  roomy.call('set_warm_limits', { bytes: [], bytes_per_caller: [] });

  read(roomy, promptOf(TOKENS));
  const session = download(roomy, 'download_prompt_cache_chunk');
  const values = download(roomy, 'download_kv_cache_chunk');
  roomy.ok('remove_prompt_cache', flags.slice(0, 2));
  const carry = (llama: Llama) => {
    for (let i = 0; i < CALLERS; i++) {
      upload(llama, 'upload_prompt_cache_chunk', session, i);
      upload(llama, 'upload_kv_cache_chunk', values, i);
    }
  };
  carry(roomy);
  const empty = roomy.canister.memory.heap / PAGE;
  round(roomy);
  const roomForAll = round(roomy);
  const each = Math.ceil((roomy.canister.memory.heap / PAGE - empty) / (CALLERS - 1));

  const small = await start(pieces(), limited(empty + Math.ceil((RESIDENT - 0.5) * each)));
  carry(small);
  round(small);
  const roomForTwo = round(small);
  const info = (small.call('model_info') as { Ok: { resident_sessions: bigint } }).Ok;
  const blocks = Math.ceil(TOKENS / 32);
  const bytes = values.reduce((sum, { length }) => sum + length, 0);
  return {
    roomForAll,
    roomForTwo,
    resident: Number(info.resident_sessions),
    bytesPerToken: bytes / blocks / 32,
    keepPerByte: (kept - notKept) / ((bytes / blocks) * 2),
    bringBackPerByte: (roomForTwo - roomForAll) / bytes,
  };
}

/** Measures a case's model. */
function measureWarm(shape: ModelShape): Promise<WarmMeasurement> {
  return withRandomFile(shape, (_, again) => measure(again));
}

/** What of a measurement is worse than it may be. */
function whyNotWarm(name: string, m: WarmMeasurement): string[] {
  const problems: string[] = [];
  const dearer = m.roomForTwo / m.roomForAll - 1;
  if (dearer > (MOST_DEARER[name] ?? Number.POSITIVE_INFINITY))
    problems.push(`${name}: a call costs ${(100 * dearer).toFixed(1)} % more`);
  if (m.resident > RESIDENT) problems.push(`${name}: the smaller heap had room for ${m.resident} sessions`);
  for (const [what, value] of [
    ['keep', m.keepPerByte],
    ['bring back', m.bringBackPerByte],
  ] as const) {
    if (value > MOST_PER_BYTE) problems.push(`${name}: to ${what} a byte costs ${value.toFixed(2)} instructions`);
  }
  return problems;
}

/** The table of docs/performance.md, and what is wrong with it. */
export async function warm(names: readonly string[] = ['qwen2.5-0.5b-q8_0']): Promise<[string, string[]]> {
  const rows: string[][] = [];
  const problems: string[] = [];
  for (const name of names) {
    const m = await measureWarm(cases.find((one) => one.name === name)!.shape);
    problems.push(...whyNotWarm(name, m));
    rows.push([
      name,
      `${(m.bytesPerToken / 1000).toFixed(1)} KB`,
      `${(m.roomForAll / 1e9).toFixed(3)} B`,
      `${(m.roomForTwo / 1e9).toFixed(3)} B`,
      `${(100 * (m.roomForTwo / m.roomForAll - 1)).toFixed(1)} %`,
      m.keepPerByte.toFixed(2),
      m.bringBackPerByte.toFixed(2),
    ]);
  }
  const head = [
    'model',
    'kept of a token',
    'a call: room for all',
    'room for two',
    'more',
    'to keep a byte',
    'to bring it back',
  ];
  return [[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'), problems];
}

/**
 * Whole stable memories as earlier programs left them, one of each layout, with what their methods answered. `node
 * canister/scripts/golden-canister.mjs` writes the one of the current layout; golden-canister.test.ts upgrades all of
 * them.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { importDeclarations } from '../scripts/candid/interface.mjs';
import { anonymous, Host, StableMemory } from './host.js';
import { tinyModel } from './tiny-model.js';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(canister, 'test', 'golden', 'canister');
const PAGE = 65536;

const owner = Principal.fromText('w7x7r-cok77-xa');
const friend = Principal.selfAuthenticating(Uint8Array.of(1));
const helper = Principal.selfAuthenticating(Uint8Array.of(2));
const callers = { owner, friend, helper };
type Caller = keyof typeof callers;

const { service } = await importDeclarations(join(canister, 'llama.did'));

/** A question and its answer, in the form of JSON. */
interface Question {
  method: string;
  argument?: unknown;
  caller: Caller;
}
interface Golden {
  time: string;
  pages: number;
  content: Record<string, string>;
  answers: (Question & { answer: unknown })[];
}

/** The canister in a host without a meter. */
export class Program {
  readonly host: Host;
  readonly #methods: Map<string, IDL.FuncClass>;

  private constructor(host: Host, methods: Map<string, IDL.FuncClass>) {
    this.host = host;
    this.#methods = methods;
    host.controllers = [owner];
  }

  /** Starts the program as it was built, or a variant of it. */
  static async start(stable?: StableMemory, wasm?: Uint8Array<ArrayBuffer>): Promise<Program> {
    const module = new WebAssembly.Module(wasm ?? readFileSync(join(canister, 'build/llama.wasm')));
    return new Program(await Host.start(module, stable), new Map(service._fields));
  }

  /** The current program in place of the one that left a stable memory. */
  static async upgraded(stable: StableMemory, time: bigint, wasm?: Uint8Array<ArrayBuffer>): Promise<Program> {
    const program = await Program.start(stable, wasm);
    program.host.time = time;
    program.host.call('canister_post_upgrade', new Uint8Array(), anonymous);
    return program;
  }

  /** Runs the timer as often as it is due now. */
  timers(): void {
    while (this.host.timer !== 0n && this.host.timer <= this.host.time) {
      this.host.timer = 0n;
      this.host.call('canister_global_timer');
    }
  }

  call(method: string, argument: unknown, caller: Caller): unknown {
    const { annotations, argTypes, retTypes } = this.#methods.get(method)!;
    const kind = annotations.includes('query') ? 'query' : 'update';
    this.host.isReplicated = kind === 'update';
    const bytes = new Uint8Array(IDL.encode(argTypes, argument === undefined ? [] : [argument]));
    const answer = this.host.call(`canister_${kind} ${method}`, bytes, callers[caller])!;
    if (!('reply' in answer)) throw new Error(`${method}: ${answer.reject}`);
    return IDL.decode(retTypes, answer.reply)[0];
  }

  ok(method: string, argument?: unknown, caller: Caller = 'owner'): void {
    const answer = this.call(method, argument, caller) as object;
    if (!('Ok' in answer)) throw new Error(`${method}: ${inJson(answer)}`);
  }
}

function inJson(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part));
}

/** A value after it was written to JSON and read again. */
export function plain(value: unknown): unknown {
  return JSON.parse(inJson(value));
}

function upload(program: Program, filename: string, chunk: Uint8Array): void {
  program.ok('file_upload_chunk', { filename, chunk, chunksize: 1_900_000n, offset: 0n });
}

const QUESTIONS: Question[] = [
  { method: 'ready', caller: 'friend' },
  { method: 'get_access', caller: 'owner' },
  { method: 'check_access', caller: 'friend' },
  { method: 'get_max_tokens', caller: 'friend' },
  { method: 'get_instruction_budget', caller: 'friend' },
  { method: 'get_quotas', caller: 'friend' },
  { method: 'get_chats', caller: 'friend' },
  { method: 'get_chats', caller: 'owner' },
  { method: 'get_pinned_prefixes', caller: 'owner' },
  { method: 'getAdminRoles', caller: 'owner' },
  { method: 'get_cache_cleanup_stats', caller: 'helper' },
  { method: 'get_cycle_balance', caller: 'helper' },
  { method: 'uploaded_file_details', argument: { filename: 'models/tiny.gguf' }, caller: 'owner' },
  {
    method: 'file_download_chunk',
    argument: { filename: 'logs/calls', chunksize: '9999n', offset: '0n' },
    caller: 'owner',
  },
  { method: 'recursive_dir_content_query', argument: { dir: '.', max_entries: '0n' }, caller: 'owner' },
  ...(['chat', 'copy', 'rest'] as const).map(
    // The pending token was sampled by the earlier program, so no later engine can change it.
    (name): Question => ({
      method: 'run_query',
      argument: { args: ['--prompt-cache', name, '-n', name === 'rest' ? '0' : '1', '-p', ''] },
      caller: 'friend',
    }),
  ),
];

/** Asks all that can be asked. */
export function ask(program: Program, { method, argument, caller }: Question): unknown {
  const values = argument as Record<string, unknown> | undefined;
  const entries = Object.entries(values ?? {}).map(([key, value]) => {
    const isBig = typeof value === 'string' && /^\d+n$/.test(value);
    return [key, isBig ? BigInt(value.slice(0, -1)) : value];
  });
  return plain(program.call(method, values && Object.fromEntries(entries), caller));
}

/** A canister that uses every feature. */
async function inhabited(): Promise<Program> {
  const program = await Program.start();
  const { host } = program;
  host.cycles = 5_000_000_000_000n;
  host.call('canister_init');
  const model = tinyModel({ embedding: 32, heads: 2, keyValueHeads: 1, headDim: 16, feedForward: 64, layers: 1 });
  upload(program, 'models/tiny.gguf', model);
  program.ok('load_model', { args: ['-m', 'models/tiny.gguf', '-c', '200', '--rope-scale', '2', '-ctk', 'q8_0'] });
  program.ok('set_access', { level: 1 });
  program.ok('assignAdminRole', { principal: helper.toText(), role: { AdminQuery: null }, note: 'looks after it' });
  program.ok('pin_prefix', { args: ['--prompt-cache', 'system', '-p', 'You are a helpful assistant. '] });
  const run = (caller: Caller, name: string, n: number, prompt: string, ...more: string[]) => {
    host.time += 1_000_000_000n;
    const args = ['--prompt-cache', name, '--ignore-eos', '--seed', '7', '-n', String(n), '-p', prompt, ...more];
    program.ok('run_update', { args }, caller);
  };
  for (const caller of ['friend', 'owner'] as const) {
    program.ok('new_chat', { args: ['--prompt-cache', 'chat'] }, caller);
    run(caller, 'chat', 5, 'You are a helpful assistant. Who are you?', '-sp');
  }
  program.ok('copy_prompt_cache', { from: 'chat', to: 'copy' }, 'friend');
  run('friend', 'copy', 9, '');
  run('friend', 'folder/gone', 3, 'to be removed');
  program.ok('remove_prompt_cache', { args: ['--prompt-cache', 'folder/gone'] }, 'friend');
  run('owner', 'logged', 2, 'a line in the log', '--log-file', 'logs/calls');
  program.ok('set_max_tokens', { max_tokens_update: 3n, max_tokens_query: 100n });
  run('friend', 'rest', 5, 'a prompt of which the last words are still to be ingested');
  program.ok('set_instruction_budget', { update: 39_000_000_000n, query: 4_900_000_000n });
  program.ok('set_quotas', { sessions: 50n, bytes: 10_000_000n, tokens_per_hour: 9_999n });
  program.ok('cache_cleanup_start_timer');
  program.ok('cycle_balance_start_timer');
  return program;
}

function layoutOf(stable: StableMemory): number {
  return new DataView(stable.read(8, 4).buffer).getUint32(0, true);
}

/**
 * Writes the stable memory of this program, and what it answers. Layout 3 has two: one of a program that kept no keys
 * and values, and one of a program that does.
 */
export async function write(): Promise<string> {
  const program = await inhabited();
  const { stable, time } = program.host;
  const golden: Golden = {
    time: String(time),
    pages: stable.pages,
    content: {},
    answers: QUESTIONS.map((question) => ({ ...question, answer: ask(program, question) })),
  };
  for (let page = 0; page < stable.pages; page++) {
    const bytes = Buffer.from(stable.read(page * PAGE, PAGE));
    if (bytes.some((byte) => byte !== 0)) golden.content[page] = bytes.toString('base64');
  }
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `layout-${layoutOf(stable)}-warm.json.gz`);
  writeFileSync(file, gzipSync(JSON.stringify(golden), { level: 9 }));
  return file;
}

export function goldenNames(): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json.gz'));
}

/** The current program over an earlier stable memory. */
export async function restored(golden: Pick<Golden, 'time' | 'pages' | 'content'>): Promise<Program> {
  const stable = new StableMemory();
  stable.grow(golden.pages);
  for (const [page, bytes] of Object.entries(golden.content)) {
    stable.write(Number(page) * PAGE, Buffer.from(bytes, 'base64'));
  }
  return Program.upgraded(stable, BigInt(golden.time));
}

/** An earlier stable memory with the current program, before its timers have run, and the earlier answers. */
export async function upgraded(name: string): Promise<{ program: Program; answers: Golden['answers'] }> {
  const golden = JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString()) as Golden;
  return { program: await restored(golden), answers: golden.answers };
}

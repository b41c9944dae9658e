/**
 * The managed heap is a fixed region, and nothing in it is collected while a message is executed. These tests measure
 * how much of it each method takes with the longest arguments, of many kinds, in a canister that has much to report. A
 * trap fails the test too, because this host does not catch it. MANAGED_HEAP=1 prints the largest amounts;
 * LLAMA_CANISTER_TEST=full tries more arguments.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IDL } from '@icp-sdk/core/candid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomModel } from '../../test/gguf/random-model.js';
import { gguf } from '../../test/gguf/writer.js';
import { importDeclarations, readInterface } from '../scripts/candid/interface.mjs';
import { readMarks } from '../scripts/candid/marks.mjs';
import { anonymous, Host, type StableMemory } from './host.js';
import { largeGrammars, largeSchemas } from './large-schemas.js';
import { owner, person } from './llama.js';
import { TINY } from './tiny-model.js';

const full = process.env.LLAMA_CANISTER_TEST === 'full';
const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const { service } = await importDeclarations(join(canister, 'llama.did'));
const methods = new Map(service._fields);
const marks = readMarks(await readInterface(join(canister, 'llama.did')));
const wasm = new WebAssembly.Module(readFileSync(join(canister, 'build/llama.wasm')));

/** Where the managed heap ends (scripts/compile.mjs). */
const END = 16 << 20;
/** Bytes that one message may take: the region has 10.7 MB. */
const MOST = 2_500_000;
const PAINT = 0xa5;
const paint = Buffer.alloc(1 << 16, PAINT);

/**
 * A canister whose managed heap is watched. TLSF has a free block at the end; the word before the last one says where
 * it begins. This block is painted before a message, and the message took as much as is no longer painted.
 */
class Watched {
  readonly host: Host;

  private constructor(host: Host) {
    this.host = host;
    host.controllers = [owner];
  }

  static async start(stable?: StableMemory): Promise<Watched> {
    const watched = new Watched(await Host.start(wasm, stable));
    watched.host.call(stable ? 'canister_post_upgrade' : 'canister_init');
    return watched;
  }

  /** Runs a message; returns the bytes of the managed heap that it takes. */
  taken(message: () => unknown): number {
    const words = new DataView(this.host.memory.buffer);
    const block = words.getUint32(END - 8, true);
    const size = words.getUint32(block, true);
    // The block's size, with the mark of a free block: if this is wrong, the allocator works in another way.
    if ((size & 1) === 0 || block + 4 + (size & ~3) !== END - 4)
      throw new Error('the heap does not end with a free block');
    // Free blocks have links at the beginning and one at the end.
    const from = block + 12;
    this.host.memory.fill(PAINT, from, END - 8);
    message();
    const { memory } = this.host;
    let at = END - 8;
    // Painted pieces are skipped as a whole, which is faster.
    while (at - paint.length > from && paint.equals(memory.subarray(at - paint.length, at))) at -= paint.length;
    while (at > from && memory[at - 1] === PAINT) at--;
    return at - from;
  }

  /** Calls a method as an update or a query, as its type says; returns the answer. */
  call(name: string, argument?: unknown, caller = owner): unknown {
    const { annotations, argTypes, retTypes } = methods.get(name)!;
    const kind = annotations.includes('query') ? 'query' : 'update';
    const bytes = encode(argTypes, argument);
    if (bytes.length > marks.get(name)!.most) throw new Error(`${bytes.length} bytes are too many`);
    this.host.isReplicated = kind === 'update';
    const answer = this.host.call(`canister_${kind} ${name}`, bytes, caller);
    const mayReject = !retTypes[0]!.display().startsWith('variant');
    if (answer && 'reject' in answer && mayReject) return answer;
    if (!answer || 'reject' in answer) throw new Error(`rejected: ${answer?.reject}`);
    // Long answers take long to decode, and are not needed.
    return answer.reply.length > 100_000 ? undefined : IDL.decode(retTypes, answer.reply)[0];
  }

  /** Checks that the canister still works. */
  works(): void {
    expect(this.call('run_query', { args: ['-p', 'x', '-n', '1'] })).toMatchObject({ Ok: { status_code: 200 } });
  }
}

const number = (value: number): Buffer => {
  const bytes: number[] = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
};

/** An argument in Candid. Command lines are encoded here, because the library takes seconds for ten thousand texts. */
function encode(types: IDL.Type[], argument: unknown): Uint8Array<ArrayBuffer> {
  const args = (argument as { args?: string[] } | undefined)?.args;
  if (!args) return new Uint8Array(IDL.encode(types, argument === undefined ? [] : [argument]));
  const none = new Uint8Array(IDL.encode(types, [{ args: [] }]));
  const words = args.flatMap((word) => [number(Buffer.byteLength(word)), Buffer.from(word)]);
  return Buffer.concat([none.subarray(0, -1), number(args.length), ...words]);
}

const PIECES = ['x', '/', 'a/', './', 'é', '🦙', '\\n', '\0', '9', ',', ';', '"', '{', '['];
/**
 * Texts with this many bytes: of one letter, of parts of a path, of characters of several bytes, of escapes and
 * numbers.
 */
const texts = (bytes: number, pieces = PIECES): string[] =>
  pieces.map((piece) => piece.repeat(Math.max(1, Math.floor(bytes / Buffer.byteLength(piece)))));
/** A path with this many bytes, whose parts are as long as they may be. */
const longPath = (bytes: number, name: string) =>
  `${`${'d'.repeat(250)}/`
    .repeat(16)
    .slice(0, bytes - name.length - 1)
    .replace(/\/$/, 'x')}/${name}`;

const folders = ['assembly/service/flags', 'assembly/llm/sampling'].map((folder) => join(canister, folder));
/** The flags that have an effect, and those that are ignored or refused. */
const flags = [
  ...new Set(
    folders
      .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
      .flatMap((file) => {
        const source = readFileSync(file, 'utf8');
        return [...source.matchAll(/'(--?[a-z][^']*)'/g)].map(([, names]) => names!.split(' ').at(-1)!);
      }),
  ),
];

/** Command lines with this many bytes: one long value, many short ones, and one flag repeated as often as possible. */
function commandLines(most: number): string[][] {
  const room = most - 400;
  const words = Math.min(9_990, Math.floor(room / 24));
  const pieces = full || most < 100_000 ? PIECES : ['x', '🦙', '\\n'];
  const end = ['-p', 'x', '-n', '1'];
  return [
    ...texts(room, pieces).flatMap((text) => [['-p', text], [text]]),
    ...texts(Math.min(room, 3_840)).map((text) => ['--prompt-cache', text, ...end]),
    new Array(words).fill('x'.repeat(Math.floor(room / words) - 4)),
    [...new Array(60).fill(['-r', 'y'.repeat(900)]).flat(), ...end],
    ...['--samplers', '--sampler-seq', '-l', '-r', '-t', '--override-kv', '--log-file'].flatMap((flag) => [
      ...(full ? ['x', ';', 'k', '1+1', 'top_k;', 'a=int:1,'] : ['top_k;']).map((piece) => [
        ...[flag, piece.repeat(room / piece.length), '-p', 'x'],
      ]),
      new Array(words >> 1).fill([flag, '1+1']).flat(),
    ]),
  ];
}

/** Every flag as often as there may be words, and with long values; all methods read them in the same way. */
const everyFlag = (): string[][] =>
  flags.flatMap((flag) => [
    new Array(4_990).fill([flag, '1']).flat(),
    ...(full ? ['x', '9', ';'] : ['9']).map((piece) => [flag, piece.repeat(full ? 1_000_000 : 60_000)]),
  ]);

/** The largest grammars that are accepted; only methods that generate read them. */
const grammars = [
  ...largeSchemas.map(([what, text, isTaken]) => ({ what, isTaken, flag: ['--json-schema', text] })),
  ...largeGrammars.map(([what, text, isTaken]) => ({ what, isTaken, flag: ['--grammar', text] })),
].filter(({ isTaken }, i) => isTaken && (full || i % 3 === 0));

/** A value of a type, as short as possible. */
function usual(type: IDL.Type): unknown {
  const { _fields: fields } = type as unknown as { _fields: [string, IDL.Type][] };
  if (type instanceof IDL.TextClass) return 'x';
  if (type instanceof IDL.FixedNatClass) return type.display() === 'nat64' ? 1n : 1;
  if (type instanceof IDL.FixedIntClass) return 1;
  if (type instanceof IDL.NatClass) return 1n;
  if (type instanceof IDL.BoolClass) return true;
  if (type instanceof IDL.NullClass) return null;
  if (type instanceof IDL.OptClass || type instanceof IDL.VecClass) return [];
  if (type instanceof IDL.VariantClass) return { [fields[0]![0]]: usual(fields[0]![1]) };
  if (type instanceof IDL.RecordClass) return Object.fromEntries(fields.map(([name, field]) => [name, usual(field)]));
  throw new Error(`no value of ${type.display()}: say here what one is`);
}

/** Arguments of a type, of every kind, whose texts and blobs have this many bytes. */
function argumentsOf(type: IDL.Type, most: number): unknown[] {
  if (type.display() === 'record {args:vec text}') return commandLines(most).map((args) => ({ args }));
  if (type instanceof IDL.TextClass) return texts(most - 100);
  const plain = usual(type) as Record<string, unknown>;
  const { _fields: fields } = type as unknown as { _fields: [string, IDL.Type][] };
  const room = most - 400;
  const long = fields.flatMap(([name, field]): unknown[] => {
    const put = (value: unknown) => ({ ...plain, [name]: value });
    if (field instanceof IDL.TextClass) {
      return [...(full || room < 100_000 ? [room] : []), 4_000, 400]
        .flatMap((size) => texts(size))
        .concat(['x'.repeat(room), longPath(3_900, 'x')])
        .map(put);
    }
    if (field.display() === 'vec nat8')
      return [{ ...put(new Uint8Array(Math.min(room, 1 << 21))), chunksize: 1n << 21n }];
    if (field.display() === 'nat64') return [0n, 2n ** 64n - 1n].map(put);
    if (field instanceof IDL.VecClass) {
      const { _type: element } = field as unknown as { _type: IDL.Type };
      const item = element instanceof IDL.TupleClass ? ['a', 'b'.repeat(100)] : usual(element);
      return [put(new Array(3_000).fill(item))];
    }
    return [];
  });
  return [...long, plain];
}

/** The longest path, and a model with the longest name that is read: anybody may ask for both. */
const path = longPath(4_000, 'm.gguf');
const { metadata, tensors } = randomModel(TINY);
const model = gguf({ ...metadata, 'general.name': { type: 'string', value: 'é'.repeat(450_000) } }, tensors);

let watched: Watched;
/** The limits as they are at first. */
let limits: [setter: string, value: unknown][];
const report: string[] = [];
/** Records what a message took, and checks that it is not too much. */
function expectRoom(what: string, message: () => unknown): void {
  let taken = 0;
  try {
    taken = watched.taken(message);
  } catch (error) {
    throw new Error(`${what.slice(0, 120)}: ${(error as Error).message}`);
  }
  report.push(`${String(taken).padStart(9)} ${what.slice(0, 100)}`);
  expect(taken, what.slice(0, 120)).toBeLessThan(MOST);
}

beforeAll(async () => {
  watched = await Watched.start();
  const must = (name: string, argument: unknown) => expect(watched.call(name, argument)).toHaveProperty('Ok');
  const put = (filename: string, chunk: Uint8Array = new Uint8Array(1)) =>
    must('file_upload_chunk', { filename, chunk, chunksize: 1n << 21n, offset: 0n });
  put(path, model);
  must('load_model', { args: ['--model', path, '-c', '256'] });
  must('set_access', { level: 1 });
  // Much to list: files, sessions, chats, pinned prefixes, applications and administrators.
  for (let i = 0; i < 300; i++) {
    for (const folder of ['f', `.canister_cache/${person(1)}/sessions`]) put(`${folder}/${longPath(3_840, `${i}`)}`);
  }
  for (let i = 0; i < 3; i++) {
    put(`.canister_cache/${owner}/db_chats/2026-01-31_23-59-5${i}`, new Uint8Array(640 << 10).fill(97));
  }
  for (let i = 0; i < 40; i++) {
    const name = `${'s'.repeat(200)}${i}`;
    must('new_chat', { args: ['--prompt-cache', name] });
    must('run_update', { args: ['--prompt-cache', name, '-p', 'x', '-n', '1'] });
    if (i < 16) must('pin_prefix', { args: ['--prompt-cache', name, '-p', `${i} x x x`] });
    must('assignAdminRole', { principal: person(i).toText(), role: { AdminQuery: null }, note: 'n'.repeat(400) });
    must('set_application', { principal: person(i).toText(), note: 'n'.repeat(400) });
  }
  limits = ['max_tokens', 'instruction_budget', 'quotas'].map((what) => [`set_${what}`, watched.call(`get_${what}`)]);
  watched.works();
}, 120_000);
afterAll(() => {
  if (process.env.MANAGED_HEAP) console.log(report.sort().slice(-60).join('\n'));
});

it('is tried with every flag', () => {
  expect(flags.length).toBeGreaterThan(100);
  expect(flags).toEqual(expect.arrayContaining(['--prompt-cache', '--top-k', '--threads-batch']));
});

describe('a message leaves most of the managed heap', () => {
  it.each([...methods.keys()])('of %s with the longest arguments', (name) => {
    const { most } = marks.get(name)!;
    const { argTypes } = methods.get(name)!;
    const all = argTypes.length === 0 ? [undefined] : argumentsOf(argTypes[0]!, most);
    if (name === 'run_update') all.push(...everyFlag().map((args) => ({ args })));
    if (name === 'cache_cleanup_now') watched.host.time += 7n * 3_600_000_000_000n;
    expect(all.length).toBeGreaterThan(0);
    for (const argument of all) {
      const shown = JSON.stringify(argument, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
      expectRoom(`${name} ${shown}`, () => watched.call(name, argument));
    }
    // The call may have set the budget to almost nothing.
    for (const [setter, value] of limits) watched.call(setter, value);
    watched.works();
  });

  it.each(grammars)('of a call under $what', ({ what, flag }) => {
    expectRoom(what, () => {
      expect(watched.call('run_update', { args: [...flag, '-p', 'x', '-n', '1'] })).toHaveProperty('Ok');
    });
    watched.works();
  });

  it('of a decision with the most options', () => {
    const labels = Array.from({ length: 256 }, (_, i) => `${i} ${'label '.repeat(10)}`);
    const questions = new Array(32).fill({ text: 'x', kind: { choice: labels } });
    const asked = { prompt: { text: 'x' }, template_arguments: [], questions };
    for (const method of ['decide_quote', 'decide']) {
      expectRoom(method, () => expect(watched.call(method, asked)).toHaveProperty('Ok'));
    }
    watched.works();
  });

  it('of a request for a page', () => {
    const page = { method: 'GET', headers: [], body: new Uint8Array(), certificate_version: [] };
    for (const url of ['/', '/status', '/metrics', '/none', `/${'%41'.repeat(2_000)}`, `/?${'a&'.repeat(4_000)}`]) {
      expectRoom(`page ${url}`, () => watched.call('http_request', { ...page, url }, anonymous));
    }
  });

  it('of a check before execution', () => {
    for (const method of [...methods.keys(), 'x'.repeat(1 << 20), '']) {
      const { most } = marks.get(method) ?? { most: 1 << 21 };
      for (const caller of [anonymous, owner]) {
        const argument = new Uint8Array(most).fill(0x44);
        expectRoom(`door ${method}`, () => watched.host.inspect(method, argument, caller));
      }
    }
    watched.works();
  });

  it('of loading the model again after an upgrade', async () => {
    watched = await Watched.start(watched.host.stable);
    for (let i = 0; i < 5; i++) expectRoom('reload', () => watched.host.call('canister_global_timer'));
    expect(watched.call('ready')).toEqual({ Ok: { status_code: 200 } });
    watched.works();
  });
});

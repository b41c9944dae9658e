import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importDeclarations } from '../scripts/candid/interface.mjs';
import { anonymous, Host, StableMemory } from './host.js';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const owner = Principal.fromText('w7x7r-cok77-xa');
const friend = Principal.selfAuthenticating(Uint8Array.of(1));

let module: WebAssembly.Module;
let methods: Map<string, IDL.FuncClass>;
let host: Host;

beforeAll(async () => {
  module = new WebAssembly.Module(readFileSync(join(canister, 'build/llama.wasm')));
  const { service } = await importDeclarations(join(canister, 'llama.did'));
  methods = new Map(service._fields);
});

beforeEach(async () => {
  host = await Host.start(module);
  host.controllers = [owner];
  host.call('canister_init');
});

async function upgrade(): Promise<void> {
  host = await Host.start(module, host.stable);
  host.controllers = [owner];
  host.call('canister_post_upgrade');
}

function send(method: string, bytes: Uint8Array, caller: Principal): unknown {
  const { annotations, retTypes } = methods.get(method)!;
  const mode = annotations.includes('query') ? 'query' : 'update';
  const answer = host.call(`canister_${mode} ${method}`, new Uint8Array(bytes), caller)!;
  return 'reply' in answer ? IDL.decode(retTypes, answer.reply)[0] : answer;
}

function call(method: string, argument?: object, caller = owner): unknown {
  const { argTypes } = methods.get(method)!;
  return send(method, IDL.encode(argTypes, argument === undefined ? [] : [argument]), caller);
}

const denied = { Err: { Other: 'Access Denied' } };
const ok = { Ok: { status_code: 200 } };
const because = (text: string) => ({ Err: { Other: text } });
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('health and whoami', () => {
  it('answer everyone', () => {
    for (const caller of [owner, friend, anonymous]) {
      expect(call('health', undefined, caller)).toEqual(ok);
      expect(call('whoami', undefined, caller)).toBe(caller.toText());
    }
  });

  it.each(['', '04', 'caffee', '00'.repeat(10), 'ff'.repeat(29)])('whoami knows the principal %s', (hex) => {
    const caller = Principal.fromHex(hex);
    expect(call('whoami', undefined, caller)).toBe(caller.toText());
  });
});

describe('access', () => {
  it('starts with controllers only, and survives an upgrade', async () => {
    expect(call('get_access')).toEqual({ Ok: { level: 0, explanation: 'Only controllers' } });
    expect(call('check_access')).toEqual(ok);
    expect(call('check_access', undefined, friend)).toEqual(denied);
    expect(call('set_access', { level: 1 })).toEqual({ Ok: { level: 1, explanation: 'All except anonymous' } });
    await upgrade();
    expect(call('get_access')).toEqual({ Ok: { level: 1, explanation: 'All except anonymous' } });
    expect(call('check_access', undefined, friend)).toEqual(ok);
    expect(call('check_access', undefined, anonymous)).toEqual(denied);
  });

  it('refuses unknown levels, and changes nothing', () => {
    expect(call('set_access', { level: 2 })).toEqual(because('Invalid access level'));
    expect(call('get_access')).toEqual({ Ok: { level: 0, explanation: 'Only controllers' } });
  });

  it('get_access ignores an argument', () => {
    const bytes = IDL.encode([IDL.Record({ level: IDL.Nat16 })], [{ level: 1 }]);
    expect(send('get_access', bytes, owner)).toEqual({ Ok: { level: 0, explanation: 'Only controllers' } });
  });

  it.each([
    'set_access',
    'get_access',
    'set_max_tokens',
    'file_upload_chunk',
    'file_download_chunk',
    'uploaded_file_details',
  ])('%s is for controllers, and does not read arguments of others', (method) => {
    host.call(
      'canister_update set_access',
      new Uint8Array(IDL.encode([IDL.Record({ level: IDL.Nat16 })], [{ level: 1 }])),
      owner,
    );
    for (const caller of [friend, anonymous]) expect(send(method, Buffer.from('nonsense'), caller)).toEqual(denied);
  });
});

describe('limits', () => {
  it('are zero at first, and survive an upgrade', async () => {
    expect(call('get_max_tokens', undefined, anonymous)).toEqual({ max_tokens_update: 0n, max_tokens_query: 0n });
    const limits = { max_tokens_update: 13n, max_tokens_query: 2n ** 64n - 1n };
    expect(call('set_max_tokens', limits)).toEqual(ok);
    await upgrade();
    expect(call('get_max_tokens', undefined, anonymous)).toEqual(limits);
  });
});

const upload = (
  filename: string,
  chunk: Uint8Array,
  offset: number | bigint,
  chunksize: number | bigint = chunk.length,
) => call('file_upload_chunk', { filename, chunk, chunksize: BigInt(chunksize), offset: BigInt(offset) });
const download = (filename: string, chunksize: number | bigint, offset: number | bigint) =>
  call('file_download_chunk', { filename, chunksize: BigInt(chunksize), offset: BigInt(offset) });
const details = (filename: string) => call('uploaded_file_details', { filename });
const described = (filename: string, bytes: Uint8Array) => ({
  Ok: { filename, filesize: BigInt(bytes.length), filesha256: sha256(bytes) },
});

describe('files', () => {
  const bytes = new Uint8Array(5_000_000).map((_, i) => (i * 2654435761) >>> 11);
  const chunksize = 1_900_000;

  it('are uploaded in sequential chunks, with an upgrade in between, and downloaded again', async () => {
    for (let offset = 0; offset < bytes.length; offset += chunksize) {
      const end = Math.min(offset + chunksize, bytes.length);
      // The last chunk is shorter than the chunksize that scripts send.
      expect(upload('models/m.gguf', bytes.subarray(offset, end), offset, chunksize)).toEqual(
        described('models/m.gguf', bytes.subarray(0, end)),
      );
      await upgrade();
    }
    expect(details('models/m.gguf')).toEqual(described('models/m.gguf', bytes));
    let down = Buffer.alloc(0);
    for (let done = false; !done; ) {
      const { Ok } = download('models/m.gguf', chunksize, down.length) as { Ok: { chunk: Uint8Array; done: boolean } };
      expect(Ok).toMatchObject({
        filesize: 5_000_000n,
        offset: BigInt(down.length),
        chunksize: BigInt(Ok.chunk.length),
      });
      down = Buffer.concat([down, Ok.chunk]);
      done = Ok.done;
    }
    expect(Buffer.compare(down, bytes)).toBe(0);
  });

  it('accept a chunk that is sent again, and do nothing', () => {
    upload('f', bytes.subarray(0, 100), 0);
    const expected = described('f', bytes.subarray(0, 250));
    expect(upload('f', bytes.subarray(100, 250), 100)).toEqual(expected);
    expect(upload('f', bytes.subarray(100, 250), 100)).toEqual(expected);
    expect(upload('f', bytes.subarray(250, 250), 250)).toEqual(expected);
    expect(upload('f', bytes.subarray(100, 250), 100)).toEqual(expected);
    expect(upload('f', bytes.subarray(100, 249), 100)).toEqual(
      because('file_upload_chunk_: offset 100 is not where the file ends (it has 250 bytes)'),
    );
    expect(upload('f', bytes.subarray(101, 251), 100)).toEqual(
      because('file_upload_chunk_: offset 100 is not where the file ends (it has 250 bytes)'),
    );
    expect(details('f')).toEqual(expected);
  });

  it('start again at offset 0', () => {
    upload('f', bytes.subarray(0, 100_000), 0);
    upload('f', bytes.subarray(100_000, 200_000), 100_000);
    expect(upload('f', bytes.subarray(7, 10), 0, 100)).toEqual(described('f', bytes.subarray(7, 10)));
    expect(upload('f', new Uint8Array(0), 0, 0)).toEqual(described('f', new Uint8Array(0)));
  });

  it('report errors, and change nothing', () => {
    upload('d/f', bytes.subarray(0, 10), 0);
    const cases: [unknown, string][] = [
      [
        upload('d/f', bytes.subarray(0, 4), 0, 3),
        'file_upload_chunk_: the chunk has 4 bytes, more than its chunksize 3',
      ],
      [upload('d/f', bytes.subarray(0, 4), 0, 2097153), 'file_upload_chunk_: chunksize 2097153 exceeds limit 2097152'],
      [
        upload('d/f', bytes.subarray(0, 4), 11),
        'file_upload_chunk_: offset 11 is not where the file ends (it has 10 bytes)',
      ],
      [upload('g', bytes.subarray(0, 4), 11), 'file_upload_chunk_: File does not exist: g'],
      [upload('d', bytes.subarray(0, 4), 0), 'file_upload_chunk_: d is a directory, and no file: d'],
      [upload('d/f/g', bytes.subarray(0, 4), 0), 'file_upload_chunk_: f is a file, and no directory: d/f/g'],
      [upload('../f', bytes.subarray(0, 4), 0), 'file_upload_chunk_: a path cannot have .. in it: ../f'],
      [upload('/f', bytes.subarray(0, 4), 0), 'file_upload_chunk_: a path is relative, without a / at its start: /f'],
      [upload('a\0', bytes.subarray(0, 4), 0), 'file_upload_chunk_: a path cannot have a NUL in it'],
      [upload('x'.repeat(1e6), bytes.subarray(0, 4), 0), 'file_upload_chunk_: a path has at most 4096 bytes'],
      [upload('', bytes.subarray(0, 4), 0), 'file_upload_chunk_: a file has a name'],
      [download('g', 10, 0), 'file_download_chunk_: ERROR: failed to open ifstream for file g'],
      [download('g', 3 * 2 ** 20, 0), 'file_download_chunk_: ERROR: failed to open ifstream for file g'],
      [download('d', 10, 0), 'file_download_chunk_: it is a directory, and no file: d'],
      [download('d/f', 3 * 2 ** 20, 0), 'file_download_chunk_: chunksize 3145728 exceeds limit 2097152'],
      [details('g'), 'uploaded_file_details_: Metadata for this file are not found: g'],
      [details('x'.repeat(5_000)), 'uploaded_file_details_: a path has at most 4096 bytes'],
    ];
    for (const [answer, text] of cases) expect(answer).toEqual(because(text));
    expect(details('d/f')).toEqual(described('d/f', bytes.subarray(0, 10)));
    expect(download('d/f', 10, 10)).toMatchObject({ Ok: { chunksize: 0n, done: true } });
    expect(download('d/f', 0, 0)).toMatchObject({ Ok: { chunksize: 0n, done: false } });
    for (const offset of [11, 2n ** 64n - 1n]) {
      expect(download('d/f', 10, offset)).toEqual({
        Ok: { chunk: new Uint8Array(0), chunksize: 0n, filesize: 10n, offset: BigInt(offset), done: true },
      });
    }
  });

  it('stay as they are if stable memory is full, and an error says so', () => {
    upload('f', bytes.subarray(0, 100_000), 0);
    host.stable.limit = host.stable.pages;
    const full = /^file_upload_chunk_: stable memory is full: there is no room for \d+ more bytes$/;
    const expectFull = (answer: unknown) => expect((answer as { Err: { Other: string } }).Err.Other).toMatch(full);
    expectFull(upload('f', bytes.subarray(0, 1_000_000), 0));
    expectFull(upload('f', bytes.subarray(0, 1_000_000), 100_000));
    expectFull(upload('g', bytes.subarray(0, 1_000_000), 0));
    expect(details('f')).toEqual(described('f', bytes.subarray(0, 100_000)));
    expect(details('g')).toEqual(because('uploaded_file_details_: Metadata for this file are not found: g'));
  });

  it('have chunks that fit a reply, also a replicated one', () => {
    const chunk = bytes.subarray(0, 2 ** 21);
    expect(upload('f', chunk, 0)).toEqual(described('f', chunk));
    // The host reports every call as replicated, so replies have at most 2 MiB.
    const { Ok } = download('f', 2 ** 21, 0) as { Ok: { chunk: Uint8Array; chunksize: bigint; done: boolean } };
    expect(Ok).toMatchObject({ chunksize: 2n ** 21n - 1024n, done: false });
    expect(Buffer.compare(Ok.chunk, chunk.subarray(0, 2 ** 21 - 1024))).toBe(0);
  });
});

describe('an argument that cannot be decoded', () => {
  it('is an Err that says why and changes nothing, or a reject if the result has no Err', () => {
    const wrong = IDL.encode([IDL.Record({ level: IDL.Text })], [{ level: '1' }]);
    const noCandid = 'it is not a Candid message (it does not start with DIDL)';
    const nonsense = Buffer.from('nonsense');
    const cannot = (method: string, why: string) => `${method}: the argument cannot be decoded: ${why}`;
    expect(send('set_access', wrong, owner)).toEqual(
      because(cannot('set_access', 'level: expected nat16, found text')),
    );
    expect(send('health', nonsense, anonymous)).toEqual(because(cannot('health', noCandid)));
    expect(send('whoami', nonsense, anonymous)).toEqual({ reject: cannot('whoami', noCandid) });
    expect(send('get_max_tokens', nonsense, anonymous)).toEqual({ reject: cannot('get_max_tokens', noCandid) });
    expect(send('run_update', wrong, owner)).toMatchObject({
      Err: { status_code: 400, error: cannot('run_update', 'the field args is missing'), output: '', conversation: '' },
    });
    expect(call('get_access')).toEqual({ Ok: { level: 0, explanation: 'Only controllers' } });
  });
});

describe('an upgrade over another program', () => {
  it('traps with the possible remedies, and keeps the other program’s stable memory', async () => {
    const stable = new StableMemory();
    stable.grow(1);
    stable.write(0, Buffer.from('somebody else'));
    host = await Host.start(module, stable);
    for (const entry of ['canister_init', 'canister_post_upgrade']) {
      expect(() => host.call(entry)).toThrow(/trap: the stable memory holds the data of another program.*reinstall/);
    }
    expect(stable.pages).toBe(1);
    expect(Buffer.from(stable.read(0, 13)).toString()).toBe('somebody else');
  });
});

describe('memory', () => {
  it('does not grow over thousands of messages', () => {
    const before = host.memory.length;
    for (let i = 0; i < 3000; ++i) {
      upload(`f${i % 10}`, new Uint8Array(100).fill(i), 0);
      details(`f${i % 10}`);
      call('whoami', undefined, friend);
    }
    expect(host.memory.length).toBe(before);
  });
});

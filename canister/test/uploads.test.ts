import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { restored } from './golden-canister.js';
import { Llama, owner, person, type Result } from './llama.js';
import { tinyModel } from './tiny-model.js';

interface Status {
  upload: bigint;
  filename: string;
  filesize: bigint;
  sha256: string;
  chunksize: bigint;
  phase: Record<string, string | null>;
  received: bigint;
  hashed: bigint;
  missing: { offset: bigint; size: bigint }[];
}

const DAY = 86_400_000_000_000n;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (length: number, seed = 1) => Buffer.from(Array.from({ length }, (_, i) => (i * 7 + seed * 31) & 255));

let llama: Llama;
beforeEach(async () => {
  llama = await Llama.install();
});

type Answer = Result<Status, { Other: string }>;
const call = (method: string, argument: object, caller = owner) => llama.call(method, argument, caller) as Answer;
function ok(answer: Answer): Status {
  if ('Ok' in answer) return answer.Ok;
  throw new Error(answer.Err.Other);
}
const why = (answer: Answer) => ('Err' in answer ? answer.Err.Other : JSON.stringify(Object.keys(answer.Ok.phase)));

const begin = (filename: string, bytes: Uint8Array, chunksize = 100) =>
  call('upload_begin', {
    filename,
    filesize: BigInt(bytes.length),
    sha256: sha256(bytes),
    chunksize: BigInt(chunksize),
  });
const send = (upload: bigint, bytes: Uint8Array, offset: number, chunksize = 100) =>
  call('upload_chunk', { upload, offset: BigInt(offset), chunk: bytes.subarray(offset, offset + chunksize) });
const status = (upload: bigint) => call('upload_status', { upload });
const phase = (upload: bigint) => Object.keys(ok(status(upload)).phase)[0];

function fileOf(filename: string): Buffer | undefined {
  const input = { filename, chunksize: 2n << 20n, offset: 0n };
  const answer = llama.call('file_download_chunk', input) as Result<{ chunk: Uint8Array; done: boolean }, unknown>;
  return 'Ok' in answer ? Buffer.from(answer.Ok.chunk) : undefined;
}
const stable = () => llama.canister.memory.stable;

describe('an upload', () => {
  it('takes its chunks in any order, and the file exists once all are there', () => {
    const bytes = bytesOf(350);
    const first = ok(begin('models/a.gguf', bytes));
    expect(first).toEqual({
      upload: 1n,
      filename: 'models/a.gguf',
      filesize: 350n,
      sha256: sha256(bytes),
      chunksize: 100n,
      phase: { receiving: null },
      received: 0n,
      hashed: 0n,
      missing: [{ offset: 0n, size: 350n }],
    });
    expect(ok(send(1n, bytes, 300))).toMatchObject({ received: 50n, missing: [{ offset: 0n, size: 300n }] });
    expect(ok(send(1n, bytes, 100))).toMatchObject({
      received: 150n,
      missing: [
        { offset: 0n, size: 100n },
        { offset: 200n, size: 100n },
      ],
    });
    // The same chunk again changes nothing.
    expect(ok(send(1n, bytes, 100))).toMatchObject({ received: 150n });
    expect(ok(send(1n, bytes, 0))).toMatchObject({ received: 250n, hashed: 192n });
    expect(fileOf('models/a.gguf')).toBeUndefined();
    expect(ok(send(1n, bytes, 200))).toMatchObject({
      phase: { done: null },
      received: 350n,
      hashed: 350n,
      missing: [],
    });
    expect(fileOf('models/a.gguf')).toEqual(bytes);
    expect(llama.call('uploaded_file_details', { filename: 'models/a.gguf' })).toMatchObject({
      Ok: { filesha256: sha256(bytes) },
    });
    expect(ok(send(1n, bytes, 300)).phase).toEqual({ done: null });
    expect(ok(status(1n)).phase).toEqual({ done: null });
    // After it has ended, the same upload can begin again.
    expect(ok(begin('models/a.gguf', bytes))).toMatchObject({ upload: 2n, received: 0n });
  });

  it('of no bytes is complete at once', () => {
    expect(ok(begin('empty', Buffer.alloc(0)))).toMatchObject({ phase: { done: null }, missing: [] });
    expect(fileOf('empty')).toEqual(Buffer.alloc(0));
  });

  it('hashes the rest in steps of the timer', () => {
    const chunk = 1 << 20;
    const bytes = bytesOf(12 * chunk + 5);
    const { upload } = ok(begin('a', bytes, chunk));
    const spent: number[] = [];
    for (let at = 12 * chunk; at >= 0; at -= chunk) {
      ok(send(upload, bytes, at, chunk));
      spent.push(llama.spent.instructions);
    }
    expect(Math.max(...spent)).toBeLessThan(400_000_000);
    expect(phase(upload)).toBe('hashing');
    expect(ok(send(upload, bytes, 0, chunk)).phase).toEqual({ hashing: null });
    // A step is half of what a call may execute; an upgrade happens between two of them.
    llama.budget(400_000_000);
    llama.upgrade();
    expect(llama.timers()).toBeGreaterThan(3);
    expect(llama.spent.instructions).toBeLessThan(400_000_000);
    expect(phase(upload)).toBe('done');
    expect(llama.isTimerDue).toBe(false);
    expect(llama.call('uploaded_file_details', { filename: 'a' })).toMatchObject({
      Ok: { filesize: BigInt(bytes.length), filesha256: sha256(bytes) },
    });
  });

  it('of bytes that do not match their hash fails, and keeps the existing file', () => {
    llama.upload('a', Buffer.from('before'));
    const bytes = bytesOf(150);
    const { upload } = ok(begin('a', bytes));
    send(upload, bytes, 0);
    const other = Buffer.from(bytes);
    other[120]! ^= 1;
    const { phase: end } = ok(send(upload, other, 100));
    expect(end).toEqual({ failed: `the SHA-256 of what has come is ${sha256(other)}, not ${sha256(bytes)}` });
    expect(fileOf('a')).toEqual(Buffer.from('before'));
    expect(why(send(upload, bytes, 100))).toMatch(/^upload_chunk: the SHA-256 of what has come/);
    // When it begins again, all chunks are missing.
    expect(ok(begin('a', bytes))).toMatchObject({ upload: 2n, received: 0n });
  });

  it('refuses invalid requests, and changes nothing', () => {
    const bytes = bytesOf(250);
    llama.upload('file', bytes);
    llama.upload('folder/file', bytes);
    const good = { filename: 'a', filesize: 250n, sha256: sha256(bytes), chunksize: 100n };
    const { upload } = ok(call('upload_begin', good));
    send(upload, bytes, 0);
    const before = stable();
    const refuse = (more: object, text: string | RegExp) => {
      expect(why(call('upload_begin', { ...good, ...more }))).toMatch(text);
    };
    refuse({ filename: '' }, 'upload_begin: a file has a name');
    refuse({ filename: '../a' }, /^upload_begin: a path cannot have \.\./);
    refuse({ filename: '/a' }, /^upload_begin: a path is relative/);
    refuse({ filename: 'x'.repeat(5000) }, 'a path has at most 4096 bytes');
    refuse({ filename: 'folder' }, 'upload_begin: it is a directory, and no file: folder');
    refuse({ filename: 'file/below' }, 'upload_begin: file is a file, and no directory: file/below');
    for (const digits of ['', 'x'.repeat(64), `${'0'.repeat(63)}🦙`, '0'.repeat(65)]) {
      refuse({ sha256: digits }, 'upload_begin: sha256: 64 hexadecimal digits were expected');
    }
    refuse({ filesize: 2n ** 64n - 1n }, 'is more than stable memory can hold');
    refuse({ chunksize: 0n }, 'upload_begin: chunksize 0 is not from 1 to 2097152');
    refuse({ chunksize: 2_097_153n }, 'upload_begin: chunksize 2097153 is not from 1 to 2097152');
    refuse({ filesize: 1n << 20n, chunksize: 1n }, 'makes more than 1048576 chunks');
    const chunk = (offset: bigint, part: Uint8Array, id = upload) =>
      why(call('upload_chunk', { upload: id, offset, chunk: part }));
    expect(chunk(0n, bytes, 99n)).toBe('upload_chunk: there is no upload 99');
    expect(chunk(50n, bytes)).toBe('upload_chunk: offset 50: no chunk of the file begins there');
    expect(chunk(300n, bytes)).toBe('upload_chunk: offset 300: no chunk of the file begins there');
    expect(chunk(2n ** 64n - 16n, bytes)).toMatch('no chunk of the file begins there');
    expect(chunk(100n, bytes)).toBe('upload_chunk: the chunk has 250 bytes, and there are 100 at its offset');
    expect(chunk(200n, bytes.subarray(0, 100))).toMatch('has 100 bytes, and there are 50');
    expect(chunk(0n, bytes.subarray(1, 101))).toBe('upload_chunk: the chunk at 0 has come already, with other bytes');
    expect(why(status(7n))).toBe('upload_status: there is no upload 7');
    expect(why(call('upload_cancel', { upload: 7n }))).toBe('upload_cancel: there is no upload 7');
    expect(stable()).toEqual(before);
    expect(ok(status(upload))).toMatchObject({ received: 100n, phase: { receiving: null } });
  });

  it('continues after days and upgrades; a new one of the same file replaces it', () => {
    const bytes = bytesOf(300);
    const { upload } = ok(begin('a', bytes));
    send(upload, bytes, 100);
    llama.time += 30n * DAY;
    llama.upgrade();
    // It keeps the chunk size with which it began, whatever size is asked for later.
    expect(ok(begin('./a', bytes, 77))).toMatchObject({ upload, chunksize: 100n, received: 100n, filename: 'a' });
    const other = bytesOf(300, 2);
    const replaced = ok(begin('a', other)).upload;
    expect(replaced).not.toBe(upload);
    expect(why(send(upload, bytes, 0))).toBe(`upload_chunk: there is no upload ${upload}`);
    expect(ok(call('upload_cancel', { upload: replaced })).phase).toEqual({ failed: 'it was cancelled' });
    expect(why(call('upload_cancel', { upload: replaced }))).toBe('upload_cancel: the upload has ended already');
    expect(why(send(replaced, other, 0))).toBe('upload_chunk: it was cancelled');
  });

  it('is one of at most sixteen, except abandoned ones', () => {
    const bytes = bytesOf(10);
    for (let i = 0; i < 16; i++) ok(begin(`file ${i}`, bytes));
    expect(why(begin('one more', bytes))).toBe('upload_begin: 16 uploads are not done yet; upload_cancel ends one');
    expect(ok(begin('file 3', bytes)).upload).toBe(4n);
    llama.time += 7n * DAY;
    send(1n, bytes, 0, 10);
    for (let i = 2; i <= 3; i++) ok(begin(`file ${i + 20}`, bytes));
    expect(why(status(2n))).toMatch('there is no upload 2');
    expect(phase(1n)).toBe('done');
    // Uploads that have ended are remembered, but not forever.
    for (let i = 0; i < 40; i++) {
      const { upload } = ok(begin('small', bytes));
      ok(call('upload_cancel', { upload }));
    }
    expect(why(status(1n))).toMatch('there is no upload 1');
    const known = Array.from({ length: 70 }, (_, i) => status(BigInt(i + 1))).filter((answer) => 'Ok' in answer);
    expect(known.length).toBeLessThanOrEqual(16 + 17);
  });

  it('of the loaded model’s file replaces it only at the end', () => {
    const model = tinyModel();
    llama.load('m', model);
    const next = tinyModel();
    const { upload } = ok(begin('m', next, 100_000));
    for (let at = 0; at < next.length; at += 100_000) {
      expect(llama.call('ready')).toEqual({ Ok: { status_code: 200 } });
      send(upload, next, at, 100_000);
    }
    expect(phase(upload)).toBe('done');
    expect(llama.call('ready')).toMatchObject({ Err: { Other: expect.stringMatching(/changed or removed since/) } });
    llama.ok('load_model', ['--model', 'm']);
    expect(llama.call('ready')).toEqual({ Ok: { status_code: 200 } });
  });

  it('is independent of other ways to write or remove the file', () => {
    const bytes = bytesOf(200);
    const { upload } = ok(begin('a', bytes));
    send(upload, bytes, 0);
    llama.upload('a', Buffer.from('another way'));
    expect(llama.call('filesystem_remove', { filename: 'a' })).toMatchObject({ Ok: { removed: true } });
    llama.upload('a', Buffer.from('another way'));
    expect(fileOf('a')).toEqual(Buffer.from('another way'));
    ok(send(upload, bytes, 100));
    expect(fileOf('a')).toEqual(bytes);
    // A directory that was made meanwhile.
    const { upload: second } = ok(begin('b', bytes));
    llama.upload('b/c', bytes);
    send(second, bytes, 0);
    expect(ok(send(second, bytes, 100)).phase).toEqual({ failed: expect.stringMatching('directory') });
  });

  it('has files that no other method can name, and ignores files with their former name', () => {
    const bytes = bytesOf(400);
    const { upload } = ok(begin('a', bytes));
    send(upload, bytes, 0);
    for (const dir of ['.canister_uploads', 'uploads', `uploads/${upload}`]) {
      expect(llama.call('recursive_dir_content_query', { dir, max_entries: 0n })).toHaveProperty('Err');
    }
    expect(fileOf(`uploads/${upload}/content`)).toBeUndefined();
    llama.upload(`.canister_uploads/${upload}/state`, Buffer.from('mine'));
    llama.upgrade();
    expect(fileOf(`.canister_uploads/${upload}/state`)).toEqual(Buffer.from('mine'));
    for (const at of [100, 200, 300]) send(upload, bytes, at);
    expect(fileOf('a')).toEqual(bytes);
  });

  it('gives the same file for any order of chunks', () => {
    const chunkSizes = [64, 100, 1000];
    const step = fc.record({
      file: fc.nat(2),
      chunk: fc.nat(11),
      what: fc.oneof(
        { weight: 8, arbitrary: fc.constant('send') },
        fc.constantFrom('wrong', 'begin', 'upgrade', 'wait', 'status', 'stranger'),
      ),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 1200 }), fc.constantFrom(...chunkSizes)), {
          minLength: 3,
          maxLength: 3,
        }),
        fc.array(step, { maxLength: 40 }),
        (shapes, steps) => {
          const files = shapes.map(([length, chunk], i) => ({ name: `f${i}`, bytes: bytesOf(length, i), chunk }));
          const ids = files.map(({ name, bytes, chunk }) => ok(begin(name, bytes, chunk)).upload);
          const there = files.map(() => new Set<number>());
          for (const { file, chunk, what } of steps) {
            const { name, bytes, chunk: size } = files[file]!;
            const at = chunk * size;
            const isDone = there[file]!.size * size >= bytes.length;
            const isPart = at < bytes.length;
            if (what === 'send') {
              expect('Ok' in send(ids[file]!, bytes, at, size)).toBe(isPart);
              if (isPart) there[file]!.add(at);
            } else if (what === 'wrong' && isPart && !isDone && there[file]!.has(at)) {
              const other = Buffer.from(bytes);
              other[at]! ^= 255;
              expect(send(ids[file]!, other, at, size)).toHaveProperty('Err');
            } else if (what === 'begin' && !isDone) {
              expect(ok(begin(name, bytes, size)).upload).toBe(ids[file]);
            } else if (what === 'upgrade') {
              llama.upgrade();
            } else if (what === 'wait') {
              llama.time += 20n * DAY;
            } else if (what === 'stranger') {
              const input = { upload: ids[file]!, offset: BigInt(at), chunk: bytes.subarray(at, at + size) };
              expect(call('upload_chunk', input, person(1))).toEqual({ Err: { Other: 'Access Denied' } });
            }
            const { received, missing, phase } = ok(status(ids[file]!));
            const expected = [...there[file]!].reduce((sum, at) => sum + Math.min(size, bytes.length - at), 0);
            expect(received).toBe(BigInt(expected));
            expect(missing.reduce((sum, range) => sum + range.size, 0n)).toBe(BigInt(bytes.length - expected));
            expect('done' in phase).toBe(expected === bytes.length);
          }
          for (const [i, { name, bytes, chunk }] of files.entries()) {
            for (let at = 0; at < bytes.length; at += chunk) ok(send(ids[i]!, bytes, at, chunk));
            expect(fileOf(name)).toEqual(bytes);
            llama.call('filesystem_remove', { filename: name });
          }
        },
      ),
      { numRuns: isFull ? 60 : 15 },
    );
  });
});

/** An upload that an earlier program has begun, in a folder that clients could see at that time. */
it('that was begun with layout 2 continues, in a place of its own', async () => {
  const golden = gunzipSync(readFileSync(join(import.meta.dirname, 'golden/uploads/layout-2.json.gz')));
  const program = await restored(JSON.parse(golden.toString()));
  const bytes = bytesOf(350);
  const statusOf = (upload: bigint) => program.call('upload_status', { upload }, 'owner');
  expect(statusOf(1n)).toMatchObject({ Ok: { phase: { failed: 'it was cancelled' } } });
  expect(statusOf(2n)).toMatchObject({ Ok: { filename: 'models/a.gguf', received: 200n, phase: { receiving: null } } });
  expect(program.call('recursive_dir_content_query', { dir: '.', max_entries: 0n }, 'owner')).toEqual({ Ok: [] });
  for (const at of [100, 300]) {
    program.ok('upload_chunk', { upload: 2n, offset: BigInt(at), chunk: bytes.subarray(at, at + 100) });
  }
  expect(statusOf(2n)).toMatchObject({ Ok: { phase: { done: null } } });
  const file = { filename: 'models/a.gguf', chunksize: 1000n, offset: 0n };
  const { Ok } = program.call('file_download_chunk', file, 'owner') as { Ok: { chunk: Uint8Array } };
  expect(Buffer.from(Ok.chunk)).toEqual(bytes);
  // At that time, roles were records.
  expect(program.call('getAdminRoles', undefined, 'owner')).toMatchObject({
    Ok: [
      { role: { AdminUpdate: null }, note: 'é'.repeat(200) },
      { principal: 'aaaaa-aa', role: { AdminQuery: null }, note: '' },
    ],
  });
});

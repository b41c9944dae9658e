/**
 * Damaged state folders: any flipped bit and any cut of a file is detected and named, and loses no more than necessary.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query, update } from './anonymous-call.test-support.js';
import { pageBytes } from './execution/page-list.js';
import { DamagedStateError, Network } from './index.js';
import { stateExaminer } from './state/examine.js';
import { DiskStore } from './storage/disk-store.js';
import { wat } from './wasm/wat.test-support.js';

const isFull = process.env.LLAMA_CANISTER_TEST === 'full';
const base = mkdtempSync(join(tmpdir(), 'network-damage-'));
const good = join(base, 'good');
afterAll(() => rmSync(base, { recursive: true, force: true }));

let seed = 7;
function random(below: number): number {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

/** Writes numbers into pages of heap and stable memory; `sum` adds up the first words of both. */
const keeper = wat(`(module
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "debug_print" (func $print (param i32 i32)))
  (import "ic0" "stable64_grow" (func $grow (param i64) (result i64)))
  (import "ic0" "stable64_read" (func $read (param i64 i64 i64)))
  (import "ic0" "stable64_write" (func $write (param i64 i64 i64)))
  (memory 6) (global $count (mut i32) (i32.const 0))
  (func $page (param i32) (result i32) (i32.mul (local.get 0) (i32.const 65536)))
  (func (export "canister_init") (drop (call $grow (i64.const 6))))
  (func (export "canister_update work") (local $i i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (local.set $i (i32.const 1))
    (loop
      (i32.store (call $page (local.get $i)) (i32.add (global.get $count) (local.get $i)))
      (call $write (i64.extend_i32_u (call $page (local.get $i))) (i64.extend_i32_u (call $page (local.get $i))) (i64.const 4))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 6))))
    (call $print (i32.const 0) (i32.const 4)) (call $reply))
  (func (export "canister_query sum") (local $i i32) (local $sum i32)
    (loop
      (call $read (i64.const 0) (i64.extend_i32_u (call $page (local.get $i))) (i64.const 4))
      (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 0))))
      (local.set $sum (i32.add (local.get $sum) (i32.load (call $page (local.get $i)))))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 6))))
    (i32.store (i32.const 0) (local.get $sum)) (call $append (i32.const 0) (i32.const 4)) (call $reply)))`);

const work = (network: Network, id: Principal) => update(network, id, 'work');
const sum = async (network: Network, id: Principal) => (await query(network.url, id, 'sum')).readInt32LE();

let ids: Principal[];
/** The folder's files, without the lock. */
let files: string[];
let values: Map<string, string>;

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

beforeAll(async () => {
  let network = await Network.start({ state: good, systemCanisters: false });
  ids = [network.createCanister(), network.createCanister(), network.createCanister()];
  for (const id of ids.slice(0, 2)) await network.install(id, keeper);
  for (const id of [ids[0]!, ids[1]!, ids[0]!]) await work(network, id);
  await network.stop();
  // A snapshot and a journal, both with something in them.
  network = await Network.start({ state: good, systemCanisters: false });
  for (const id of [ids[0]!, ids[1]!, ids[0]!]) await work(network, id);
  await network.stop();
  files = filesIn(good);
  values = (await contents(cloned())).values;
});

/** Opens a folder and returns its content. */
async function contents(folder: string, repair = false): Promise<{ values: Map<string, string>; damage: string }> {
  const store = new DiskStore(folder, { examiner: stateExaminer, repair });
  const found = new Map(
    store.restored('').map(([key, value]) => [key, inspect(value, { depth: null, maxArrayLength: null })]),
  );
  await store.close();
  return { values: found, damage: store.repaired.map(({ what }) => what).join('\n') };
}

/** The result of opening a copy of the folder with one changed file. */
async function afterDamage(name: string, change: (bytes: Buffer) => Buffer) {
  const copy = mkdtempSync(join(base, 'copy-'));
  cpSync(good, copy, { recursive: true });
  const changed = change(readFileSync(join(copy, name)));
  writeFileSync(join(copy, name), changed);
  const before = new Map(filesIn(copy).map((each) => [each, readFileSync(join(copy, each))]));
  let error: unknown;
  let found: Map<string, string> | undefined;
  try {
    found = (await contents(copy)).values;
  } catch (thrown) {
    error = thrown;
    // Nothing has been touched.
    expect(filesIn(copy)).toEqual([...before.keys()]);
    for (const [each, bytes] of before)
      expect([each, readFileSync(join(copy, each)).equals(bytes)]).toEqual([each, true]);
  }
  const repaired = error === undefined ? undefined : await contents(copy, true);
  const again = error === undefined ? undefined : (await contents(copy)).values;
  rmSync(copy, { recursive: true });
  return { error, found, repaired, again };
}

/** Whether bytes of a page file belong to a page that counts. */
async function isInUse(name: string, offset: number): Promise<boolean> {
  const canister = name.slice('pages/'.length);
  const store = new DiskStore(cloned(), { examiner: stateExaminer });
  const groups = store.restored(`pages/${canister}/`).map(([, value]) => value as Uint32Array);
  await store.close();
  return groups.some((group) => group.subarray(0, 256).includes(Math.floor(offset / pageBytes) + 1));
}

function cloned(): string {
  const copy = mkdtempSync(join(base, 'clone-'));
  cpSync(good, copy, { recursive: true });
  return copy;
}

const flips = isFull ? 400 : 4;

describe('a flipped bit', () => {
  it('is noticed in every file, named, and nothing else is lost', async () => {
    expect(files.map((name) => name.replace(/[\d]+$|\/.*/, ''))).toEqual(
      expect.arrayContaining(['blobs', 'closed', 'journal-', 'pages', 'snapshot-']),
    );
    for (const name of files) {
      const { size } = statSync(join(good, name));
      const places = new Set([0, size - 1, ...Array.from({ length: flips }, () => random(size))]);
      for (const at of places) {
        const bit = 1 << random(8);
        const where = `${name}, bit ${bit} of byte ${at}`;
        const { error, found, repaired, again } = await afterDamage(name, (bytes) => {
          bytes[at]! ^= bit;
          return bytes;
        });
        if (error === undefined) {
          // A slot that is free at the moment: its content will not be read.
          expect([where, name.startsWith('pages/') && !(await isInUse(name, at))]).toEqual([where, true]);
          expect(found).toEqual(values);
          continue;
        }
        expect(error, where).toBeInstanceOf(DamagedStateError);
        expect((error as Error).message, where).toContain(name);
        expect((error as Error).message, where).toContain('--repair');
        // Only the named values have changed, and the folder is whole again.
        const { values: left, damage } = repaired!;
        expect(again, where).toEqual(left);
        for (const key of new Set([...values.keys(), ...left.keys()])) {
          if (left.get(key) === values.get(key)) continue;
          const spoken =
            damage.includes(stateExaminer.describe(key)) || damage.includes(`canister ${key.split('/')[1]}:`);
          expect([where, key, spoken], damage).toEqual([where, key, true]);
        }
      }
    }
  }, 600_000);
});

describe('a file that is cut', () => {
  it('is noticed, and what stands before the cut is kept', async () => {
    for (const name of files) {
      const { size } = statSync(join(good, name));
      const lengths = new Set([0, 1, size - 1, ...Array.from({ length: flips / 4 }, () => random(size))]);
      for (const length of lengths) {
        const where = `${name}, ${length} of ${size} bytes`;
        const { error, found, again, repaired } = await afterDamage(name, (bytes) => bytes.subarray(0, length));
        if (error === undefined) {
          expect([where, name.startsWith('pages/')]).toEqual([where, true]);
          expect(found).toEqual(values);
          continue;
        }
        expect(error, where).toBeInstanceOf(DamagedStateError);
        expect((error as Error).message, where).toContain(name);
        expect(again, where).toEqual(repaired!.values);
      }
    }
  }, 600_000);

  it('is noticed when it is gone altogether', async () => {
    for (const name of files.filter((each) => each !== 'closed')) {
      const copy = cloned();
      rmSync(join(copy, name));
      await expect(contents(copy), name).rejects.toThrow(DamagedStateError);
    }
    const copy = cloned();
    for (const name of files.filter((each) => /^(snapshot|journal|closed)/.test(each))) rmSync(join(copy, name));
    await expect(contents(copy)).rejects.toThrow(/snapshot: there is none/);
  });
});

describe('a network', () => {
  it('does not start on a damaged folder, says which page of which canister it is, and goes on when it is told to', async () => {
    const state = cloned();
    const store = new DiskStore(cloned(), { examiner: stateExaminer });
    const group = new Map(store.restored(`pages/${ids[0]}/`)).get('1/0') as Uint32Array;
    await store.close();
    const path = join(state, 'pages', ids[0]!.toText());
    const bytes = readFileSync(path);
    // The first word of page 3 of the stable memory: 4 + 3.
    const at = (group[3]! - 1) * pageBytes;
    expect(bytes.readInt32LE(at)).toBe(7);
    bytes[at]! ^= 64;
    writeFileSync(path, bytes);
    const attempt = Network.start({ state, systemCanisters: false });
    await expect(attempt).rejects.toThrow(
      `canister ${ids[0]}: page 3 of the stable memory does not match its checksum`,
    );
    const network = await Network.start({ state, systemCanisters: false, repair: true });
    expect(network.repaired).toHaveLength(1);
    const right = 2 * (5 * 4 + 15);
    expect(await sum(network, ids[0]!)).toBe(right + 64);
    expect(await sum(network, ids[1]!)).toBe(2 * (5 * 2 + 15));
    await work(network, ids[0]!);
    expect(await sum(network, ids[0]!)).toBe(right + 10);
    await network.stop();
    expect(existsSync(join(state, 'before-repair-1'))).toBe(true);
    const next = await Network.start({ state, systemCanisters: false });
    expect([next.repaired, await sum(next, ids[0]!)]).toEqual([[], right + 10]);
    await next.stop();
  });

  it('goes on with a module that is put back, and without it leaves that canister without code only', async () => {
    const state = cloned();
    const other = wat('(module (func (export "canister_query other")))');
    let network = await Network.start({ state, systemCanisters: false });
    await network.install(ids[2]!, other);
    await network.stop();
    const { moduleHash } = network.canister(ids[2]!);
    const blob = join(state, 'blobs', Buffer.from(moduleHash!).toString('hex'));
    writeFileSync(blob, 'something else');
    const start = (repair = false) => Network.start({ state, systemCanisters: false, repair });
    await expect(start()).rejects.toThrow(`canister ${ids[2]}: its module: blobs/`);
    writeFileSync(blob, other);
    await (await start()).stop();
    writeFileSync(blob, 'something else');
    network = await start(true);
    expect(network.canister(ids[2]!).moduleHash).toBeUndefined();
    expect(await sum(network, ids[0]!)).toBe(2 * (5 * 4 + 15));
    await network.install(ids[2]!, other);
    await network.stop();
    // The removed file is kept beside.
    expect(readFileSync(join(state, 'before-repair-1/blobs', Buffer.from(moduleHash!).toString('hex')), 'utf8')).toBe(
      'something else',
    );
  });

  it('keeps its files for its user alone', () => {
    for (const name of ['.', ...readdirSync(good, { recursive: true, encoding: 'utf8' })]) {
      const found = statSync(join(good, name));
      expect([name, found.mode & 0o777]).toEqual([name, found.isDirectory() ? 0o700 : 0o600]);
    }
  });
});

describe('a folder of before there were checksums', () => {
  /** Written by an earlier version, and killed: `fill` of five pages, and two `touch`es. */
  const old: Record<string, string> = JSON.parse(
    gunzipSync(readFileSync(join(import.meta.dirname, 'storage/old-state.json.gz'))).toString(),
  );
  const unpacked = () => {
    const folder = mkdtempSync(join(base, 'old-'));
    for (const [name, content] of Object.entries(old)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), Buffer.from(content, 'base64'));
    }
    return folder;
  };
  const id = Principal.fromText('bnz7o-iuaaa-aaaaa-qaaaa-cai');

  it('is opened and goes on with checksums', async () => {
    const state = unpacked();
    const network = await Network.start({ state, systemCanisters: false });
    expect(Buffer.from(network.rootKey).toString('hex')).toMatch(/681a6b42baebedeb$/);
    expect(await sum(network, id)).toBe(811421282);
    // Five messages, and the timer that was set for an hour later.
    await expect.poll(() => network.canister(id).version).toBe(6n);
    await network.stop();
    const page = join(state, 'pages', id.toText());
    const bytes = readFileSync(page);
    const store = new DiskStore(state, { examiner: stateExaminer });
    const group = new Map(store.restored(`pages/${id}/`)).get('0/0') as Uint32Array;
    await store.close();
    const slot = group.subarray(0, 256).find((each) => each > 0)! - 1;
    bytes[slot * pageBytes + 100]! ^= 1;
    writeFileSync(page, bytes);
    await expect(contents(state)).rejects.toThrow(`canister ${id}: page`);
  });

  it('tells a flipped bit in its journal from an end that was not finished', async () => {
    const [name] = Object.keys(old).filter((each) => each.startsWith('journal'));
    const { length } = Buffer.from(old[name!]!, 'base64');
    for (let i = 0; i < flips; i++) {
      const [state, at] = [unpacked(), random(length)];
      const bytes = readFileSync(join(state, name!));
      bytes[at]! ^= 1 << random(8);
      writeFileSync(join(state, name!), bytes);
      try {
        // A length that can be told without being read.
        expect([at, (await contents(state)).values.size]).toEqual([at, (await contents(unpacked())).values.size]);
      } catch (error) {
        expect(error).toBeInstanceOf(DamagedStateError);
        expect((error as Error).message).toContain(name);
      }
    }
    const state = unpacked();
    writeFileSync(join(state, name!), Buffer.from(old[name!]!, 'base64').subarray(0, -5));
    expect((await contents(state)).values.size).toBeGreaterThan(4);
  });
});

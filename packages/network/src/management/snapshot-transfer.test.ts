/** Snapshots that leave the network in pieces and come back, and those that another canister loads. */
import type { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { update } from '../anonymous-call.test-support.js';
import { wat } from '../wasm/wat.test-support.js';
import { created, installation, manage, network, startNetwork, status, stranger } from './management.test-support.js';

/** Counts in a global, in the heap and in stable memory, far apart. */
const counter = wat(`(module
  (import "ic0" "stable64_grow" (func $grow (param i64) (result i64)))
  (import "ic0" "stable64_write" (func $write (param i64 i64 i64)))
  (import "ic0" "stable64_read" (func $read (param i64 i64 i64)))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (memory 40) (global $calls (mut i64) (i64.const 0)) (global $half (mut f64) (f64.const 0.5)) (global $v (mut v128) (v128.const i64x2 -1 2))
  (func (export "canister_init") (drop (call $grow (i64.const 40))))
  (func (export "canister_update add")
    (global.set $calls (i64.add (global.get $calls) (i64.const 1)))
    (i64.store (i32.const 2000000) (global.get $calls))
    (call $write (i64.const 2500000) (i64.const 2000000) (i64.const 8)) (call $get))
  (func $get (export "canister_query get")
    (i64.store (i32.const 0) (global.get $calls))
    (i64.store (i32.const 8) (i64.load (i32.const 2000000)))
    (call $read (i64.const 16) (i64.const 2500000) (i64.const 8))
    (v128.store (i32.const 24) (global.get $v))
    (call $append (i32.const 0) (i32.const 40)) (call $reply)))`);

type Kind = 'wasm_module' | 'wasm_memory' | 'stable_memory';
interface Metadata {
  wasm_module_size: bigint;
  wasm_memory_size: bigint;
  stable_memory_size: bigint;
  globals: Record<string, unknown>[];
  wasm_chunk_store: { hash: Uint8Array }[];
  source: Record<string, unknown>;
  certified_data: Uint8Array;
}

const slice = 1_500_000n;

async function numbers(canister: Principal, methodName: 'get' | 'add' = 'get') {
  const bytes = await update(network, canister, methodName);
  return [0, 8, 16, 24, 32].map((at) => bytes.readBigInt64LE(at));
}

async function counting(times: number): Promise<Principal> {
  const id = await created();
  await manage('install_code', installation(id, { install: null }, counter), id);
  for (let i = 0; i < times; i++) await numbers(id, 'add');
  return id;
}

async function taken(canister_id: Principal): Promise<Uint8Array> {
  const argument = { canister_id, replace_snapshot: [], uninstall_code: [], sender_canister_version: [] };
  return (await manage<{ id: Uint8Array }>('take_canister_snapshot', argument, canister_id)).id;
}

const loadInto = (canister_id: Principal, snapshot_id: Uint8Array, identity?: typeof stranger) =>
  manage('load_canister_snapshot', { canister_id, snapshot_id, sender_canister_version: [] }, canister_id, identity);

async function downloaded(canister_id: Principal, snapshot_id: Uint8Array) {
  const by = { canister_id, snapshot_id };
  const metadata = await manage<Metadata>('read_canister_snapshot_metadata', by, canister_id);
  const space = async (kind: Kind, size: bigint) => {
    const pieces: Uint8Array[] = [];
    for (let offset = 0n; offset < size; offset += slice) {
      const range = { offset, size: size - offset < slice ? size - offset : slice };
      const argument = { ...by, kind: { [kind]: range } };
      pieces.push((await manage<{ chunk: Uint8Array }>('read_canister_snapshot_data', argument, canister_id)).chunk);
    }
    return Buffer.concat(pieces);
  };
  return {
    metadata,
    wasm_module: await space('wasm_module', metadata.wasm_module_size),
    wasm_memory: await space('wasm_memory', metadata.wasm_memory_size),
    stable_memory: await space('stable_memory', metadata.stable_memory_size),
  };
}

async function uploaded(canister_id: Principal, { metadata, ...spaces }: Awaited<ReturnType<typeof downloaded>>) {
  const argument = {
    ...metadata,
    canister_id,
    replace_snapshot: [],
    global_timer: [{ inactive: null }],
    on_low_wasm_memory_hook_status: [],
  };
  const { snapshot_id } = await manage<{ snapshot_id: Uint8Array }>(
    'upload_canister_snapshot_metadata',
    argument,
    canister_id,
  );
  for (const [kind, bytes] of Object.entries(spaces)) {
    for (let offset = 0; offset < bytes.length; offset += Number(slice)) {
      const chunk = bytes.subarray(offset, offset + Number(slice));
      const piece = { canister_id, snapshot_id, kind: { [kind]: { offset: BigInt(offset) } }, chunk };
      await manage('upload_canister_snapshot_data', piece, canister_id);
    }
  }
  return snapshot_id;
}

describe('snapshots', () => {
  beforeAll(startNetwork);
  afterAll(() => network.stop());

  it('go out and come back in pieces, with everything that a canister is', async () => {
    const from = await counting(3);
    const snapshot = await downloaded(from, await taken(from));
    expect(Buffer.compare(snapshot.wasm_module, counter)).toBe(0);
    expect(snapshot.metadata.source).toHaveProperty('taken_from_canister');
    expect(snapshot.metadata.globals).toEqual([{ i64: 3n }, { f64: 0.5 }, { v128: (2n << 64n) | (2n ** 64n - 1n) }]);
    const to = await created();
    await loadInto(to, await uploaded(to, snapshot));
    expect(await numbers(to)).toEqual([3n, 3n, 3n, -1n, 2n]);
    expect(await numbers(to, 'add')).toEqual([4n, 4n, 4n, -1n, 2n]);
    // The uploaded snapshot reads like the original.
    const again = await downloaded(to, await taken(to));
    expect(again.metadata.globals[0]).toEqual({ i64: 4n });
    const [listed] = await manage<{ total_size: bigint }[]>('list_canister_snapshots', { canister_id: to }, to);
    expect(listed!.total_size).toBe(BigInt(counter.length + 80 * 65536));
    expect((await status(to)).memory_metrics.snapshots_size).toBeGreaterThan(0n);
  });

  it('are loaded by another canister of the same controllers', async () => {
    const from = await counting(2);
    const snapshot = await taken(from);
    const to = await created();
    await loadInto(to, snapshot);
    expect(await numbers(to)).toEqual([2n, 2n, 2n, -1n, 2n]);
    // Two billion instructions and one for each byte, and no more than the canister has beyond its threshold.
    const before = network.canister(to).cycles;
    await loadInto(to, snapshot);
    const paid = Number(before - network.canister(to).cycles);
    const bytes = counter.length + 80 * 65536;
    expect(paid).toBeGreaterThan(2_000_000_000 + bytes);
    expect(paid).toBeLessThan(2_000_000_000 + bytes + 10_000_000);
    const poor = network.createCanister({
      cycles: 28_000_000_000n,
      controllers: network.canister(to).settings.controllers,
    });
    await expect(loadInto(poor, snapshot)).rejects.toThrow(/out of cycles[\s\S]*IC0207/);
    expect(network.canister(poor).moduleHash).toBeUndefined();
    const theirs = await created();
    network.updateSettings(theirs, { controllers: [stranger.getPrincipal()] });
    await expect(loadInto(theirs, snapshot, stranger)).rejects.toThrow(/only controllers of both canisters/);
  });

  it('refuse pieces that lie outside, are too long, or are of a snapshot that was taken', async () => {
    const from = await counting(1);
    const snapshot_id = await taken(from);
    const by = { canister_id: from, snapshot_id };
    const read = (range: { offset: bigint; size: bigint }) =>
      manage('read_canister_snapshot_data', { ...by, kind: { wasm_memory: range } }, from);
    await expect(read({ offset: 40n * 65536n, size: 1n })).rejects.toThrow(/reach beyond the 2621440 bytes/);
    await expect(read({ offset: 2n ** 64n - 1n, size: 2n ** 63n })).rejects.toThrow(/longer than 2000000/);
    const piece = { ...by, kind: { wasm_memory: { offset: 0n } }, chunk: new Uint8Array(1) };
    await expect(manage('upload_canister_snapshot_data', piece, from)).rejects.toThrow(/cannot be changed/);
    const chunk = { ...by, kind: { wasm_chunk: { hash: new Uint8Array(32) } } };
    await expect(manage('read_canister_snapshot_data', chunk, from)).rejects.toThrow(/has no chunk of hash/);
  });

  it('with a module that is none, or with globals of another one, are not loaded, and change nothing', async () => {
    const from = await counting(1);
    const snapshot = await downloaded(from, await taken(from));
    const to = await counting(5);
    const before = await numbers(to);
    const broken = { ...snapshot, wasm_module: Buffer.from(snapshot.wasm_module).fill(0, 0, 4) };
    await expect(uploaded(to, broken).then((id) => loadInto(to, id))).rejects.toThrow(/module is not valid/);
    const other = { ...snapshot, metadata: { ...snapshot.metadata, globals: [{ i32: 1 }] } };
    await expect(uploaded(to, other).then((id) => loadInto(to, id))).rejects.toThrow(/globals are not those/);
    expect(await numbers(to)).toEqual(before);
    const huge = {
      ...snapshot.metadata,
      canister_id: to,
      replace_snapshot: [],
      global_timer: [],
      on_low_wasm_memory_hook_status: [],
    };
    const upload = (more: object) => manage('upload_canister_snapshot_metadata', { ...huge, ...more }, to);
    await expect(upload({ wasm_memory_size: 2n ** 40n })).rejects.toThrow(/at most/);
    await expect(upload({ stable_memory_size: 1n })).rejects.toThrow(/multiples of 65536/);
  });
});

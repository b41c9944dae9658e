/** `state`: the content of a network's folder, its writes, and a new process that continues from it. */
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Actor, type HttpAgent } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import type { Principal } from '@icp-sdk/core/principal';
import { afterAll, describe, expect, it } from 'vitest';
import { query, update } from './anonymous-call.test-support.js';
import { Network, type NetworkOptions } from './index.js';
import { wat } from './wasm/wat.test-support.js';

const isFull = process.env.LLAMA_CANISTER_TEST === 'full';
const base = mkdtempSync(join(tmpdir(), 'network-state-'));
const running = new Set<Network>();
afterAll(async () => {
  for (const network of running) await network.stop();
  rmSync(base, { recursive: true, force: true });
});

async function start(state: string, options: NetworkOptions = {}): Promise<Network> {
  const network = await Network.start({ ...options, state: join(base, state) });
  running.add(network);
  return network;
}

async function stop(network: Network): Promise<void> {
  running.delete(network);
  await network.stop();
}

/**
 * `fill` grows heap and stable memory by the pages that its argument says (u32) and writes a number into each; `touch`
 * writes three pages of each; `peek` replies with what `touch` has counted.
 */
const hoarder = wat(`(module
  (import "ic0" "msg_arg_data_copy" (func $arg_copy (param i32 i32 i32)))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "debug_print" (func $print (param i32 i32)))
  (import "ic0" "certified_data_set" (func $certify (param i32 i32)))
  (import "ic0" "data_certificate_present" (func $certified (result i32)))
  (import "ic0" "global_timer_set" (func $timer (param i64) (result i64)))
  (import "ic0" "time" (func $time (result i64)))
  (import "ic0" "stable64_grow" (func $grow (param i64) (result i64)))
  (import "ic0" "stable64_read" (func $read (param i64 i64 i64)))
  (import "ic0" "stable64_write" (func $write (param i64 i64 i64)))
  (memory 1) (global $base (mut i32) (i32.const 0)) (global $ticks (mut i32) (i32.const 0))
  (data (i32.const 100) "noted")
  (func $page (param i32) (result i32) (i32.mul (local.get 0) (i32.const 65536)))
  (func (export "canister_update fill") (local $i i32) (local $n i32)
    (call $arg_copy (i32.const 0) (i32.const 0) (i32.const 4)) (local.set $n (i32.load (i32.const 0)))
    (global.set $base (memory.grow (local.get $n)))
    (drop (call $grow (i64.extend_i32_u (local.get $n))))
    (loop
      (i32.store (call $page (i32.add (global.get $base) (local.get $i))) (i32.add (local.get $i) (i32.const 1)))
      (call $write (i64.extend_i32_u (call $page (local.get $i))) (i64.extend_i32_u (call $page (i32.add (global.get $base) (local.get $i)))) (i64.const 4))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (call $reply))
  (func (export "canister_update touch") (local $i i32)
    (loop
      (i32.store offset=8 (call $page (i32.add (global.get $base) (local.get $i))) (i32.add (i32.const 1) (i32.load offset=8 (call $page (global.get $base)))))
      (call $write (i64.extend_i32_u (call $page (local.get $i))) (i64.const 100) (i64.const 5))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 3))))
    (call $reply))
  (func (export "canister_update note") (call $print (i32.const 100) (i32.const 5)) (call $certify (i32.const 100) (i32.const 5))
    (drop (call $timer (i64.add (call $time) (i64.const 3600000000000)))) (call $reply))
  (func (export "canister_global_timer") (global.set $ticks (i32.add (global.get $ticks) (i32.const 1))))
  (func (export "canister_query peek") (i32.store (i32.const 0) (i32.load offset=8 (call $page (global.get $base))))
    (i32.store (i32.const 4) (global.get $ticks)) (i32.store (i32.const 8) (call $certified))
    (call $append (i32.const 0) (i32.const 12)) (call $reply))
  (func (export "canister_query sum") (local $i i32) (local $sum i32)
    (loop
      (call $read (i64.const 0) (i64.extend_i32_u (call $page (local.get $i))) (i64.const 4))
      (local.set $sum (i32.add (local.get $sum) (i32.load (i32.const 0))))
      (local.set $sum (i32.add (local.get $sum) (i32.load (call $page (i32.add (global.get $base) (local.get $i))))))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.sub (memory.size) (global.get $base)))))
    (i32.store (i32.const 0) (local.get $sum)) (call $append (i32.const 0) (i32.const 4)) (call $reply)))`);

const u32 = (value: number) => Uint8Array.from(Buffer.from(Uint32Array.of(value).buffer));

async function call(network: Network, id: Principal, methodName: string, arg = new Uint8Array()): Promise<void> {
  await update(network, id, methodName, arg);
}

async function ask(network: Network, id: Principal, methodName: string): Promise<number[]> {
  const bytes = await query(network.url, id, methodName);
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(i * 4));
}

/** Bytes that this process has written to files and sockets so far; undefined if the system does not report them. */
function written(): number | undefined {
  const path = '/proc/self/io';
  return existsSync(path) ? Number(/wchar: (\d+)/.exec(readFileSync(path, 'utf8'))![1]) : undefined;
}

describe('a message', () => {
  const pages = isFull ? 4800 : 400;
  const title = `is written as what it changed, however large the canister (${(pages * 2 * 65536) / 2 ** 20} MiB)`;
  it.skipIf(written() === undefined)(title, async () => {
    let network = await start('large');
    const id = network.createCanister();
    await network.install(id, hoarder);
    await call(network, id, 'fill', u32(pages));
    await call(network, id, 'touch');
    const before = written()!;
    const messages = 10;
    for (let i = 0; i < messages; i++) await call(network, id, 'touch');
    const each = (written()! - before) / messages;
    console.log(`${Math.round(each / 1024)} KiB written for each message that changes 6 pages of 64 KiB`);
    // Six pages, their locations, the canister's record, and the traffic of the sockets.
    expect(each).toBeGreaterThan(6 * 65536);
    expect(each).toBeLessThan(6 * 65536 + 40_000);
    // Slots are used again: the file does not grow with the number of messages.
    const size = readFileSize(join(base, 'large/pages', id.toText()));
    expect(size / 65536).toBeLessThan(2 * pages + 3 + 20);

    const expected = (pages * (pages + 1) - 6 + sumOfNotes()) | 0;
    expect(await ask(network, id, 'sum')).toEqual([expected]);
    await stop(network);
    const begin = performance.now();
    network = await start('large');
    expect(await ask(network, id, 'sum')).toEqual([expected]);
    console.log(`${Math.round(performance.now() - begin)} ms to go on with it`);
    await call(network, id, 'touch');
    expect((await ask(network, id, 'peek'))[0]).toBe(12);
    await stop(network);
  });

  /** The first four bytes of `noted` as numbers, in the three pages of stable memory that `touch` writes. */
  const sumOfNotes = () => 3 * Buffer.from('note').readInt32LE();
  const readFileSize = (path: string) => readFileSync(path).length;
});

describe('a network that goes on', () => {
  it('is the same to its clients, with everything that its canisters had', async () => {
    const owner = Ed25519KeyIdentity.generate();
    const other = Ed25519KeyIdentity.generate().getPrincipal();
    let network = await start('same');
    const { rootKey } = network;
    const id = network.createCanister({
      controllers: [owner.getPrincipal(), other],
      settings: {
        freezingThreshold: 1234n,
        environmentVariables: [['COLOUR', 'blue']],
        logVisibility: { public: null },
      },
    });
    await network.install(id, hoarder);
    await call(network, id, 'fill', u32(10));
    await call(network, id, 'touch');
    await call(network, id, 'note');
    const empty = network.createCanister({ cycles: 5n });
    const gone = network.createCanister();
    await network.install(gone, hoarder);
    const management = (agent: HttpAgent) =>
      Actor.createActor<Record<string, (argument: object) => Promise<unknown>>>(
        ({ IDL: { Func, Nat64, Nat8, Principal, Record, Service, Vec } }) =>
          Service({
            upload_chunk: Func(
              [Record({ canister_id: Principal, chunk: Vec(Nat8) })],
              [Record({ hash: Vec(Nat8) })],
              [],
            ),
            stored_chunks: Func([Record({ canister_id: Principal })], [Vec(Record({ hash: Vec(Nat8) }))], []),
            stop_canister: Func([Record({ canister_id: Principal })], [], []),
            delete_canister: Func([Record({ canister_id: Principal })], [], []),
            fetch_canister_logs: Func(
              [Record({ canister_id: Principal })],
              [Record({ canister_log_records: Vec(Record({ idx: Nat64, content: Vec(Nat8) })) })],
              ['query'],
            ),
          }),
        {
          agent,
          canisterId: 'aaaaa-aa',
          callTransform: (_: string, [{ canister_id }]: [{ canister_id: Principal }]) => ({
            effectiveCanisterId: canister_id,
          }),
          queryTransform: (_: string, [{ canister_id }]: [{ canister_id: Principal }]) => ({
            effectiveCanisterId: canister_id,
          }),
        } as never,
      );
    await management(network.agent(owner)).upload_chunk!({ canister_id: id, chunk: [1, 2, 3] });
    for (const step of ['stop_canister', 'delete_canister']) {
      await management(network.agent(network.controller))[step]!({ canister_id: gone });
    }
    const known = network.canister(id);
    await stop(network);

    network = await start('same');
    expect(network.rootKey).toEqual(rootKey);
    expect(network.canisters.map((each) => each.toText())).toEqual([id.toText(), empty.toText()]);
    const { cycles, ...rest } = network.canister(id);
    const { cycles: before, ...same } = known;
    const plain = (value: object) =>
      JSON.parse(JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}` : each)));
    expect(plain(rest)).toEqual(plain(same));
    expect(before - cycles).toBeLessThan(1_000_000n);
    expect(network.canister(empty).cycles).toBeLessThanOrEqual(5n);
    expect(await ask(network, id, 'peek')).toEqual([1, 0, 1]);
    const again = management(network.agent(owner));
    expect(await again.stored_chunks!({ canister_id: id })).toHaveLength(1);
    const logs = (await again.fetch_canister_logs!({ canister_id: id })) as {
      canister_log_records: { content: Uint8Array }[];
    };
    expect(logs.canister_log_records.map(({ content }) => Buffer.from(content).toString())).toEqual(['noted']);
    // The timer that was set before is still set, and no id is given twice.
    network.advanceTime(3_700_000);
    await expect.poll(async () => (await ask(network, id, 'peek'))[1]).toBe(1);
    expect([id, empty, gone].map(String)).not.toContain(String(network.createCanister()));
    await stop(network);
  });

  it('remembers what its ledgers know', async () => {
    const me = Ed25519KeyIdentity.generate();
    const ledger = (network: Network) =>
      Actor.createActor<{
        icrc1_balance_of: (account: object) => Promise<bigint>;
        icrc1_transfer: (args: object) => Promise<{ Ok?: bigint; Err?: object }>;
      }>(
        ({ IDL: { Func, Nat, Nat64, Nat8, Null, Opt, Principal, Record, Service, Variant, Vec } }) => {
          const account = Record({ owner: Principal, subaccount: Opt(Vec(Nat8)) });
          const args = Record({ to: account, amount: Nat, created_at_time: Opt(Nat64) });
          const refused = Variant({ Duplicate: Record({ duplicate_of: Nat }), TooOld: Null });
          return Service({
            icrc1_balance_of: Func([account], [Nat], ['query']),
            icrc1_transfer: Func([args], [Variant({ Ok: Nat, Err: refused })], []),
          });
        },
        { agent: network.agent(me), canisterId: 'um5iw-rqaaa-aaaaq-qaaba-cai' },
      );
    let network = await start('ledgers');
    const to = { owner: network.firstCanisterId, subaccount: [] };
    const transfer = { to, amount: 5_000n, created_at_time: [BigInt(Date.now()) * 1_000_000n] };
    const { Ok: block } = await ledger(network).icrc1_transfer(transfer);
    await stop(network);
    network = await start('ledgers');
    expect(await ledger(network).icrc1_balance_of(to)).toBe(5_000n);
    expect(await ledger(network).icrc1_transfer(transfer)).toEqual({ Err: { Duplicate: { duplicate_of: block } } });
    await stop(network);
  });
});

describe('a snapshot', () => {
  it.each([
    ['on disk', 'snapshots'],
    ['in memory', undefined],
  ])('is what the canister was, %s', async (_, state) => {
    let network = state === undefined ? await Network.start() : await start(state);
    running.add(network);
    const manage = async (method: string, argument: Record<string, unknown>, result: IDL.Type[] = []) => {
      const fields = {
        canister_id: IDL.Principal,
        ...(argument.snapshot_id ? { snapshot_id: IDL.Vec(IDL.Nat8) } : {}),
      };
      const arg = IDL.encode([IDL.Record(fields)], [argument]);
      const options = { methodName: method, arg, effectiveCanisterId: argument.canister_id as Principal };
      const { reply } = await network.agent(network.controller).update('aaaaa-aa', options);
      return IDL.decode(result, reply)[0] as unknown;
    };
    const id = network.createCanister();
    await network.install(id, hoarder);
    await call(network, id, 'fill', u32(20));
    await call(network, id, 'touch');
    await call(network, id, 'note');
    const [sum, before] = [await ask(network, id, 'sum'), network.canister(id)];
    const taken = IDL.Record({ id: IDL.Vec(IDL.Nat8), total_size: IDL.Nat64 });
    const { id: snapshot_id, total_size } = (await manage('take_canister_snapshot', { canister_id: id }, [taken])) as {
      id: Uint8Array;
      total_size: bigint;
    };
    expect(Number(total_size)).toBe(before.memory.heap + before.memory.stable + hoarder.length);
    await call(network, id, 'fill', u32(7));
    await call(network, id, 'touch');
    await network.reinstall(id, wat('(module (memory 1) (func (export "canister_query other")))'));
    if (state !== undefined) {
      await stop(network);
      network = await start(state);
    }
    await manage('load_canister_snapshot', { canister_id: id, snapshot_id });
    expect(network.canister(id)).toMatchObject({ memory: before.memory, moduleHash: expect.anything() });
    expect(Buffer.compare(network.canister(id).moduleHash!, before.moduleHash!)).toBe(0);
    if (state !== undefined) {
      await stop(network);
      network = await start(state);
    }
    expect(await ask(network, id, 'sum')).toEqual(sum);
    await call(network, id, 'touch');
    expect((await ask(network, id, 'peek'))[0]).toBe(2);
    await manage('delete_canister_snapshot', { canister_id: id, snapshot_id });
    await expect(manage('load_canister_snapshot', { canister_id: id, snapshot_id })).rejects.toThrow(/IC0305/);
    await stop(network);
  });
});

describe('a folder', () => {
  it('belongs to one network at a time', async () => {
    const network = await start('one');
    await expect(start('one')).rejects.toThrow(`is in use by process ${process.pid}`);
    await stop(network);
    await stop(await start('one'));
  });

  it('that is not one, or is damaged, is an error that says so', async () => {
    writeFileSync(join(base, 'file'), '');
    await expect(start('file')).rejects.toThrow(/file/);
    for (let i = 0; i < 2; i++) await stop(await start('damaged'));
    const snapshot = readdirSync(join(base, 'damaged')).find((name) => name.startsWith('snapshot'))!;
    const path = join(base, 'damaged', snapshot);
    const whole = readFileSync(path);
    writeFileSync(path, Buffer.concat([Buffer.from('something else'), whole]));
    await expect(start('damaged')).rejects.toThrow(`${snapshot}: its first bytes are not those of such a file`);
    writeFileSync(
      path,
      whole.map((byte, i) => (i === whole.length - 3 ? byte ^ 1 : byte)),
    );
    // In the head of its last entry, which ends it: nothing is lost, but it is reported.
    const ends = /: the head of entry \d+ at byte \d+ has one wrong bit, and can be told: it ends the file\n/;
    await expect(start('damaged')).rejects.toThrow(ends);
    // A group that a killed process has left unfinished at the end is not damage.
    writeFileSync(path, whole);
    const journal = readdirSync(join(base, 'damaged')).find((name) => name.startsWith('journal'))!;
    appendFileSync(join(base, 'damaged', journal), Buffer.from([200, 0, 0, 0, 1, 2, 3]));
    await stop(await start('damaged'));
  });

  it('does not collect what nobody needs', async () => {
    let network = await start('tidy');
    const id = network.createCanister();
    await network.install(id, hoarder);
    for (let version = 0; version < 3; version++) {
      await network.upgrade(id, wat(`(module (memory 1) (func (export "canister_query v${version}")))`));
    }
    await stop(network);
    network = await start('tidy');
    expect(readdirSync(join(base, 'tidy/blobs'))).toHaveLength(1);
    expect(readdirSync(join(base, 'tidy/pages'))).toEqual([id.toText()]);
    await stop(network);
  });
});

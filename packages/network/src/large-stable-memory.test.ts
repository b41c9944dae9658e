/** A stable memory of 24 GiB: what it takes of memory, and what is left when a message fails, a disk is full, or the process is killed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '@icp-sdk/core/principal';
import { afterAll, expect, it } from 'vitest';
import { newCall } from './anonymous-call.test-support.js';
import { DirectCanister, Network } from './index.js';
import { Life } from './killed.test-support.js';
import { wat } from './wasm/wat.test-support.js';

const MiB = 2 ** 20;
const pages = 24 * 2 ** 14;
/** Every 96th page, 256 MiB in all. */
const every = { stride: 96, count: pages / 96 };

/**
 * `fill` writes a number (u32) into each of `count` pages, `stride` pages apart; `fail` does so and traps. `check` replies
 * with the least and the greatest number in these pages, and the number that was last filled in, from the heap.
 */
const keeper = wat(`(module
  (import "ic0" "msg_arg_data_copy" (func $arg_copy (param i32 i32 i32)))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "stable64_grow" (func $grow (param i64) (result i64)))
  (import "ic0" "stable64_read" (func $read (param i64 i64 i64)))
  (import "ic0" "stable64_write" (func $write (param i64 i64 i64)))
  (memory 1)
  (global $last (mut i32) (i32.const 0))
  (func $at (param i32) (result i64)
    (i64.add (i64.const 65500) (i64.mul (i64.const 65536) (i64.extend_i32_u (i32.mul (local.get 0) (i32.load (i32.const 4)))))))
  (func $argument (call $arg_copy (i32.const 0) (i32.const 0) (i32.const 12)))
  (func $fill (local $i i32)
    (call $argument)
    (global.set $last (i32.load (i32.const 0)))
    (loop
      (call $write (call $at (local.get $i)) (i64.const 0) (i64.const 4))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.load (i32.const 8))))))
  (func (export "canister_init") (if (i64.eq (call $grow (i64.const ${pages})) (i64.const -1)) (then (unreachable))))
  (func (export "canister_update fill") (call $fill) (call $reply))
  (func (export "canister_update fail") (call $fill) (unreachable))
  (func (export "canister_query check") (local $i i32)
    (call $argument)
    (i32.store (i32.const 100) (i32.const -1)) (i32.store (i32.const 104) (i32.const 0))
    (loop
      (call $read (i64.const 16) (call $at (local.get $i)) (i64.const 4))
      (if (i32.lt_u (i32.load (i32.const 16)) (i32.load (i32.const 100))) (then (i32.store (i32.const 100) (i32.load (i32.const 16)))))
      (if (i32.gt_u (i32.load (i32.const 16)) (i32.load (i32.const 104))) (then (i32.store (i32.const 104) (i32.load (i32.const 16)))))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.load (i32.const 8)))))
    (i32.store (i32.const 108) (global.get $last))
    (call $append (i32.const 100) (i32.const 12)) (call $reply)))`);

/** What the later messages fill: as much in `npm run test:full`, and a quarter of it in `npm test`. */
const later = process.env.LLAMA_CANISTER_TEST === 'full' ? every : { ...every, count: every.count / 4 };

const argument = (value: number, { stride, count }: typeof every) =>
  Uint8Array.from(Buffer.from(Uint32Array.of(value, stride, count).buffer));
const same = (value: number) => [value, value, value];
const numbers = (bytes: Uint8Array) => [0, 4, 8].map((at) => Buffer.from(bytes).readUInt32LE(at));

const folder = mkdtempSync(join(tmpdir(), 'network-large-'));
const lives: Life[] = [];
afterAll(async () => {
  for (const life of lives) await life.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function begin(largestFile?: number): Promise<Life> {
  const life = new Life(folder, largestFile);
  lives.push(life);
  return life.ready();
}

async function check(life: Life, id: Principal, which = every): Promise<number[]> {
  const answer = await life.agent.query(id, { methodName: 'check', arg: argument(0, which) });
  if (answer.status !== 'replied') throw new Error(answer.reject_message);
  return numbers(answer.reply.arg);
}

const fill = (life: Life, id: Principal, value: number, which = every, method = 'fill') =>
  life.answer(id, newCall(id, method, argument(value, which))).then((answer) => Buffer.from(answer).toString('latin1'));

/** The most memory that a process has had, in bytes. */
function peak(life: Life): number {
  const status = readFileSync(`/proc/${life.child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) * 1024;
}

it('lies in a file: rollback, queries, a full disk and kill -9 find it as the last message has left it', async () => {
  const first = await Network.start({ state: join(folder, 'state'), systemCanisters: false });
  const id = first.createCanister({ cycles: 10n ** 15n });
  await first.install(id, keeper);
  await first.stop();

  // A disk that is full at 64 MiB.
  const some = { stride: 192, count: 100 };
  let life = await begin(64 * MiB);
  expect(await fill(life, id, 1, some)).toContain('replied');
  const full = await fill(life, id, 2);
  expect(full).toMatch(/IC0507/);
  expect(full).toMatch(/cannot keep what it has written: E\w+/);
  expect(await check(life, id, some)).toEqual(same(1));
  expect(await fill(life, id, 3, some)).toContain('replied');
  await life.kill();

  life = await begin();
  expect(await check(life, id, some)).toEqual(same(3));
  const before = process.platform === 'linux' ? peak(life) : 0;
  expect(await fill(life, id, 4)).toContain('replied');
  expect(await fill(life, id, 5, every, 'fail')).toContain('IC0502');
  expect(await check(life, id)).toEqual(same(4));
  const filling = fill(life, id, 6, later);
  const seen = await check(life, id, later);
  expect([same(4), same(6)]).toContainEqual(seen);
  expect(await filling).toContain('replied');
  expect(await check(life, id, later)).toEqual(same(6));
  if (process.platform === 'linux') expect(peak(life) - before).toBeLessThan(160 * MiB);
  fill(life, id, 7, later).catch(() => {});
  await life.kill();

  life = await begin();
  expect([same(6), same(7)]).toContainEqual(await check(life, id, later));
});

it('lies in a temporary file without a name', () => {
  const own = mkdtempSync(join(folder, 'tmp-'));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = own;
  try {
    const canister = new DirectCanister({ cycles: 10n ** 18n });
    expect(canister.install(keeper).result.kind).not.toBe('error');
    expect(canister.update('fill', argument(1, later)).result.kind).toBe('reply');
    expect(readdirSync(own)).toEqual([]);
    const { result } = canister.query('check', argument(0, later));
    expect(result.kind === 'reply' && numbers(result.data)).toEqual(same(1));
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
});

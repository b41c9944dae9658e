/** Queries and inspect_message while a message runs: answered at once, from the state after the last message. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '@icp-sdk/core/principal';
import { afterAll, describe, expect, it } from 'vitest';
import { newCall, query, send } from './anonymous-call.test-support.js';
import { Network, type NetworkOptions } from './index.js';
import { wat } from './wasm/wat.test-support.js';

const isFull = process.env.LLAMA_CANISTER_TEST === 'full';
const base = mkdtempSync(join(tmpdir(), 'network-meanwhile-'));
const running = new Set<Network>();
afterAll(async () => {
  for (const network of running) await network.stop();
  rmSync(base, { recursive: true, force: true });
});

async function start(options: NetworkOptions = {}): Promise<Network> {
  // A machine that does other things, too, may take its time over a message.
  const network = await Network.start({ systemCanisters: false, callWaitMilliseconds: 60_000, ...options });
  running.add(network);
  return network;
}

/**
 * `write` leaves one number more in a global, in a word of each of 30 pages of the heap and of 30 of stable memory, page by
 * page, and spins in between for as many turns as its argument says (u32); `fail` does so and traps. `check` replies with
 * the global, the least and the greatest of all those words, the sizes of both memories in pages, u32 each; `probe` writes to all of
 * these pages before it replies like `check`. `grow` makes both memories a page larger, and then spins. The canister takes no call of
 * `refused`.
 */
const witness = (index: 'i32' | 'i64' = 'i32', extra = '') => {
  const address = (text: string) => (index === 'i64' ? `(i64.extend_i32_u ${text})` : text);
  const size = index === 'i64' ? '(i32.wrap_i64 (memory.size))' : '(memory.size)';
  return wat(
    `(module
  (import "ic0" "msg_arg_data_copy" (func $arg_copy (param ${index} ${index} ${index})))
  (import "ic0" "msg_reply_data_append" (func $append (param ${index} ${index})))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "msg_method_name_size" (func $name_size (result ${index})))
  (import "ic0" "accept_message" (func $accept))
  (import "ic0" "stable64_size" (func $stable_size (result i64)))
  (import "ic0" "stable64_grow" (func $stable_grow (param i64) (result i64)))
  (import "ic0" "stable64_read" (func $read (param i64 i64 i64)))
  (import "ic0" "stable64_write" (func $stable_write (param i64 i64 i64)))
  (memory ${index === 'i64' ? 'i64' : ''} 40)
  (global $count (mut i32) (i32.const 0)) (global $least (mut i32) (i32.const 0)) (global $greatest (mut i32) (i32.const 0))
  (func $at (param i32) (result i32) (i32.add (i32.const 65536) (i32.mul (local.get 0) (i32.const 65544))))
  (func $spin (param i32) (if (local.get 0) (then (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))))
  (func $argument (result i32) (call $arg_copy (${index}.const 0) (${index}.const 0) (${index}.const 4)) (i32.load (${index}.const 0)))
  (func $write (param $turns i32) (local $i i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (loop
      (i32.store (${index}.const 8) (global.get $count))
      (i32.store ${address('(call $at (local.get $i))')} (global.get $count))
      (call $stable_write (i64.extend_i32_u (call $at (local.get $i))) (i64.const 8) (i64.const 4))
      (call $spin (local.get $turns))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 30)))))
  (func $see (param i32)
    (if (i32.lt_u (local.get 0) (global.get $least)) (then (global.set $least (local.get 0))))
    (if (i32.gt_u (local.get 0) (global.get $greatest)) (then (global.set $greatest (local.get 0)))))
  (func $check (local $i i32)
    (global.set $least (i32.const -1)) (global.set $greatest (i32.const 0))
    (loop
      (call $see (i32.load ${address('(call $at (local.get $i))')}))
      (call $read (i64.const 16) (i64.extend_i32_u (call $at (local.get $i))) (i64.const 4))
      (call $see (i32.load (${index}.const 16)))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 30))))
    (i32.store (${index}.const 0) (global.get $count)) (i32.store (${index}.const 4) (global.get $least))
    (i32.store (${index}.const 8) (global.get $greatest)) (i32.store (${index}.const 12) ${size})
    (i32.store (${index}.const 16) (i32.wrap_i64 (call $stable_size)))
    (call $append (${index}.const 0) (${index}.const 20)) (call $reply))
  (func (export "canister_init") (drop (call $stable_grow (i64.const 40))))
  (func (export "canister_inspect_message") (if (i32.ne ${index === 'i64' ? '(i32.wrap_i64 (call $name_size))' : '(call $name_size)'} (i32.const 7)) (then (call $accept))))
  (func (export "canister_update write") (call $write (call $argument)) (call $reply))
  (func (export "canister_update fail") (call $write (call $argument)) (unreachable))
  (func (export "canister_update refused"))
  (func (export "canister_update grow") (drop (memory.grow (${index}.const 1))) (drop (call $stable_grow (i64.const 1)))
    (call $spin (call $argument)) (call $reply))
  (func (export "canister_query check") (call $check))
  (func (export "canister_query probe") (call $write (i32.const 0)) (call $check)) ${extra})`,
    { memory64: index === 'i64' },
  );
};

interface Seen {
  count: number;
  least: number;
  greatest: number;
  heap: number;
  stable: number;
}

const u32 = (value: number) => Uint8Array.from(Buffer.from(Uint32Array.of(value).buffer));

const call = (network: Network, id: Principal, method: string, turns = 0) =>
  send(network.url, id, newCall(id, method, u32(turns), network.clock.now())).then((answer) => {
    const text = Buffer.from(answer).toString('latin1');
    return text.includes('replied') && !text.includes('reject_code') ? 'replied' : text;
  });

async function ask(network: Network, id: Principal, method = 'check'): Promise<Seen> {
  const bytes = await query(network.url, id, method);
  const [count, least, greatest, heap, stable] = [0, 4, 8, 12, 16].map((at) => bytes.readUInt32LE(at));
  return { count: count!, least: least!, greatest: greatest!, heap: heap!, stable: stable! };
}

const whole = (count: number) => ({ count, least: count, greatest: count });
/** Turns that make a message run some tenths of a second: thirty times. */
const long = isFull ? 12_000_000 : 5_000_000;
/**
 * Turns of a spin that takes half a second; if a busy machine has answered nothing before its end, four times as many.
 */
const turnsTried = [180_000_000, 720_000_000, 2_880_000_000];
/** This many further answers show that the first one did not come only after the end. */
const LATER = 5;

/**
 * Asks until a message has ended, and checks the answers until then; returns their number, and the time of the slowest.
 */
async function askUntil(
  message: Promise<unknown>,
  askOnce: () => Promise<Seen>,
  expected: Partial<Seen>,
): Promise<{ answers: number; slowest: number }> {
  let over = false;
  message.finally(() => {
    over = true;
  });
  let [answers, slowest] = [0, 0];
  await new Promise((resolve) => setTimeout(resolve, 30));
  while (!over) {
    const begin = performance.now();
    const seen = await askOnce();
    if (over) break;
    expect(seen).toMatchObject(expected);
    slowest = Math.max(slowest, performance.now() - begin);
    answers++;
  }
  return { answers, slowest };
}

const memories = [
  ['32 bits', 'i32', {}],
  ['kept on disk', 'i32', { state: join(base, 'kept') }],
  ['64 bits', 'i64', {}],
  ['fast metering', 'i32', { metering: 'fast' }],
] as const;

describe.each(isFull ? memories : memories.slice(0, 2))('while a message runs (%s)', (_, index, options) => {
  it('queries see what the last message has left, whatever it writes meanwhile, and nobody waits', async () => {
    let network = await start(options);
    const id = network.createCanister();
    await network.install(id, witness(index));
    for (let i = 0; i < 2; i++) expect(await call(network, id, 'write')).toBe('replied');
    if ('state' in options) {
      // Pages of stable memory are still on disk only.
      running.delete(network);
      await network.stop();
      network = await start(options);
    }
    let all = 0;
    for (const [method, turns, after] of [
      ['write', long, 3],
      ['fail', long, 3],
      ['write', long, 4],
    ] as const) {
      const before = method === 'fail' ? after : after - 1;
      const message = call(network, id, method, turns);
      // A query's own writes are its own.
      const probe = askUntil(message, () => ask(network, id, 'probe'), whole(before + 1));
      const { answers, slowest } = await askUntil(message, () => ask(network, id), whole(before));
      await probe;
      console.log(`${answers} answers while a message ran, the slowest after ${Math.round(slowest)} ms`);
      all += answers;
      expect(await message).toMatch(method === 'fail' ? /unreachable/ : /^replied$/);
      expect(await ask(network, id)).toMatchObject(whole(after));
    }
    // A query that waited would be answered when the message is over, and not be counted: one shows it, on a machine however slow.
    expect(all).toBeGreaterThan(0);
    running.delete(network);
    await network.stop();
  }, 120_000);
});

describe('queries among messages', () => {
  it('see one version each, and none that is older than what has been answered', async () => {
    const network = await start();
    const id = network.createCanister();
    await network.install(id, witness());
    let answered = 0;
    let sent = 0;
    const writers = Array.from({ length: 3 }, async () => {
      for (let i = 0; i < (isFull ? 300 : 12); i++) {
        sent++;
        expect(await call(network, id, i % 7 === 3 ? 'fail' : 'write', i % 5 === 0 ? 300_000 : 0)).toMatch(
          /replied|unreachable/,
        );
        if (i % 7 !== 3) answered++;
      }
    });
    let over = false;
    const readers = Array.from({ length: 3 }, async () => {
      let last = 0;
      while (!over) {
        const least = answered;
        const { count, ...words } = await ask(network, id);
        expect(words).toMatchObject({ least: count, greatest: count });
        expect(count).toBeGreaterThanOrEqual(Math.max(least, last));
        expect(count).toBeLessThanOrEqual(sent);
        last = count;
      }
      return last;
    });
    await Promise.all(writers);
    over = true;
    await Promise.all(readers);
    expect(await ask(network, id)).toMatchObject(whole(answered));
    await network.stop();
    running.delete(network);
  }, 120_000);

  it('see memories that have grown, and another program after an upgrade or a reinstallation', async () => {
    const network = await start();
    const id = network.createCanister();
    await network.install(id, witness());
    await call(network, id, 'write');
    /** Pages of both memories. */
    let [heap, stable] = [40, 40];
    /** A query's answer while something runs; repeated with a longer run if it was over before. */
    const meanwhile = async (begin: (turns: number) => Promise<unknown>, ended: () => void = () => {}) => {
      for (const turns of turnsTried) {
        const seen = { heap, stable };
        let over = false;
        const running = begin(turns).then(() => {
          over = true;
          ended();
        });
        await new Promise((resolve) => setTimeout(resolve, 100));
        const answers: Seen[] = [];
        while (!over && answers.length <= LATER) answers.push(await ask(network, id));
        const isMeanwhile = !over;
        await running;
        if (isMeanwhile) return { answer: answers[0]!, seen };
      }
      throw new Error('nothing was answered while it ran');
    };
    const grows = async (words: Partial<Seen>) => {
      const { answer, seen } = await meanwhile(
        (turns) => call(network, id, 'grow', turns),
        () => {
          ++heap;
          ++stable;
        },
      );
      expect(answer).toMatchObject({ ...words, ...seen });
    };
    for (let time = 0; time < (isFull ? 3 : 1); time++) await grows(whole(1));
    // The heap is new, stable memory is not.
    await network.upgrade(id, witness('i32', '(func (export "canister_query other"))'));
    heap = 40;
    await grows({ count: 0, least: 0, greatest: 1 });
    await network.reinstall(id, witness());
    [heap, stable] = [40, 40];
    await grows(whole(0));
    // The long run may be an installation, too.
    await call(network, id, 'write');
    const slow = (turns: number) => `(func (export "canister_post_upgrade") (call $spin (i32.const ${turns})))`;
    const { answer } = await meanwhile((turns) => network.upgrade(id, witness('i32', slow(turns)), { keepHeap: true }));
    expect(answer).toMatchObject({ ...whole(1), heap });
    await network.stop();
    running.delete(network);
  }, 120_000);

  it('are asked for inspect_message, too', async () => {
    const network = await start();
    const id = network.createCanister();
    await network.install(id, witness());
    const message = call(network, id, 'write', 20 * long);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const refused = call(network, id, 'refused').then((text) => `refused: ${text}`);
    expect(await Promise.race([refused, message])).toMatch(/^refused: .*IC0406/s);
    await message;
    await network.stop();
    running.delete(network);
  }, 60_000);

  it('wait where everything runs in one thread', async () => {
    const network = await start({ threads: false });
    const id = network.createCanister();
    await network.install(id, witness());
    const message = call(network, id, 'write', 1000);
    expect(await ask(network, id)).toMatchObject({ least: expect.any(Number) });
    await message;
    expect(await ask(network, id)).toMatchObject(whole(1));
    await network.stop();
    running.delete(network);
  });
});

/** `fill` writes a word to each page; `spin` runs long; `some` reads ten pages, `all` every page. */
const large = (pages: number) =>
  wat(`(module
  (import "ic0" "msg_reply" (func $reply))
  (memory ${pages})
  (func $each (param $n i32) (local $i i32) (local $sum i32)
    (loop (local.set $sum (i32.add (local.get $sum) (i32.load (i32.mul (local.get $i) (i32.const 65536)))))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))
  (func (export "canister_update fill") (local $i i32)
    (loop (i32.store (i32.mul (local.get $i) (i32.const 65536)) (i32.const 7))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const ${pages})))) (call $reply))
  (func (export "canister_update spin") (local $i i32) (local.set $i (i32.const ${isFull ? 0 : 1_500_000_000}))
    (loop (br_if 0 (local.tee $i (i32.sub (local.get $i) (i32.const 1))))) (call $reply))
  (func (export "canister_query some") (call $each (i32.const 10)) (call $reply))
  (func (export "canister_query all") (call $each (i32.const ${pages})) (call $reply)))`);

describe('a reader of a large canister', () => {
  const pages = isFull ? 9_600 : 1_600;
  it(`takes no more memory than its queries touch (${(pages * 65536) / 2 ** 20} MiB)`, async () => {
    const network = await start({ limits: { updateInstructions: 10 ** 12 } });
    const id = network.createCanister({ cycles: 10n ** 15n });
    await network.install(id, large(pages));
    await call(network, id, 'fill');
    const memory = () => process.memoryUsage().rss / 2 ** 20;
    const timed = async (method: string) => {
      const begin = performance.now();
      await query(network.url, id, method);
      return Math.round(performance.now() - begin);
    };
    await timed('some');
    const message = call(network, id, 'spin').catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = memory();
    const first = await timed('some');
    const second = await timed('some');
    const with10 = memory() - before;
    const every = await timed('all');
    const withAll = memory() - before;
    console.log(
      `first query while a message runs: ${first} ms and ${Math.round(with10)} MiB; second ${second} ms; one that reads all of it ${every} ms, ${Math.round(withAll)} MiB`,
    );
    expect(with10).toBeLessThan(40);
    expect(withAll).toBeLessThan((pages * 65536) / 2 ** 20 + 40);
    await message;
    await network.stop();
    running.delete(network);
  }, 120_000);
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Principal } from '@icp-sdk/core/principal';
import { describe, expect, it } from 'vitest';
import { DirectCanister } from './execution/direct.js';
import { Network } from './network.js';
import type { NetworkOptions } from './network-options.js';
import { encodeCbor } from './protocol/cbor.js';
import { wat } from './wasm/wat.test-support.js';

/** Counts its calls; writes a page of heap and one of stable memory each time. */
const wasm = wat(`(module
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "stable64_grow" (func $grow (param i64) (result i64)))
  (import "ic0" "stable64_write" (func $write (param i64 i64 i64)))
  (memory 8)
  (func (export "canister_init") (drop (call $grow (i64.const 8))))
  (func $answer (call $append (i32.const 0) (i32.const 4)) (call $reply))
  (func (export "canister_update count")
    (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
    (call $write (i64.const 70000) (i64.const 0) (i64.const 4))
    (call $answer))
  (func (export "canister_update fail")
    (i32.store (i32.const 0) (i32.const 0))
    (call $write (i64.const 70000) (i64.const 0) (i64.const 4)) (unreachable))
  (func (export "canister_query look") (i32.store (i32.const 100000) (i32.const 1)) (call $answer)))`);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use once garbage is gone: objects, and memory outside of the JavaScript heap. */
function memoryInUse(): number {
  // A thread of the engine releases buffers; those found by the first collection are gone after a later one.
  for (let i = 0; i < 3; i++) collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function counting(
  network: Network,
): Promise<{ id: Principal; count: () => Promise<number>; look: () => Promise<number> }> {
  const id = network.createCanister({ cycles: 10n ** 15n });
  await network.install(id, wasm);
  const agent = network.agent();
  const arg = new Uint8Array();
  const value = (reply: Uint8Array) => new DataView(reply.buffer, reply.byteOffset).getUint32(0, true);
  return {
    id,
    count: async () => {
      const { reply } = await agent.update(id, { methodName: 'count', arg, effectiveCanisterId: id });
      return value(reply!);
    },
    look: async () => {
      const response = await agent.query(id, { methodName: 'look', arg });
      if (response.status !== 'replied') throw new Error(response.reject_message);
      return value(response.reply.arg);
    },
  };
}

const full = process.env.LLAMA_CANISTER_TEST === 'full';

/** Sends as an anonymous user, because that is cheap: the network is measured. */
async function send(
  network: Network,
  id: Principal,
  kind: 'call' | 'query',
  method: string,
  nonce: number,
): Promise<void> {
  const content = {
    request_type: kind,
    canister_id: id.toUint8Array(),
    method_name: method,
    arg: new Uint8Array(200),
    sender: Uint8Array.of(4),
    nonce: Buffer.from(String(nonce)),
    ingress_expiry: BigInt(Date.now() + 240_000) * 1_000_000n,
  };
  const path = `${kind === 'call' ? 'v4' : 'v3'}/canister/${id.toText()}/${kind}`;
  const response = await fetch(`${network.url}/api/${path}`, {
    method: 'POST',
    body: Uint8Array.from(encodeCbor({ content })),
  });
  const answer = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${response.status} ${answer}`);
}

const calls = full ? 10_000 : 120;

describe('a network that lasts', () => {
  const places: [string, () => NetworkOptions][] = [
    ['', () => ({})],
    [', kept on disk', () => ({ state: mkdtempSync(join(tmpdir(), 'endurance-')) })],
  ];
  it.each(full ? places : places.slice(0, 1))(
    `keeps so much of ${calls} updates and of as many queries and no more%s`,
    async (_, options) => {
      // In one thread, so that all of its memory is seen here.
      const network = await Network.start({ threads: false, systemCanisters: false, ...options() });
      const { id, count, look } = await counting(network);
      let heard = 0;
      const unsubscribe = network.metrics.subscribe(() => {
        heard++;
      });
      const all = async (kind: 'call' | 'query', method: string, from = 0) => {
        const lane = async (first: number) => {
          for (let i = first; i < calls; i += 4)
            await send(network, id, kind, i % 50 === 1 ? 'fail' : method, from + i);
        };
        await Promise.all([0, 1, 2, 3].map(lane));
      };
      // Objects that are made once, and the metrics of the last messages.
      await all('query', 'look');
      const before = memoryInUse();
      await all('call', 'count');
      const between = memoryInUse();
      // Calls are remembered until they have expired.
      expect(between - before).toBeLessThan(2_000_000 + calls * 1_500);
      await all('query', 'look', calls);
      expect(memoryInUse() - between).toBeLessThan(2_000_000);
      const failures = Math.ceil((calls - 1) / 50);
      expect(await count()).toBe(calls - failures + 1);
      expect(await look()).toBe(calls - failures + 1);
      expect(network.metrics.messages.length).toBeLessThanOrEqual(4000);
      expect(heard).toBeGreaterThan(3 * calls);
      unsubscribe();
      // Expired records are dropped.
      network.advanceTime(700_000);
      await count();
      expect(memoryInUse() - before).toBeLessThan(6_000_000);
      await network.stop();
    },
    900_000,
  );
});

describe('a canister alone', () => {
  it('needs no more memory after 10,000 calls than after 1,000', () => {
    const canister = new DirectCanister();
    expect(canister.install(wasm).result).toEqual({ kind: 'none' });
    let after = 0;
    for (let i = 1; i <= 10_000; i++) {
      const method = ['count', 'fail', 'look'][i % 3]!;
      const { result } = method === 'look' ? canister.query(method) : canister.update(method);
      if (result.kind !== (method === 'fail' ? 'error' : 'reply')) throw new Error(`${method}: ${result.kind}`);
      if (i === 1000) after = memoryInUse();
    }
    expect(memoryInUse() - after).toBeLessThan(1_000_000);
  });
});

describe('several networks in one process', () => {
  it('have their own keys, canisters, clocks, limits and meters', async () => {
    const networks = await Promise.all([
      Network.start({ systemCanisters: false }),
      Network.start({
        systemCanisters: false,
        metering: 'fast',
        threads: false,
        fees: { message: 0n, instruction: 0n },
      }),
      Network.start({ systemCanisters: false, limits: { updateInstructions: 1000 }, frozenAt: 2n * 10n ** 18n }),
    ]);
    const [exact, fast, limited] = networks as [Network, Network, Network];
    expect(new Set(networks.map(({ rootKey }) => Buffer.from(rootKey).toString('hex'))).size).toBe(3);
    const canisters = await Promise.all(networks.map(counting));
    expect(new Set(canisters.map(({ id }) => id.toText())).size).toBe(1);

    const rounds = Array.from({ length: full ? 10 : 3 }, (_, i) => i + 1);
    const results = await Promise.allSettled(
      canisters.map(async ({ count }) => {
        const seen: number[] = [];
        for (const _ of rounds) seen.push(await count());
        return seen;
      }),
    );
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
      rounds,
      rounds,
      'failed',
    ]);
    // Two pages of each memory at 160,000, but not in the fast mode.
    const last = (network: Network) => network.metrics.last!;
    expect(last(exact).instructions - last(fast).instructions).toBe(2 * 160_000);
    expect([exact.metrics.metering, fast.metrics.metering]).toEqual(['exact', 'fast']);
    expect([last(exact).cycles > 0n, last(fast).cycles]).toEqual([true, 0n]);
    expect(last(limited)).toMatchObject({ error: 'IC0522', time: 2n * 10n ** 18n });
    expect(await canisters[2]!.look()).toBe(0);

    exact.advanceTime(3_600_000);
    expect(exact.clock.now() - fast.clock.now()).toBeGreaterThan(3_000_000_000_000n);
    await exact.stop();
    expect(await canisters[1]!.look()).toBe(rounds.length);
    await Promise.all([fast.stop(), limited.stop()]);
  });

  it('start in less than 200 ms each, and cost no time when nothing happens', async () => {
    const times: number[] = [];
    const networks: Network[] = [];
    for (let i = 0; i < (full ? 5 : 3); i++) {
      const start = performance.now();
      networks.push(await Network.start());
      times.push(performance.now() - start);
    }
    expect(Math.min(...times)).toBeLessThan(200);
    await counting(networks[0]!);
    collectGarbage();
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(300);
    await Promise.all(networks.map((network) => network.stop()));
  });
});

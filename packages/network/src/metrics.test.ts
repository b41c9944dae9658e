import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageMetrics, MetricsReport } from './index.js';
import { Network } from './network.js';
import { wat } from './wasm/wat.test-support.js';

const wasm = wat(`(module
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "performance_counter" (func $counter (param i32) (result i64)))
  (memory 4)
  (func $count (i64.store (i32.const 8) (call $counter (i32.const 0))) (call $append (i32.const 8) (i32.const 8)) (call $reply))
  (func (export "canister_update count") (i32.store (i32.const 70000) (i32.const 1)) (call $count))
  (func (export "canister_query look") (drop (i32.load (i32.const 70000))) (call $count))
  (func (export "canister_update fail") (i32.store (i32.const 0) (i32.const 1)) (unreachable)))`);

let network: Network;
beforeAll(async () => {
  network = await Network.start({ systemCanisters: false, frozenAt: 1_800_000_000_000_000_000n });
});
afterAll(() => network.stop());

describe('what messages took', () => {
  it('is known message by message and in total, and is what the canister pays', async () => {
    const id = network.createCanister({ cycles: 10n ** 13n });
    const heard: MessageMetrics[] = [];
    const forget = network.metrics.subscribe((message) => heard.push(message));
    await network.install(id, wasm);
    const agent = network.agent();
    const arg = new Uint8Array();
    const before = network.canister(id).cycles;

    const { reply } = await agent.update(id, { methodName: 'count', arg, effectiveCanisterId: id });
    const counter = Number(new DataView(reply!.buffer, reply!.byteOffset).getBigUint64(0, true));
    const { last } = network.metrics;
    // Entering, the store's three operators, the call, then what the second function spent until it asked: 9 and 200.
    expect(counter).toBe(1 + 3 + 5 + 1 + (1 + 1 + 5 + 1 + 1 + 1 + 5 + 5) + 200 + 160_000);
    expect(last).toMatchObject({
      canister: id.toText(),
      method: 'count',
      kind: 'update',
      pages: { heapAccessed: 2, heapWritten: 2, stableAccessed: 0, stableWritten: 0 },
      time: 1_800_000_000_000_000_000n,
    });
    // The store of the counter touches another page; then two system calls and eight bytes.
    expect(last!.instructions).toBe(counter + 160_000 + 500 + 8 + 500);
    expect(last!.cycles).toBe(5_000_000n + BigInt(last!.instructions));
    const ingress = before - network.canister(id).cycles - last!.cycles;
    expect(ingress).toBeGreaterThan(1_200_000n);
    expect(ingress).toBeLessThan(2_000_000n);

    await agent.query(id, { methodName: 'look', arg });
    expect(network.metrics.last).toMatchObject({
      method: 'look',
      kind: 'query',
      cycles: 0n,
      pages: { heapWritten: 1 },
    });
    await expect(agent.update(id, { methodName: 'fail', arg, effectiveCanisterId: id })).rejects.toThrow('unreachable');
    expect(network.metrics.last).toMatchObject({ method: 'fail', error: 'IC0502', instructions: 1 + 3 + 1 + 160_000 });

    await agent.update(id, { methodName: 'count', arg, effectiveCanisterId: id });
    const totals = network.metrics.methods.find(({ method }) => method === 'count')!;
    expect(totals).toMatchObject({
      count: 2,
      failures: 0,
      instructions: 2 * last!.instructions,
      cycles: 2n * last!.cycles,
    });
    expect(totals).toMatchObject({ largest: last!.instructions, pages: { heapAccessed: 4, heapWritten: 4 } });
    expect(heard.map(({ method }) => method)).toEqual(['install_code', 'count', 'look', 'fail', 'count']);
    forget();
    await agent.query(id, { methodName: 'look', arg });
    expect(heard.length).toBe(5);
    expect(network.metrics.messages.length).toBe(6);
  });

  it('is to be had over HTTP', async () => {
    const report = (await (await fetch(new URL('/_/metrics', network.url))).json()) as MetricsReport;
    expect(report.methods.map(({ method }) => method)).toEqual(['install_code', 'count', 'look', 'fail']);
    expect(report.messages[1]).toMatchObject({ method: 'count', cycles: expect.stringMatching(/^\d+$/) });
  });
});

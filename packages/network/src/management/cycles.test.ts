import type { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Network } from '../index.js';
import { created, manage, network, relay, startNetwork, unchanged } from './management.test-support.js';

beforeAll(startNetwork);
afterAll(() => network.stop());

describe('cycles', () => {
  const call = (id: Principal, methodName: string) =>
    network.agent().update(id, { methodName, arg: new Uint8Array(), effectiveCanisterId: id });

  it('pay for messages, by the instruction', async () => {
    const id = await created();
    await network.install(id, relay);
    const before = network.canister(id).cycles;
    await call(id, 'log');
    const { last } = network.metrics;
    expect(last).toMatchObject({ canister: id.toText(), method: 'log', kind: 'update' });
    expect(last!.cycles).toBe(5_000_000n + BigInt(last!.instructions));
    const ingress = before - network.canister(id).cycles - last!.cycles;
    expect(ingress).toBeGreaterThan(1_200_000n);
    expect(ingress).toBeLessThan(2_000_000n);
  });

  it('pay for memory over time; one that cannot pay loses everything', async () => {
    const local = await Network.start();
    try {
      const id = local.createCanister({ cycles: 2_000_000_000_000n, settings: { freezingThreshold: 0n } });
      await local.install(id, relay);
      const before = local.canister(id).cycles;
      local.advanceTime(86_400_000 * 365);
      // An agent asks for the network's time only once.
      const poke = () =>
        local.agent().update(id, { methodName: 'log', arg: new Uint8Array(), effectiveCanisterId: id });
      await poke();
      const expected = ((BigInt(local.canister(id).memoryBytes) * 317_500n) / 2n ** 30n + 10_000n) * 31_536_000n;
      const paid = before - local.canister(id).cycles;
      expect(Number(paid - expected)).toBeLessThan(20_000_000);
      expect(paid).toBeGreaterThan(expected);
      local.updateSettings(id, { computeAllocation: 100n });
      local.advanceTime(86_400_000 * 30);
      await expect(poke()).rejects.toThrow(/contains no Wasm module[\s\S]*IC0537/);
      expect(local.canister(id)).toMatchObject({ cycles: 0n, moduleHash: undefined, memory: { heap: 0, stable: 0 } });
    } finally {
      await local.stop();
    }
  }, 30_000);

  it('are kept for the freezing threshold', async () => {
    const id = network.createCanister({ cycles: 1_000_000_000_000n });
    await network.install(id, relay);
    network.updateSettings(id, { freezingThreshold: 10n ** 13n });
    await expect(call(id, 'log')).rejects.toThrow(
      /is out of cycles: please top up the canister with at least \d+ additional cycles[\s\S]*IC0207/,
    );
    const answer = await network.agent().query(id, { methodName: 'ping', arg: new Uint8Array() });
    expect(answer).toMatchObject({ status: 'rejected', error_code: 'IC0207' });
  });

  it('memory that would freeze the canister cannot be grown', async () => {
    const id = network.createCanister({ cycles: 1_000_000_000_000n });
    await network.install(id, relay);
    const { memoryBytes } = network.canister(id);
    const perSecond = 10_000n + (317_500n * BigInt(memoryBytes)) / 2n ** 30n;
    const seconds = 950_000_000_000n / perSecond;
    network.updateSettings(id, { freezingThreshold: seconds });
    await expect(call(id, 'grow')).rejects.toThrow(
      /cannot grow memory by 5898240 bytes due to insufficient cycles[\s\S]*IC0532/,
    );
    expect(network.canister(id).memory.heap).toBe(4 * 65536);
  });

  it('allocations that would freeze the canister are refused', async () => {
    const id = await created();
    const raise = (settings: object) =>
      manage(
        'update_settings',
        { canister_id: id, settings: { ...unchanged, ...settings }, sender_canister_version: [] },
        id,
      );
    const before = network.canister(id).settings;
    await expect(raise({ compute_allocation: [100n] })).rejects.toThrow(
      /Cannot increase compute allocation to 100 due to insufficient cycles. At least \d+ additional[\s\S]*IC0530/,
    );
    await expect(raise({ memory_allocation: [2n ** 40n] })).rejects.toThrow(
      /Cannot increase memory allocation to 1099511627776 due to insufficient cycles[\s\S]*IC0531/,
    );
    expect(network.canister(id).settings).toEqual(before);
    await raise({ compute_allocation: [1n], memory_allocation: [2n ** 30n], freezing_threshold: [1000n] });
    expect(network.canister(id).settings).toMatchObject({ computeAllocation: 1n, memoryAllocation: 2n ** 30n });
  });
});

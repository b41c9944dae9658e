/** Canister logs: their readers, their limits, and their cost. */
import type { Identity } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCall, send } from '../anonymous-call.test-support.js';
import { CanisterLog } from '../state/logs.js';
import { methods } from './interface.js';
import {
  aaaaa,
  created,
  installation,
  manage,
  me,
  network,
  relay,
  startNetwork,
  status,
  stranger,
  unchanged,
} from './management.test-support.js';

beforeAll(startNetwork);
afterAll(() => network.stop());

describe('logs', () => {
  const fetchLogs = async (id: Principal, identity: Identity, filter: unknown[] = []) => {
    const [input, output] = methods.fetch_canister_logs;
    const arg = IDL.encode([input], [{ canister_id: id, filter }]);
    const answer = await network
      .agent(identity)
      .query(aaaaa, { methodName: 'fetch_canister_logs', arg, effectiveCanisterId: id } as never, undefined);
    if (answer.status !== 'replied') throw new Error(answer.reject_message);
    const { canister_log_records: records } = IDL.decode([output], answer.reply.arg)[0] as unknown as {
      canister_log_records: { idx: bigint; content: Uint8Array }[];
    };
    return records.map(({ idx, content }) => `${idx} ${new TextDecoder().decode(Uint8Array.from(content))}`);
  };

  it('are visible to the allowed readers', async () => {
    const id = await created();
    await network.install(id, relay);
    for (let i = 0; i < 3; i++)
      await network.agent().update(id, { methodName: 'log', arg: new Uint8Array(), effectiveCanisterId: id });
    expect(await fetchLogs(id, me)).toEqual(['0 hello, log', '1 hello, log', '2 hello, log']);
    expect(await fetchLogs(id, me, [{ by_idx: { start: 1n, end: 2n } }])).toEqual(['1 hello, log']);
    await expect(fetchLogs(id, stranger)).rejects.toThrow(/not allowed to access canister logs/);
    await manage(
      'update_settings',
      { canister_id: id, settings: { ...unchanged, log_visibility: [{ public: null }] }, sender_canister_version: [] },
      id,
    );
    expect(await fetchLogs(id, stranger)).toHaveLength(3);
  });

  it('outlive an upgrade, but no reinstallation; their numbers go on', async () => {
    const id = await created();
    await network.install(id, relay);
    const log = () => network.agent().update(id, { methodName: 'log', arg: new Uint8Array(), effectiveCanisterId: id });
    await log();
    await manage('install_code', installation(id, { upgrade: [] }), id);
    expect(await fetchLogs(id, me)).toEqual(['0 hello, log']);
    await manage('install_code', installation(id, { reinstall: null }), id);
    expect(await fetchLogs(id, me)).toEqual([]);
    await log();
    expect(await fetchLogs(id, me)).toEqual(['1 hello, log']);
  });

  it('keep records up to the limit, and take the room of the limit', async () => {
    const id = await created({ log_memory_limit: [8192n] });
    const bare = await status(id);
    expect(bare.memory_metrics.log_memory_store_size).toBe(0n);
    await network.install(id, relay);
    // Without an agent, which would take most of the time to check certificates.
    const log = () => send(network.url, id, newCall(id, 'log'));
    const set = (limit: bigint) => {
      const settings = { ...unchanged, log_memory_limit: [limit] };
      return manage('update_settings', { canister_id: id, settings, sender_canister_version: [] }, id);
    };
    const roomy = await status(id);
    expect(roomy.memory_metrics.log_memory_store_size).toBe(3n * 4096n + 4096n);
    // 30 bytes each.
    for (let i = 0; i < 140; i++) await log();
    expect(await fetchLogs(id, me)).toHaveLength(140);
    await set(4096n);
    expect((await fetchLogs(id, me))[0]).toBe('4 hello, log');
    expect(roomy.memory_size - (await status(id)).memory_size).toBe(4096n - 80n * 0n);
    await set(0n);
    expect(await fetchLogs(id, me)).toEqual([]);
    expect((await status(id)).memory_metrics.log_memory_store_size).toBe(0n);
    await expect(set(4095n)).rejects.toThrow(/IC0406|limit 4095 is too low\. It must be at least 4096/);
    await expect(set(2_097_153n)).rejects.toThrow(/limit 2097153 is too high\. It must be at most 2097152/);
  }, 60_000);
});

describe('an answer', () => {
  it('ends with the newest record, or begins with the oldest that was asked for', () => {
    const log = new CanisterLog();
    const content = new Uint8Array(1_000_000 - 16);
    log.append([content, content, content], 5n, 10_000_000);
    const numbers = (filter?: Parameters<CanisterLog['fetch']>[0]) => log.fetch(filter).map(({ idx }) => idx);
    expect(numbers()).toEqual([1n, 2n]);
    expect(numbers({ by_idx: { start: 0n, end: 9n } })).toEqual([0n, 1n]);
    expect(numbers({ by_timestamp_nanos: { start: 5n, end: 6n } })).toEqual([0n, 1n]);
    expect(numbers({ by_timestamp_nanos: { start: 6n, end: 5n } })).toEqual([]);
  });
});

/** A canister's questions to the management canister about the subnet, other canisters' metadata, and spending. */
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSection } from '../wasm/wat.test-support.js';
import { methods } from './interface.js';
import {
  aaaaa,
  created,
  installation,
  manage,
  network,
  relay,
  relayed,
  startNetwork,
  stranger,
} from './management.test-support.js';

describe('the subnet', () => {
  let canister: Principal;
  let subnet_id: Principal;
  beforeAll(async () => {
    await startNetwork();
    canister = await created();
    const wasm = withSection(
      withSection(relay, 'icp:public candid:service', 'service : {}'),
      'icp:private notes',
      'mine',
    );
    await manage('install_code', installation(canister, { install: null }, wasm), canister);
    subnet_id = Principal.selfAuthenticating(network.rootKey);
  });
  afterAll(() => network.stop());

  it('tells canisters about itself', async () => {
    const info = await relayed<{ replica_version: string }>(canister, 'subnet_info', { subnet_id });
    expect(info.replica_version).not.toBe('');
    const metrics = await relayed<Record<string, bigint>>(canister, 'subnet_metrics', { subnet_id });
    expect(metrics.num_canisters).toBeGreaterThan(1n);
    expect(metrics.consumed_cycles_total).toBeGreaterThan(0n);
    const doomed = await created();
    await manage('install_code', installation(doomed, { install: null }), doomed);
    await manage('stop_canister', { canister_id: doomed }, doomed);
    const before = await relayed<Record<string, bigint>>(canister, 'subnet_metrics', { subnet_id });
    await manage('delete_canister', { canister_id: doomed }, doomed);
    const after = await relayed<Record<string, bigint>>(canister, 'subnet_metrics', { subnet_id });
    expect(after.num_canisters).toBe(before.num_canisters! - 1n);
    expect(after.consumed_cycles_total).toBeGreaterThan(before.consumed_cycles_total!);
    const since = { subnet_id, start_at_timestamp_nanos: 0n };
    const history = await relayed<{ node_metrics: unknown[] }[]>(canister, 'node_metrics_history', since);
    expect(history[0]!.node_metrics).toHaveLength(1);
    await expect(relayed(canister, 'subnet_info', { subnet_id: canister })).rejects.toThrow(
      /does not match current subnet/,
    );
  });

  it('lists canisters in ranges', async () => {
    const next = await created();
    const { canisters } = await relayed<{ canisters: { start: Principal; end: Principal }[] }>(
      canister,
      'list_canisters',
      undefined,
    );
    const inside = (id: Principal) =>
      canisters.some(({ start, end }) => start.compareTo(id) !== 'gt' && end.compareTo(id) !== 'lt');
    expect([canister, next].map(inside)).toEqual([true, true]);
    expect(inside(Principal.fromText('rrkah-fqaaa-aaaaa-aaaaq-cai'))).toBe(false);
  });

  it('reads metadata: public for everybody, private for controllers', async () => {
    const other = await created();
    await manage('install_code', installation(other, { install: null }), other);
    const read = async (by: Principal, name: string) => {
      const { value } = await relayed<{ value: Uint8Array }>(by, 'canister_metadata', { canister_id: canister, name });
      return Buffer.from(value).toString();
    };
    expect(await read(other, 'candid:service')).toBe('service : {}');
    await expect(read(other, 'notes')).rejects.toThrow(/Only controllers/);
    await expect(read(other, 'nothing')).rejects.toThrow(/no metadata section with the name nothing/);
  });

  it('counts a canister’s payments by use', async () => {
    const argument = { canister_id: canister };
    type Metrics = { cycles_consumed: Record<string, bigint> };
    const { cycles_consumed } = await manage<Metrics>('canister_metrics', argument, canister);
    expect(cycles_consumed.instructions).toBeGreaterThan(5_000_000n);
    expect(cycles_consumed.request_and_response_transmission).toBeGreaterThan(260_000n);
    expect(cycles_consumed.ingress_induction).toBeGreaterThan(1_200_000n);
    await expect(manage('canister_metrics', argument, canister, stranger)).rejects.toThrow(/Only controllers/);
  });

  it('tells everybody of a canister, and says what it does not have', async () => {
    const ask = (methodName: string) => {
      const arg = IDL.encode([methods.canister_info[0]], [{ canister_id: canister, num_requested_changes: [1n] }]);
      return network.agent().query(aaaaa, { methodName, arg, effectiveCanisterId: canister } as never);
    };
    const answer = await ask('canister_info');
    if (answer.status !== 'replied') throw new Error(answer.reject_message);
    const info = IDL.decode([methods.canister_info[1]], answer.reply.arg)[0] as unknown as {
      recent_changes: unknown[];
    };
    expect(info.recent_changes).toHaveLength(1);
    expect(await ask('bitcoin_get_balance')).toMatchObject({
      error_code: 'IC0407',
      reject_message: "This network has no Bitcoin: 'bitcoin_get_balance' is answered on main net only",
    });
    expect(await ask('nonsense')).toMatchObject({ reject_message: "Management canister has no method 'nonsense'" });
  });
});

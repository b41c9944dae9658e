import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ByteWriter } from '../wasm/bytes.js';
import { isCandidBomb } from './candid-bomb.js';
import { decodeArgument, isMethod, methods } from './interface.js';
import {
  aaaaa,
  anyCanister,
  created,
  hashOf,
  installation,
  manage,
  me,
  network,
  relay,
  relayed,
  type Status,
  startNetwork,
  status,
  stranger,
  unchanged,
} from './management.test-support.js';

beforeAll(startNetwork);
afterAll(() => network.stop());

describe('creation', () => {
  it('gives the caller a canister with cycles and the settings that were asked for', async () => {
    const id = await created({ freezing_threshold: [10n], environment_variables: [[{ name: 'A', value: 'b' }]] });
    const told = await status(id);
    const { cycles, settings, memory_metrics, status: state } = told;
    // Some of them have gone for the canister's first moments.
    expect(cycles).toBeLessThanOrEqual(100_000_000_000_000n);
    expect(cycles).toBeGreaterThan(99_999_000_000_000n);
    expect(state).toEqual({ running: null });
    expect((settings.controllers as Principal[]).map((each) => each.toText())).toEqual([me.getPrincipal().toText()]);
    expect(settings).toMatchObject({
      freezing_threshold: 10n,
      wasm_memory_limit: 3_221_225_472n,
      environment_variables: [{ name: 'A', value: 'b' }],
    });
    expect(Object.keys(memory_metrics)).toHaveLength(9);
    const old = told as unknown as {
      controller: Principal;
      balance: unknown;
      freezing_threshold: bigint;
    };
    expect(old.controller.toText()).toBe(me.getPrincipal().toText());
    expect(old).toMatchObject({ balance: [[Uint8Array.of(0), cycles]], freezing_threshold: 10n });
  });

  it('at an id of choice, once', async () => {
    const specified = Principal.fromText('rdmx6-jaaaa-aaaaa-aaadq-cai');
    const argument = {
      amount: [5_000_000_000_000n],
      settings: [],
      specified_id: [specified],
      sender_canister_version: [],
    };
    await manage('provisional_create_canister_with_cycles', argument, specified);
    expect(network.canister(specified).cycles).toBe(5_000_000_000_000n);
    await expect(manage('provisional_create_canister_with_cycles', argument, specified)).rejects.toThrow(
      /already installed[\s\S]*IC0408/,
    );
  });

  it('by canisters costs a fee, and users cannot', async () => {
    const parent = await created();
    await network.install(parent, relay);
    const argument = { settings: [], sender_canister_version: [] };
    const { canister_id } = await relayed<{ canister_id: Principal }>(
      parent,
      'create_canister',
      argument,
      800_000_000_000n,
    );
    expect(network.canister(canister_id).cycles).toBe(300_000_000_000n);
    expect(network.canister(canister_id).settings.controllers.map((each) => each.toText())).toEqual([parent.toText()]);
    await expect(relayed(parent, 'create_canister', argument, 1000n)).rejects.toThrow(/requires a fee of 500000000000/);
    await expect(manage('create_canister', argument, anyCanister)).rejects.toThrow(/can only be called by canisters/);
  });

  it('refuses settings out of bounds', async () => {
    await expect(created({ compute_allocation: [101n] })).rejects.toThrow(
      /ComputeAllocation expected to be in the range of \[0..100\], got 101/,
    );
    await expect(created({ controllers: [new Array(11).fill(me.getPrincipal())] })).rejects.toThrow(
      /'controllers' length exceeds/,
    );
    await expect(
      created({
        environment_variables: [
          [
            { name: 'A', value: '' },
            { name: 'A', value: '' },
          ],
        ],
      }),
    ).rejects.toThrow(/Duplicate/);
  });
});

describe('access', () => {
  it('is for controllers; strangers are not even accepted', async () => {
    const id = await created();
    const agent = network.agent(stranger);
    const arg = IDL.encode([methods.canister_status[0]], [{ canister_id: id }]);
    const { response } = await agent.call(aaaaa, { methodName: 'canister_status', arg, effectiveCanisterId: id });
    expect(response.body).toMatchObject({ status: 'non_replicated_rejection', reject_code: 5, error_code: 'IC0512' });
    await expect(manage('install_code', installation(id, { install: null }), id, stranger)).rejects.toThrow(
      /Only controllers of canister/,
    );
    await expect(status(Principal.fromText('rno2w-sqaaa-aaaaa-aaacq-cai'))).rejects.toThrow(/not found[\s\S]*IC0301/);
  });

  it('status can be made public', async () => {
    const id = await created({ status_visibility: [{ public: null }] });
    await expect(manage('canister_status', { canister_id: id }, id, stranger)).resolves.toMatchObject({
      status: { running: null },
    });
  });

  it('nonsense is answered, not executed', async () => {
    const id = await created();
    const send = (methodName: string, arg: Uint8Array) =>
      network
        .agent(me)
        .call(aaaaa, { methodName, arg, effectiveCanisterId: id })
        .then(({ response }) => response.body);
    await expect(send('make_coffee', new Uint8Array())).resolves.toMatchObject({ error_code: 'IC0407' });
    expect(isMethod('toString')).toBe(false);
  });

  it('bombs do not go off', () => {
    const header = '4449444c';
    const bombs = [
      `${header}026c02059ae4a60301686d7f0100ffffffff0f`, // a field that canister_status would skip: four billion nulls
      `${header}016d7f0100ffffffff0f`,
      `${header}036d016c0100026c000100ffffffff0f`, // of records of empty records
    ];
    for (const bomb of bombs) {
      const bytes = Buffer.from(bomb, 'hex');
      expect(isCandidBomb(bytes)).toBe(true);
      expect(() => decodeArgument('canister_status', bytes)).toThrow('take no bytes is not accepted');
    }
    const [status, create] = [methods.canister_status[0], methods.provisional_create_canister_with_cycles[0]];
    expect(isCandidBomb(IDL.encode([status], [{ canister_id: anyCanister }]))).toBe(false);
    const argument = { amount: [], settings: [unchanged], specified_id: [], sender_canister_version: [] };
    expect(isCandidBomb(IDL.encode([create], [argument]))).toBe(false);
  });
});

describe('code', () => {
  it('install, upgrade, reinstall, uninstall', async () => {
    const id = await created();
    await expect(manage('install_code', installation(id, { upgrade: [] }), id)).rejects.toThrow(
      /contains no Wasm module/,
    );
    await manage('install_code', installation(id, { install: null }), id);
    expect(Buffer.from((await status(id)).module_hash[0]!).equals(hashOf(relay))).toBe(true);
    await expect(manage('install_code', installation(id, { install: null }), id)).rejects.toThrow(
      /the canister is not empty[\s\S]*IC0538/,
    );
    await manage(
      'install_code',
      installation(id, { upgrade: [{ skip_pre_upgrade: [true], wasm_memory_persistence: [] }] }),
      id,
    );
    await manage('install_code', installation(id, { reinstall: null }), id);
    await expect(manage('install_code', installation(id, { upgrade: [] }, Uint8Array.of(1, 2, 3)), id)).rejects.toThrow(
      /Wasm module is not valid[\s\S]*IC0505/,
    );
    await network.agent().query(id, { methodName: 'ping', arg: new Uint8Array() });
    await manage('uninstall_code', { canister_id: id }, id);
    expect(await status(id)).toMatchObject({
      module_hash: [],
      memory_metrics: { wasm_memory_size: 0n, wasm_binary_size: 0n },
    });
  });

  it('in chunks', async () => {
    const id = await created();
    const padding = Uint8Array.from([
      0,
      ...new ByteWriter().sized(new ByteWriter().name('padding').bytes(new Uint8Array(1_500_000)).finish()).finish(),
    ]);
    const wasm = Buffer.concat([relay, padding]);
    const chunks = [wasm.subarray(0, 2 ** 20), wasm.subarray(2 ** 20)];
    const hashes: { hash: Uint8Array }[] = [];
    for (const chunk of chunks) hashes.push(await manage('upload_chunk', { canister_id: id, chunk }, id));
    expect(Buffer.from(hashes[0]!.hash).equals(hashOf(chunks[0]!))).toBe(true);
    expect(await manage('stored_chunks', { canister_id: id }, id)).toHaveLength(2);
    const argument = (list: { hash: Uint8Array }[], hash: Uint8Array) => ({
      mode: { install: null },
      target_canister: id,
      store_canister: [],
      chunk_hashes_list: list,
      wasm_module_hash: hash,
      arg: new Uint8Array(),
      sender_canister_version: [],
    });
    await expect(manage('install_chunked_code', argument(hashes, new Uint8Array(32)), id)).rejects.toThrow(
      /does not match given hash/,
    );
    await expect(
      manage('install_chunked_code', argument([{ hash: new Uint8Array(32) }], new Uint8Array(32)), id),
    ).rejects.toThrow(/was not found/);
    await manage('install_chunked_code', argument(hashes, hashOf(wasm)), id);
    await manage('clear_chunk_store', { canister_id: id }, id);
    expect(await manage('stored_chunks', { canister_id: id }, id)).toEqual([]);
    expect(Buffer.from(network.canister(id).moduleHash!).equals(hashOf(wasm))).toBe(true);
    await expect(manage('upload_chunk', { canister_id: id, chunk: new Uint8Array(2 ** 20 + 1) }, id)).rejects.toThrow(
      /exceeds the maximum chunk size/,
    );
  });
});

describe('lifecycle', () => {
  it('a canister is stopped before it is deleted', async () => {
    const id = await created();
    await expect(manage('delete_canister', { canister_id: id }, id)).rejects.toThrow(
      /must be stopped before it is deleted\.[\s\S]*IC0510/,
    );
    await manage('stop_canister', { canister_id: id }, id);
    await manage('delete_canister', { canister_id: id }, id);
    await expect(status(id)).rejects.toThrow(/not found/);
  });

  it('settings change, history is kept', async () => {
    const [id, observer] = [await created(), await created()];
    await network.install(observer, relay);
    await manage('install_code', installation(id, { install: null }), id);
    const controllers = [me.getPrincipal(), stranger.getPrincipal()];
    await manage(
      'update_settings',
      {
        canister_id: id,
        settings: { ...unchanged, controllers: [controllers], wasm_memory_limit: [0n] },
        sender_canister_version: [],
      },
      id,
    );
    expect(
      (await manage<Status>('canister_status', { canister_id: id }, id, stranger)).settings.wasm_memory_limit,
    ).toBe(0n);
    const info = await relayed<{ total_num_changes: bigint; recent_changes: { details: unknown[] }[] }>(
      observer,
      'canister_info',
      { canister_id: id, num_requested_changes: [5n] },
    );
    expect(info.total_num_changes).toBe(3n);
    expect(info.recent_changes.map(({ details }) => Object.keys(details as object)[0])).toEqual([
      'creation',
      'code_deployment',
      'controllers_change',
    ]);
  });

  it('randomness and cycles for canisters', async () => {
    const [id, other] = [await created(), await created()];
    await network.install(id, relay);
    const [one, two] = [
      await relayed<Uint8Array>(id, 'raw_rand', undefined),
      await relayed<Uint8Array>(id, 'raw_rand', undefined),
    ];
    expect([one.length, Buffer.compare(one, two) === 0]).toEqual([32, false]);
    await relayed(id, 'deposit_cycles', { canister_id: other }, 7_000n);
    expect(network.canister(other).cycles).toBe(100_000_000_007_000n);
    await manage('provisional_top_up_canister', { canister_id: other, amount: 5n }, other);
    expect(network.canister(other).cycles).toBe(100_000_000_007_005n);
  });
});

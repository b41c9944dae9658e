/** Agents of other years: the next major of the official one, and an old one that speaks version 2 of everything. */
import * as oldAgent from '@dfinity/agent';
import * as oldCandid from '@dfinity/candid';
import * as oldIdentity from '@dfinity/identity';
import { Principal as OldPrincipal } from '@dfinity/principal';
import * as agent from '@icp-sdk/core-6/agent';
import * as candid from '@icp-sdk/core-6/candid';
import * as identity from '@icp-sdk/core-6/identity';
import { Secp256k1KeyIdentity } from '@icp-sdk/core-6/identity/secp256k1';
import { Principal } from '@icp-sdk/core-6/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EchoService, echoInterface, echoModule } from './echo.test-support.js';
import { Network } from './index.js';

let network: Network;
let canister: string;
/** The requested paths, without the part that names a canister. */
const asked = new Set<string>();

const watchedFetch: typeof fetch = (input, init) => {
  asked.add(new URL(input as string).pathname.replace(/[a-z0-9]{5}-[a-z0-9-]+/, 'ID'));
  return fetch(input, init);
};

beforeAll(async () => {
  network = await Network.start();
  const id = network.createCanister();
  canister = id.toText();
  await network.install(id, echoModule);
});
afterAll(() => network.stop());

/** The used part of the two libraries; the older one has other types, but the same behaviour. */
interface Library {
  connect: (options: agent.HttpAgentOptions) => Promise<agent.HttpAgent>;
  Actor: typeof agent.Actor;
  CanisterStatus: typeof agent.CanisterStatus;
  IDL: typeof candid.IDL;
  Principal: typeof Principal;
  Ed25519KeyIdentity: typeof identity.Ed25519KeyIdentity;
  ECDSAKeyIdentity: typeof identity.ECDSAKeyIdentity;
  DelegationChain: typeof identity.DelegationChain;
  DelegationIdentity: typeof identity.DelegationIdentity;
}

const libraries: [name: string, library: Library, paths: string[]][] = [
  [
    '@icp-sdk/core 6',
    {
      ...agent,
      ...candid,
      ...identity,
      Principal,
      connect: (options) => agent.HttpAgent.create({ ...options, rootKey: network.rootKey }),
    },
    ['/api/v4/canister/ID/call', '/api/v3/canister/ID/query', '/api/v3/canister/ID/read_state'],
  ],
  [
    '@dfinity/agent 1',
    {
      ...oldAgent,
      ...oldCandid,
      ...oldIdentity,
      Principal: OldPrincipal,
      connect: async (options: oldAgent.HttpAgentOptions) => {
        const older = new oldAgent.HttpAgent(options);
        await older.fetchRootKey();
        return older;
      },
    } as unknown as Library,
    ['/api/v2/canister/ID/call', '/api/v2/canister/ID/query', '/api/v2/canister/ID/read_state'],
  ],
];

describe.each(libraries)('%s', (_, library, paths) => {
  const { Actor, CanisterStatus, DelegationChain, DelegationIdentity, Ed25519KeyIdentity } = library;
  const connect = (as?: agent.Identity) =>
    library.connect({ host: network.url, fetch: watchedFetch, ...(as ? { identity: as } : {}) });
  const actor = async (as?: agent.Identity) =>
    Actor.createActor<EchoService>(echoInterface as never, { agent: await connect(as), canisterId: canister });

  const identities: [string, () => Promise<agent.Identity | undefined>][] = [
    ['anonymous', async () => undefined],
    ['Ed25519', async () => Ed25519KeyIdentity.generate()],
    ['P-256', async () => library.ECDSAKeyIdentity.generate()],
    [
      'a delegation',
      async () => {
        const [root, leaf] = [Ed25519KeyIdentity.generate(), Ed25519KeyIdentity.generate()];
        const chain = await DelegationChain.create(root, leaf.getPublicKey(), new Date(Date.now() + 60_000), {
          targets: [library.Principal.fromText(canister)],
        });
        return DelegationIdentity.fromDelegation(leaf, chain);
      },
    ],
    ...(library.Actor === agent.Actor
      ? ([['secp256k1', async () => Secp256k1KeyIdentity.generate()]] as [string, () => Promise<agent.Identity>][])
      : []),
  ];

  it.each(identities)('calls and asks as %s', async (_, make) => {
    const as = await make();
    const me = await actor(as);
    expect((await me.whoami()).toText()).toBe((as?.getPrincipal() ?? library.Principal.anonymous()).toText());
    expect(await me.echo('héllo')).toBe('héllo');
    expect(await me.ask('thère')).toBe('thère');
  });

  it('speaks its own version of the interface', () => {
    for (const path of paths) expect([...asked]).toContain(path);
  });

  it('is told of failures', async () => {
    const me = await actor();
    await expect(me.trap()).rejects.toThrow(/unreachable/);
    await expect(me.reject()).rejects.toThrow(/no such luck/);
    await expect(me.missing()).rejects.toThrow(/missing/);
    await expect(me.missing_query()).rejects.toThrow(/missing_query/);
  });

  it('reads certified data', async () => {
    const status = await CanisterStatus.request({
      canisterId: library.Principal.fromText(canister),
      agent: await connect(),
      paths: ['time', 'controllers', 'module_hash', 'candid'],
    });
    expect(status.get('module_hash')).toBe(
      Buffer.from(network.canister(network.canisters[0]!).moduleHash!).toString('hex'),
    );
    expect((status.get('controllers') as Principal[]).map((each) => each.toText())).toEqual([
      network.controller.getPrincipal().toText(),
    ]);
  });

  it('creates canisters provisionally, installs code, and manages them', async () => {
    const { IDL } = library;
    const me = Ed25519KeyIdentity.generate();
    const byCanister = IDL.Record({ canister_id: IDL.Principal });
    const settings = IDL.Record({ controllers: IDL.Opt(IDL.Vec(IDL.Principal)), freezing_threshold: IDL.Opt(IDL.Nat) });
    const management = Actor.createActor<Record<string, (argument: object) => Promise<never>>>(
      () =>
        IDL.Service({
          provisional_create_canister_with_cycles: IDL.Func(
            [IDL.Record({ amount: IDL.Opt(IDL.Nat), settings: IDL.Opt(settings) })],
            [byCanister],
            [],
          ),
          provisional_top_up_canister: IDL.Func([IDL.Record({ canister_id: IDL.Principal, amount: IDL.Nat })], [], []),
          install_code: IDL.Func(
            [
              IDL.Record({
                mode: IDL.Variant({ install: IDL.Null }),
                canister_id: IDL.Principal,
                wasm_module: IDL.Vec(IDL.Nat8),
                arg: IDL.Vec(IDL.Nat8),
              }),
            ],
            [],
            [],
          ),
          canister_status: IDL.Func(
            [byCanister],
            [IDL.Record({ cycles: IDL.Nat, settings: IDL.Record({ freezing_threshold: IDL.Nat }) })],
            [],
          ),
        }),
      {
        agent: await connect(me),
        canisterId: 'aaaaa-aa',
        callTransform: (_: string, [argument]: [{ canister_id?: Principal }]) => ({
          effectiveCanisterId: argument.canister_id ?? library.Principal.fromText(network.firstCanisterId.toText()),
        }),
      } as never,
    );
    const { canister_id } = (await management.provisional_create_canister_with_cycles!({
      amount: [2_000_000_000_000n],
      settings: [{ controllers: [], freezing_threshold: [77n] }],
    })) as { canister_id: Principal };
    await management.provisional_top_up_canister!({ canister_id, amount: 1_000_000_000_000n });
    await management.install_code!({ mode: { install: null }, canister_id, wasm_module: echoModule, arg: [] });
    const { cycles, settings: kept } = (await management.canister_status!({ canister_id })) as {
      cycles: bigint;
      settings: { freezing_threshold: bigint };
    };
    expect(cycles).toBeGreaterThan(2_900_000_000_000n);
    expect(kept.freezing_threshold).toBe(77n);
    const other = Actor.createActor<EchoService>(echoInterface as never, {
      agent: await connect(),
      canisterId: canister_id,
    });
    expect(await other.count()).toBe(1n);
  });
});

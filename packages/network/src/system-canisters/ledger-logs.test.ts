/**
 * Requests of wallets and explorers to the ledgers: logs (ICRC-3, query_blocks), standards (ICRC-10), consent messages
 * (ICRC-21), the rate.
 */
import { Actor, Cbor, Certificate, lookupResultToBuffer, reconstruct } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Network } from '../index.js';
import { accountIdentifier } from './accounts.js';

const ids = {
  icp: 'ryjl3-tyaaa-aaaaa-aaaba-cai',
  cycles: 'um5iw-rqaaa-aaaaq-qaaba-cai',
  minting: 'rkp4c-7iaaa-aaaaa-aaaca-cai',
};
const registryId = 'rwlgt-iiaaa-aaaaa-aaaaa-cai';

describe('the ledgers', () => {
  let network: Network;
  const me = Ed25519KeyIdentity.generate();
  const you = Ed25519KeyIdentity.generate().getPrincipal();
  const mine = { owner: me.getPrincipal(), subaccount: [] as [] };

  beforeAll(async () => {
    network = await Network.start();
  });
  afterAll(() => network.stop());

  /** An actor by the interface that the canister itself publishes. */
  // biome-ignore lint/suspicious/noExplicitAny: the interface is not known before the test runs.
  async function actor(id: string): Promise<any> {
    const agent = network.agent(me);
    const { AccountType, Value } = types();
    const service = () =>
      IDL.Service({
        account_balance: IDL.Func([IDL.Record({ account: bytes })], [IDL.Record({ e8s: IDL.Nat64 })], ['query']),
        icrc1_balance_of: IDL.Func([AccountType], [IDL.Nat], ['query']),
        icrc1_transfer: IDL.Func([transferArgs(AccountType)], [IDL.Variant({ Ok: IDL.Nat, Err: IDL.Reserved })], []),
        icrc10_supported_standards: IDL.Func([], [IDL.Vec(IDL.Record({ name: IDL.Text, url: IDL.Text }))], ['query']),
        icrc3_get_blocks: IDL.Func(
          [IDL.Vec(IDL.Record({ start: IDL.Nat, length: IDL.Nat }))],
          [IDL.Record({ log_length: IDL.Nat, blocks: IDL.Vec(IDL.Record({ id: IDL.Nat, block: Value })) })],
          ['query'],
        ),
        query_blocks: IDL.Func(
          [IDL.Record({ start: IDL.Nat64, length: IDL.Nat64 })],
          [IDL.Record({ chain_length: IDL.Nat64, first_block_index: IDL.Nat64, blocks: IDL.Vec(icpBlock) })],
          ['query'],
        ),
        archives: IDL.Func([], [IDL.Record({ archives: IDL.Vec(IDL.Reserved) })], ['query']),
        icrc21_canister_call_consent_message: IDL.Func([consentRequest], [consentAnswer], []),
      });
    return Actor.createActor(service, { agent, canisterId: id });
  }

  const bytes = IDL.Vec(IDL.Nat8);
  const types = () => {
    const Value = IDL.Rec();
    Value.fill(
      IDL.Variant({
        Blob: bytes,
        Text: IDL.Text,
        Nat: IDL.Nat,
        Int: IDL.Int,
        Array: IDL.Vec(Value),
        Map: IDL.Vec(IDL.Tuple(IDL.Text, Value)),
      }),
    );
    return { AccountType: IDL.Record({ owner: IDL.Principal, subaccount: IDL.Opt(bytes) }), Value };
  };
  const transferArgs = (AccountType: IDL.Type) =>
    IDL.Record({
      to: AccountType,
      amount: IDL.Nat,
      fee: IDL.Opt(IDL.Nat),
      memo: IDL.Opt(bytes),
      from_subaccount: IDL.Opt(bytes),
      created_at_time: IDL.Opt(IDL.Nat64),
    });
  const icpBlock = IDL.Record({
    parent_hash: IDL.Opt(bytes),
    transaction: IDL.Record({
      memo: IDL.Nat64,
      operation: IDL.Opt(
        IDL.Variant({ Transfer: IDL.Record({ amount: IDL.Record({ e8s: IDL.Nat64 }), from: bytes, to: bytes }) }),
      ),
    }),
  });
  const consentRequest = IDL.Record({
    method: IDL.Text,
    arg: bytes,
    user_preferences: IDL.Record({
      metadata: IDL.Record({ language: IDL.Text, utc_offset_minutes: IDL.Opt(IDL.Int16) }),
      device_spec: IDL.Opt(IDL.Variant({ GenericDisplay: IDL.Null, FieldsDisplay: IDL.Null })),
    }),
  });
  const consentAnswer = IDL.Variant({
    Ok: IDL.Record({
      consent_message: IDL.Variant({
        GenericDisplayMessage: IDL.Text,
        FieldsDisplayMessage: IDL.Record({ intent: IDL.Text, fields: IDL.Vec(IDL.Tuple(IDL.Text, IDL.Reserved)) }),
      }),
    }),
    Err: IDL.Variant({
      UnsupportedCanisterCall: IDL.Record({ description: IDL.Text }),
      ConsentMessageUnavailable: IDL.Record({ description: IDL.Text }),
    }),
  });
  const preferences = (device: 'GenericDisplay' | 'FieldsDisplay') => ({
    metadata: { language: 'en', utc_offset_minutes: [] },
    device_spec: [{ [device]: null }],
  });
  const payment = {
    to: { owner: you, subaccount: [] },
    amount: 150_000_000n,
    fee: [],
    memo: [],
    from_subaccount: [],
    created_at_time: [],
  };

  it('say the same balance by account and by identifier, before anybody has used it', async () => {
    const icp = await actor(ids.icp);
    const fresh = Ed25519KeyIdentity.generate().getPrincipal();
    const canister = network.createCanister();
    for (const owner of [fresh, you, me.getPrincipal(), canister, Principal.anonymous()]) {
      const account = { owner, subaccount: [] as [] };
      const { e8s } = await icp.account_balance({ account: accountIdentifier(account) });
      expect([owner.toText(), e8s]).toEqual([owner.toText(), await icp.icrc1_balance_of(account)]);
    }
  });

  it('tell their blocks, each with the hash of the one before', async () => {
    const icp = await actor(ids.icp);
    for (let i = 0; i < 3; i++) expect(await icp.icrc1_transfer(payment)).toHaveProperty('Ok');
    const { chain_length, blocks } = await icp.query_blocks({ start: 0n, length: 1000n });
    expect(chain_length).toBe(BigInt(blocks.length));
    const { operation } = blocks.at(-1).transaction;
    expect(operation[0].Transfer.amount).toEqual({ e8s: 150_000_000n });
    expect(Buffer.from(operation[0].Transfer.to).equals(accountIdentifier({ owner: you, subaccount: [] }))).toBe(true);
    expect(await icp.query_blocks({ start: 2n ** 63n, length: 2n ** 63n })).toMatchObject({ blocks: [] });
    expect(await icp.archives()).toEqual({ archives: [] });
    const log = await icp.icrc3_get_blocks([
      { start: 0n, length: 2n },
      { start: 2n, length: 10n ** 30n },
    ]);
    expect(log.blocks.map(({ id }: { id: bigint }) => id)).toEqual(blocks.map((_: unknown, i: number) => BigInt(i)));
    const parts = Object.fromEntries(log.blocks[1].block.Map);
    expect(parts.btype).toEqual({ Text: '1xfer' });
    expect(Buffer.from(parts.phash.Blob).equals(Buffer.from(blocks[1].parent_hash[0]))).toBe(true);
    const cycles = await actor(ids.cycles);
    expect(await cycles.icrc1_transfer({ ...payment, amount: 5n })).toHaveProperty('Ok');
    const [{ block }] = (await cycles.icrc3_get_blocks([{ start: 0n, length: 1n }])).blocks;
    const tx = Object.fromEntries(Object.fromEntries(block.Map).tx.Map);
    expect(Buffer.from(tx.to.Array[0].Blob).equals(Buffer.from(you.toUint8Array()))).toBe(true);
  });

  it('name their standards', async () => {
    for (const id of [ids.icp, ids.cycles]) {
      const names = (await (await actor(id)).icrc10_supported_standards()).map(({ name }: { name: string }) => name);
      expect(names).toEqual(['ICRC-1', 'ICRC-2', 'ICRC-3', 'ICRC-10', 'ICRC-21']);
    }
  });

  it('say in words what a call would do', async () => {
    const icp = await actor(ids.icp);
    const { AccountType } = types();
    const arg = IDL.encode([transferArgs(AccountType)], [payment]);
    const ask = (method: string, device: 'GenericDisplay' | 'FieldsDisplay', bytes = arg) =>
      icp.icrc21_canister_call_consent_message({ method, arg: bytes, user_preferences: preferences(device) });
    const { Ok } = await ask('icrc1_transfer', 'GenericDisplay');
    expect(Ok.consent_message.GenericDisplayMessage).toContain('`1.5 ICP`');
    expect(Ok.consent_message.GenericDisplayMessage).toContain(you.toText());
    expect(Ok.consent_message.GenericDisplayMessage).toContain('`0.0001 ICP`');
    const fields = await ask('icrc1_transfer', 'FieldsDisplay');
    expect(fields.Ok.consent_message.FieldsDisplayMessage.intent).toBe('Send ICP');
    expect(await ask('icrc1_fee', 'GenericDisplay')).toHaveProperty('Err.UnsupportedCanisterCall');
    expect(await ask('toString', 'GenericDisplay')).toHaveProperty('Err.UnsupportedCanisterCall');
    expect(await ask('icrc1_transfer', 'GenericDisplay', new Uint8Array(3))).toHaveProperty(
      'Err.ConsentMessageUnavailable',
    );
    expect(await icp.icrc1_balance_of(mine)).toBeGreaterThan(0n);
  });

  it('certify the rate of ICP', async () => {
    const answer = IDL.Record({
      data: IDL.Record({ timestamp_seconds: IDL.Nat64, xdr_permyriad_per_icp: IDL.Nat64 }),
      hash_tree: bytes,
      certificate: bytes,
    });
    const service = () => IDL.Service({ get_icp_xdr_conversion_rate: IDL.Func([], [answer], ['query']) });
    const minting = Actor.createActor(service, { agent: network.agent(me), canisterId: ids.minting });
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const rate: any = await minting.get_icp_xdr_conversion_rate!();
    const canisterId = Principal.fromText(ids.minting);
    const certificate = await Certificate.create({
      certificate: Uint8Array.from(rate.certificate),
      rootKey: network.rootKey,
      principal: { canisterId },
    });
    const root = lookupResultToBuffer(
      certificate.lookup_path(['canister', canisterId.toUint8Array(), 'certified_data']),
    );
    const tree = Cbor.decode(Uint8Array.from(rate.hash_tree)) as Parameters<typeof reconstruct>[0];
    expect(Buffer.from(root!).equals(Buffer.from(await reconstruct(tree)))).toBe(true);
    expect(rate.data.xdr_permyriad_per_icp).toBeGreaterThan(0n);
  });

  it('stand beside a registry that knows where canisters are', async () => {
    const answer = IDL.Variant({ Ok: IDL.Record({ subnet_id: IDL.Opt(IDL.Principal) }), Err: IDL.Text });
    const argument = IDL.Record({ principal: IDL.Opt(IDL.Principal) });
    const service = () => IDL.Service({ get_subnet_for_canister: IDL.Func([argument], [answer], ['query']) });
    const registry = Actor.createActor(service, { agent: network.agent(me), canisterId: registryId });
    const subnet = Principal.selfAuthenticating(network.rootKey);
    expect(await registry.get_subnet_for_canister!({ principal: [network.createCanister()] })).toEqual({
      Ok: { subnet_id: [subnet] },
    });
    expect(await registry.get_subnet_for_canister!({ principal: [you] })).toHaveProperty('Err');
  });
});

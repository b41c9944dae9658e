/** The ledgers and the cycles minting canister, as a user's agent has them. The official command line uses them in test/icp. */
import { Actor } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Network } from '../index.js';
import { accountIdentifier, subaccountFor } from './accounts.js';

const { Func, Nat, Nat64, Nat8, Null, Opt, Record, Service, Variant, Vec } = IDL;
const Blob = Vec(Nat8);
const Account = Record({ owner: IDL.Principal, subaccount: Opt(Blob) });
const anyError = Variant({
  BadFee: Record({ expected_fee: Nat }),
  BadBurn: Record({ min_burn_amount: Nat }),
  InsufficientFunds: Record({ balance: Nat }),
  InsufficientAllowance: Record({ allowance: Nat }),
  AllowanceChanged: Record({ current_allowance: Nat }),
  Expired: Record({ ledger_time: Nat64 }),
  TooOld: Null,
  CreatedInFuture: Record({ ledger_time: Nat64 }),
  Duplicate: Record({ duplicate_of: Nat }),
  TemporarilyUnavailable: Null,
  GenericError: Record({ error_code: Nat, message: IDL.Text }),
});
const result = Variant({ Ok: Nat, Err: anyError });
const common = { fee: Opt(Nat), memo: Opt(Blob), created_at_time: Opt(Nat64) };
const icrc = {
  icrc1_balance_of: Func([Account], [Nat], ['query']),
  icrc1_fee: Func([], [Nat], ['query']),
  icrc1_total_supply: Func([], [Nat], ['query']),
  icrc1_transfer: Func([Record({ from_subaccount: Opt(Blob), to: Account, amount: Nat, ...common })], [result], []),
  icrc2_approve: Func(
    [
      Record({
        spender: Account,
        amount: Nat,
        expected_allowance: Opt(Nat),
        expires_at: Opt(Nat64),
        from_subaccount: Opt(Blob),
        ...common,
      }),
    ],
    [result],
    [],
  ),
  icrc2_allowance: Func([Record({ account: Account, spender: Account })], [Record({ allowance: Nat })], ['query']),
  icrc2_transfer_from: Func(
    [Record({ spender_subaccount: Opt(Blob), from: Account, to: Account, amount: Nat, ...common })],
    [result],
    [],
  ),
};
const Tokens = Record({ e8s: Nat64 });
const icp = {
  ...icrc,
  account_balance: Func([Record({ account: Blob })], [Tokens], ['query']),
  transfer: Func(
    [
      Record({
        memo: Nat64,
        amount: Tokens,
        fee: Tokens,
        from_subaccount: Opt(Blob),
        to: Blob,
        created_at_time: Opt(Record({ timestamp_nanos: Nat64 })),
      }),
    ],
    [
      Variant({
        Ok: Nat64,
        Err: Variant({
          BadFee: Record({ expected_fee: Tokens }),
          InsufficientFunds: Record({ balance: Tokens }),
          TxDuplicate: Record({ duplicate_of: Nat64 }),
          TxTooOld: IDL.Reserved,
          TxCreatedInFuture: Null,
        }),
      }),
    ],
    [],
  ),
};
const notified = (type: IDL.Type) =>
  Variant({ Ok: type, Err: Variant({ InvalidTransaction: IDL.Text, Refunded: Record({ reason: IDL.Text }) }) });
const minting = {
  notify_top_up: Func([Record({ block_index: Nat64, canister_id: IDL.Principal })], [notified(Nat)], []),
  notify_create_canister: Func(
    [Record({ block_index: Nat64, controller: IDL.Principal })],
    [notified(IDL.Principal)],
    [],
  ),
  notify_mint_cycles: Func(
    [Record({ block_index: Nat64, deposit_memo: Opt(Blob), to_subaccount: Opt(Blob) })],
    [notified(Record({ minted: Nat, balance: Nat }))],
    [],
  ),
  total_cycles_minted: Func([], [Nat], ['query']),
};

const ids = {
  icp: 'ryjl3-tyaaa-aaaaa-aaaba-cai',
  cycles: 'um5iw-rqaaa-aaaaq-qaaba-cai',
  minting: Principal.fromText('rkp4c-7iaaa-aaaaa-aaaca-cai'),
};

// biome-ignore lint/suspicious/noExplicitAny: the types are those of the Candid types above
type Methods = Record<string, (...args: unknown[]) => Promise<any>>;

let network: Network;
let me: Ed25519KeyIdentity;
let you: Ed25519KeyIdentity;

beforeAll(async () => {
  network = await Network.start({ endowment: () => ({ cycles: 10n ** 13n, e8s: 10n ** 12n }) });
});
afterAll(() => network.stop());
beforeEach(() => {
  [me, you] = [Ed25519KeyIdentity.generate(), Ed25519KeyIdentity.generate()];
});

const actor = (
  service: Record<string, IDL.FuncClass>,
  canisterId: string | Principal,
  identity: Ed25519KeyIdentity,
): Methods =>
  Actor.createActor(() => Service(service), { agent: network.agent(identity), canisterId }) as unknown as Methods;
const account = (of: Ed25519KeyIdentity | Principal, subaccount: [] | [Uint8Array] = []) => ({
  owner: of instanceof Principal ? of : of.getPrincipal(),
  subaccount,
});
const plain = { fee: [], memo: [], created_at_time: [], from_subaccount: [] };

describe.each([
  ['the ICP ledger', ids.icp, 10_000n, 10n ** 12n],
  ['the cycles ledger', ids.cycles, 100_000_000n, 10n ** 13n],
])('%s', (_, id, fee, endowment) => {
  const ledger = (as = me) => actor(icrc, id, as);
  const balance = (of: Ed25519KeyIdentity | Principal, subaccount: [] | [Uint8Array] = []) =>
    ledger().icrc1_balance_of!(account(of, subaccount));

  it('moves tokens between accounts, for a fee that is gone', async () => {
    const sub: [Uint8Array] = [Uint8Array.from({ length: 32 }, (_, i) => i)];
    expect(await balance(me)).toBe(endowment);
    expect(await ledger().icrc1_transfer!({ ...plain, to: account(you, sub), amount: 5n * fee })).toHaveProperty('Ok');
    const supply = await ledger().icrc1_total_supply!();
    expect([await balance(me), await balance(you), await balance(you, sub)]).toEqual([
      endowment - 6n * fee,
      endowment,
      5n * fee,
    ]);
    const back = { ...plain, from_subaccount: sub, to: account(me), amount: fee };
    expect(await ledger(you).icrc1_transfer!(back)).toHaveProperty('Ok');
    expect([await balance(me), await balance(you, sub)]).toEqual([endowment - 5n * fee, 3n * fee]);
    expect(supply - (await ledger().icrc1_total_supply!())).toBe(fee);
    expect(await balance(network.firstCanisterId)).toBe(0n);
  });

  it('refuses what cannot be', async () => {
    const { icrc1_transfer: transfer } = ledger() as { icrc1_transfer: Methods[string] };
    const to = account(you);
    const now = network.clock.now();
    expect(await transfer({ ...plain, to, amount: endowment })).toEqual({
      Err: { InsufficientFunds: { balance: endowment } },
    });
    expect(await transfer({ ...plain, to, amount: 1n, fee: [1n] })).toEqual({ Err: { BadFee: { expected_fee: fee } } });
    expect(await transfer({ ...plain, to, amount: 1n, created_at_time: [1n] })).toEqual({ Err: { TooOld: null } });
    expect(await transfer({ ...plain, to, amount: 1n, created_at_time: [now + 10n ** 12n] })).toHaveProperty(
      'Err.CreatedInFuture',
    );
    const once = { ...plain, to, amount: 1n, created_at_time: [now] };
    const { Ok: block } = await transfer(once);
    expect(await transfer(once)).toEqual({ Err: { Duplicate: { duplicate_of: block } } });
    expect(await transfer({ ...once, memo: [Uint8Array.of(1)] })).toHaveProperty('Ok');
    await expect(transfer({ ...plain, to: account(you, [Uint8Array.of(1)]), amount: 1n })).rejects.toThrow(
      'has 32 bytes',
    );
    expect(await balance(me)).toBe(endowment - 2n * (fee + 1n));
  });

  it('lets others spend what they are allowed to', async () => {
    const [spender, from] = [account(you), account(me)];
    const approve = (amount: bigint, more: object = {}) =>
      ledger().icrc2_approve!({ ...plain, spender, amount, expected_allowance: [], expires_at: [], ...more });
    const spend = (amount: bigint) =>
      ledger(you).icrc2_transfer_from!({ ...plain, spender_subaccount: [], from, to: spender, amount });
    expect(await spend(1n)).toEqual({ Err: { InsufficientAllowance: { allowance: 0n } } });
    expect(await approve(10n * fee)).toHaveProperty('Ok');
    expect(await spend(4n * fee)).toHaveProperty('Ok');
    expect(await ledger().icrc2_allowance!({ account: from, spender })).toEqual({ allowance: 5n * fee });
    expect(await spend(5n * fee)).toEqual({ Err: { InsufficientAllowance: { allowance: 5n * fee } } });
    expect(await balance(me)).toBe(endowment - 6n * fee);
    expect(await balance(you)).toBe(endowment + 4n * fee);
    expect(await approve(1n, { expected_allowance: [7n] })).toEqual({
      Err: { AllowanceChanged: { current_allowance: 5n * fee } },
    });
    expect(await approve(1n, { expires_at: [1n] })).toHaveProperty('Err.Expired');
    expect(await approve(1n, { spender: from })).toHaveProperty('Err.GenericError');
  });
});

describe('the cycles minting canister', () => {
  const ledger = () => actor(icp, ids.icp, me);
  const cmc = () => actor(minting, ids.minting, me);
  const memos = { mint: 0x544e494dn, create: 0x41455243n, topUp: 0x50555054n };

  /** Sends ICP for something to be done for somebody; the block. */
  async function pay(memo: bigint, beneficiary: Principal, e8s: bigint): Promise<bigint> {
    const to = accountIdentifier({ owner: ids.minting, subaccount: [subaccountFor(beneficiary)] });
    const { Ok } = await ledger().transfer!({
      memo,
      amount: { e8s },
      fee: { e8s: 10_000n },
      from_subaccount: [],
      to,
      created_at_time: [],
    });
    return Ok;
  }

  it('tops up, creates and mints, once for each payment', async () => {
    const before = await cmc().total_cycles_minted!();
    const canister_id = network.createCanister({ cycles: 10n ** 12n });
    const topUp = { block_index: await pay(memos.topUp, canister_id, 10n ** 8n), canister_id };
    for (let i = 0; i < 2; i++) expect(await cmc().notify_top_up!(topUp)).toEqual({ Ok: 5n * 10n ** 12n });
    expect(network.canister(canister_id).cycles).toBeGreaterThan(59n * 10n ** 11n);
    expect(network.canister(canister_id).cycles).toBeLessThan(61n * 10n ** 11n);

    const creation = {
      block_index: await pay(memos.create, me.getPrincipal(), 10n ** 8n),
      controller: me.getPrincipal(),
    };
    const { Ok: created } = await cmc().notify_create_canister!(creation);
    expect(await cmc().notify_create_canister!(creation)).toEqual({ Ok: created });
    expect(network.canister(created).settings.controllers.map(String)).toEqual([String(me.getPrincipal())]);

    const cycles = actor(icrc, ids.cycles, me);
    const had = await cycles.icrc1_balance_of!(account(me));
    const minted = await cmc().notify_mint_cycles!({
      block_index: await pay(memos.mint, me.getPrincipal(), 10n ** 8n),
      deposit_memo: [],
      to_subaccount: [],
    });
    expect(minted).toMatchObject({ Ok: { minted: 5n * 10n ** 12n } });
    expect((await cycles.icrc1_balance_of!(account(me))) - had).toBe(5n * 10n ** 12n - 100_000_000n);
    expect((await cmc().total_cycles_minted!()) - before).toBe(15n * 10n ** 12n);
  });

  it('refuses what was paid for something else, or by nobody', async () => {
    const canister_id = network.createCanister();
    const wrong = await pay(memos.create, canister_id, 10n ** 8n);
    expect(await cmc().notify_top_up!({ block_index: wrong, canister_id })).toHaveProperty('Err.InvalidTransaction');
    const other = await pay(memos.topUp, network.createCanister(), 10n ** 8n);
    expect(await cmc().notify_top_up!({ block_index: other, canister_id })).toHaveProperty('Err.InvalidTransaction');
    expect(await cmc().notify_top_up!({ block_index: 10n ** 6n, canister_id })).toHaveProperty(
      'Err.InvalidTransaction',
    );
    const poor = { block_index: await pay(memos.create, me.getPrincipal(), 1000n), controller: me.getPrincipal() };
    expect(await cmc().notify_create_canister!(poor)).toHaveProperty('Err.Refunded');
  });

  it("the ledger's older interface knows accounts by identifiers", async () => {
    const to = accountIdentifier(account(you));
    const args = { memo: 0n, amount: { e8s: 7n }, fee: { e8s: 10_000n }, from_subaccount: [], created_at_time: [] };
    expect(await ledger().transfer!({ ...args, to })).toHaveProperty('Ok');
    expect(await ledger().account_balance!({ account: to })).toEqual({ e8s: 10n ** 12n + 7n });
    expect(await ledger().icrc1_balance_of!(account(you))).toBe(10n ** 12n + 7n);
    const spent = { ...plain, to: account(me), amount: 1n };
    expect(await actor(icp, ids.icp, you).icrc1_transfer!(spent)).toHaveProperty('Ok');
    expect(await ledger().account_balance!({ account: to })).toEqual({ e8s: 10n ** 12n + 6n - 10_000n });
    expect(await ledger().transfer!({ ...args, to, fee: { e8s: 1n } })).toEqual({
      Err: { BadFee: { expected_fee: { e8s: 10_000n } } },
    });
    await expect(ledger().transfer!({ ...args, to: to.map((byte) => byte ^ 1) })).rejects.toThrow(
      'Invalid account identifier',
    );
  });
});

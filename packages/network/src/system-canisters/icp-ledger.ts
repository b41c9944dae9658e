/** The ICP ledger, ryjl3-tyaaa-aaaaa-aaaba-cai (interface: dfinity/ic, rs/ledger_suite/icp/ledger.did). */
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import type { NetworkState } from '../state/network-state.js';
import { type Account, accountIdentifier, isAccountIdentifier } from './accounts.js';
import { type BuiltInCall, type BuiltInCanister, query, Trap, update } from './built-in.js';
import { icpBlockMethods } from './icp-blocks.js';
import { AccountType, Blob, icrcMethods, settle } from './icrc.js';
import { icrc3Methods } from './icrc3.js';
import { LedgerError, TokenLedger } from './token-ledger.js';

const icpLedgerId = Principal.fromText('ryjl3-tyaaa-aaaaa-aaaba-cai');
const governanceId = Principal.fromText('rrkah-fqaaa-aaaaa-aaaaq-cai');
const fee = 10_000n;

const { Nat32, Nat64, Null, Opt, Record, Text, Variant } = IDL;
const Tokens = Record({ e8s: Nat64 });
const TimeStamp = Record({ timestamp_nanos: Nat64 });
const transferFields = {
  memo: Nat64,
  amount: Tokens,
  fee: Tokens,
  from_subaccount: Opt(Blob),
  created_at_time: Opt(TimeStamp),
};

interface TransferArguments {
  memo: bigint;
  amount: { e8s: bigint };
  fee: { e8s: bigint };
  from_subaccount: Account['subaccount'];
  created_at_time: [] | [{ timestamp_nanos: bigint }];
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The key of an account identifier. Throws Trap. */
function identifierKey(bytes: Uint8Array): string {
  if (!isAccountIdentifier(bytes)) throw new Trap('Invalid account identifier');
  return hex(bytes);
}

export function icpLedger(
  state: NetworkState,
  endowment: (owner: Principal) => bigint,
): { canister: BuiltInCanister; ledger: TokenLedger } {
  const token = {
    name: 'Internet Computer',
    symbol: 'ICP',
    decimals: 8,
    mintingAccount: { owner: governanceId, subaccount: [] as [] },
  };
  const keyOf = (account: Account) => hex(accountIdentifier(account));
  const ledger = new TokenLedger(state, { name: 'icp', fee, keyOf, endowment });
  const icrc3 = icrc3Methods(ledger);

  const transfer = (call: BuiltInCall, args: TransferArguments, to: string): bigint => {
    if (args.fee.e8s !== ledger.fee) throw new LedgerError({ BadFee: { expected_fee: { e8s: ledger.fee } } });
    const from = { owner: call.caller, subaccount: args.from_subaccount };
    const { memo } = args;
    const amount = args.amount.e8s;
    const what = { kind: 'transfer', from: ledger.key(from), to, memo, amount };
    const note = ledger.once(args.created_at_time[0]?.timestamp_nanos, call.time, what);
    const block = ledger.transfer(from, to, amount, call.time, { memo });
    note(block);
    return block;
  };

  /** The older interface's names of errors. */
  const settled = (work: () => bigint) => {
    const result = settle(work);
    if (!('Err' in result)) return result;
    const { Duplicate, CreatedInFuture, TooOld, InsufficientFunds, BadFee } = result.Err as Record<
      string,
      { balance: bigint; duplicate_of: bigint } | null
    >;
    if (Duplicate) return { Err: { TxDuplicate: { duplicate_of: Duplicate.duplicate_of } } };
    if (CreatedInFuture) return { Err: { TxCreatedInFuture: null } };
    if (TooOld === null) return { Err: { TxTooOld: { allowed_window_nanos: 24n * 3600n * 1_000_000_000n } } };
    if (InsufficientFunds) return { Err: { InsufficientFunds: { balance: { e8s: InsufficientFunds.balance } } } };
    return { Err: { BadFee } };
  };

  /** Canisters have no endowment: they have to be known before an identifier can be somebody's. */
  const balanceOf = (identifier: string): bigint => {
    for (const { id } of state.canisters.values()) ledger.key({ owner: id, subaccount: [] });
    return ledger.balanceOfKey(identifier);
  };

  const canister: BuiltInCanister = {
    id: icpLedgerId,
    methods: {
      ...icrcMethods(ledger, token),
      ...icrc3.methods,
      transfer: update(
        [Record({ ...transferFields, to: Blob })],
        [
          Variant({
            Ok: Nat64,
            Err: Variant({
              BadFee: Record({ expected_fee: Tokens }),
              InsufficientFunds: Record({ balance: Tokens }),
              TxTooOld: Record({ allowed_window_nanos: Nat64 }),
              TxCreatedInFuture: Null,
              TxDuplicate: Record({ duplicate_of: Nat64 }),
            }),
          }),
        ],
        (call, args: TransferArguments & { to: Uint8Array }) => {
          const to = identifierKey(Uint8Array.from(args.to));
          return settled(() => transfer(call, args, to));
        },
      ),
      send_dfx: update(
        [Record({ ...transferFields, to: Text })],
        [Nat64],
        (call, args: TransferArguments & { to: string }) => {
          const result = settle(() => transfer(call, args, identifierKey(Buffer.from(args.to, 'hex'))));
          if ('Err' in result)
            throw new Trap(JSON.stringify(result.Err, (_, value) => (typeof value === 'bigint' ? `${value}` : value)));
          return result.Ok;
        },
      ),
      account_balance: query([Record({ account: Blob })], [Tokens], (_, { account }: { account: Uint8Array }) => ({
        e8s: balanceOf(identifierKey(Uint8Array.from(account))),
      })),
      account_balance_dfx: query([Record({ account: Text })], [Tokens], (_, { account }: { account: string }) => ({
        e8s: balanceOf(identifierKey(Buffer.from(account, 'hex'))),
      })),
      account_identifier: query([AccountType], [Blob], (_, account: Account) => accountIdentifier(account)),
      ...icpBlockMethods(ledger, icrc3.log),
      transfer_fee: query([Record({})], [Record({ transfer_fee: Tokens })], () => ({
        transfer_fee: { e8s: ledger.fee },
      })),
      name: query([], [Record({ name: Text })], () => ({ name: 'Internet Computer' })),
      symbol: query([], [Record({ symbol: Text })], () => ({ symbol: 'ICP' })),
      decimals: query([], [Record({ decimals: Nat32 })], () => ({ decimals: 8 })),
    },
  };
  return { canister, ledger };
}

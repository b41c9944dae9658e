/** The methods of the ICRC-1 and ICRC-2 token standards, over a ledger (dfinity/ICRC-1: standards ICRC-1, ICRC-2). */
import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import type { Account } from './accounts.js';
import { type BuiltInCall, type BuiltInMethod, query, update } from './built-in.js';
import { consentMethod } from './consent.js';
import { LedgerError, type TokenLedger } from './token-ledger.js';

const { Nat, Nat8, Nat64, Null, Opt, Record, Text, Variant, Vec } = IDL;
export const Blob = Vec(Nat8);
export const AccountType = Record({ owner: IDL.Principal, subaccount: Opt(Blob) });

export const commonErrors = {
  GenericError: Record({ message: Text, error_code: Nat }),
  TemporarilyUnavailable: Null,
  Duplicate: Record({ duplicate_of: Nat }),
  CreatedInFuture: Record({ ledger_time: Nat64 }),
  TooOld: Null,
  InsufficientFunds: Record({ balance: Nat }),
};
const BadFee = Record({ expected_fee: Nat });
const InsufficientAllowance = Record({ allowance: Nat });
const transferErrors = { ...commonErrors, BadFee, BadBurn: Record({ min_burn_amount: Nat }) };
const Value = Variant({ Nat, Int: IDL.Int, Text, Blob });

const common = {
  amount: Nat,
  fee: Opt(Nat),
  memo: Opt(Blob),
  created_at_time: Opt(Nat64),
};
const TransferArgs = Record({ ...common, from_subaccount: Opt(Blob), to: AccountType });
const TransferFromArgs = Record({ ...common, spender_subaccount: Opt(Blob), from: AccountType, to: AccountType });
const ApproveArgs = Record({
  ...common,
  from_subaccount: Opt(Blob),
  spender: AccountType,
  expected_allowance: Opt(Nat),
  expires_at: Opt(Nat64),
});

interface CommonArguments {
  amount: bigint;
  fee: [] | [bigint];
  memo: [] | [Uint8Array];
  created_at_time: [] | [bigint];
}

/** `Ok` with the result, or `Err` with the ledger's error and its variant's fields. */
export function settle<T>(work: () => T): { Ok: T } | { Err: Record<string, unknown> } {
  try {
    return { Ok: work() };
  } catch (error) {
    if (error instanceof LedgerError) return { Err: error.variant };
    throw error;
  }
}

/** The older interface's number for a memo of 8 bytes, little-endian as the official tools write it. */
function numberOf(memo: Uint8Array | undefined): bigint | undefined {
  return memo?.length === 8 ? Buffer.from(Uint8Array.from(memo)).readBigUInt64LE() : undefined;
}

export interface Token {
  name: string;
  symbol: string;
  decimals: number;
  mintingAccount: Account | undefined;
}

export function icrcMethods(ledger: TokenLedger, token: Token): Record<string, BuiltInMethod> {
  const { name, symbol, decimals, mintingAccount } = token;
  const of = (owner: Principal, subaccount: Account['subaccount']): Account => ({ owner, subaccount });
  const isMinter = (account: Account) =>
    mintingAccount !== undefined && ledger.key(account) === ledger.key(mintingAccount);
  const what = (kind: string, call: BuiltInCall, parties: Account[], args: CommonArguments) => ({
    kind,
    caller: call.caller.toUint8Array(),
    parties: parties.map((account) => ledger.key(account)).join(' '),
    amount: args.amount,
    fee: args.fee[0],
    memo: args.memo[0] && Uint8Array.from(args.memo[0]),
  });
  /** A transfer that burns when it goes to the minting account, and mints when it comes from there. */
  const move = (from: Account, to: Account, args: CommonArguments, time: bigint, spender?: Account): bigint => {
    if (isMinter(from)) return ledger.mint(to, args.amount, time);
    if (!isMinter(to)) {
      ledger.checkFee(args.fee[0]);
      return ledger.transfer(from, to, args.amount, time, { memo: numberOf(args.memo[0]), spender });
    }
    if (args.amount < ledger.fee) throw new LedgerError({ BadBurn: { min_burn_amount: ledger.fee } });
    return ledger.burn(from, args.amount, 0n, time);
  };
  const standard = (number: number, repository = 'dfinity/ICRC-1/tree/main/standards') => ({
    name: `ICRC-${number}`,
    url: `https://github.com/${repository}/ICRC-${number}`,
  });
  const standards = [
    standard(1),
    standard(2),
    standard(3),
    standard(10, 'dfinity/ICRC/tree/main/ICRCs'),
    standard(21, 'dfinity/wg-identity-authentication/blob/main/topics'),
  ];

  return {
    icrc1_name: query([], [Text], () => name),
    icrc1_symbol: query([], [Text], () => symbol),
    icrc1_decimals: query([], [Nat8], () => decimals),
    icrc1_fee: query([], [Nat], () => ledger.fee),
    icrc1_total_supply: query([], [Nat], () => ledger.totalSupply),
    icrc1_minting_account: query([], [Opt(AccountType)], () => (mintingAccount ? [mintingAccount] : [])),
    icrc1_balance_of: query([AccountType], [Nat], (_, account: Account) => ledger.balanceOf(account)),
    icrc1_supported_standards: query([], [Vec(Record({ name: Text, url: Text }))], () => standards),
    icrc10_supported_standards: query([], [Vec(Record({ name: Text, url: Text }))], () => standards),
    ...consentMethod(ledger, token, {
      icrc1_transfer: TransferArgs,
      icrc2_approve: ApproveArgs,
      icrc2_transfer_from: TransferFromArgs,
    }),
    icrc1_metadata: query([], [Vec(IDL.Tuple(Text, Value))], () => [
      ['icrc1:name', { Text: name }],
      ['icrc1:symbol', { Text: symbol }],
      ['icrc1:decimals', { Nat: BigInt(decimals) }],
      ['icrc1:fee', { Nat: ledger.fee }],
    ]),

    icrc1_transfer: update(
      [TransferArgs],
      [Variant({ Ok: Nat, Err: Variant(transferErrors) })],
      (call, args: CommonArguments & { from_subaccount: Account['subaccount']; to: Account }) =>
        settle(() => {
          const from = of(call.caller, args.from_subaccount);
          const note = ledger.once(args.created_at_time[0], call.time, what('transfer', call, [from, args.to], args));
          const block = move(from, args.to, args, call.time);
          note(block);
          return block;
        }),
    ),

    icrc2_approve: update(
      [ApproveArgs],
      [
        Variant({
          Ok: Nat,
          Err: Variant({
            ...commonErrors,
            BadFee,
            AllowanceChanged: Record({ current_allowance: Nat }),
            Expired: Record({ ledger_time: Nat64 }),
          }),
        }),
      ],
      (
        call,
        args: CommonArguments & {
          from_subaccount: Account['subaccount'];
          spender: Account;
          expected_allowance: [] | [bigint];
          expires_at: [] | [bigint];
        },
      ) =>
        settle(() => {
          const from = of(call.caller, args.from_subaccount);
          const note = ledger.once(
            args.created_at_time[0],
            call.time,
            what('approve', call, [from, args.spender], args),
          );
          ledger.checkFee(args.fee[0]);
          if (ledger.key(from) === ledger.key(args.spender)) {
            throw new LedgerError({ GenericError: { error_code: 1n, message: 'self approval is not allowed' } });
          }
          const allowance = { amount: args.amount, expiresAt: args.expires_at[0] };
          const block = ledger.approve(from, args.spender, allowance, args.expected_allowance[0], call.time);
          note(block);
          return block;
        }),
    ),

    icrc2_allowance: query(
      [Record({ account: AccountType, spender: AccountType })],
      [Record({ allowance: Nat, expires_at: Opt(Nat64) })],
      (call, { account, spender }: { account: Account; spender: Account }) => {
        const { amount, expiresAt } = ledger.allowance(account, spender, call.time);
        return { allowance: amount, expires_at: expiresAt === undefined ? [] : [expiresAt] };
      },
    ),

    icrc2_transfer_from: update(
      [TransferFromArgs],
      [Variant({ Ok: Nat, Err: Variant({ ...transferErrors, InsufficientAllowance }) })],
      (call, args: CommonArguments & { spender_subaccount: Account['subaccount']; from: Account; to: Account }) =>
        settle(() => {
          const spender = of(call.caller, args.spender_subaccount);
          const parties = [spender, args.from, args.to];
          const note = ledger.once(args.created_at_time[0], call.time, what('transfer_from', call, parties, args));
          const spent = ledger.spend(args.from, spender, args.amount + ledger.fee, call.time);
          const block = move(args.from, args.to, args, call.time, spender);
          spent();
          note(block);
          return block;
        }),
    ),
  };
}

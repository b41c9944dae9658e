/**
 * The cycles ledger, um5iw-rqaaa-aaaaq-qaaba-cai: cycles as a token, from which users pay canisters' creation and
 * top-ups (interface: dfinity/cycles-ledger, cycles-ledger.did). It makes and funds canisters itself instead of asking
 * the cycles minting canister. More than 300 lines: the type of each method stands beside its code.
 */

import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { creationCost } from '../execution/fees.js';
import { settings as CanisterSettings } from '../management/candid-types.js';
import { addCanister } from '../management/creation.js';
import { ManagementError, type Services } from '../management/types.js';
import { isCanisterId } from '../state/network-state.js';
import type { SettingsArgument } from '../state/settings.js';
import { type Account, subaccountOf } from './accounts.js';
import { type BuiltInCall, type BuiltInCanister, Trap, update } from './built-in.js';
import { AccountType, Blob, commonErrors, icrcMethods, settle } from './icrc.js';
import { icrc3Methods } from './icrc3.js';
import { LedgerError, TokenLedger } from './token-ledger.js';

const cyclesLedgerId = Principal.fromText('um5iw-rqaaa-aaaaq-qaaba-cai');
export const cyclesLedgerFee = 100_000_000n;

const { Nat, Nat64, Null, Opt, Record, Text, Variant } = IDL;
const RejectionCode = Variant({
  NoError: Null,
  CanisterError: Null,
  SysTransient: Null,
  DestinationInvalid: Null,
  Unknown: Null,
  SysFatal: Null,
  CanisterReject: Null,
});
export const SubnetSelection = Variant({
  Filter: Record({ subnet_type: Opt(Text) }),
  Subnet: Record({ subnet: IDL.Principal }),
});
const CreationArgs = Record({ subnet_selection: Opt(SubnetSelection), settings: Opt(CanisterSettings) });
const Created = Record({ block_id: Nat, canister_id: IDL.Principal });
const DuplicateCreation = Record({ duplicate_of: Nat, canister_id: Opt(IDL.Principal) });
const InsufficientAllowance = Record({ allowance: Nat });

/** The users' arguments; `subnet` is the caller's choice, `settings` are those of the new canister. */
export type SubnetChoice = { Filter: { subnet_type: [] | [string] } } | { Subnet: { subnet: Principal } };
interface Creation {
  subnet_selection: [] | [SubnetChoice];
  settings: [] | [Partial<SettingsArgument>];
}

/** Makes a canister out of cycles that its maker has paid. Throws ManagementError. */
export function createFor(
  services: Services,
  maker: Principal,
  cycles: bigint,
  settings: Partial<SettingsArgument> | undefined,
  [choice]: Creation['subnet_selection'],
): Principal {
  const { fees, keys } = services.state;
  const here = Principal.fromUint8Array(keys.subnetId);
  if (choice !== undefined && 'Subnet' in choice && choice.Subnet.subnet.toText() !== here.toText()) {
    throw new ManagementError(408, `Subnet ${choice.Subnet.subnet.toText()} does not exist on this network`);
  }
  const fee = creationCost(fees);
  if (cycles < fee) {
    throw new ManagementError(403, `Insufficient cycles attached: a canister's creation costs ${fee}`);
  }
  return addCanister(services, { caller: maker, from: undefined }, cycles - fee, settings).id;
}

export function cyclesLedger(
  services: Services,
  endowment: (owner: Principal) => bigint,
): { canister: BuiltInCanister; ledger: TokenLedger } {
  const { state } = services;
  const ledger = new TokenLedger(state, {
    name: 'cycles',
    fee: cyclesLedgerFee,
    endowment,
    keyOf: ({ owner, subaccount }) => {
      const bytes = subaccountOf(subaccount);
      return bytes.some((byte) => byte !== 0)
        ? `${owner.toText()}.${Buffer.from(bytes).toString('hex')}`
        : owner.toText();
    },
  });

  /** Gives a canister cycles out of an account. */
  const withdraw = (from: Account, to: Principal, amount: bigint, time: bigint, failure: string): bigint => {
    if (!isCanisterId(to)) throw new LedgerError({ InvalidReceiver: { receiver: to } });
    const canister = state.find(to);
    if (canister !== undefined) {
      const block = ledger.burn(from, amount, ledger.fee, time);
      canister.cycles += amount;
      state.keepCanister(canister);
      return block;
    }
    // The attempt costs the fee, as on main net.
    const fee_block = [ledger.burn(from, 0n, ledger.fee, time)];
    const reasons = {
      rejection_code: { DestinationInvalid: null },
      rejection_reason: `Canister ${to.toText()} not found`,
    };
    throw new LedgerError({
      [failure]: { ...reasons, fee_block, withdraw_from_block: fee_block, refund_block: [], approval_refund_block: [] },
    });
  };

  const create = (from: Account, caller: Principal, amount: bigint, creation: Creation | undefined, time: bigint) => {
    const balance = ledger.balanceOf(from);
    if (balance < amount + ledger.fee) throw new LedgerError({ InsufficientFunds: { balance } });
    try {
      const id = createFor(services, caller, amount, creation?.settings[0], creation?.subnet_selection ?? []);
      return { block_id: ledger.burn(from, amount, ledger.fee, time), canister_id: id };
    } catch (error) {
      if (!(error instanceof ManagementError)) throw error;
      const fee_block = [ledger.burn(from, 0n, ledger.fee, time)];
      throw new LedgerError({ FailedToCreate: { error: error.message, fee_block, refund_block: [] } });
    }
  };

  /** Leaves in a failed creation's error the one variant that the method has. */
  const renamed = <T>(work: () => T, from: boolean) => {
    const result = settle(work);
    if (!('Err' in result)) return result;
    const { Duplicate, FailedToCreate, ...others } = result.Err as Record<string, Record<string, unknown>>;
    if (Duplicate !== undefined) {
      const canister_id = Duplicate.result === undefined ? [] : [Duplicate.result];
      return { Err: { Duplicate: { ...Duplicate, canister_id } } };
    }
    if (FailedToCreate === undefined) return { Err: others };
    if (!from) return { Err: { FailedToCreate } };
    const { error, fee_block } = FailedToCreate;
    const reasons = { rejection_code: { CanisterReject: null }, rejection_reason: error };
    return {
      Err: {
        FailedToCreateFrom: { ...reasons, create_from_block: fee_block, refund_block: [], approval_refund_block: [] },
      },
    };
  };

  type Payer = { created_at_time: [] | [bigint]; amount: bigint };
  const what = (kind: string, call: BuiltInCall, from: Account, amount: bigint, to = '') => ({
    kind,
    caller: call.caller.toUint8Array(),
    from: ledger.key(from),
    amount,
    to,
  });

  const canister: BuiltInCanister = {
    id: cyclesLedgerId,
    methods: {
      ...icrc3Methods(ledger).methods,
      ...icrcMethods(ledger, { name: 'Trillion Cycles', symbol: 'TCYCLES', decimals: 12, mintingAccount: undefined }),

      deposit: update(
        [Record({ to: AccountType, memo: Opt(Blob) })],
        [Record({ balance: Nat, block_index: Nat })],
        (call, { to }: { to: Account }) => {
          const amount = call.cyclesAvailable;
          if (amount <= ledger.fee) {
            throw new Trap(
              `The requested amount ${amount} to be deposited is less than the cycles ledger fee: ${ledger.fee}`,
            );
          }
          call.accept(amount);
          const block_index = ledger.mint(to, amount - ledger.fee, call.time);
          return { balance: ledger.balanceOf(to), block_index };
        },
      ),

      withdraw: update(
        [Record({ amount: Nat, from_subaccount: Opt(Blob), to: IDL.Principal, created_at_time: Opt(Nat64) })],
        [
          Variant({
            Ok: Nat,
            Err: Variant({
              ...commonErrors,
              BadFee: Record({ expected_fee: Nat }),
              InvalidReceiver: Record({ receiver: IDL.Principal }),
              FailedToWithdraw: Record({ fee_block: Opt(Nat), rejection_code: RejectionCode, rejection_reason: Text }),
            }),
          }),
        ],
        (call, args: Payer & { from_subaccount: Account['subaccount']; to: Principal }) =>
          settle(() => {
            const from = { owner: call.caller, subaccount: args.from_subaccount };
            const transaction = what('withdraw', call, from, args.amount, args.to.toText());
            const note = ledger.once(args.created_at_time[0], call.time, transaction);
            const block = withdraw(from, args.to, args.amount, call.time, 'FailedToWithdraw');
            note(block);
            return block;
          }),
      ),

      withdraw_from: update(
        [
          Record({
            amount: Nat,
            spender_subaccount: Opt(Blob),
            from: AccountType,
            to: IDL.Principal,
            created_at_time: Opt(Nat64),
          }),
        ],
        [
          Variant({
            Ok: Nat,
            Err: Variant({
              ...commonErrors,
              InvalidReceiver: Record({ receiver: IDL.Principal }),
              InsufficientAllowance,
              FailedToWithdrawFrom: Record({
                withdraw_from_block: Opt(Nat),
                refund_block: Opt(Nat),
                approval_refund_block: Opt(Nat),
                rejection_code: RejectionCode,
                rejection_reason: Text,
              }),
            }),
          }),
        ],
        (call, args: Payer & { spender_subaccount: Account['subaccount']; from: Account; to: Principal }) =>
          settle(() => {
            const spender = { owner: call.caller, subaccount: args.spender_subaccount };
            const transaction = what('withdraw_from', call, args.from, args.amount, args.to.toText());
            const note = ledger.once(args.created_at_time[0], call.time, transaction);
            const spent = ledger.spend(args.from, spender, args.amount + ledger.fee, call.time);
            const block = withdraw(args.from, args.to, args.amount, call.time, 'FailedToWithdrawFrom');
            spent();
            note(block);
            return block;
          }),
      ),

      create_canister: update(
        [
          Record({
            from_subaccount: Opt(Blob),
            created_at_time: Opt(Nat64),
            amount: Nat,
            creation_args: Opt(CreationArgs),
          }),
        ],
        [
          Variant({
            Ok: Created,
            Err: Variant({
              ...commonErrors,
              Duplicate: DuplicateCreation,
              FailedToCreate: Record({ fee_block: Opt(Nat), refund_block: Opt(Nat), error: Text }),
            }),
          }),
        ],
        (call, args: Payer & { from_subaccount: Account['subaccount']; creation_args: [] | [Creation] }) =>
          renamed(() => {
            const from = { owner: call.caller, subaccount: args.from_subaccount };
            const note = ledger.once(args.created_at_time[0], call.time, what('create', call, from, args.amount));
            const created = create(from, call.caller, args.amount, args.creation_args[0], call.time);
            note(created.block_id, created.canister_id);
            return created;
          }, false),
      ),

      create_canister_from: update(
        [
          Record({
            from: AccountType,
            spender_subaccount: Opt(Blob),
            created_at_time: Opt(Nat64),
            amount: Nat,
            creation_args: Opt(CreationArgs),
          }),
        ],
        [
          Variant({
            Ok: Created,
            Err: Variant({
              ...commonErrors,
              Duplicate: DuplicateCreation,
              InsufficientAllowance,
              FailedToCreateFrom: Record({
                create_from_block: Opt(Nat),
                refund_block: Opt(Nat),
                approval_refund_block: Opt(Nat),
                rejection_code: RejectionCode,
                rejection_reason: Text,
              }),
            }),
          }),
        ],
        (
          call,
          args: Payer & { spender_subaccount: Account['subaccount']; from: Account; creation_args: [] | [Creation] },
        ) =>
          renamed(() => {
            const spender = { owner: call.caller, subaccount: args.spender_subaccount };
            const note = ledger.once(
              args.created_at_time[0],
              call.time,
              what('create_from', call, args.from, args.amount),
            );
            const spent = ledger.spend(args.from, spender, args.amount + ledger.fee, call.time);
            const created = create(args.from, call.caller, args.amount, args.creation_args[0], call.time);
            spent();
            note(created.block_id, created.canister_id);
            return created;
          }, true),
      ),
    },
  };
  return { canister, ledger };
}

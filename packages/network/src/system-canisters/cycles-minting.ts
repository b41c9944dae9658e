/**
 * The cycles minting canister, rkp4c-7iaaa-aaaaa-aaaca-cai: turns ICP payments into cycles, once for each payment
 * (interface: dfinity/ic, rs/nns/cmc/cmc.did, and the calls of the official command line).
 */
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { settings as CanisterSettings } from '../management/candid-types.js';
import { ManagementError, type Services } from '../management/types.js';
import { encodeCbor } from '../protocol/cbor.js';
import { hashTree, rootHash } from '../protocol/hash-tree.js';
import type { SettingsArgument } from '../state/settings.js';
import { subaccountFor } from './accounts.js';
import { type BuiltInCanister, query, update } from './built-in.js';
import { createFor, cyclesLedgerFee, type SubnetChoice, SubnetSelection } from './cycles-ledger.js';
import { Blob } from './icrc.js';
import type { TokenLedger } from './token-ledger.js';

const cyclesMintingId = Principal.fromText('rkp4c-7iaaa-aaaaa-aaaca-cai');

/** Ten-thousandths of an SDR for one ICP, and so cycles for 10^-8 ICP: fixed here. */
const rate = 50_000n;
/** Memos that state a payment's purpose: "MINT", "CREA", "TPUP" as little-endian numbers. */
const memos = { mint: 0x544e494dn, create: 0x41455243n, topUp: 0x50555054n };

const { Nat, Nat64, Null, Opt, Record, Text, Variant, Vec } = IDL;
const NotifyError = Variant({
  Refunded: Record({ reason: Text, block_index: Opt(Nat64) }),
  Processing: Null,
  TransactionTooOld: Nat64,
  InvalidTransaction: Text,
  Other: Record({ error_code: Nat64, error_message: Text }),
});
const Ok = (type: IDL.Type) => Variant({ Ok: type, Err: NotifyError });
const Minted = Record({ balance: Nat, block_index: Nat, minted: Nat });

const Rate = Record({ timestamp_seconds: Nat64, xdr_permyriad_per_icp: Nat64 });

/** A payment does not match the request; the text says why. */
class InvalidPayment extends Error {}

export function cyclesMinting(services: Services, icp: TokenLedger, cycles: TokenLedger): BuiltInCanister {
  const { state } = services;
  /** Results of payments, by block: asking again gives the same answer. */
  const done = new Map<string, unknown>(state.store.restored('minting/'));
  let minted = (state.store.restored('minted')[0]?.[1] as bigint | undefined) ?? 0n;
  const subnets = () => [Principal.fromUint8Array(state.keys.subnetId)];

  /** Passes a payment's cycles to `use`; if that succeeds, the payment is burned. Throws InvalidPayment. */
  const redeem = <T>(block: bigint, payee: Principal, memo: bigint, time: bigint, use: (cycles: bigint) => T): T => {
    const payment = icp.block(block);
    const account = { owner: cyclesMintingId, subaccount: [subaccountFor(payee)] as [Uint8Array] };
    if (payment?.operation !== 'transfer') throw new InvalidPayment(`Block ${block} is not a transfer`);
    if (payment.to !== icp.key(account)) {
      throw new InvalidPayment(
        `Destination account in the block (${payment.to}) different than in the notification (${icp.key(account)})`,
      );
    }
    if (payment.memo !== memo) {
      throw new InvalidPayment(`The transaction has a memo of ${payment.memo}, but ${memo} is expected`);
    }
    const amount = payment.amount * rate;
    const result = use(amount);
    icp.burn(account, payment.amount, 0n, time);
    minted += amount;
    state.keep('minted', () => minted);
    return result;
  };

  const once = (block: bigint, work: () => unknown): unknown => {
    const known = done.get(`${block}`);
    if (known !== undefined) return known;
    try {
      const result = { Ok: work() };
      done.set(`${block}`, result);
      state.keep(`minting/${block}`, () => result);
      return result;
    } catch (error) {
      if (error instanceof InvalidPayment) return { Err: { InvalidTransaction: error.message } };
      if (error instanceof ManagementError) return { Err: { Refunded: { reason: error.message, block_index: [] } } };
      throw error;
    }
  };

  /** The rate, constant since the network's start, and the tree with the certified root for it. */
  const rateNow = { timestamp_seconds: state.clock.now() / 1_000_000_000n, xdr_permyriad_per_icp: rate };
  const rateTree = hashTree(new Map([['ICP_XDR_CONVERSION_RATE', Uint8Array.from(IDL.encode([Rate], [rateNow]))]]));

  return {
    id: cyclesMintingId,
    certifiedData: rootHash(rateTree),
    methods: {
      get_icp_xdr_conversion_rate: query(
        [],
        [
          Record({
            data: Rate,
            hash_tree: Blob,
            certificate: Blob,
          }),
        ],
        ({ certificate = new Uint8Array() }) => ({ data: rateNow, hash_tree: encodeCbor(rateTree), certificate }),
      ),
      get_default_subnets: query([], [Vec(IDL.Principal)], subnets),
      get_subnet_types_to_subnets: query([], [Record({ data: Vec(IDL.Tuple(Text, Vec(IDL.Principal))) })], () => ({
        data: [],
      })),
      get_principals_authorized_to_create_canisters_to_subnets: query(
        [],
        [Record({ data: Vec(IDL.Tuple(IDL.Principal, Vec(IDL.Principal))) })],
        () => ({ data: [] }),
      ),
      total_cycles_minted: query([], [Nat], () => minted),

      notify_mint_cycles: update(
        [Record({ block_index: Nat64, deposit_memo: Opt(Blob), to_subaccount: Opt(Blob) })],
        [Ok(Minted)],
        (call, args: { block_index: bigint; to_subaccount: [] | [Uint8Array] }) =>
          once(args.block_index, () =>
            redeem(args.block_index, call.caller, memos.mint, call.time, (amount) => {
              const to = { owner: call.caller, subaccount: args.to_subaccount };
              const block_index = cycles.mint(to, amount > cyclesLedgerFee ? amount - cyclesLedgerFee : 0n, call.time);
              return { minted: amount, block_index, balance: cycles.balanceOf(to) };
            }),
          ),
      ),

      notify_top_up: update(
        [Record({ block_index: Nat64, canister_id: IDL.Principal })],
        [Ok(Nat)],
        (call, args: { block_index: bigint; canister_id: Principal }) =>
          once(args.block_index, () => {
            const canister = state.find(args.canister_id);
            if (canister === undefined)
              throw new ManagementError(301, `Canister ${args.canister_id.toText()} not found`);
            return redeem(args.block_index, args.canister_id, memos.topUp, call.time, (amount) => {
              canister.cycles += amount;
              state.keepCanister(canister);
              return amount;
            });
          }),
      ),

      notify_create_canister: update(
        [
          Record({
            block_index: Nat64,
            controller: IDL.Principal,
            subnet_type: Opt(Text),
            subnet_selection: Opt(SubnetSelection),
            settings: Opt(CanisterSettings),
          }),
        ],
        [Ok(IDL.Principal)],
        (
          call,
          args: {
            block_index: bigint;
            controller: Principal;
            subnet_selection: [] | [SubnetChoice];
            settings: [] | [Partial<SettingsArgument>];
          },
        ) =>
          once(args.block_index, () =>
            redeem(args.block_index, args.controller, memos.create, call.time, (amount) =>
              createFor(services, args.controller, amount, args.settings[0], args.subnet_selection),
            ),
          ),
      ),

      create_canister: update(
        [
          Record({
            subnet_type: Opt(Text),
            subnet_selection: Opt(SubnetSelection),
            settings: Opt(CanisterSettings),
          }),
        ],
        [
          Variant({
            Ok: IDL.Principal,
            Err: Variant({ Refunded: Record({ refund_amount: Nat, create_error: Text }) }),
          }),
        ],
        (call, args: { subnet_selection: [] | [SubnetChoice]; settings: [] | [Partial<SettingsArgument>] }) => {
          const amount = call.cyclesAvailable;
          try {
            const id = createFor(services, call.caller, amount, args.settings[0], args.subnet_selection);
            call.accept(amount);
            return { Ok: id };
          } catch (error) {
            if (!(error instanceof ManagementError)) throw error;
            return { Err: { Refunded: { refund_amount: amount, create_error: error.message } } };
          }
        },
      ),
    },
  };
}

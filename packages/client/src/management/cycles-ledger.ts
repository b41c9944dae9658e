import { Actor, type ActorMethod, type HttpAgent } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import * as v from 'valibot';
import { check } from '../checks/checked.js';
import { principalOf } from '../checks/principal.js';
import { bigint, maybe, object, signal as someSignal, text, updatingAgent } from '../checks/shapes.js';
import { LlamaError } from '../errors.js';
import { pollingStrategy } from '../polling.js';
import { fromAgentError } from '../rejects.js';
import { abortable } from '../retry.js';
import type { SettingsInput } from './candid.js';
import { type CanisterSettings, settingsInput } from './management.js';

/** The cycles ledger of the main network. Source: dfinity/cycles-ledger. */
const CYCLES_LEDGER = 'um5iw-rqaaa-aaaaq-qaaba-cai';

interface LedgerError {
  [variant: string]: unknown;
}

interface CreateInput {
  from_subaccount: [];
  created_at_time: [bigint];
  amount: bigint;
  creation_args: [{ subnet_selection: [] | [{ Subnet: { subnet: Principal } }]; settings: [SettingsInput] }];
}

interface WithdrawInput {
  amount: bigint;
  from_subaccount: [];
  to: Principal;
  created_at_time: [bigint];
}

interface Ledger {
  icrc1_balance_of: ActorMethod<[{ owner: Principal; subaccount: [] }], bigint>;
  create_canister: ActorMethod<[CreateInput], { Ok: { canister_id: Principal } } | { Err: LedgerError }>;
  withdraw: ActorMethod<[WithdrawInput], { Ok: bigint } | { Err: LedgerError }>;
}

const ledgerInterface: IDL.InterfaceFactory = () => {
  const errors = {
    GenericError: IDL.Record({ message: IDL.Text, error_code: IDL.Nat }),
    TemporarilyUnavailable: IDL.Null,
    CreatedInFuture: IDL.Record({ ledger_time: IDL.Nat64 }),
    TooOld: IDL.Null,
    InsufficientFunds: IDL.Record({ balance: IDL.Nat }),
  };
  const settings = IDL.Record({
    controllers: IDL.Opt(IDL.Vec(IDL.Principal)),
    freezing_threshold: IDL.Opt(IDL.Nat),
    wasm_memory_limit: IDL.Opt(IDL.Nat),
  });
  const selection = IDL.Variant({
    Subnet: IDL.Record({ subnet: IDL.Principal }),
    Filter: IDL.Record({ subnet_type: IDL.Opt(IDL.Text) }),
  });
  const createError = IDL.Variant({
    ...errors,
    Duplicate: IDL.Record({ duplicate_of: IDL.Nat, canister_id: IDL.Opt(IDL.Principal) }),
    FailedToCreate: IDL.Record({
      error: IDL.Text,
      fee_block: IDL.Opt(IDL.Nat),
      refund_block: IDL.Opt(IDL.Nat),
    }),
  });
  const withdrawError = IDL.Variant({
    ...errors,
    Duplicate: IDL.Record({ duplicate_of: IDL.Nat }),
    BadFee: IDL.Record({ expected_fee: IDL.Nat }),
    InvalidReceiver: IDL.Record({ receiver: IDL.Principal }),
    FailedToWithdraw: IDL.Record({
      fee_block: IDL.Opt(IDL.Nat),
      rejection_code: IDL.Reserved,
      rejection_reason: IDL.Text,
    }),
  });
  return IDL.Service({
    icrc1_balance_of: IDL.Func(
      [IDL.Record({ owner: IDL.Principal, subaccount: IDL.Opt(IDL.Vec(IDL.Nat8)) })],
      [IDL.Nat],
      ['query'],
    ),
    create_canister: IDL.Func(
      [
        IDL.Record({
          from_subaccount: IDL.Opt(IDL.Vec(IDL.Nat8)),
          created_at_time: IDL.Opt(IDL.Nat64),
          amount: IDL.Nat,
          creation_args: IDL.Opt(IDL.Record({ subnet_selection: IDL.Opt(selection), settings: IDL.Opt(settings) })),
        }),
      ],
      [IDL.Variant({ Ok: IDL.Record({ block_id: IDL.Nat, canister_id: IDL.Principal }), Err: createError })],
      [],
    ),
    withdraw: IDL.Func(
      [
        IDL.Record({
          amount: IDL.Nat,
          from_subaccount: IDL.Opt(IDL.Vec(IDL.Nat8)),
          to: IDL.Principal,
          created_at_time: IDL.Opt(IDL.Nat64),
        }),
      ],
      [IDL.Variant({ Ok: IDL.Nat, Err: withdrawError })],
      [],
    ),
  });
};

const creation = v.strictObject({
  cycles: bigint,
  settings: maybe(object),
  createdAt: maybe(bigint),
  subnet: maybe(text),
  signal: maybe(someSignal),
});

function open(agent: HttpAgent): Ledger {
  check('agent', updatingAgent, agent);
  const callTransform = () => ({ pollingOptions: { strategy: pollingStrategy() } });
  return Actor.createActor<Ledger>(ledgerInterface, { agent, canisterId: CYCLES_LEDGER, callTransform });
}

async function through<T>(method: string, promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await abortable(promise, signal);
  } catch (error) {
    throw fromAgentError(error, { canisterId: CYCLES_LEDGER, method });
  }
}

/** Nanoseconds since 1970, by which ledgers distinguish repeated orders from new ones. */
export function ledgerTime(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

/** Cycles that a principal has on the cycles ledger. */
export async function cyclesBalance(agent: HttpAgent, owner: string, signal?: AbortSignal): Promise<bigint> {
  const account = { owner: principalOf('owner', owner), subaccount: [] as [] };
  return through('icrc1_balance_of', open(agent).icrc1_balance_of(account), signal);
}

async function refusal(agent: HttpAgent, doing: string, amount: bigint, error: LedgerError): Promise<LlamaError> {
  const [kind = 'unknown'] = Object.keys(error);
  const value = error[kind];
  if (kind === 'InsufficientFunds') {
    const { balance } = value as { balance: bigint };
    const principal = (await agent.getPrincipal()).toText();
    const message = `${doing} takes ${amount} cycles, and ${principal} has ${balance} on the cycles ledger`;
    return new LlamaError('cycles', 'LEDGER_BALANCE_SHORT', message, {
      value: { balance, amount },
      next: `Send cycles to ${principal} on the cycles ledger (icp cycles transfer), or ask for fewer (--cycles).`,
    });
  }
  const detail = JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
  return new LlamaError('refused', 'LEDGER_REFUSED', `${doing}: the cycles ledger answered ${kind} ${detail}`, {
    value: error,
    next: 'Try again in a moment.',
  });
}

/**
 * Creates a canister, paid from the caller's balance on the cycles ledger. Returns its id. If the same order (caller,
 * `createdAt`, cycles and settings) is repeated within a day, for example because its answer was lost, no second
 * canister is created.
 */
export async function createFromLedger(
  agent: HttpAgent,
  options: {
    cycles: bigint;
    settings?: CanisterSettings;
    /** Nanoseconds since 1970; default: now. */
    createdAt?: bigint;
    /** Where to create it; default: the cycles minting canister chooses a subnet. */
    subnet?: string | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<string> {
  check('createFromLedger: options', creation, options);
  const selection: CreateInput['creation_args'][0]['subnet_selection'] =
    options.subnet === undefined ? [] : [{ Subnet: { subnet: principalOf('options.subnet', options.subnet) } }];
  const input: CreateInput = {
    from_subaccount: [],
    created_at_time: [options.createdAt ?? ledgerTime()],
    amount: options.cycles,
    creation_args: [{ subnet_selection: selection, settings: [settingsInput(options.settings ?? {})] }],
  };
  const result = await through('create_canister', open(agent).create_canister(input), options.signal);
  if ('Ok' in result) return result.Ok.canister_id.toText();
  const duplicate = result.Err.Duplicate as { canister_id: [] | [Principal] } | undefined;
  const [made] = duplicate?.canister_id ?? [];
  if (made) return made.toText();
  if (duplicate) {
    throw new LlamaError(
      'unknown',
      'LEDGER_PENDING',
      'the cycles ledger has this order and is still creating its canister',
      {
        value: result.Err,
        next: 'Ask again in a moment.',
      },
    );
  }
  throw await refusal(agent, 'creating a canister', options.cycles, result.Err);
}

/** Gives a canister cycles from the caller's balance on the cycles ledger. */
export async function topUpFromLedger(
  agent: HttpAgent,
  canisterId: string,
  cycles: bigint,
  signal?: AbortSignal,
): Promise<void> {
  check('topUpFromLedger: cycles', bigint, cycles);
  check('topUpFromLedger: signal', maybe(someSignal), signal);
  const input: WithdrawInput = {
    amount: cycles,
    from_subaccount: [],
    to: principalOf('canisterId', canisterId),
    created_at_time: [ledgerTime()],
  };
  const result = await through('withdraw', open(agent).withdraw(input), signal);
  if ('Err' in result) throw await refusal(agent, 'the top-up', cycles, result.Err);
}

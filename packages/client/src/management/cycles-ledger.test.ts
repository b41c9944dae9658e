import type { HttpAgent } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { expect, test } from 'vitest';
import { createFromLedger, topUpFromLedger } from './cycles-ledger.js';

const id = Principal.fromText('uxrrr-q7777-77774-qaaaq-cai');
const caller = Principal.fromText('2vxsx-fae');

// The ledger's own types, with more fields and variants than the client names, as its interface has them.
const CreateArgs = IDL.Record({
  from_subaccount: IDL.Opt(IDL.Vec(IDL.Nat8)),
  created_at_time: IDL.Opt(IDL.Nat64),
  amount: IDL.Nat,
  creation_args: IDL.Opt(
    IDL.Record({
      subnet_selection: IDL.Opt(IDL.Variant({ Subnet: IDL.Record({ subnet: IDL.Principal }) })),
      settings: IDL.Opt(
        IDL.Record({
          controllers: IDL.Opt(IDL.Vec(IDL.Principal)),
          freezing_threshold: IDL.Opt(IDL.Nat),
          wasm_memory_limit: IDL.Opt(IDL.Nat),
          compute_allocation: IDL.Opt(IDL.Nat),
        }),
      ),
    }),
  ),
});
const CreateResult = IDL.Variant({
  Ok: IDL.Record({ block_id: IDL.Nat, canister_id: IDL.Principal }),
  Err: IDL.Variant({
    InsufficientFunds: IDL.Record({ balance: IDL.Nat }),
    TooOld: IDL.Null,
  }),
});

function fakeLedger(reply: Uint8Array) {
  const sent: { ledger: string; method: string; arg: Uint8Array }[] = [];
  const agent = {
    getPrincipal: async () => caller,
    update: async (ledger: Principal, { methodName, arg }: { methodName: string; arg: Uint8Array }) => {
      sent.push({ ledger: ledger.toText(), method: methodName, arg });
      return { reply };
    },
  };
  return { agent: agent as unknown as HttpAgent, sent };
}

test('a canister is created with its settings and paid from the ledger', async () => {
  const reply = IDL.encode([CreateResult], [{ Ok: { block_id: 7n, canister_id: id } }]);
  const { agent, sent } = fakeLedger(reply);
  const settings = { controllers: [caller.toText()], wasmMemoryLimit: 9n };
  expect(await createFromLedger(agent, { cycles: 2n, settings })).toBe(id.toText());
  expect(sent[0]).toMatchObject({ ledger: 'um5iw-rqaaa-aaaaq-qaaba-cai', method: 'create_canister' });
  const [arg] = IDL.decode([CreateArgs], sent[0]!.arg) as unknown as [
    { amount: bigint; creation_args: [{ settings: [{ controllers: [Principal[]]; wasm_memory_limit: [bigint] }] }] },
  ];
  expect(arg.amount).toBe(2n);
  expect(arg.creation_args[0].settings[0].wasm_memory_limit).toEqual([9n]);
  expect(arg.creation_args[0].settings[0].controllers[0].map(String)).toEqual([caller.toText()]);
});

test('a balance that is too small is told, with whose it is', async () => {
  const reply = IDL.encode([CreateResult], [{ Err: { InsufficientFunds: { balance: 5n } } }]);
  await expect(createFromLedger(fakeLedger(reply).agent, { cycles: 9n })).rejects.toMatchObject({
    kind: 'cycles',
    code: 'LEDGER_BALANCE_SHORT',
    message: `creating a canister takes 9 cycles, and ${caller.toText()} has 5 on the cycles ledger`,
    next: expect.stringContaining(caller.toText()),
  });
});

test('an order that is given again is answered with the canister that it has', async () => {
  const Result = IDL.Variant({
    Ok: IDL.Record({ block_id: IDL.Nat, canister_id: IDL.Principal }),
    Err: IDL.Variant({ Duplicate: IDL.Record({ duplicate_of: IDL.Nat, canister_id: IDL.Opt(IDL.Principal) }) }),
  });
  const answer = (canister_id: [] | [Principal]) =>
    fakeLedger(IDL.encode([Result], [{ Err: { Duplicate: { duplicate_of: 7n, canister_id } } }]));
  const { agent, sent } = answer([id]);
  expect(await createFromLedger(agent, { cycles: 2n, createdAt: 5n })).toBe(id.toText());
  const [arg] = IDL.decode([CreateArgs], sent[0]!.arg) as unknown as [{ created_at_time: [bigint] }];
  expect(arg.created_at_time).toEqual([5n]);
  // The first of the two is still being worked on.
  await expect(createFromLedger(answer([]).agent, { cycles: 2n })).rejects.toMatchObject({ code: 'LEDGER_PENDING' });
});

test('other refusals keep the ledger’s word for them', async () => {
  const Result = IDL.Variant({ Ok: IDL.Nat, Err: IDL.Variant({ BadFee: IDL.Record({ expected_fee: IDL.Nat }) }) });
  const refused = fakeLedger(IDL.encode([Result], [{ Err: { BadFee: { expected_fee: 3n } } }]));
  await expect(topUpFromLedger(refused.agent, id.toText(), 9n)).rejects.toMatchObject({
    code: 'LEDGER_REFUSED',
    message: 'the top-up: the cycles ledger answered BadFee {"expected_fee":"3"}',
  });
  const done = fakeLedger(IDL.encode([Result], [{ Ok: 4n }]));
  await topUpFromLedger(done.agent, id.toText(), 9n);
  expect(done.sent[0]?.method).toBe('withdraw');
});

/** ic0: cycles and costs. */
import { IDL } from '@icp-sdk/core/candid';
import { contractViolation, cyclesTooBigFor64Bit } from '../errors.js';
import type { Execution } from '../execution.js';
import { callCost, creationCost, thresholdKeyFees } from '../fees.js';
import { liquidBalance } from '../freezing.js';
import {
  countsProblem,
  legacyFee,
  outcallFee,
  type Replication,
  type ReplicationCounts,
  usualCounts,
} from '../outcall-fees.js';
import type { Current } from './message.js';

const mintingCanister = 'rkp4c-7iaaa-aaaaa-aaaca-cai';
const unsigned = (value: bigint) => BigInt.asUintN(64, value);
const joined = (high: bigint, low: bigint) => (unsigned(high) << 64n) | unsigned(low);

/** 16 bytes, little-endian. */
function cyclesBytes(amount: bigint): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt.asUintN(64, amount), true);
  view.setBigUint64(8, BigInt.asUintN(64, amount >> 64n), true);
  return bytes;
}

const expectedUsage = IDL.Record({
  request_bytes: IDL.Nat64,
  http_roundtrip_time_ms: IDL.Nat64,
  raw_response_bytes: IDL.Nat64,
  transformed_response_bytes: IDL.Nat64,
  transform_instructions: IDL.Nat64,
  outcall_type: IDL.Opt(
    IDL.Variant({
      fully_replicated: IDL.Reserved,
      non_replicated: IDL.Reserved,
      flexible: IDL.Opt(IDL.Record({ total_requests: IDL.Nat32, min_responses: IDL.Nat32, max_responses: IDL.Nat32 })),
    }),
  ),
});

interface ExpectedUsage {
  request_bytes: bigint;
  http_roundtrip_time_ms: bigint;
  raw_response_bytes: bigint;
  transformed_response_bytes: bigint;
  transform_instructions: bigint;
  outcall_type: [] | [{ fully_replicated: null } | { non_replicated: null } | { flexible: [] | [ReplicationCounts] }];
}

function decodedUsage(bytes: Uint8Array): ExpectedUsage {
  try {
    return IDL.decode([expectedUsage], bytes)[0] as unknown as ExpectedUsage;
  } catch (error) {
    throw contractViolation(`ic0_cost_http_request_v2: failed to decode the parameters: ${(error as Error).message}`);
  }
}

/** The price of an outcall, from a canister's Candid. Throws ExecutionError. */
function expectedOutcallFee(bytes: Uint8Array): bigint {
  const expected = decodedUsage(bytes);
  const [type = { fully_replicated: null }] = expected.outcall_type;
  const usage = {
    rawBytes: expected.raw_response_bytes,
    milliseconds: expected.http_roundtrip_time_ms,
    instructions: expected.transform_instructions,
    transformedBytes: expected.transformed_response_bytes,
  };
  let replication: Replication = { kind: 'non_replicated' in type ? 'single' : 'full' };
  if ('flexible' in type) {
    const counts = type.flexible[0] ?? usualCounts;
    const problem = countsProblem(counts);
    if (problem !== undefined) throw contractViolation(`ic0_cost_http_request_v2: ${problem}`);
    replication = { kind: 'flexible', ...counts };
  }
  return outcallFee(expected.request_bytes, replication, usage);
}

export function cycleCalls(current: Current) {
  /** A quantity in its 64-bit and its 128-bit form. */
  const quantity = (name: string, of: (execution: Execution) => bigint) => ({
    [name]: (): bigint => {
      const execution = current();
      execution.enter(name);
      const amount = of(execution);
      if (amount >= 2n ** 64n) throw cyclesTooBigFor64Bit();
      return amount;
    },
    [`${name}128`]: (destination: number): void => {
      const execution = current();
      execution.enter(`${name}128`);
      execution.writeHeap(`ic0_${name}128`, destination, cyclesBytes(of(execution)));
    },
  });

  const accept = (execution: Execution, wanted: bigint): bigint => {
    const { call } = execution;
    const amount = wanted < call.cyclesAvailable ? wanted : call.cyclesAvailable;
    call.cyclesAvailable -= amount;
    execution.balance += amount;
    execution.effects.cyclesAccepted += amount;
    return amount;
  };

  const price =
    (name: string, of: (execution: Execution, a: bigint, b: bigint) => bigint) =>
    (a: bigint, b: bigint, destination: number) => {
      const execution = current();
      execution.enter(name);
      execution.writeHeap(`ic0_${name}`, destination, cyclesBytes(of(execution, unsigned(a), unsigned(b))));
    };

  /** 0 with the price at the destination; 1: there is no such curve, 2: no such key. */
  const signaturePrice =
    (name: string, curves: number) => (source: number, size: number, curve: number, destination: number) => {
      const execution = current();
      execution.enter(name, size);
      const key = Buffer.from(execution.readHeap(`ic0_${name}`, source, size)).toString('utf8');
      if (curve >= curves) return 1;
      const fee = thresholdKeyFees.get(key);
      if (fee === undefined) return 2;
      execution.writeHeap(`ic0_${name}`, destination, cyclesBytes(fee));
      return 0;
    };

  return {
    ...quantity('canister_cycle_balance', ({ balance }) => balance),
    ...quantity('msg_cycles_available', ({ call }) => call.cyclesAvailable),
    ...quantity('msg_cycles_refunded', ({ call }) => call.cyclesRefunded),

    canister_liquid_cycle_balance128(destination: number): void {
      const execution = current();
      execution.enter('canister_liquid_cycle_balance128');
      const amount = cyclesBytes(liquidBalance(execution));
      execution.writeHeap('ic0_canister_liquid_cycle_balance128', destination, amount);
    },

    msg_cycles_accept(amount: bigint): bigint {
      const execution = current();
      execution.enter('msg_cycles_accept');
      return accept(execution, unsigned(amount));
    },

    msg_cycles_accept128(high: bigint, low: bigint, destination: number): void {
      const execution = current();
      execution.enter('msg_cycles_accept128');
      const accepted = accept(execution, joined(high, low));
      execution.writeHeap('ic0_msg_cycles_accept128', destination, cyclesBytes(accepted));
    },

    /** The cycles minting canister's own; here it is no canister. */
    mint_cycles128(_high: bigint, _low: bigint, _destination: number): void {
      const execution = current();
      execution.enter('mint_cycles128');
      throw contractViolation(
        `ic0_mint_cycles128 cannot be executed on non Cycles Minting Canister: ${execution.canisterName} != ${mintingCanister}`,
      );
    },

    cycles_burn128(high: bigint, low: bigint, destination: number): void {
      const execution = current();
      execution.enter('cycles_burn128');
      const wanted = joined(high, low);
      const liquid = liquidBalance(execution);
      const burned = wanted < liquid ? wanted : liquid;
      execution.balance -= burned;
      execution.effects.cyclesSpent += burned;
      execution.effects.cyclesBurned += burned;
      execution.writeHeap('ic0_cycles_burn128', destination, cyclesBytes(burned));
    },

    cost_call: price('cost_call', ({ environment, limits, heap }, nameBytes, payloadBytes) => {
      const bytes = Number(nameBytes + payloadBytes);
      const cost = callCost(environment.fees, bytes, limits.updateReplyBytes, limits.updateInstructions, heap.memory64);
      return cost.request + cost.responseTransmission + cost.responseExecution;
    }),
    cost_http_request: price('cost_http_request', (_, request, response) => legacyFee(request, response)),
    cost_http_request_v2(source: number, size: number, destination: number): void {
      const execution = current();
      execution.enter('cost_http_request_v2', size);
      const fee = expectedOutcallFee(execution.readHeap('ic0_cost_http_request_v2', source, size).slice());
      execution.writeHeap('ic0_cost_http_request_v2', destination, cyclesBytes(fee));
    },
    cost_create_canister(destination: number): void {
      const execution = current();
      execution.enter('cost_create_canister');
      const price = cyclesBytes(creationCost(execution.environment.fees));
      execution.writeHeap('ic0_cost_create_canister', destination, price);
    },
    cost_sign_with_ecdsa: signaturePrice('cost_sign_with_ecdsa', 2),
    cost_sign_with_schnorr: signaturePrice('cost_sign_with_schnorr', 2),
    cost_vetkd_derive_key: signaturePrice('cost_vetkd_derive_key', 1),
  };
}

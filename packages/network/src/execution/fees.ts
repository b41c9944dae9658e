/** Prices in cycles on an application subnet of 13 nodes (developer-docs: references/cycle-costs). */

export interface FeeSchedule {
  /** Each executed message, and each of its instructions. */
  message: bigint;
  instruction: bigint;
  ingressMessage: bigint;
  ingressByte: bigint;
  call: bigint;
  callByte: bigint;
  canisterCreation: bigint;
  /** A GiB of memory for a second. */
  gibSecond: bigint;
  /** One per cent of compute allocation for a second. */
  computePercentSecond: bigint;
}

export const mainNetFees: Readonly<FeeSchedule> = {
  message: 5_000_000n,
  instruction: 1n,
  ingressMessage: 1_200_000n,
  ingressByte: 2_000n,
  call: 260_000n,
  callByte: 1_000n,
  canisterCreation: 500_000_000_000n,
  gibSecond: 127_000n,
  computePercentSecond: 10_000_000n,
};

/** All prices are zero: for tests that are not about cycles. */
export const noFees: Readonly<FeeSchedule> = {
  message: 0n,
  instruction: 0n,
  ingressMessage: 0n,
  ingressByte: 0n,
  call: 0n,
  callByte: 0n,
  canisterCreation: 0n,
  gibSecond: 0n,
  computePercentSecond: 0n,
};

/** The inputs of a canister's storage and compute fees. */
export interface Allocation {
  memoryAllocation: bigint;
  computeAllocation: bigint;
}

const gib = 2n ** 30n;

/** Cycles that `bytes` of memory and the allocations cost over `nanoseconds`, rounded down. */
export function resourceCost(
  fees: FeeSchedule,
  bytes: bigint,
  { memoryAllocation, computeAllocation }: Allocation,
  nanoseconds: bigint,
): bigint {
  const charged = bytes > memoryAllocation ? bytes : memoryAllocation;
  const memory = (charged * fees.gibSecond * nanoseconds) / gib;
  return (memory + computeAllocation * fees.computePercentSecond * nanoseconds) / 1_000_000_000n;
}

/** The cost of an execution of at most `instructions`; with a 64-bit memory an instruction costs twice as much. */
export function executionCost(fees: FeeSchedule, instructions: number, memory64: boolean): bigint {
  return fees.message + BigInt(instructions) * fees.instruction * (memory64 ? 2n : 1n);
}

/** A signature by the keys of each name: those of test subnets, and of the 34 nodes that hold the real ones. */
export const thresholdKeyFees: ReadonlyMap<string, bigint> = new Map([
  ['dfx_test_key', 10_000_000_000n],
  ['test_key_1', 10_000_000_000n],
  ['key_1', 26_153_846_153n],
]);

export function ingressCost(fees: FeeSchedule, bytes: number): bigint {
  return fees.ingressMessage + BigInt(bytes) * fees.ingressByte;
}

/**
 * The cost of sending a call: the request, the callback, and the largest response; the unused part of the last is
 * refunded.
 */
export function callCost(
  fees: FeeSchedule,
  payloadBytes: number,
  responseBytes: number,
  callbackInstructions: number,
  memory64: boolean,
) {
  const request = fees.call + BigInt(payloadBytes) * fees.callByte;
  const responseTransmission = BigInt(responseBytes) * fees.callByte;
  const responseExecution = executionCost(fees, callbackInstructions, memory64);
  return { request, responseTransmission, responseExecution };
}

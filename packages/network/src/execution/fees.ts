/**
 * Prices in cycles on an application subnet of 13 nodes (dfinity/ic: rs/config/src/subnet_config.rs,
 * CyclesAccountManagerConfig; #10292 for the fee of each canister). The only other tables are the client's and the
 * canister's, which test/fees.test.ts compares with this one.
 */

export interface FeeSchedule {
  /** The subnet's nodes: prices are in proportion to those of 13. */
  nodes: bigint;
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
  /** A canister for a second, whatever it has in its memory. */
  canisterSecond: bigint;
  /** One per cent of compute allocation for a second. */
  computePercentSecond: bigint;
}

/** The nodes that the prices are for. */
const referenceNodes = 13n;

export const mainNetFees: Readonly<FeeSchedule> = {
  nodes: referenceNodes,
  message: 5_000_000n,
  instruction: 1n,
  ingressMessage: 1_200_000n,
  ingressByte: 2_000n,
  call: 260_000n,
  callByte: 1_000n,
  canisterCreation: 500_000_000_000n,
  gibSecond: 317_500n,
  canisterSecond: 10_000n,
  computePercentSecond: 10_000_000n,
};

/** All prices are zero, as on a cloud engine (dfinity/ic: CanisterCyclesCostSchedule::Free). */
export const noFees: Readonly<FeeSchedule> = {
  nodes: referenceNodes,
  message: 0n,
  instruction: 0n,
  ingressMessage: 0n,
  ingressByte: 0n,
  call: 0n,
  callByte: 0n,
  canisterCreation: 0n,
  gibSecond: 0n,
  canisterSecond: 0n,
  computePercentSecond: 0n,
};

/** Cycles on the subnet, from those on one of 13 nodes; rounded down (dfinity/ic: cycles_account_manager, scale_cost). */
function scaled({ nodes }: FeeSchedule, cycles: bigint): bigint {
  return (cycles * nodes) / referenceNodes;
}

/** The cost of creating a canister. */
export const creationCost = (fees: FeeSchedule): bigint => scaled(fees, fees.canisterCreation);

/** The cost of instructions that are not executed in a canister. */
export const instructionsCost = (fees: FeeSchedule, instructions: bigint): bigint =>
  scaled(fees, fees.instruction * instructions);

/** The cost of sending so many bytes back with a reply. */
export const replyCost = (fees: FeeSchedule, bytes: number): bigint => scaled(fees, fees.callByte * BigInt(bytes));

/** The cost of sending a call with so many bytes. */
export const requestCost = (fees: FeeSchedule, bytes: number): bigint =>
  scaled(fees, fees.call + fees.callByte * BigInt(bytes));

/** The inputs of a canister's storage and compute fees. */
export interface Allocation {
  memoryAllocation: bigint;
  computeAllocation: bigint;
}

const gib = 2n ** 30n;

/** Cycles that a canister with `bytes` of memory and its allocations costs over `nanoseconds`, rounded down. */
export function resourceCost(
  fees: FeeSchedule,
  bytes: bigint,
  { memoryAllocation, computeAllocation }: Allocation,
  nanoseconds: bigint,
): bigint {
  const charged = bytes > memoryAllocation ? bytes : memoryAllocation;
  const memory = (charged * fees.gibSecond * nanoseconds) / gib;
  const canister = charged > 0n ? fees.canisterSecond * nanoseconds : 0n;
  const compute = computeAllocation * fees.computePercentSecond * nanoseconds;
  return scaled(fees, (memory + canister + compute) / 1_000_000_000n);
}

/** The cost of an execution of at most `instructions`; with a 64-bit memory an instruction costs twice as much. */
export function executionCost(fees: FeeSchedule, instructions: number, memory64: boolean): bigint {
  return scaled(fees, fees.message + BigInt(instructions) * fees.instruction * (memory64 ? 2n : 1n));
}

/** A signature by the keys of each name: those of test subnets, and of the 34 nodes that hold the real ones. */
export const thresholdKeyFees: ReadonlyMap<string, bigint> = new Map([
  ['dfx_test_key', 10_000_000_000n],
  ['test_key_1', 10_000_000_000n],
  ['key_1', 26_153_846_153n],
]);

export function ingressCost(fees: FeeSchedule, bytes: number): bigint {
  return scaled(fees, fees.ingressMessage + BigInt(bytes) * fees.ingressByte);
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
  const request = requestCost(fees, payloadBytes);
  const responseTransmission = replyCost(fees, responseBytes);
  const responseExecution = executionCost(fees, callbackInstructions, memory64);
  return { request, responseTransmission, responseExecution };
}

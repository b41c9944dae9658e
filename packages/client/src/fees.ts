// What the main network charges. Source: dfinity/ic, rs/config/src/subnet_config.rs (CyclesAccountManagerConfig,
// application_subnet) and #10292 for the base fee; developer-docs, "Cycle costs".

import * as v from 'valibot';
import { check } from './checks/checked.js';
import { bigint, whole } from './checks/shapes.js';

/** Cycles on an application subnet of 13 nodes. test/fees.test.ts compares them with the local network's. */
export const FEES = {
  /** Each executed update message, and each of its instructions. */
  message: 5_000_000n,
  instruction: 1n,
  ingressMessage: 1_200_000n,
  ingressByte: 2_000n,
  canisterCreation: 500_000_000_000n,
  /** A GiB of memory for a second. */
  gibSecond: 317_500n,
  /** Each canister for a second, whatever it has in its memory. */
  canisterSecond: 10_000n,
} as const;

/** The nodes of the subnet that the prices are for. */
export const FEE_NODES = 13;

const GIB = 1n << 30n;
const nodesOfSubnet = v.pipe(whole, v.maxValue(1000, 'a whole number from 0 to 1000'));

/**
 * Cycles on a subnet of `nodes` nodes, from those on one of 13: in proportion, rounded down. 0 nodes stand for a cloud
 * engine, whose canisters are charged nothing. Source: dfinity/ic, cycles_account_manager, `scale_cost`.
 */
export function cyclesOn(nodes: number, cycles: bigint): bigint {
  check('cyclesOn: nodes', nodesOfSubnet, nodes);
  check('cyclesOn: cycles', bigint, cycles);
  return (cycles * BigInt(nodes)) / BigInt(FEE_NODES);
}

/** Cycles for `bytes` bytes of memory during `seconds` seconds, on 13 nodes. */
export function storageCycles(bytes: bigint, seconds: bigint): bigint {
  check('storageCycles: bytes', bigint, bytes);
  check('storageCycles: seconds', bigint, seconds);
  return (bytes * seconds * FEES.gibSecond) / GIB;
}

/** Cycles of a canister that has `bytes` bytes of memory and does nothing for `seconds` seconds, on 13 nodes. */
export function idleCycles(bytes: bigint, seconds: bigint): bigint {
  return storageCycles(bytes, seconds) + FEES.canisterSecond * seconds;
}

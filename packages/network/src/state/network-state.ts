/** Everything that exists on a network: its keys, its clock, its canisters. */
import { Principal } from '@icp-sdk/core/principal';
import type { Clock } from '../clock.js';
import type { FeeSchedule } from '../execution/fees.js';
import type { ExecutionLimits } from '../execution/limits.js';
import type { CanisterProcess } from '../execution/process.js';
import type { NetworkKeys } from '../protocol/keys.js';
import type { Canister } from './canister.js';
import type { Metrics } from './metrics.js';

/** Canister ids are a number in 8 bytes, big-endian, and these two. */
const idSuffix = [0x01, 0x01];
/** Ids that are handed out begin here, where dfx's local networks begin too. */
const firstId = 0x8000_0000_0010_0000n;

function canisterId(number: bigint): Principal {
  const bytes = Buffer.alloc(10);
  bytes.writeBigUInt64BE(number);
  bytes.set(idSuffix, 8);
  return Principal.fromUint8Array(bytes);
}

/** The range of all ids that canisters of this network can have. */
export const canisterRange: readonly [low: Principal, high: Principal] = [canisterId(0n), canisterId(2n ** 64n - 1n)];

export function isCanisterId(id: Principal): boolean {
  const bytes = id.toUint8Array();
  return bytes.length === 10 && bytes[8] === idSuffix[0] && bytes[9] === idSuffix[1];
}

export interface NetworkParts {
  keys: NetworkKeys;
  clock: Clock;
  fees: FeeSchedule;
  limits: ExecutionLimits;
  metrics: Metrics;
  /** Starts a process for a canister that gets code. */
  startProcess: () => CanisterProcess;
}

export class NetworkState implements NetworkParts {
  readonly keys: NetworkKeys;
  readonly clock: Clock;
  readonly fees: FeeSchedule;
  readonly limits: ExecutionLimits;
  readonly metrics: Metrics;
  readonly startProcess: () => CanisterProcess;
  /** By textual id. */
  readonly canisters = new Map<string, Canister>();
  private nextId = firstId;

  constructor(parts: NetworkParts) {
    this.keys = parts.keys;
    this.clock = parts.clock;
    this.fees = parts.fees;
    this.limits = parts.limits;
    this.metrics = parts.metrics;
    this.startProcess = parts.startProcess;
  }

  find(id: Principal): Canister | undefined {
    return this.canisters.get(id.toText());
  }

  /** An id that no canister has. */
  freshId(): Principal {
    for (;;) {
      const id = canisterId(this.nextId++);
      if (this.find(id) === undefined) return id;
    }
  }
}

/** The management canister's answers about the subnet and about canisters' code and spending. */
import { Principal } from '@icp-sdk/core/principal';
import { ErrorCode } from '../execution/errors.js';
import type { Canister } from '../state/canister.js';
import { subnetMetrics as metricsOf } from '../state/subnet-metrics.js';
import {
  type ByCanister,
  type ManagementCall,
  ManagementError,
  type ManagementResult,
  type Services,
} from './types.js';

const day = 86_400_000_000_000n;

export interface BySubnet {
  subnet_id: Principal;
}

/** There is one subnet. Throws ManagementError. */
function checkSubnet({ state }: Services, { subnet_id }: BySubnet): void {
  const own = Principal.fromUint8Array(state.keys.subnetId).toText();
  if (subnet_id.toText() === own) return;
  throw new ManagementError(
    ErrorCode.canisterRejected,
    `Provided target subnet ID ${subnet_id.toText()} does not match current subnet ID ${own}.`,
  );
}

export function subnetInfo(services: Services, call: ManagementCall<BySubnet>): ManagementResult {
  checkSubnet(services, call.argument);
  return { value: { replica_version: 'llama-canister-network', registry_version: 1n } };
}

export function subnetMetrics(services: Services, call: ManagementCall<BySubnet>): ManagementResult {
  checkSubnet(services, call.argument);
  const { state } = services;
  const { canisters, stateBytes, consumedCycles, updates } = metricsOf(state);
  return {
    value: {
      block_height: state.metrics.methods.reduce((sum, { count }) => sum + BigInt(count), 0n),
      num_canisters: BigInt(canisters),
      canister_state_bytes: stateBytes,
      consumed_cycles_total: consumedCycles,
      update_transactions_total: updates,
    },
  };
}

/** The one node makes every block: one record for the last midnight, if the caller's range includes it. */
export function nodeMetricsHistory(
  services: Services,
  call: ManagementCall<BySubnet & { start_at_timestamp_nanos: bigint }>,
): ManagementResult {
  checkSubnet(services, call.argument);
  const { state } = services;
  const now = state.clock.now();
  const midnight = now - (now % day);
  if (midnight < call.argument.start_at_timestamp_nanos) return { value: [] };
  const blocks = state.metrics.methods.reduce((sum, { count }) => sum + BigInt(count), 0n);
  const node = {
    node_id: Principal.fromUint8Array(state.keys.nodeId),
    num_blocks_proposed_total: blocks,
    num_block_failures_total: 0n,
  };
  return { value: [{ timestamp_nanos: midnight, node_metrics: [node] }] };
}

/** Ranges of ids in use; ids that follow each other are one range. */
export function listCanisters({ state }: Services): ManagementResult {
  const ids = [...state.canisters.values()].map(({ id }) => id.toUint8Array()).sort(Buffer.compare);
  const number = (id: Uint8Array) => (id.length === 10 ? Buffer.from(id).readBigUInt64BE() : undefined);
  const ranges: { start: Uint8Array; end: Uint8Array }[] = [];
  for (const id of ids) {
    const last = ranges.at(-1);
    const [before, here] = [last && number(last.end), number(id)];
    const same = last && Buffer.compare(last.end.subarray(8), id.subarray(8)) === 0;
    if (same && before !== undefined && here === before + 1n) last.end = id;
    else ranges.push({ start: id, end: id });
  }
  const principals = ranges.map(({ start, end }) => ({
    start: Principal.fromUint8Array(start),
    end: Principal.fromUint8Array(end),
  }));
  return { value: { canisters: principals } };
}

export function canisterMetrics(_: Services, __: ManagementCall<ByCanister>, canister: Canister): ManagementResult {
  return { value: { cycles_consumed: canister.consumed.cycles } };
}

/** A custom section of a canister's module; private ones for controllers only. */
export function canisterMetadata(
  _: Services,
  call: ManagementCall<ByCanister & { name: string }>,
  canister: Canister,
): ManagementResult {
  const { name } = call.argument;
  if (canister.module === undefined) {
    throw new ManagementError(ErrorCode.noWasmModule, `Canister ${canister.name} contains no Wasm module.`);
  }
  const section = canister.module.info.metadata.find((each) => each.name === name);
  const hidden = section?.visibility === 'private' && !canister.isController(call.caller);
  if (section === undefined || hidden) {
    throw new ManagementError(
      ErrorCode.canisterRejected,
      hidden
        ? `Only controllers of canister ${canister.name} can read its private metadata section ${name}.`
        : `The canister ${canister.name} has no metadata section with the name ${name}.`,
    );
  }
  return { value: { value: section.bytes } };
}

/** The subnet's metrics: for the state tree and for the management canister. */
import type { NetworkState } from './network-state.js';

export interface SubnetMetrics {
  canisters: number;
  /** Bytes of all canisters' memory. */
  stateBytes: bigint;
  /** Cycles that the canisters there are, and those that were deleted, have paid. */
  consumedCycles: bigint;
  /** Replicated executions since the network's start. */
  updates: bigint;
}

/** Kinds of executions that keep no changes: they are not counted. */
const notReplicated = new Set(['query', 'compositeQuery', 'compositeReply', 'compositeReject', 'inspect']);

export function subnetMetrics({ canisters, metrics, consumedByDeleted }: NetworkState): SubnetMetrics {
  const all = [...canisters.values()];
  const updates = metrics.methods.filter(({ kind }) => !notReplicated.has(kind));
  return {
    canisters: all.length,
    stateBytes: all.reduce((sum, { memoryBytes }) => sum + BigInt(memoryBytes), 0n),
    consumedCycles: all.reduce((sum, { consumed }) => sum + consumed.total, consumedByDeleted),
    updates: updates.reduce((sum, { count }) => sum + BigInt(count), 0n),
  };
}

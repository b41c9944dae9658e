import type { HttpAgent } from '@icp-sdk/core/agent';
import { Principal } from '@icp-sdk/core/principal';
import type { SnapshotValue } from './candid.js';
import { callManagement, hexOf } from './management.js';

/** A copy of a canister as it was: its program, its memories, its globals. The network keeps it beside the canister. */
export interface Snapshot {
  /** Hexadecimal digits, as the official command line writes it. */
  id: string;
  taken: Date;
  /** Bytes, for which the canister pays as for its own. */
  size: bigint;
}

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));

const snapshotOf = ({ id, taken_at_timestamp, total_size }: SnapshotValue): Snapshot => ({
  id: hexOf(Uint8Array.from(id)),
  taken: new Date(Number(taken_at_timestamp / 1_000_000n)),
  size: total_size,
});

/**
 * Takes a snapshot of a canister, which should be stopped: what it is in the middle of is not in it. A canister has room for
 * ten or so.
 *
 * @param replaced  a snapshot that makes room for it
 */
export async function takeSnapshot(
  agent: HttpAgent,
  canisterId: string,
  { replaced, signal }: { replaced?: string | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Snapshot> {
  const canister = Principal.fromText(canisterId);
  const arg = { canister_id: canister, replace_snapshot: replaced === undefined ? [] : [bytesOf(replaced)] };
  return snapshotOf(await callManagement(agent, 'take_canister_snapshot', canister, arg, signal));
}

/** The snapshots of a canister, the oldest first. */
export async function listSnapshots(agent: HttpAgent, canisterId: string, signal?: AbortSignal): Promise<Snapshot[]> {
  const canister = Principal.fromText(canisterId);
  const arg = { canister_id: canister };
  const values = await callManagement<SnapshotValue[]>(agent, 'list_canister_snapshots', canister, arg, signal);
  return values.map(snapshotOf).sort((a, b) => a.taken.getTime() - b.taken.getTime());
}

/** Makes a canister what it was when the snapshot was taken; it has to be stopped. */
export async function loadSnapshot(
  agent: HttpAgent,
  canisterId: string,
  snapshot: string,
  signal?: AbortSignal,
): Promise<void> {
  const canister = Principal.fromText(canisterId);
  const arg = { canister_id: canister, snapshot_id: bytesOf(snapshot) };
  await callManagement(agent, 'load_canister_snapshot', canister, arg, signal);
}

export async function deleteSnapshot(
  agent: HttpAgent,
  canisterId: string,
  snapshot: string,
  signal?: AbortSignal,
): Promise<void> {
  const canister = Principal.fromText(canisterId);
  const arg = { canister_id: canister, snapshot_id: bytesOf(snapshot) };
  await callManagement(agent, 'delete_canister_snapshot', canister, arg, signal);
}

import type { HttpAgent } from '@icp-sdk/core/agent';
import { badArgument, check, record, shown } from '../checks/checked.js';
import { principalOf } from '../checks/principal.js';
import { maybe, signal as someSignal, text } from '../checks/shapes.js';
import type { SnapshotValue } from './candid.js';
import { callManagement, hexOf } from './management.js';

/** A copy of a canister's state: its program, memories and globals. The network keeps it beside the canister. */
export interface Snapshot {
  /** Hexadecimal digits, as the official command line writes it. */
  id: string;
  taken: Date;
  /** Bytes, which the canister pays for like its own. */
  size: bigint;
}

export interface SnapshotOptions {
  /** A snapshot to replace. */
  replaced?: string | undefined;
  signal?: AbortSignal | undefined;
}

const snapshotOptions = record<SnapshotOptions>()({ replaced: maybe(text), signal: maybe(someSignal) });

/** The bytes of a snapshot's identifier. Errors: `BAD_ARGUMENT`. */
function bytesOf(where: string, hex: string): Uint8Array {
  if (typeof hex !== 'string' || !/^(?:[0-9a-f]{2})+$/i.test(hex))
    throw badArgument(where, `expected hexadecimal digits, got ${shown(hex)}`, hex);
  return Uint8Array.from(hex.match(/../g)!, (digits) => Number.parseInt(digits, 16));
}

const snapshotOf = ({ id, taken_at_timestamp, total_size }: SnapshotValue): Snapshot => ({
  id: hexOf(Uint8Array.from(id)),
  taken: new Date(Number(taken_at_timestamp / 1_000_000n)),
  size: total_size,
});

/**
 * Takes a snapshot of a canister, which should be stopped: a snapshot does not include running calls. A canister has
 * room for about ten.
 *
 * Errors: `BAD_ARGUMENT`, `BAD_PRINCIPAL`.
 */
export async function takeSnapshot(
  agent: HttpAgent,
  canisterId: string,
  options: SnapshotOptions = {},
): Promise<Snapshot> {
  check('takeSnapshot: options', snapshotOptions, options);
  const { replaced, signal } = options;
  const canister = principalOf('canisterId', canisterId);
  const arg = {
    canister_id: canister,
    replace_snapshot: replaced === undefined ? [] : [bytesOf('takeSnapshot: options.replaced', replaced)],
  };
  return snapshotOf(await callManagement(agent, 'take_canister_snapshot', canister, arg, signal));
}

/** The snapshots of a canister, the oldest first. */
export async function listSnapshots(agent: HttpAgent, canisterId: string, signal?: AbortSignal): Promise<Snapshot[]> {
  const canister = principalOf('canisterId', canisterId);
  const arg = { canister_id: canister };
  const values = await callManagement<SnapshotValue[]>(agent, 'list_canister_snapshots', canister, arg, signal);
  return values.map(snapshotOf).sort((a, b) => a.taken.getTime() - b.taken.getTime());
}

/** Restores a canister's state from a snapshot; the canister has to be stopped. */
export async function loadSnapshot(
  agent: HttpAgent,
  canisterId: string,
  snapshot: string,
  signal?: AbortSignal,
): Promise<void> {
  const canister = principalOf('canisterId', canisterId);
  const arg = { canister_id: canister, snapshot_id: bytesOf('loadSnapshot: snapshot', snapshot) };
  await callManagement(agent, 'load_canister_snapshot', canister, arg, signal);
}

export async function deleteSnapshot(
  agent: HttpAgent,
  canisterId: string,
  snapshot: string,
  signal?: AbortSignal,
): Promise<void> {
  const canister = principalOf('canisterId', canisterId);
  const arg = { canister_id: canister, snapshot_id: bytesOf('deleteSnapshot: snapshot', snapshot) };
  await callManagement(agent, 'delete_canister_snapshot', canister, arg, signal);
}

/** take_canister_snapshot, load_canister_snapshot, list_canister_snapshots, delete_canister_snapshot. */
import { createHash } from 'node:crypto';
import { Principal } from '@icp-sdk/core/principal';
import { ErrorCode } from '../execution/errors.js';
import { instructionsCost } from '../execution/fees.js';
import { cannotAfford } from '../state/billing.js';
import type { Canister } from '../state/canister.js';
import { keepMemory, keepModule, keepSnapshot } from '../state/kept-canisters.js';
import { mayRead } from '../state/settings.js';
import { keepBytes, keepImage, readBytes, readImage, type Snapshot, snapshotName } from '../state/snapshots.js';
import { removeCode } from './code.js';
import { note } from './history.js';
import {
  type ByCanister,
  type ManagementCall,
  ManagementError,
  type ManagementResult,
  type Services,
} from './types.js';
import { checkUploaded } from './uploaded-globals.js';

const maxSnapshots = 10;

/** What taking or loading a snapshot counts as, beside an instruction for each of its bytes (dfinity/ic: subnet_config.rs). */
const snapshotInstructions = 2_000_000_000n;

/** Charges for a snapshot, unless the canister would freeze then, or with so many more bytes. Throws ManagementError. */
function pay({ state }: Services, canister: Canister, snapshotBytes: number, moreBytes: number): void {
  const cost = instructionsCost(state.fees, snapshotInstructions + BigInt(snapshotBytes));
  const error = cannotAfford(state, canister, cost, moreBytes);
  if (error !== undefined) throw new ManagementError(error.code, error.message);
  canister.cycles -= cost;
  canister.consumed.add('instructions', cost);
}

export interface BySnapshot extends ByCanister {
  snapshot_id: Uint8Array;
}

function described({ id, takenAt, totalBytes }: Snapshot) {
  return { id, taken_at_timestamp: takenAt, total_size: BigInt(totalBytes) };
}

export function found(canister: Canister, id: Uint8Array): Snapshot {
  const snapshot = canister.snapshots.get(snapshotName(id));
  if (snapshot !== undefined) return snapshot;
  throw new ManagementError(
    ErrorCode.snapshotNotFound,
    `Could not find the snapshot ID ${snapshotName(id)} for canister ${canister.name}`,
  );
}

/** A number of its own for each snapshot, and the canister's id. */
function newId(canister: Canister): Uint8Array {
  const id = Buffer.alloc(8);
  id.writeBigUInt64BE(canister.snapshotsTaken++);
  return Uint8Array.from(Buffer.concat([id, canister.id.toUint8Array()]));
}

/** The canister whose id is part of a snapshot's id. */
function ownerOf(id: Uint8Array): Principal {
  return Principal.fromUint8Array(id.slice(8));
}

function remove({ state }: Services, canister: Canister, { id }: Snapshot): void {
  canister.snapshots.delete(snapshotName(id));
  keepSnapshot(state.store, canister, snapshotName(id));
}

/** Refuses a snapshot beyond the maximum number, and a replacement of an unknown one. */
function checkRoom(canister: Canister, replace: [] | [Uint8Array]): void {
  if (replace[0] !== undefined) found(canister, replace[0]);
  else if (canister.snapshots.size >= maxSnapshots) {
    throw new ManagementError(
      ErrorCode.canisterRejected,
      `Canister ${canister.name} has reached the maximum number of snapshots allowed: ${maxSnapshots}.`,
    );
  }
}

/** Gives a snapshot an id and a place; it may replace another. Throws ManagementError. */
export function addSnapshot(
  services: Services,
  canister: Canister,
  replace: [] | [Uint8Array],
  content: Omit<Snapshot, 'id'>,
): Snapshot {
  checkRoom(canister, replace);
  if (replace[0] !== undefined) remove(services, canister, found(canister, replace[0]));
  const snapshot = { ...content, id: newId(canister) };
  const name = snapshotName(snapshot.id);
  canister.snapshots.set(name, snapshot);
  keepSnapshot(services.state.store, canister, name);
  return snapshot;
}

/** A snapshot of this canister, or of another one of the same caller's. */
function loadable({ state }: Services, caller: Principal, canister: Canister, id: Uint8Array): Snapshot {
  const name = snapshotName(id);
  const own = canister.snapshots.get(name);
  if (own !== undefined) return own;
  const owner = [...state.canisters.values()].find(({ snapshots }) => snapshots.has(name));
  if (owner === undefined) return found(canister, id);
  if (!owner.isController(caller)) {
    throw new ManagementError(
      ErrorCode.canisterRejected,
      `The snapshot ${name} belongs to canister ${owner.name}, and only controllers of both canisters can load it into ${canister.name}`,
    );
  }
  return owner.snapshots.get(name)!;
}

export function takeSnapshot(
  services: Services,
  call: ManagementCall<ByCanister & { replace_snapshot: [] | [Uint8Array]; uninstall_code: [] | [boolean] }>,
  canister: Canister,
): Promise<ManagementResult> {
  const { state, scheduler } = services;
  return scheduler.executor.exclusively(canister, async () => {
    const { replace_snapshot: replace, uninstall_code: uninstall } = call.argument;
    checkRoom(canister, replace);
    if (canister.module === undefined) {
      throw new ManagementError(
        ErrorCode.noWasmModule,
        `Failed to create snapshot for canister ${canister.name} because the canister contains no Wasm module.`,
      );
    }
    const totalBytes = canister.memory.heap + canister.memory.stable + canister.module.bytes + canister.chunkBytes;
    const replaced = replace[0] === undefined ? 0 : found(canister, replace[0]).totalBytes;
    pay(services, canister, totalBytes, totalBytes - replaced);
    const image = await (await state.process(canister)).image();
    const chunks = [...canister.chunks].map(([hash, chunk]): Snapshot['chunks'][number] => [
      hash,
      keepBytes(state.store, chunk),
    ]);
    const snapshot = addSnapshot(services, canister, replace, {
      takenAt: state.clock.now(),
      canisterVersion: canister.version,
      totalBytes,
      certifiedData: canister.certifiedData,
      chunks,
      ...keepImage(state.store, image),
    });
    if (uninstall[0] === true) {
      await removeCode(services, canister);
      note(state, canister, call, { code_uninstall: null });
    }
    return { value: described(snapshot) };
  });
}

/** Restores code, memory, certified data and chunks; a snapshot that was taken leaves the timer as it is. */
export function loadSnapshot(
  services: Services,
  call: ManagementCall<BySnapshot>,
  canister: Canister,
): Promise<ManagementResult> {
  const { state, scheduler, timers } = services;
  return scheduler.executor.exclusively(canister, async () => {
    const snapshot = loadable(services, call.caller, canister, call.argument.snapshot_id);
    const image = readImage(state.store, snapshot);
    checkUploaded(snapshot, image, state);
    const own = canister.memory.heap + canister.memory.stable + (canister.module?.bytes ?? 0) + canister.chunkBytes;
    pay(services, canister, snapshot.totalBytes, snapshot.totalBytes - own);
    const { memory, module, saved } = await (await state.process(canister)).load(image);
    const hash = createHash('sha256').update(image.wasm).digest();
    const blob = state.store.keepBlob(image.wasm);
    canister.module = { hash, bytes: image.wasm.length, info: module, installedAt: state.clock.now(), blob };
    canister.memory = memory;
    if (saved !== undefined) {
      canister.globals = saved.globals;
      keepMemory(state.store, canister, saved);
    }
    canister.certifiedData = snapshot.certifiedData;
    canister.chunks.clear();
    for (const [key, chunk] of snapshot.chunks) canister.chunks.set(key, readBytes(state.store, chunk));
    // Only an uploaded snapshot sets the timer and the hook (interface specification, load_canister_snapshot).
    canister.globalTimer = snapshot.uploaded?.globalTimer ?? canister.globalTimer;
    canister.lowMemoryTold = snapshot.uploaded?.lowMemoryTold ?? canister.lowMemoryTold;
    canister.version += 1n;
    keepModule(state.store, canister);
    const { id, takenAt, canisterVersion, uploaded } = snapshot;
    const details = {
      from_canister_id: canister.snapshots.has(snapshotName(id)) ? [] : [ownerOf(id)],
      canister_version: canisterVersion,
      snapshot_id: id,
      taken_at_timestamp: takenAt,
      source: uploaded === undefined ? { taken_from_canister: null } : { metadata_upload: null },
    };
    note(state, canister, call, { load_snapshot: details });
    timers.canisterChanged(canister);
    return {};
  });
}

export function listSnapshots(_: Services, call: ManagementCall<ByCanister>, canister: Canister): ManagementResult {
  const { snapshotVisibility, controllers } = canister.settings;
  if (!mayRead(snapshotVisibility, controllers, call.caller)) {
    throw new ManagementError(
      ErrorCode.invalidController,
      `Only controllers of canister ${canister.name} can call ic00 method list_canister_snapshots`,
    );
  }
  return { value: [...canister.snapshots.values()].map(described) };
}

export function deleteSnapshot(
  services: Services,
  call: ManagementCall<BySnapshot>,
  canister: Canister,
): ManagementResult {
  remove(services, canister, found(canister, call.argument.snapshot_id));
  return {};
}

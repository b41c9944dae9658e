/** Snapshots that are read and written in pieces, to be kept elsewhere: the four methods of the interface specification. */
import { createHash } from 'node:crypto';
import { ErrorCode } from '../execution/errors.js';
import type { CanisterImage } from '../execution/image.js';
import type { Canister } from '../state/canister.js';
import { keepSnapshot } from '../state/kept-canisters.js';
import type { NetworkState } from '../state/network-state.js';
import { mayRead } from '../state/settings.js';
import {
  emptyImage,
  type GlobalValue,
  keepBytes,
  readBytes,
  readImage,
  readRange,
  type Snapshot,
  type SnapshotSpace,
  snapshotName,
  spaceBytes,
  type UploadedSnapshot,
} from '../state/snapshots.js';
import { addSnapshot, type BySnapshot, found } from './snapshots.js';
import {
  type ByCanister,
  type ManagementCall,
  ManagementError,
  type ManagementResult,
  type Services,
} from './types.js';
import { plainGlobals, typedGlobals } from './uploaded-globals.js';

/** The largest piece, in bytes. */
const maxSlice = 2_000_000;
const maxChunk = 2 ** 20;
const pageBytes = 65536;
const GiB = 2 ** 30;

type Timer = { inactive: null } | { active: bigint };
type Hook = { condition_not_satisfied: null } | { ready: null } | { executed: null };
interface Range {
  offset: bigint;
  size: bigint;
}
type Kind<Piece> =
  | { wasm_module: Piece }
  | { wasm_memory: Piece }
  | { stable_memory: Piece }
  | { wasm_chunk: Piece extends Range ? { hash: Uint8Array } : null };

function refuse(message: string): never {
  throw new ManagementError(ErrorCode.invalidManagementPayload, message);
}

/** The image that was read last: a download asks for one piece after the other. */
let lastRead: { snapshot: Snapshot; parts: number; image: CanisterImage } | undefined;

function imageOf(state: NetworkState, snapshot: Snapshot): CanisterImage {
  const parts = snapshot.uploaded?.parts.length ?? 0;
  if (lastRead?.snapshot === snapshot && lastRead.parts === parts) return lastRead.image;
  const image = readImage(state.store, snapshot);
  lastRead = { snapshot, parts, image };
  setTimeout(() => {
    if (lastRead?.image === image) lastRead = undefined;
  }, 30_000).unref();
  return image;
}

function checkReader(canister: Canister, { caller }: ManagementCall, method: string): void {
  const { snapshotVisibility, controllers } = canister.settings;
  if (mayRead(snapshotVisibility, controllers, caller)) return;
  throw new ManagementError(
    ErrorCode.invalidController,
    `Only controllers of canister ${canister.name} can call ic00 method ${method}`,
  );
}

export function readSnapshotMetadata(
  { state }: Services,
  call: ManagementCall<BySnapshot>,
  canister: Canister,
): ManagementResult {
  checkReader(canister, call, 'read_canister_snapshot_metadata');
  const snapshot = found(canister, call.argument.snapshot_id);
  const { uploaded } = snapshot;
  return {
    value: {
      source: uploaded === undefined ? { taken_from_canister: null } : { metadata_upload: null },
      taken_at_timestamp: snapshot.takenAt,
      wasm_module_size: BigInt(spaceBytes(state.store, snapshot, 'wasm')),
      globals: uploaded?.globals ?? typedGlobals(imageOf(state, snapshot), state),
      wasm_memory_size: BigInt(snapshot.memory.heap),
      stable_memory_size: BigInt(snapshot.memory.stable),
      wasm_chunk_store: snapshot.chunks.map(([hash]) => ({ hash: Buffer.from(hash, 'hex') })),
      canister_version: snapshot.canisterVersion,
      certified_data: snapshot.certifiedData,
      global_timer: timerOf(uploaded),
      on_low_wasm_memory_hook_status: hookOf(uploaded),
    },
  };
}

function timerOf(uploaded: UploadedSnapshot | undefined): [] | [Timer] {
  const at = uploaded?.globalTimer;
  return at === undefined ? [] : [at === 0n ? { inactive: null } : { active: at }];
}

function hookOf(uploaded: UploadedSnapshot | undefined): [] | [Hook] {
  const told = uploaded?.lowMemoryTold;
  return told === undefined ? [] : [told ? { executed: null } : { condition_not_satisfied: null }];
}

/** The range of a piece. */
function rangeOf(kind: Kind<unknown>, offset: bigint, size: number, state: NetworkState, snapshot: Snapshot) {
  const space: SnapshotSpace = 'wasm_module' in kind ? 'wasm' : 'wasm_memory' in kind ? 'heap' : 'stable';
  const total = spaceBytes(state.store, snapshot, space);
  if (size > maxSlice) refuse(`A piece of ${size} bytes is longer than ${maxSlice}`);
  if (offset + BigInt(size) > BigInt(total)) {
    refuse(`Offset ${offset} and size ${size} reach beyond the ${total} bytes that there are`);
  }
  return { space, offset: Number(offset) };
}

export function readSnapshotData(
  { state }: Services,
  call: ManagementCall<BySnapshot & { kind: Kind<Range> }>,
  canister: Canister,
): ManagementResult {
  checkReader(canister, call, 'read_canister_snapshot_data');
  const snapshot = found(canister, call.argument.snapshot_id);
  const { kind } = call.argument;
  if ('wasm_chunk' in kind) {
    const key = Buffer.from(kind.wasm_chunk.hash).toString('hex');
    const chunk = snapshot.chunks.find(([hash]) => hash === key);
    if (chunk === undefined) return refuse(`The snapshot has no chunk of hash ${key}`);
    return { value: { chunk: readBytes(state.store, chunk[1]) } };
  }
  const piece = Object.values(kind)[0] as Range;
  const size = piece.size > BigInt(maxSlice) ? maxSlice + 1 : Number(piece.size);
  const { space, offset } = rangeOf(kind, piece.offset, size, state, snapshot);
  return { value: { chunk: readRange(imageOf(state, snapshot), space, offset, size) } };
}

export interface UploadMetadata extends ByCanister {
  replace_snapshot: [] | [Uint8Array];
  wasm_module_size: bigint;
  globals: GlobalValue[];
  wasm_memory_size: bigint;
  stable_memory_size: bigint;
  certified_data: Uint8Array;
  global_timer: [] | [Timer];
  on_low_wasm_memory_hook_status: [] | [Hook];
}

/** Begins a snapshot that pieces are uploaded to. */
export function uploadSnapshotMetadata(
  services: Services,
  call: ManagementCall<UploadMetadata>,
  canister: Canister,
): ManagementResult {
  const { state } = services;
  const { wasm_module_size, globals, wasm_memory_size, stable_memory_size, certified_data } = call.argument;
  const bounded = (name: string, size: bigint, most: number) =>
    size <= BigInt(most) ? Number(size) : refuse(`${name} is ${size}, and at most ${most}`);
  const wasmBytes = bounded('wasm_module_size', wasm_module_size, state.limits.moduleBytes);
  const heap = bounded('wasm_memory_size', wasm_memory_size, 6 * GiB);
  const stable = bounded('stable_memory_size', stable_memory_size, state.limits.stableMemoryBytes);
  if (heap % pageBytes !== 0 || stable % pageBytes !== 0) refuse('Memory sizes must be multiples of 65536 bytes');
  if (certified_data.length > 32) refuse('certified_data is longer than 32 bytes');
  const timer = call.argument.global_timer[0];
  const hook = call.argument.on_low_wasm_memory_hook_status[0];
  const { id } = addSnapshot(services, canister, call.argument.replace_snapshot, {
    takenAt: state.clock.now(),
    canisterVersion: canister.version,
    totalBytes: wasmBytes + heap + stable,
    certifiedData: Uint8Array.from(certified_data),
    chunks: [],
    memory: { heap, stable },
    globals: plainGlobals(globals),
    ...emptyImage(),
    uploaded: {
      wasmBytes,
      globals,
      parts: [],
      globalTimer: timer && ('active' in timer ? timer.active : 0n),
      lowMemoryTold: hook && 'executed' in hook,
    },
  });
  return { value: { snapshot_id: id } };
}

export function uploadSnapshotData(
  { state }: Services,
  call: ManagementCall<BySnapshot & { kind: Kind<{ offset: bigint }>; chunk: Uint8Array }>,
  canister: Canister,
): ManagementResult {
  const snapshot = found(canister, call.argument.snapshot_id);
  const { kind, chunk } = call.argument;
  if (snapshot.uploaded === undefined) return refuse('The snapshot was taken from a canister, and cannot be changed');
  const bytes = Uint8Array.from(chunk);
  if ('wasm_chunk' in kind) {
    if (bytes.length > maxChunk) refuse(`A chunk of ${bytes.length} bytes is longer than ${maxChunk}`);
    const key = createHash('sha256').update(bytes).digest('hex');
    if (!snapshot.chunks.some(([hash]) => hash === key)) {
      snapshot.chunks.push([key, keepBytes(state.store, bytes)]);
      snapshot.totalBytes += maxChunk;
    }
  } else {
    const { offset: from } = Object.values(kind)[0] as { offset: bigint };
    const { space, offset } = rangeOf(kind, from, bytes.length, state, snapshot);
    snapshot.uploaded.parts.push({ space, offset, bytes: keepBytes(state.store, bytes) });
  }
  keepSnapshot(state.store, canister, snapshotName(snapshot.id));
  return {};
}

/** install_code, install_chunked_code, uninstall_code and the chunk store. */
import { createHash } from 'node:crypto';
import type { Principal } from '@icp-sdk/core/principal';
import { ErrorCode } from '../execution/errors.js';
import { instructionsCost } from '../execution/fees.js';
import type { InstallMode } from '../execution/message.js';
import type { Canister } from '../state/canister.js';
import { dropMemory, keepLog, keepModule } from '../state/kept-canisters.js';
import { defaultLogMemoryLimit } from '../state/settings.js';
import { note } from './history.js';
import {
  type ByCanister,
  type ManagementCall,
  ManagementError,
  type ManagementResult,
  type Services,
} from './types.js';

interface UpgradeOptions {
  skip_pre_upgrade: [] | [boolean];
  wasm_memory_persistence: [] | [{ keep: null } | { replace: null }];
}

type ModeArgument = { install: null } | { reinstall: null } | { upgrade: [] | [UpgradeOptions] };

interface Installation {
  mode: ModeArgument;
  wasm: Uint8Array;
  arg: Uint8Array;
}

const maxChunkBytes = 2 ** 20;
const maxChunks = 100;
const persistenceSection = 'enhanced-orthogonal-persistence';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

function modeName(mode: ModeArgument): InstallMode {
  return 'install' in mode ? 'install' : 'reinstall' in mode ? 'reinstall' : 'upgrade';
}

/** Whether the heap survives an upgrade; a module with orthogonal persistence has to be told. */
function keepsHeap(canister: Canister, mode: ModeArgument): boolean {
  if (!('upgrade' in mode)) return false;
  const persistence = mode.upgrade[0]?.wasm_memory_persistence[0];
  const sections = canister.module?.info.metadata ?? [];
  const persistent = sections.some(({ name, visibility }) => name === persistenceSection && visibility === 'private');
  if (persistent && persistence === undefined) {
    throw new ManagementError(
      ErrorCode.contractViolation,
      'Missing upgrade option: Enhanced orthogonal persistence requires the `wasm_memory_persistence` upgrade option.',
    );
  }
  return persistence !== undefined && 'keep' in persistence;
}

/** Installs code when everything before it in the canister is done. */
export function installInto(
  services: Services,
  call: Pick<ManagementCall, 'caller' | 'from' | 'begin'>,
  canister: Canister,
  { mode, wasm, arg }: Installation,
): Promise<ManagementResult> {
  const { state, scheduler, timers } = services;
  return scheduler.executor.exclusively(canister, async () => {
    call.begin?.();
    const name = modeName(mode);
    if (name === 'install' && canister.module !== undefined) {
      throw new ManagementError(
        ErrorCode.alreadyInstalled,
        `Canister ${canister.name} cannot be installed because the canister is not empty. Try installing with mode='reinstall' instead.`,
      );
    }
    if (name === 'upgrade' && canister.module === undefined) {
      throw new ManagementError(
        ErrorCode.noWasmModule,
        `The canister ${canister.name} contains no Wasm module. Try installing with mode='install' instead.`,
      );
    }
    const blob = state.store.keepBlob(wasm);
    const output = await scheduler.executor.install(canister, {
      mode: name,
      wasm,
      arg,
      caller: call.caller.toUint8Array(),
      skipPreUpgrade: 'upgrade' in mode && mode.upgrade[0]?.skip_pre_upgrade[0] === true,
      keepHeap: keepsHeap(canister, mode),
    });
    if (output.result.kind === 'error')
      throw new ManagementError(output.result.error.code, output.result.error.message);
    const hash = sha256(wasm);
    canister.module = { hash, bytes: wasm.length, info: output.module!, installedAt: state.clock.now(), blob };
    keepModule(state.store, canister);
    note(state, canister, call, { code_deployment: { mode: { [name]: null }, module_hash: hash } });
    timers.canisterChanged(canister);
    return {};
  });
}

export function installCode(
  services: Services,
  call: ManagementCall<ByCanister & { mode: ModeArgument; wasm_module: Uint8Array; arg: Uint8Array }>,
  canister: Canister,
): Promise<ManagementResult> {
  const { mode, wasm_module: wasm, arg } = call.argument;
  return installInto(services, call, canister, { mode, wasm: Uint8Array.from(wasm), arg: Uint8Array.from(arg) });
}

export interface ChunkedArgument {
  mode: ModeArgument;
  target_canister: Principal;
  store_canister: [] | [Principal];
  chunk_hashes_list: { hash: Uint8Array }[];
  wasm_module_hash: Uint8Array;
  arg: Uint8Array;
}

export async function installChunkedCode(
  services: Services,
  call: ManagementCall<ChunkedArgument>,
  canister: Canister,
): Promise<ManagementResult> {
  const { mode, store_canister, chunk_hashes_list: list, wasm_module_hash: expected, arg } = call.argument;
  const store = store_canister[0] === undefined ? canister : services.state.find(store_canister[0]);
  if (store === undefined || (store !== canister && !store.isController(call.caller))) {
    throw new ManagementError(
      ErrorCode.invalidController,
      `Only controllers of the store canister ${store_canister[0]?.toText()} can use its chunks`,
    );
  }
  const chunks = list.map(({ hash }) => {
    const key = Buffer.from(hash).toString('hex');
    const chunk = store.chunks.get(key);
    if (chunk === undefined) {
      throw new ManagementError(
        ErrorCode.contractViolation,
        `Error from Wasm chunk store: Chunk hash ${key} was not found.`,
      );
    }
    return chunk;
  });
  const wasm = Buffer.concat(chunks);
  if (Buffer.compare(sha256(wasm), Buffer.from(expected)) !== 0) {
    throw new ManagementError(
      ErrorCode.contractViolation,
      `Error from Wasm chunk store: Wasm module hash ${sha256(wasm).toString('hex')} does not match given hash ${Buffer.from(expected).toString('hex')}.`,
    );
  }
  return installInto(services, call, canister, { mode, wasm, arg: Uint8Array.from(arg) });
}

export function uploadChunk(
  { state }: Services,
  call: ManagementCall<ByCanister & { chunk: Uint8Array }>,
  canister: Canister,
): ManagementResult {
  const chunk = Uint8Array.from(call.argument.chunk);
  if (chunk.length > maxChunkBytes) {
    throw new ManagementError(
      ErrorCode.contractViolation,
      `Error from Wasm chunk store: Wasm chunk size ${chunk.length} exceeds the maximum chunk size of ${maxChunkBytes}.`,
    );
  }
  const hash = sha256(chunk);
  const key = hash.toString('hex');
  if (!canister.chunks.has(key) && canister.chunks.size >= maxChunks) {
    throw new ManagementError(
      ErrorCode.contractViolation,
      `Error from Wasm chunk store: Wasm chunk store has already reached maximum capacity of ${maxChunks * maxChunkBytes} bytes or the maximum number of entries, ${maxChunks}.`,
    );
  }
  state.store.keepBlob(chunk);
  canister.chunks.set(key, chunk);
  // Storing a chunk counts as a tenth of a round.
  const cost = instructionsCost(state.fees, 200_000_000n);
  canister.cycles -= cost;
  canister.consumed.add('instructions', cost);
  return { value: { hash } };
}

export function clearChunkStore(_: Services, __: ManagementCall<ByCanister>, canister: Canister): ManagementResult {
  canister.chunks.clear();
  return {};
}

export function storedChunks(_: Services, __: ManagementCall<ByCanister>, canister: Canister): ManagementResult {
  return { value: [...canister.chunks.keys()].map((key) => ({ hash: Buffer.from(key, 'hex') })) };
}

/** Removes code and memory, and answers the callers that still wait for the canister. */
export async function removeCode({ state, scheduler, timers }: Services, canister: Canister): Promise<void> {
  canister.module = undefined;
  canister.certifiedData = new Uint8Array();
  canister.globalTimer = 0n;
  canister.chunks.clear();
  canister.version += 1n;
  canister.memory = { heap: 0, stable: 0 };
  keepModule(state.store, canister);
  dropMemory(state.store, canister);
  keepLog(state.store, canister, { added: [], removed: canister.log.clear() });
  state.keepCanister(canister);
  scheduler.abandon(canister, {
    kind: 'reject',
    code: 4,
    message: `Canister ${canister.name} has been uninstalled.`,
    errorCode: ErrorCode.canisterRejected,
  });
  // Only after it is recorded that the process's data no longer counts may the process release it.
  await state.store.flush();
  await canister.process?.uninstall();
  if (state.find(canister.id) !== undefined) timers.canisterChanged(canister);
}

/** A canister can no longer pay for its memory: removes its content and its pending work. */
export async function bankrupt(services: Services, canister: Canister): Promise<void> {
  canister.changes = [];
  canister.settings = { ...canister.settings, logMemoryLimit: defaultLogMemoryLimit };
  await removeCode(services, canister);
}

export function uninstallCode(
  services: Services,
  call: ManagementCall<ByCanister>,
  canister: Canister,
): Promise<ManagementResult> {
  return services.scheduler.executor.exclusively(canister, async () => {
    await removeCode(services, canister);
    note(services.state, canister, call, { code_uninstall: null });
    return {};
  });
}

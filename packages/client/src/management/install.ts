import type { HttpAgent } from '@icp-sdk/core/agent';
import { check, record } from '../checks/checked.js';
import { principalOf } from '../checks/principal.js';
import { bytes, maybe, oneOf, signal as someSignal } from '../checks/shapes.js';
import type { ChunkHashValue, InstallModeInput } from './candid.js';
import { callManagement, hexOf, startCanister, stopCanister } from './management.js';

export type InstallMode = 'install' | 'reinstall' | 'upgrade';

/** A larger module goes through the chunk store: an ingress message has 2 MiB, including envelope and argument. */
const SINGLE_MESSAGE_BYTES = 2 * 1024 * 1024 - 16 * 1024;
/** Largest chunk of the chunk store. */
const CHUNK_BYTES = 1024 * 1024;

const MODES: Readonly<Record<InstallMode, InstallModeInput>> = {
  install: { install: null },
  reinstall: { reinstall: null },
  upgrade: { upgrade: [] },
};

export interface InstallOptions {
  mode: InstallMode;
  /** Candid argument of canister_init or canister_post_upgrade; default `()`. */
  arg?: Uint8Array;
  signal?: AbortSignal | undefined;
}

const installOptions = record<InstallOptions>()({
  mode: oneOf('install', 'reinstall', 'upgrade'),
  arg: maybe(bytes),
  signal: maybe(someSignal),
});

const NO_ARGUMENTS = new Uint8Array([0x44, 0x49, 0x44, 0x4c, 0, 0]);

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}

/** SHA-256 of a module as hexadecimal digits, to compare with canister_status. */
export async function moduleHash(wasm: Uint8Array): Promise<string> {
  check('moduleHash: wasm', bytes, wasm);
  return hexOf(await sha256(wasm));
}

/**
 * Installs a program. A running canister is stopped first and started afterwards, even if the installation failed. A
 * module that is too large for one message is sent in chunks.
 */
export async function installCode(
  agent: HttpAgent,
  canisterId: string,
  wasm: Uint8Array,
  options: InstallOptions,
): Promise<void> {
  check('installCode: wasm', bytes, wasm);
  check('installCode: options', installOptions, options);
  const { mode, signal } = options;
  if (mode === 'install') {
    await install(agent, canisterId, wasm, options);
    return;
  }
  await stopCanister(agent, canisterId, signal);
  try {
    await install(agent, canisterId, wasm, options);
  } finally {
    await startCanister(agent, canisterId);
  }
}

async function install(agent: HttpAgent, canisterId: string, wasm: Uint8Array, options: InstallOptions): Promise<void> {
  const canister = principalOf('canisterId', canisterId);
  const mode = MODES[options.mode];
  const arg = options.arg ?? NO_ARGUMENTS;
  const { signal } = options;
  if (wasm.length + arg.length <= SINGLE_MESSAGE_BYTES) {
    await callManagement(
      agent,
      'install_code',
      canister,
      { mode, canister_id: canister, wasm_module: wasm, arg },
      signal,
    );
    return;
  }
  const store = { canister_id: canister };
  await callManagement(agent, 'clear_chunk_store', canister, store, signal);
  const chunk_hashes_list: ChunkHashValue[] = [];
  for (let at = 0; at < wasm.length; at += CHUNK_BYTES) {
    const chunk = wasm.subarray(at, at + CHUNK_BYTES);
    chunk_hashes_list.push(await callManagement(agent, 'upload_chunk', canister, { ...store, chunk }, signal));
  }
  const chunked = {
    mode,
    target_canister: canister,
    store_canister: [],
    chunk_hashes_list,
    wasm_module_hash: await sha256(wasm),
    arg,
  };
  await callManagement(agent, 'install_chunked_code', canister, chunked, signal);
  await callManagement(agent, 'clear_chunk_store', canister, store, signal);
}

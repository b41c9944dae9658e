import type { HttpAgent } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { check, record } from '../checks/checked.js';
import { principalOf } from '../checks/principal.js';
import { bigint, maybe, signal as someSignal, texts, updatingAgent } from '../checks/shapes.js';
import { pollingStrategy } from '../polling.js';
import { fromAgentError } from '../rejects.js';
import { abortable } from '../retry.js';
import { wrongArgumentOf } from '../wrong-argument.js';
import { METHODS, type Method, type SettingsInput, type StatusValue } from './candid.js';

const MANAGEMENT = Principal.managementCanister();

/** An update call of a management method, routed to the network that has the canister. */
export async function callManagement<T>(
  agent: HttpAgent,
  method: Method,
  canister: Principal,
  arg: unknown,
  signal?: AbortSignal,
): Promise<T> {
  check(`${method}: agent`, updatingAgent, agent);
  check(`${method}: signal`, maybe(someSignal), signal);
  const [argTypes, resultTypes] = METHODS[method];
  try {
    const fields = { methodName: method, arg: IDL.encode([...argTypes], [arg]), effectiveCanisterId: canister };
    const { reply } = await abortable(agent.update(MANAGEMENT, fields, { strategy: pollingStrategy() }), signal);
    return IDL.decode([...resultTypes], reply)[0] as T;
  } catch (error) {
    throw wrongArgumentOf(method, argTypes, [arg]) ?? fromAgentError(error, { canisterId: canister.toText(), method });
  }
}

export interface CanisterSettings {
  controllers?: readonly string[] | undefined;
  /** Seconds for which the cycles must suffice when idle. */
  freezingThreshold?: bigint | undefined;
  /** Bytes of heap beyond which update calls cannot allocate. */
  wasmMemoryLimit?: bigint | undefined;
}

function opt<T>(value: T | undefined): [] | [T] {
  return value === undefined ? [] : [value];
}

const settingsShape = record<CanisterSettings>()({
  controllers: maybe(texts),
  freezingThreshold: maybe(bigint),
  wasmMemoryLimit: maybe(bigint),
});

export function settingsInput(settings: CanisterSettings): SettingsInput {
  check('settings', settingsShape, settings);
  return {
    controllers: opt(settings.controllers?.map((controller) => principalOf('settings.controllers', controller))),
    freezing_threshold: opt(settings.freezingThreshold),
    wasm_memory_limit: opt(settings.wasmMemoryLimit),
  };
}

export interface CanisterStatus {
  status: 'running' | 'stopping' | 'stopped';
  controllers: string[];
  /** Cycles. */
  cycles: bigint;
  idleCyclesPerDay: bigint;
  /** Total bytes: heap, stable memory, program, snapshots. */
  memory: bigint;
  /** SHA-256 of the installed program as hexadecimal digits. */
  moduleHash: string | undefined;
  /** Seconds. */
  freezingThreshold: bigint;
  /** Bytes; 0: no limit. */
  wasmMemoryLimit: bigint;
  /** Cycles that can be spent before the canister freezes. */
  spendable: bigint;
}

const SECONDS_PER_DAY = 86_400n;

/** The status of a canister, for its controllers. */
export async function canisterStatus(
  agent: HttpAgent,
  canisterId: string,
  signal?: AbortSignal,
): Promise<CanisterStatus> {
  const canister = principalOf('canisterId', canisterId);
  const value = await callManagement<StatusValue>(
    agent,
    'canister_status',
    canister,
    { canister_id: canister },
    signal,
  );
  const [hash] = value.module_hash;
  const frozen = (value.idle_cycles_burned_per_day * value.settings.freezing_threshold) / SECONDS_PER_DAY;
  return {
    status: 'running' in value.status ? 'running' : 'stopping' in value.status ? 'stopping' : 'stopped',
    controllers: value.settings.controllers.map((controller) => controller.toText()),
    cycles: value.cycles,
    idleCyclesPerDay: value.idle_cycles_burned_per_day,
    memory: value.memory_size,
    moduleHash: hash && hexOf(hash),
    freezingThreshold: value.settings.freezing_threshold,
    wasmMemoryLimit: value.settings.wasm_memory_limit,
    spendable: value.cycles > frozen ? value.cycles - frozen : 0n,
  };
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function updateSettings(
  agent: HttpAgent,
  canisterId: string,
  settings: CanisterSettings,
  signal?: AbortSignal,
): Promise<void> {
  const canister = principalOf('canisterId', canisterId);
  const arg = { canister_id: canister, settings: settingsInput(settings) };
  await callManagement(agent, 'update_settings', canister, arg, signal);
}

export async function startCanister(agent: HttpAgent, canisterId: string, signal?: AbortSignal): Promise<void> {
  const canister = principalOf('canisterId', canisterId);
  await callManagement(agent, 'start_canister', canister, { canister_id: canister }, signal);
}

export async function stopCanister(agent: HttpAgent, canisterId: string, signal?: AbortSignal): Promise<void> {
  const canister = principalOf('canisterId', canisterId);
  await callManagement(agent, 'stop_canister', canister, { canister_id: canister }, signal);
}

/** canister_status, update_settings, fetch_canister_logs. */
import { ErrorCode } from '../execution/errors.js';
import { ingressCost } from '../execution/fees.js';
import { cannotAfford, idleCostPerDay, thresholdOf } from '../state/billing.js';
import type { Canister } from '../state/canister.js';
import { keepLog } from '../state/kept-canisters.js';
import type { LogFilter } from '../state/logs.js';
import type { NetworkState } from '../state/network-state.js';
import { changedSettings, mayRead, type Settings, type SettingsArgument, SettingsError } from '../state/settings.js';
import { note } from './history.js';
import {
  type ByCanister,
  type ManagementCall,
  ManagementError,
  type ManagementResult,
  type Services,
} from './types.js';

/** Memory that globals count for: 8 bytes each would be too little to matter. */
const globalBytes = 0n;

function definite(settings: Settings) {
  return {
    controllers: settings.controllers,
    compute_allocation: settings.computeAllocation,
    memory_allocation: settings.memoryAllocation,
    freezing_threshold: settings.freezingThreshold,
    reserved_cycles_limit: settings.reservedCyclesLimit,
    minimum_incoming_canister_call_cycles: settings.minimumIncomingCallCycles,
    log_visibility: settings.logVisibility,
    snapshot_visibility: settings.snapshotVisibility,
    status_visibility: settings.statusVisibility,
    log_memory_limit: settings.logMemoryLimit,
    wasm_memory_limit: settings.wasmMemoryLimit,
    wasm_memory_threshold: settings.wasmMemoryThreshold,
    environment_variables: settings.environmentVariables.map(([name, value]) => ({ name, value })),
  };
}

export async function canisterStatus(
  services: Services,
  _: ManagementCall<ByCanister>,
  canister: Canister,
): Promise<ManagementResult> {
  const { state, scheduler } = services;
  await scheduler.executor.payResources(canister);
  const { memory, module, queryStats } = canister;
  return {
    value: {
      controller: canister.settings.controllers[0] ?? canister.id,
      // The only token: cycles.
      balance: [[Uint8Array.of(0), canister.cycles]],
      freezing_threshold: canister.settings.freezingThreshold,
      status: { [canister.status]: null },
      ready_for_migration: canister.status === 'stopped' && canister.openContexts === 0,
      version: canister.version,
      settings: definite(canister.settings),
      module_hash: module ? [module.hash] : [],
      memory_size: BigInt(canister.memoryBytes),
      memory_metrics: {
        wasm_memory_size: BigInt(memory.heap),
        stable_memory_size: BigInt(memory.stable),
        global_memory_size: globalBytes,
        wasm_binary_size: BigInt(module?.bytes ?? 0),
        custom_sections_size: BigInt(module?.info.customSectionBytes ?? 0),
        canister_history_size: BigInt(canister.historyBytes),
        wasm_chunk_store_size: BigInt(canister.chunkBytes),
        snapshots_size: BigInt(canister.snapshotBytes),
        log_memory_store_size: BigInt(canister.logBytes),
      },
      cycles: canister.cycles,
      reserved_cycles: 0n,
      idle_cycles_burned_per_day: idleCostPerDay(state, canister),
      query_stats: {
        num_calls_total: queryStats.calls,
        num_instructions_total: queryStats.instructions,
        request_payload_bytes_total: queryStats.requestBytes,
        response_payload_bytes_total: queryStats.responseBytes,
      },
    },
  };
}

/** A canister may raise an allocation only if it can pay for it above the freezing threshold. */
function checkAffordable(state: NetworkState, canister: Canister, settings: Settings): void {
  const missing = thresholdOf(state, canister, settings) - canister.cycles;
  if (missing <= 0n) return;
  const refuse = (code: ErrorCode, what: string, value: bigint) => {
    throw new ManagementError(
      code,
      `Cannot increase ${what} allocation to ${value} due to insufficient cycles. At least ${missing} additional cycles are required.`,
    );
  };
  const { computeAllocation, memoryAllocation } = settings;
  if (computeAllocation > canister.settings.computeAllocation) {
    refuse(ErrorCode.insufficientCyclesInComputeAllocation, 'compute', computeAllocation);
  }
  if (memoryAllocation > canister.settings.memoryAllocation) {
    refuse(ErrorCode.insufficientCyclesInMemoryAllocation, 'memory', memoryAllocation);
  }
}

/** A small argument has cost nothing when the call was taken: it is paid for by the settings that it makes, if they allow it. */
function payForSettings(state: NetworkState, canister: Canister, { bytes = 0 }: Pick<ManagementCall, 'bytes'>): void {
  const cost = ingressCost(state.fees, bytes);
  if (bytes > 0 && cannotAfford(state, canister, cost) === undefined) canister.cycles -= cost;
}

export function updateSettings(
  { state, timers }: Services,
  call: ManagementCall<ByCanister & { settings: SettingsArgument }>,
  canister: Canister,
): ManagementResult {
  try {
    const settings = changedSettings(canister.settings, call.argument.settings);
    checkAffordable(state, canister, settings);
    canister.settings = settings;
  } catch (error) {
    if (error instanceof SettingsError) throw new ManagementError(error.code, error.message);
    throw error;
  }
  canister.version += 1n;
  const removed = canister.log.shrink(Number(canister.settings.logMemoryLimit));
  keepLog(state.store, canister, { added: [], removed });
  if (call.from === undefined) payForSettings(state, canister, call);
  if (call.argument.settings.controllers.length > 0) {
    note(state, canister, call, { controllers_change: { controllers: canister.settings.controllers } });
  }
  timers.canisterChanged(canister);
  return {};
}

export function fetchLogs(
  _: Services,
  call: ManagementCall<ByCanister & { filter: [] | [LogFilter] }>,
  canister: Canister,
): ManagementResult {
  const { logVisibility, controllers } = canister.settings;
  if (!mayRead(logVisibility, controllers, call.caller)) {
    throw new ManagementError(
      ErrorCode.canisterRejected,
      `Caller ${call.caller.toText()} is not allowed to access canister logs`,
    );
  }
  return { value: { canister_log_records: canister.log.fetch(call.argument.filter[0]) } };
}

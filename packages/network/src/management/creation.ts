/** create_canister, provisional_create_canister_with_cycles, provisional_top_up_canister, deposit_cycles, delete_canister. */
import type { Principal } from '@icp-sdk/core/principal';
import { ErrorCode } from '../execution/errors.js';
import { creationCost } from '../execution/fees.js';
import { hashOfMap } from '../protocol/request-id.js';
import { Canister } from '../state/canister.js';
import { forgetCanister } from '../state/kept-canisters.js';
import { isCanisterId } from '../state/network-state.js';
import { changedSettings, type SettingsArgument, SettingsError } from '../state/settings.js';
import { originOf } from './history.js';
import {
  type ByCanister,
  type ManagementCall,
  ManagementError,
  type ManagementResult,
  type Services,
} from './types.js';

/** Default cycles of a provisionally created canister. */
export const defaultProvisionalCycles = 100_000_000_000_000n;

interface CreateArgument {
  settings: [] | [SettingsArgument];
}

/** Creates a canister. The caller is its controller unless the settings say otherwise. */
export function addCanister(
  { state }: Services,
  call: Pick<ManagementCall, 'caller' | 'from'>,
  cycles: bigint,
  settings: Partial<SettingsArgument> = {},
  specifiedId?: Principal,
): Canister {
  if (specifiedId !== undefined) {
    if (!isCanisterId(specifiedId)) {
      throw new ManagementError(
        ErrorCode.invalidManagementPayload,
        `${specifiedId.toText()} is not an id that a canister of this network can have`,
      );
    }
    if (state.wasDeleted(specifiedId)) {
      throw new ManagementError(
        ErrorCode.invalidManagementPayload,
        `Canister ${specifiedId.toText()} has been deleted; its id is not given again`,
      );
    }
    if (state.find(specifiedId) !== undefined) {
      throw new ManagementError(
        ErrorCode.invalidManagementPayload,
        `Canister ${specifiedId.toText()} is already installed`,
      );
    }
  }
  const now = state.clock.now();
  const canister = new Canister(specifiedId ?? state.freshId(), [call.caller], cycles, now);
  try {
    canister.settings = changedSettings(canister.settings, settings);
  } catch (error) {
    if (error instanceof SettingsError) throw new ManagementError(error.code, error.message);
    throw error;
  }
  const { controllers, environmentVariables } = canister.settings;
  const given = settings.environment_variables?.[0] !== undefined;
  const environment_variables_hash = given ? [hashOfMap(Object.fromEntries(environmentVariables))] : [];
  const details = { creation: { controllers, environment_variables_hash } };
  canister.remember({ timestamp_nanos: now, canister_version: 0n, origin: originOf(call), details });
  state.canisters.set(canister.name, canister);
  state.keepCanister(canister);
  return canister;
}

export function createCanister(services: Services, call: ManagementCall<CreateArgument>): ManagementResult {
  const canisterCreation = creationCost(services.state.fees);
  if (call.cycles < canisterCreation) {
    throw new ManagementError(
      ErrorCode.insufficientCyclesForCreation,
      `Creating a canister requires a fee of ${canisterCreation} that is deducted from the canister's initial balance but only ${call.cycles} cycles were received with the create_canister request.`,
    );
  }
  const canister = addCanister(services, call, call.cycles - canisterCreation, call.argument.settings[0]);
  canister.consumed.add('canister_creation', canisterCreation);
  return { value: { canister_id: canister.id }, accepted: call.cycles };
}

export function provisionalCreate(
  services: Services,
  call: ManagementCall<CreateArgument & { amount: [] | [bigint]; specified_id: [] | [Principal] }>,
): ManagementResult {
  const { amount, settings, specified_id: id } = call.argument;
  const canister = addCanister(services, call, amount[0] ?? defaultProvisionalCycles, settings[0], id[0]);
  return { value: { canister_id: canister.id } };
}

export function topUp(
  _: Services,
  call: ManagementCall<ByCanister & { amount: bigint }>,
  canister: Canister,
): ManagementResult {
  canister.cycles += call.argument.amount;
  return {};
}

export function depositCycles(_: Services, call: ManagementCall<ByCanister>, canister: Canister): ManagementResult {
  canister.cycles += call.cycles;
  return { accepted: call.cycles };
}

export async function deleteCanister(
  { state }: Services,
  _: ManagementCall<ByCanister>,
  canister: Canister,
): Promise<ManagementResult> {
  if (canister.status !== 'stopped') {
    throw new ManagementError(ErrorCode.notStopped, `Canister ${canister.name} must be stopped before it is deleted.`);
  }
  forgetCanister(state.store, canister);
  state.delete(canister);
  await canister.process?.close();
  await state.store.removePages(canister.name);
  canister.process = undefined;
  canister.module = undefined;
  return {};
}

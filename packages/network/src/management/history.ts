/** Canister history and canister_info. */
import type { Canister, ChangeOrigin } from '../state/canister.js';
import type { NetworkState } from '../state/network-state.js';
import type { ByCanister, ManagementCall, ManagementResult, Services } from './types.js';

export function originOf({ caller, from }: Pick<ManagementCall, 'caller' | 'from'>): ChangeOrigin {
  if (from === undefined) return { from_user: { user_id: caller } };
  return { from_canister: { canister_id: from.id, canister_version: [from.version] } };
}

/** Notes a change of code or controllers. */
export function note(
  state: NetworkState,
  canister: Canister,
  call: Pick<ManagementCall, 'caller' | 'from'>,
  details: unknown,
): void {
  canister.remember({
    timestamp_nanos: state.clock.now(),
    canister_version: canister.version,
    origin: originOf(call),
    details,
  });
}

type ChangeDetails = Record<string, unknown> & { creation?: object };

/** Creations that were noted without a hash of environment variables had none. */
function complete(details: ChangeDetails): ChangeDetails {
  if (details.creation === undefined) return details;
  return { creation: { environment_variables_hash: [], ...details.creation } };
}

export function canisterInfo(
  _: Services,
  call: ManagementCall<ByCanister & { num_requested_changes: [] | [bigint] }>,
  canister: Canister,
): ManagementResult {
  const wanted = Number(call.argument.num_requested_changes[0] ?? 0n);
  const recent = wanted === 0 ? [] : canister.changes.slice(-wanted);
  return {
    value: {
      total_num_changes: canister.totalChanges,
      recent_changes: recent.map((change) => ({ ...change, details: complete(change.details as ChangeDetails) })),
      module_hash: canister.module ? [canister.module.hash] : [],
      controllers: canister.settings.controllers,
    },
  };
}

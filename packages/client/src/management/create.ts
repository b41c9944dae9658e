import type { HttpAgent } from '@icp-sdk/core/agent';
import { Principal } from '@icp-sdk/core/principal';
import * as v from 'valibot';
import { check } from '../checks/checked.js';
import { principalOf } from '../checks/principal.js';
import { bigint, callback, maybe, object, signal, text, updatingAgent } from '../checks/shapes.js';
import { type CanisterSettings, callManagement, settingsInput } from './management.js';

/** The first possible canister id; networks that do not name one route creations by it. */
const FIRST_CANISTER = 'rwlgt-iiaaa-aaaaa-aaaaa-cai';

/** Where to send a creation: PocketIC names a canister id for it, other local networks accept any of their own. */
async function creationTarget(agent: HttpAgent, fetcher: typeof fetch): Promise<Principal> {
  try {
    const response = await fetcher(new URL('/_/topology', agent.host), { signal: AbortSignal.timeout(5_000) });
    const topology = (await response.json()) as { default_effective_canister_id?: { canister_id?: string } };
    const id = topology.default_effective_canister_id?.canister_id;
    if (id) return Principal.fromUint8Array(Uint8Array.from(atob(id), (char) => char.charCodeAt(0)));
  } catch {
    // Not PocketIC.
  }
  return Principal.fromText(FIRST_CANISTER);
}

const creation = v.strictObject({
  cycles: bigint,
  settings: maybe(object),
  canisterId: maybe(text),
  signal: maybe(signal),
  fetch: maybe(callback),
});

/**
 * Creates a canister on a local or test network, with free cycles, and with a new id or the requested one. Returns its
 * id. Source: IC interface specification, `provisional_create_canister_with_cycles`.
 */
export async function provisionalCreate(
  agent: HttpAgent,
  options: {
    cycles: bigint;
    settings?: CanisterSettings;
    canisterId?: string;
    signal?: AbortSignal | undefined;
    fetch?: typeof fetch;
  },
): Promise<string> {
  check('provisionalCreate: agent', updatingAgent, agent);
  check('provisionalCreate: options', creation, options);
  const { cycles, settings = {}, canisterId } = options;
  const wanted = canisterId === undefined ? undefined : principalOf('canisterId', canisterId);
  // If there are several subnets, the one that the id belongs to.
  const target = wanted ?? (await creationTarget(agent, options.fetch ?? fetch));
  const specified_id = wanted === undefined ? [] : [wanted];
  const arg = { amount: [cycles], settings: [settingsInput(settings)], specified_id };
  const { canister_id } = await callManagement<{ canister_id: Principal }>(
    agent,
    'provisional_create_canister_with_cycles',
    target,
    arg,
    options.signal,
  );
  return canister_id.toText();
}

/** Gives a canister cycles on a local or test network. */
export async function provisionalTopUp(
  agent: HttpAgent,
  canisterId: string,
  cycles: bigint,
  signal?: AbortSignal,
): Promise<void> {
  const canister = principalOf('canisterId', canisterId);
  await callManagement(
    agent,
    'provisional_top_up_canister',
    canister,
    { canister_id: canister, amount: cycles },
    signal,
  );
}

import type { HttpAgent } from '@icp-sdk/core/agent';
import { check } from '../checks/checked.js';
import { principalOf } from '../checks/principal.js';
import { maybe, signal as someSignal, updatingAgent } from '../checks/shapes.js';
import { fromAgentError } from '../rejects.js';
import { abortable } from '../retry.js';

/**
 * The subnet that a canister is on, by the certificate of that subnet. A network without others is named after its root
 * key.
 */
export async function subnetOf(agent: HttpAgent, canisterId: string, signal?: AbortSignal): Promise<string> {
  check('subnetOf: agent', updatingAgent, agent);
  check('subnetOf: signal', maybe(someSignal), signal);
  const canister = principalOf('canisterId', canisterId);
  try {
    return (await abortable(agent.getSubnetIdFromCanister(canister), signal)).toText();
  } catch (error) {
    throw fromAgentError(error, { canisterId, method: 'read_state' });
  }
}

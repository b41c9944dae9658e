import { Certificate, type HttpAgent } from '@icp-sdk/core/agent';
import { check } from '../checks/checked.js';
import { principalOf } from '../checks/principal.js';
import { having, maybe, signal as someSignal } from '../checks/shapes.js';
import { LlamaError } from '../errors.js';
import { fromAgentError } from '../rejects.js';
import { abortable } from '../retry.js';
import { hexOf } from './management.js';

const readingAgent = having('an agent, as connect gives it', 'readState');
const utf8 = new TextEncoder();

/**
 * The hash of a canister's program as the subnet certifies it to everybody, its controllers or not. Source: IC interface
 * specification, "State tree": `/canister/<id>/module_hash`. Errors: `CANISTER_NOT_FOUND`, those of the agent; a
 * certificate that is not the network's is one of them.
 *
 * @returns SHA-256 of the module as it was installed, as hexadecimal digits; undefined if none is installed
 */
export async function certifiedModuleHash(
  agent: HttpAgent,
  canisterId: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  check('certifiedModuleHash: agent', readingAgent, agent);
  check('certifiedModuleHash: signal', maybe(someSignal), signal);
  const canister = principalOf('canisterId', canisterId);
  const path = (leaf: string) => [utf8.encode('canister'), canister.toUint8Array(), utf8.encode(leaf)];
  // Every canister has the leaf `controllers`.
  const [hash, controllers] = [path('module_hash'), path('controllers')];
  const call = { canisterId, method: 'read_state' };
  let certificate: Certificate;
  try {
    const read = agent.readState(canister, { paths: [hash, controllers] });
    const { certificate: bytes } = await abortable(read, signal);
    certificate = await Certificate.create({
      certificate: bytes,
      rootKey: agent.rootKey!,
      principal: { canisterId: canister },
      agent,
    });
  } catch (error) {
    throw fromAgentError(error, call);
  }
  const found = certificate.lookup_path(hash);
  if ('value' in found) return hexOf(found.value);
  if ('value' in certificate.lookup_path(controllers)) return undefined;
  throw new LlamaError('rejected', 'CANISTER_NOT_FOUND', `canister ${canisterId} does not exist on this network`, {
    value: canisterId,
    next: 'Check the network and the canister id.',
  });
}

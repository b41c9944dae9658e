/** vetkd_public_key, vetkd_derive_key. */
import type { Principal } from '@icp-sdk/core/principal';
import { transportKey } from '../protocol/vetkd-keys.js';
import { checkKeyName, paid, refuse } from './signatures.js';
import type { ManagementCall, ManagementResult, Services } from './types.js';

interface KeyArgument {
  context: Uint8Array;
  key_id: { curve: { bls12_381_g2: null }; name: string };
}

const algorithm = 'vetkd:Bls12_381_G2';

function keyOf(method: string, { context, key_id: { name } }: KeyArgument) {
  checkKeyName(method, algorithm, name);
  return { name, context: Uint8Array.from(context) };
}

export function vetKdPublicKey(
  { state }: Services,
  { argument, caller }: ManagementCall<KeyArgument & { canister_id: [] | [Principal] }>,
): ManagementResult {
  const { name, context } = keyOf('vetkd_public_key', argument);
  const canister = (argument.canister_id[0] ?? caller).toUint8Array();
  return { value: { public_key: state.keys.vetkd.publicKey(name, canister, context) } };
}

export function vetKdDeriveKey(
  { state }: Services,
  call: ManagementCall<KeyArgument & { input: Uint8Array; transport_public_key: Uint8Array }>,
): ManagementResult {
  const { argument, caller } = call;
  const { name, context } = keyOf('vetkd_derive_key', argument);
  const accepted = paid('vetkd_derive_key', name, call);
  const input = Uint8Array.from(argument.input);
  let transport: ReturnType<typeof transportKey>;
  try {
    transport = transportKey(Uint8Array.from(argument.transport_public_key));
  } catch (error) {
    return refuse(
      `transport_public_key is not a G1 point of BLS12-381 in its compressed form (48 bytes): ${(error as Error).message}`,
    );
  }
  const encrypted_key = state.keys.vetkd.encryptedKey(name, caller.toUint8Array(), context, input, transport);
  return { accepted, value: { encrypted_key } };
}

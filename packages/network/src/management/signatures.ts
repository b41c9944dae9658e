/** ecdsa_public_key, sign_with_ecdsa, schnorr_public_key, sign_with_schnorr. */
import type { Principal } from '@icp-sdk/core/principal';
import { ErrorCode } from '../execution/errors.js';
import { thresholdKeyFees } from '../execution/fees.js';
import type { EcdsaAlgorithm, SchnorrAlgorithm, ThresholdAlgorithm } from '../protocol/threshold-keys.js';
import { type ManagementCall, ManagementError, type ManagementResult, type Services } from './types.js';

const maxPath = 255;

interface KeyArgument {
  canister_id?: [] | [Principal];
  derivation_path: Uint8Array[];
  key_id: {
    name: string;
    curve?: { secp256k1: null } | { secp256r1: null };
    algorithm?: { bip340secp256k1: null } | { ed25519: null };
  };
}

export function refuse(message: string): never {
  throw new ManagementError(ErrorCode.canisterRejected, message);
}

function algorithmOf({ key_id }: KeyArgument): ThresholdAlgorithm {
  if (key_id.algorithm === undefined) return 'secp256r1' in key_id.curve! ? 'ecdsa:Secp256r1' : 'ecdsa:Secp256k1';
  return 'ed25519' in key_id.algorithm ? 'schnorr:Ed25519' : 'schnorr:Bip340Secp256k1';
}

/** Throws ManagementError when there is no such key. */
export function checkKeyName(method: string, algorithm: string, name: string): void {
  if (thresholdKeyFees.has(name)) return;
  const known = [...thresholdKeyFees.keys()].map((key) => `${algorithm}:${key}`).join(', ');
  refuse(
    `Unable to route management canister request ${method}: Requested unknown threshold key: ${algorithm}:${name}, existing keys: [${known}]`,
  );
}

/** The key that an argument names, for the canister that it names or that calls. Throws ManagementError. */
function keyOf(method: string, { argument, caller }: ManagementCall<KeyArgument>) {
  const algorithm = algorithmOf(argument);
  const { name } = argument.key_id;
  checkKeyName(method, algorithm, name);
  if (argument.derivation_path.length > maxPath) {
    refuse(`Deserialize error: The number of elements exceeds maximum allowed ${maxPath}`);
  }
  const canister = argument.canister_id?.[0] ?? caller;
  const path = [canister.toUint8Array(), ...argument.derivation_path.map((part) => Uint8Array.from(part))];
  return { algorithm, name, path };
}

/** The fee, taken from the call's cycles. Throws ManagementError. */
export function paid(method: string, name: string, { from, cycles }: ManagementCall): bigint {
  const fee = from === undefined ? 0n : thresholdKeyFees.get(name)!;
  if (cycles < fee) refuse(`${method} request sent with ${cycles} cycles, but ${fee} cycles are required.`);
  return fee;
}

function publicKey(method: string, { state }: Services, call: ManagementCall<KeyArgument>): ManagementResult {
  const { algorithm, name, path } = keyOf(method, call);
  const { publicKey, chainCode } = state.keys.threshold.publicKey(algorithm, name, path);
  return { value: { public_key: publicKey, chain_code: chainCode } };
}

export function ecdsaPublicKey(services: Services, call: ManagementCall<KeyArgument>): ManagementResult {
  return publicKey('ecdsa_public_key', services, call);
}

export function schnorrPublicKey(services: Services, call: ManagementCall<KeyArgument>): ManagementResult {
  return publicKey('schnorr_public_key', services, call);
}

export function signWithEcdsa(
  { state }: Services,
  call: ManagementCall<KeyArgument & { message_hash: Uint8Array }>,
): ManagementResult {
  const { algorithm, name, path } = keyOf('sign_with_ecdsa', call);
  const hash = Uint8Array.from(call.argument.message_hash);
  if (hash.length !== 32) refuse(`message_hash must be 32 bytes, got ${hash.length}`);
  const accepted = paid('sign_with_ecdsa', name, call);
  const signature = state.keys.threshold.signEcdsa(algorithm as EcdsaAlgorithm, name, path, hash);
  return { accepted, value: { signature } };
}

export function signWithSchnorr(
  { state }: Services,
  call: ManagementCall<KeyArgument & { message: Uint8Array; aux: [] | [{ bip341: { merkle_root_hash: Uint8Array } }] }>,
): ManagementResult {
  const { algorithm, name, path } = keyOf('sign_with_schnorr', call);
  const aux = call.argument.aux[0];
  const root = aux && Uint8Array.from(aux.bip341.merkle_root_hash);
  if (root !== undefined && algorithm !== 'schnorr:Bip340Secp256k1')
    refuse('aux bip341 is for bip340secp256k1 keys only');
  if (root !== undefined && root.length !== 0 && root.length !== 32) {
    refuse(`merkle_root_hash must be 0 or 32 bytes, got ${root.length}`);
  }
  const accepted = paid('sign_with_schnorr', name, call);
  const message = Uint8Array.from(call.argument.message);
  const scheme = algorithm as SchnorrAlgorithm;
  return { accepted, value: { signature: state.keys.threshold.signSchnorr(scheme, name, path, message, root) } };
}

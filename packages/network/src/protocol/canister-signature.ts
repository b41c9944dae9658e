/**
 * Signatures of canisters (interface specification, "Canister signatures"): a certificate of a canister's certified
 * data, and a tree with that root that contains /sig/SHA-256(seed)/SHA-256(message).
 */
import { decodeCbor } from './cbor.js';
import { lookUp, parseHashTree, rootHash } from './hash-tree.js';
import { sha256 } from './request-id.js';

/** 1.3.6.1.4.1.56387.1.2 */
export const canisterSignatureAlgorithm = Uint8Array.of(0x2b, 6, 1, 4, 1, 0x83, 0xb8, 0x43, 1, 2);

/** Whether the network has certified the state with this root hash by this signature. */
export type CertificateCheck = (root: Uint8Array, signature: Uint8Array) => boolean;

function blob(value: unknown, what: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error(`${what} is no blob`);
}

function fields(bytes: Uint8Array, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = decodeCbor(bytes);
  } catch (error) {
    throw new Error(`${what} is not valid CBOR: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${what} is no map`);
  return value as Record<string, unknown>;
}

/** `key` is the length of the canister's id, the id, and the seed. Throws the problem as text. */
export function verifyCanisterSignature(
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  isCertified: CertificateCheck,
): boolean {
  const end = 1 + (key[0] ?? 0);
  if (key.length < end || end > 30) throw new Error('the key of a canister signature names no canister');
  const canister = key.subarray(1, end);
  const { certificate, tree: treeValue } = fields(signature, 'a canister signature');
  const parsed = fields(blob(certificate, 'the certificate of a canister signature'), 'a certificate');
  if (parsed.delegation !== undefined) throw new Error('this network delegates to no other subnet');
  const state = parseHashTree(parsed.tree);
  if (!isCertified(rootHash(state), blob(parsed.signature, "a certificate's signature"))) return false;
  const tree = parseHashTree(treeValue);
  const certified = lookUp(state, ['canister', canister, 'certified_data']);
  if (certified === undefined || Buffer.compare(certified, rootHash(tree)) !== 0) return false;
  return lookUp(tree, ['sig', sha256(key.subarray(end)), sha256(message)]) !== undefined;
}

/**
 * vetKD: keys derived for a canister, a context and an input. They reach the caller encrypted, so that they cannot be
 * read on the way (interface specification, vetkd_public_key and vetkd_derive_key; ePrint 2023/616). Such a key is the
 * BLS signature of its input.
 */
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha512 } from '@noble/hashes/sha2.js';

const { G1, G2, fields } = bls12_381;
const scalars = fields.Fr;

type G1Point = ReturnType<typeof G1.Point.fromBytes>;
type G2Point = ReturnType<typeof G2.Point.fromBytes>;

const signatureDomain = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_AUG_';
const canisterDomain = 'ic-vetkd-bls12-381-g2-canister-id';
const contextDomain = 'ic-vetkd-bls12-381-g2-context';

const bytes = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

/** A byte string with its length in 8 bytes before it. */
function prefixed(value: Uint8Array): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(value.length));
  return bytes(length, value);
}

/** The offset that derives another key from a key. */
function offset(key: G2Point, value: Uint8Array, domain: string): bigint {
  return G1.hashToScalar(bytes(prefixed(key.toBytes()), prefixed(value)), { DST: domain });
}

/** The offsets of a canister's key and, if the context is not empty, of that context's. */
function* offsets(master: G2Point, canister: Uint8Array, context: Uint8Array): Generator<bigint> {
  const forCanister = offset(master, canister, canisterDomain);
  yield forCanister;
  if (context.length === 0) return;
  yield offset(master.add(G2.Point.BASE.multiply(forCanister)), context, contextDomain);
}

/** The public key of a canister and a context, from the master public key alone. */
export function derivedPublicKey(master: Uint8Array, canister: Uint8Array, context: Uint8Array): Uint8Array {
  let key = G2.Point.fromBytes(master);
  for (const delta of offsets(key, canister, context)) key = key.add(G2.Point.BASE.multiply(delta));
  return key.toBytes();
}

/** Throws when the bytes are no point that a transport key can be. */
export function transportKey(encoded: Uint8Array): G1Point {
  const point = G1.Point.fromBytes(encoded);
  point.assertValidity();
  if (point.is0()) throw new Error('the point at infinity');
  return point;
}

export class VetKdKeys {
  private readonly root: Uint8Array;

  /** All keys come out of these 32 bytes. */
  constructor(root: Uint8Array) {
    this.root = root;
  }

  private master(name: string): bigint {
    const seed = sha512(bytes(this.root, Buffer.from(`vetkd:Bls12_381_G2 ${name}`)));
    return (BigInt(`0x${Buffer.from(seed).toString('hex')}`) % (scalars.ORDER - 1n)) + 1n;
  }

  /** 96 bytes. */
  publicKey(name: string, canister: Uint8Array, context: Uint8Array): Uint8Array {
    return derivedPublicKey(G2.Point.BASE.multiply(this.master(name)).toBytes(), canister, context);
  }

  /** The key for an input, encrypted for the transport key: 192 bytes. */
  encryptedKey(
    name: string,
    canister: Uint8Array,
    context: Uint8Array,
    input: Uint8Array,
    transport: G1Point,
  ): Uint8Array {
    const master = this.master(name);
    let secret = master;
    for (const delta of offsets(G2.Point.BASE.multiply(master), canister, context)) secret = scalars.add(secret, delta);
    const publicKey = G2.Point.BASE.multiply(secret).toBytes();
    const message = G1.Point.fromAffine(G1.hashToCurve(bytes(publicKey, input), { DST: signatureDomain }).toAffine());
    const random = scalars.fromBytes(bls12_381.utils.randomSecretKey());
    const masked = transport.multiply(random).add(message.multiply(secret));
    return bytes(G1.Point.BASE.multiply(random).toBytes(), G2.Point.BASE.multiply(random).toBytes(), masked.toBytes());
  }
}

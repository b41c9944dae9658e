/**
 * The network's threshold keys, held here by one process: ECDSA on secp256k1 and P-256, BIP 340, Ed25519. Every
 * canister has its own keys, derived as on main net: from the master key by the canister's id and then the caller's
 * derivation path (interface specification, ecdsa_public_key and schnorr_public_key; dfinity/ic, packages ic-secp256k1
 * and ic-ed25519).
 */
import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';

export type EcdsaAlgorithm = 'ecdsa:Secp256k1' | 'ecdsa:Secp256r1';
export type SchnorrAlgorithm = 'schnorr:Bip340Secp256k1' | 'schnorr:Ed25519';
export type ThresholdAlgorithm = EcdsaAlgorithm | SchnorrAlgorithm;

export interface ThresholdPublicKey {
  /** SEC 1 compressed, 33 bytes; of Ed25519 32 bytes. */
  publicKey: Uint8Array;
  /** 32 bytes. */
  chainCode: Uint8Array;
}

interface DerivedKey extends ThresholdPublicKey {
  secret: bigint;
}

const bytes = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const bigEndian = (value: Uint8Array) => BigInt(`0x${Buffer.from(value).toString('hex')}`);
const secpOrder = secp256k1.Point.Fn.ORDER;
const edOrder = ed25519.Point.Fn.ORDER;

function toBytes32(value: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'));
}

/** SLIP-0010 without hardening, for indices that are byte strings. */
function deriveSlip10({ Point }: typeof secp256k1, master: bigint, path: readonly Uint8Array[]): DerivedKey {
  const order = Point.Fn.ORDER;
  let secret = master;
  let chainCode: Uint8Array = new Uint8Array(32);
  const publicOf = (key: bigint) => Point.BASE.multiply(key).toBytes(true);
  for (const index of path) {
    let input: Uint8Array = publicOf(secret);
    for (;;) {
      const mac = hmac(sha512, chainCode, bytes(input, index));
      const offset = bigEndian(mac.subarray(0, 32));
      const next = (secret + offset) % order;
      if (offset < order && next !== 0n) {
        secret = next;
        chainCode = mac.slice(32);
        break;
      }
      input = bytes(Uint8Array.of(1), mac.subarray(32));
    }
  }
  return { secret, chainCode, publicKey: publicOf(secret) };
}

function deriveEd25519(master: bigint, path: readonly Uint8Array[]): DerivedKey {
  let secret = master;
  let chainCode: Uint8Array = new Uint8Array(32);
  const publicOf = (key: bigint) => ed25519.Point.BASE.multiply(key).toBytes();
  for (const index of path) {
    const okm = hkdf(sha512, bytes(publicOf(secret), index), chainCode, Buffer.from('Ed25519'), 96);
    secret = (secret + bigEndian(okm.subarray(0, 64))) % edOrder;
    chainCode = okm.slice(64);
  }
  return { secret, chainCode, publicKey: publicOf(secret) };
}

/** RFC 8032, 5.1.6, with a secret scalar instead of a seed. */
function signEd25519({ secret, publicKey }: DerivedKey, message: Uint8Array): Uint8Array {
  const littleEndian = (hash: Uint8Array) => bigEndian(Uint8Array.from(hash).reverse()) % edOrder;
  const r = littleEndian(sha512(bytes(toBytes32(secret), message)));
  const R = ed25519.Point.BASE.multiply(r).toBytes();
  const k = littleEndian(sha512(bytes(R, publicKey, message)));
  return bytes(R, toBytes32((r + k * secret) % edOrder).reverse());
}

/** The secret of a Taproot output (BIP 341) that commits to a tree of scripts, or to none if the root is empty. */
function tweaked(secret: bigint, merkleRoot: Uint8Array): bigint {
  const point = secp256k1.Point.BASE.multiply(secret).toBytes(true);
  const even = point[0] === 2 ? secret : secpOrder - secret;
  const tag = createHash('sha256').update('TapTweak').digest();
  const tweak = createHash('sha256')
    .update(bytes(tag, tag, point.subarray(1), merkleRoot))
    .digest();
  return (even + bigEndian(tweak)) % secpOrder;
}

export class ThresholdKeys {
  private readonly root: Uint8Array;

  /** All keys come out of these 32 bytes. */
  constructor(root: Uint8Array) {
    this.root = root;
  }

  private derive(algorithm: ThresholdAlgorithm, name: string, path: readonly Uint8Array[]): DerivedKey {
    const seed = bigEndian(sha512(bytes(this.root, Buffer.from(`threshold key ${algorithm} ${name}`))));
    const secretBelow = (order: bigint) => (seed % (order - 1n)) + 1n;
    switch (algorithm) {
      case 'schnorr:Ed25519':
        return deriveEd25519(secretBelow(edOrder), path);
      case 'ecdsa:Secp256r1':
        return deriveSlip10(p256, secretBelow(p256.Point.Fn.ORDER), path);
      default:
        return deriveSlip10(secp256k1, secretBelow(secpOrder), path);
    }
  }

  publicKey(algorithm: ThresholdAlgorithm, name: string, path: readonly Uint8Array[]): ThresholdPublicKey {
    const { publicKey, chainCode } = this.derive(algorithm, name, path);
    return { publicKey, chainCode };
  }

  /** ECDSA: of a hash of 32 bytes, r and s of 32 bytes each. */
  signEcdsa(algorithm: EcdsaAlgorithm, name: string, path: readonly Uint8Array[], hash: Uint8Array): Uint8Array {
    const { secret } = this.derive(algorithm, name, path);
    const curve = algorithm === 'ecdsa:Secp256r1' ? p256 : secp256k1;
    return curve.sign(hash, toBytes32(secret), { prehash: false, lowS: true });
  }

  /** 64 bytes. `merkleRoot`: of BIP 340 only, the signature is that of a Taproot output. */
  signSchnorr(
    algorithm: SchnorrAlgorithm,
    name: string,
    path: readonly Uint8Array[],
    message: Uint8Array,
    merkleRoot?: Uint8Array,
  ): Uint8Array {
    const key = this.derive(algorithm, name, path);
    if (algorithm === 'schnorr:Ed25519') return signEd25519(key, message);
    const secret = merkleRoot === undefined ? key.secret : tweaked(key.secret, merkleRoot);
    return schnorr.sign(message, toBytes32(secret));
  }
}

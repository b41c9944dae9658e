/** Threshold keys in a canister: independent libraries verify their signatures, and derivation is main net's. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Principal } from '@icp-sdk/core/principal';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodName } from './interface.js';
import { created, hashOf, installation, manage, network, relayed, startNetwork } from './management.test-support.js';

interface PublicKey {
  public_key: Uint8Array;
  chain_code: Uint8Array;
}
interface Signature {
  signature: Uint8Array;
}

const path = [Uint8Array.of(1, 2, 3), new Uint8Array()];
const ecdsa = { curve: { secp256k1: null }, name: 'test_key_1' };
const nist = { curve: { secp256r1: null }, name: 'key_1' };
const bip340 = { algorithm: { bip340secp256k1: null }, name: 'test_key_1' };
const edwards = { algorithm: { ed25519: null }, name: 'key_1' };
const plenty = 30_000_000_000n;

describe('threshold keys', () => {
  let canister: Principal;
  const call = <T>(name: MethodName, argument: object, cycles = plenty) => relayed<T>(canister, name, argument, cycles);
  const keyOf = (name: MethodName, key_id: object, derivation_path = path, canister_id: [] | [Principal] = []) =>
    call<PublicKey>(name, { canister_id, derivation_path, key_id });

  beforeAll(async () => {
    await startNetwork();
    canister = await created();
    await manage('install_code', installation(canister, { install: null }), canister);
  });
  afterAll(() => network.stop());

  it('ECDSA verifies', async () => {
    const { public_key } = await keyOf('ecdsa_public_key', ecdsa);
    const message = Buffer.from('a message');
    const argument = { message_hash: hashOf(message), derivation_path: path, key_id: ecdsa };
    const { signature } = await call<Signature>('sign_with_ecdsa', argument);
    const point = secp256k1.Point.fromBytes(Uint8Array.from(public_key)).toBytes(false);
    const der = Buffer.concat([Buffer.from('3056301006072a8648ce3d020106052b8104000a034200', 'hex'), point]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    expect(verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, Uint8Array.from(signature))).toBe(true);
  });

  it('ECDSA on P-256 verifies, and is derived as on secp256k1', async () => {
    const { public_key } = await keyOf('ecdsa_public_key', nist);
    const message = Buffer.from('a message');
    const argument = { message_hash: hashOf(message), derivation_path: path, key_id: nist };
    const { signature } = await call<Signature>('sign_with_ecdsa', argument);
    const point = p256.Point.fromBytes(Uint8Array.from(public_key)).toBytes(false);
    const der = Buffer.concat([Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'), point]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    expect(verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, Uint8Array.from(signature))).toBe(true);

    const parent = await keyOf('ecdsa_public_key', nist, []);
    const child = await keyOf('ecdsa_public_key', nist, [Buffer.from('some index')]);
    const input = Buffer.concat([parent.public_key, Buffer.from('some index')]);
    const mac = hmac(sha512, Uint8Array.from(parent.chain_code), input);
    const offset = p256.Point.BASE.multiply(BigInt(`0x${Buffer.from(mac.subarray(0, 32)).toString('hex')}`));
    const derived = p256.Point.fromBytes(Uint8Array.from(parent.public_key)).add(offset);
    expect(Buffer.from(child.public_key).toString('hex')).toBe(derived.toHex(true));
  });

  it('BIP 340 verifies, with and without a tree of scripts', async () => {
    const { public_key } = await keyOf('schnorr_public_key', bip340);
    const message = Buffer.from('of any length');
    const argument = { message, derivation_path: path, key_id: bip340 };
    const { signature } = await call<Signature>('sign_with_schnorr', { ...argument, aux: [] });
    const inner = Uint8Array.from(public_key).slice(1);
    expect(schnorr.verify(Uint8Array.from(signature), message, inner)).toBe(true);
    const merkle_root_hash = new Uint8Array(32).fill(7);
    const aux = [{ bip341: { merkle_root_hash } }];
    const tweakedSignature = (await call<Signature>('sign_with_schnorr', { ...argument, aux })).signature;
    const tweak = schnorr.Point.Fn.fromBytes(
      createHash('sha256')
        .update(
          Buffer.concat([hashOf(Buffer.from('TapTweak')), hashOf(Buffer.from('TapTweak')), inner, merkle_root_hash]),
        )
        .digest(),
    );
    const output = secp256k1.Point.fromBytes(Uint8Array.of(2, ...inner)).add(secp256k1.Point.BASE.multiply(tweak));
    expect(schnorr.verify(Uint8Array.from(tweakedSignature), message, output.toBytes(true).slice(1))).toBe(true);
  });

  it('Ed25519 verifies', async () => {
    const { public_key } = await keyOf('schnorr_public_key', edwards);
    const message = Buffer.from('a message');
    const argument = { message, derivation_path: path, key_id: edwards, aux: [] };
    const { signature } = await call<Signature>('sign_with_schnorr', argument);
    expect(ed25519.verify(Uint8Array.from(signature), message, Uint8Array.from(public_key))).toBe(true);
  });

  it('are derived step by step from what is public, as wallets do it offline', async () => {
    const parent = await keyOf('ecdsa_public_key', ecdsa, []);
    const index = Buffer.from('some index');
    const child = await keyOf('ecdsa_public_key', ecdsa, [index]);
    const mac = hmac(sha512, Uint8Array.from(parent.chain_code), Buffer.concat([parent.public_key, index]));
    const offset = BigInt(`0x${Buffer.from(mac.subarray(0, 32)).toString('hex')}`);
    const derived = secp256k1.Point.fromBytes(Uint8Array.from(parent.public_key)).add(
      secp256k1.Point.BASE.multiply(offset),
    );
    expect(Buffer.from(child.public_key).toString('hex')).toBe(Buffer.from(derived.toBytes(true)).toString('hex'));
    expect(Buffer.from(child.chain_code).toString('hex')).toBe(Buffer.from(mac.subarray(32)).toString('hex'));
  });

  it('are of the canister that asks, or that is named', async () => {
    const other = await created();
    const mine = await keyOf('ecdsa_public_key', ecdsa);
    const named = await keyOf('ecdsa_public_key', ecdsa, path, [canister]);
    const theirs = await keyOf('ecdsa_public_key', ecdsa, path, [other]);
    expect(named).toEqual(mine);
    expect(theirs.public_key).not.toEqual(mine.public_key);
  });

  it('cost what they cost, and unknown ones are named', async () => {
    const argument = { message_hash: new Uint8Array(32), derivation_path: [], key_id: ecdsa };
    await expect(call('sign_with_ecdsa', argument, 5n)).rejects.toThrow(
      /sent with 5 cycles, but 10000000000 cycles are required/,
    );
    const before = network.canister(canister).cycles;
    await call('sign_with_ecdsa', argument);
    const spent = before - network.canister(canister).cycles;
    expect(spent).toBeGreaterThan(10_000_000_000n);
    expect(spent).toBeLessThan(10_200_000_000n);
    const unknown = { ...argument, key_id: { ...ecdsa, name: 'nobody' } };
    await expect(call('sign_with_ecdsa', unknown)).rejects.toThrow(/unknown threshold key: ecdsa:Secp256k1:nobody/);
    await expect(call('sign_with_ecdsa', { ...argument, message_hash: new Uint8Array(31) })).rejects.toThrow(
      /must be 32 bytes/,
    );
  });
});

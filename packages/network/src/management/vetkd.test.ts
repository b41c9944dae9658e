/** vetKD in a canister: the answers verify by the equations of the interface specification. */

import type { Principal } from '@icp-sdk/core/principal';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedPublicKey } from '../protocol/vetkd-keys.js';
import type { MethodName } from './interface.js';
import { created, installation, manage, network, relayed, startNetwork } from './management.test-support.js';

const { G1, G2, fields, pairing } = bls12_381;
const key_id = { curve: { bls12_381_g2: null }, name: 'test_key_1' };
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const point = (bytes: Uint8Array) => G1.Point.fromBytes(Uint8Array.from(bytes));

describe('vetKD', () => {
  let canister: Principal;
  const call = <T>(name: MethodName, argument: object, cycles = 10_000_000_000n) =>
    relayed<T>(canister, name, argument, cycles);
  const publicKey = async (context: Uint8Array, canister_id: [] | [Principal] = []) =>
    (await call<{ public_key: Uint8Array }>('vetkd_public_key', { canister_id, context, key_id })).public_key;

  beforeAll(async () => {
    await startNetwork();
    canister = await created();
    await manage('install_code', installation(canister, { install: null }), canister);
  });
  afterAll(() => network.stop());

  it('derives public keys as the official library does offline', () => {
    // Results of @dfinity/vetkeys 0.4.0 for this key, by deriveCanisterKey and deriveSubKey.
    const master = Buffer.from(
      '9183b871aa141d15ba2efc5bc58a49cb6a167741364804617f48dfe11e0285696b7018f172dad1a87ed81abf27ea4c320995041e2ee4a47b2226a2439d92a38557a7e2acc72fd157283b20f1f37ba872be235214c6a9cbba1eb2ef39deec72a5',
      'hex',
    );
    const id = Buffer.from('test-canister-id');
    expect(hex(derivedPublicKey(master, id, new Uint8Array()))).toBe(
      'af78a908589d332fc8b9d042807c483e73872e2aea7620bdb985b9289d5a99ebfd5ac0ec4844a4c542f6d0f12a716d941674953cef4f38dde601ce9792db8832557eaa051733c5541fa5017465d69b62cc4d93f2079fb8c050b4bd735ef75859',
    );
    expect(hex(derivedPublicKey(master, id, Buffer.from('test-context')))).toBe(
      'a20125b8cdfc57f71b6f67e557e82c1307c1af9f728573f3b682f3b1816684f3f6aed5d8dd40a309b457a25dab7d8a1416fc0e0973000321c0c1dd844d80a5708e81fdd8338ea6433f175992fa05ef343b1e7f89a09f3b5b7c0766ccb3c624cd',
    );
  });

  it('gives the key of an input only to the owner of the transport key', async () => {
    const [context, input] = [Buffer.from('context'), Buffer.from('input')];
    const transportSecret = 1234567890123456789n;
    const transport = G1.Point.BASE.multiply(transportSecret);
    const argument = { input, context, transport_public_key: transport.toBytes(), key_id };
    const { encrypted_key } = await call<{ encrypted_key: Uint8Array }>('vetkd_derive_key', argument);
    expect(encrypted_key).toHaveLength(192);
    const e1 = point(encrypted_key.slice(0, 48));
    const e2 = G2.Point.fromBytes(Uint8Array.from(encrypted_key.slice(48, 144)));
    const e3 = point(encrypted_key.slice(144));

    const derived = Uint8Array.from(await publicKey(context));
    const verification = G2.Point.fromBytes(derived);
    const { x, y } = G1.hashToCurve(Uint8Array.from(Buffer.concat([derived, input])), {
      DST: 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_AUG_',
    }).toAffine();
    const message = G1.Point.fromAffine({ x, y });
    const { Fp12 } = fields;
    expect(Fp12.eql(pairing(e1, G2.Point.BASE), pairing(G1.Point.BASE, e2))).toBe(true);
    const both = Fp12.mul(pairing(transport, e2), pairing(message, verification));
    expect(Fp12.eql(pairing(e3, G2.Point.BASE), both)).toBe(true);
    const key = e3.subtract(e1.multiply(transportSecret));
    expect(Fp12.eql(pairing(key, G2.Point.BASE), pairing(message, verification))).toBe(true);
  });

  it('has keys of their own for canisters and contexts', async () => {
    const other = await created();
    const keys = await Promise.all([
      publicKey(Buffer.from('a')),
      publicKey(Buffer.from('a'), [canister]),
      publicKey(Buffer.from('b')),
      publicKey(Buffer.from('a'), [other]),
    ]);
    expect(keys[1]).toEqual(keys[0]);
    expect(new Set(keys.map(hex)).size).toBe(3);
    // The second step of the derivation needs nothing but the first one's key.
    expect(await publicKey(new Uint8Array())).toHaveLength(96);
  });

  it('reports errors', async () => {
    const argument = {
      input: new Uint8Array(),
      context: new Uint8Array(),
      transport_public_key: new Uint8Array(48),
      key_id,
    };
    await expect(call('vetkd_derive_key', argument)).rejects.toThrow(/transport_public_key is not a G1 point/);
    const infinity = Uint8Array.from([0xc0, ...new Uint8Array(47)]);
    await expect(call('vetkd_derive_key', { ...argument, transport_public_key: infinity })).rejects.toThrow(
      /not a G1 point/,
    );
    await expect(call('vetkd_derive_key', argument, 5n)).rejects.toThrow(/sent with 5 cycles, but 10000000000 cycles/);
    const unknown = { ...argument, key_id: { ...key_id, name: 'nobody' } };
    await expect(call('vetkd_derive_key', unknown)).rejects.toThrow(/unknown threshold key: vetkd:Bls12_381_G2:nobody/);
  });
});

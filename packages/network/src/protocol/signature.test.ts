/** Signatures of canisters and of security keys; agent.test.ts covers those of plain keys. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { wrapDER } from '@icp-sdk/core/agent';
import { encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canisterSignatureAlgorithm } from './canister-signature.js';
import { encodeCbor } from './cbor.js';
import { unwrapKey } from './der.js';
import { hashTree, type LabelledTree, lookUp, parseHashTree, rootHash } from './hash-tree.js';
import { NetworkKeys } from './keys.js';
import { sha256 } from './request-id.js';
import { verifySignature } from './signature.js';
import { webAuthnAlgorithm } from './web-authn.js';

const keys = new NetworkKeys();
const message = Buffer.from('a message');
const isCertified = (root: Uint8Array, signature: Uint8Array) => keys.isCertified(root, signature);
const oid = (content: Uint8Array) => Uint8Array.of(0x30, content.length + 2, 6, content.length, ...content);
const wrapped = (algorithm: Uint8Array, key: Uint8Array) => wrapDER(key, oid(algorithm));
const verifies = (key: Uint8Array, signature: Uint8Array, of: Uint8Array = message) =>
  verifySignature(key, of, signature, isCertified);

describe('a signature of a canister', () => {
  const canister = Uint8Array.of(0, 0, 0, 0, 0, 0x10, 0, 3, 1, 1);
  const seed = Buffer.from('a seed');
  const key = wrapped(canisterSignatureAlgorithm, Buffer.concat([Uint8Array.of(canister.length), canister, seed]));
  const signed = (of: Uint8Array): LabelledTree =>
    new Map([['sig', new Map([[sha256(seed), new Map([[sha256(of), new Uint8Array()]])]])]]);
  const certify = (tree: LabelledTree, by: NetworkKeys = keys, id: Uint8Array = canister) =>
    by.certify(new Map([['canister', new Map([[id, new Map([['certified_data', rootHash(hashTree(tree))]])]])]]));
  const signature = (tree: LabelledTree, certificate = certify(tree)) =>
    encodeCbor({ certificate, tree: hashTree(tree) });

  it('is good when the network has certified the tree that has it', () => {
    expect(verifies(key, signature(signed(message)))).toBe(true);
  });

  it('of another message, seed, canister or network is not', () => {
    const tree = signed(message);
    expect(verifies(key, signature(tree), Buffer.from('another'))).toBe(false);
    const otherSeed = wrapped(canisterSignatureAlgorithm, Buffer.concat([Uint8Array.of(10), canister, seed, seed]));
    expect(verifies(otherSeed, signature(tree))).toBe(false);
    expect(
      verifies(
        key,
        signature(
          tree,
          certify(
            tree,
            keys,
            canister.map((byte) => byte ^ 1),
          ),
        ),
      ),
    ).toBe(false);
    expect(verifies(key, signature(tree, certify(tree, new NetworkKeys())))).toBe(false);
    expect(verifies(key, signature(tree, certify(signed(Buffer.from('another')))))).toBe(false);
  });

  it.each<[string, unknown, string]>([
    ['no CBOR', undefined, 'is not valid CBOR'],
    ['no map', [1], 'is no map'],
    ['no certificate', { tree: [0] }, 'the certificate of a canister signature is no blob'],
    [
      'an odd certificate',
      { certificate: encodeCbor({ tree: [9], signature: seed }), tree: [0] },
      'has a node that is none',
    ],
    [
      'a delegation',
      { certificate: encodeCbor({ delegation: {}, tree: [0] }), tree: [0] },
      'delegates to no other subnet',
    ],
    ['no signature', { certificate: encodeCbor({ tree: [0] }), tree: [0] }, "a certificate's signature is no blob"],
  ])('with %s is refused with a reason', (_, value, text) => {
    const bytes = value === undefined ? Uint8Array.of(0xff) : encodeCbor(value);
    expect(() => verifies(key, bytes)).toThrow(text);
  });
});

describe('a signature of a security key', () => {
  const authenticator = Buffer.from('what the key says of itself');
  const kinds: [name: string, privateKey: KeyObject, cose: Uint8Array][] = [];
  {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x, y } = publicKey.export({ format: 'jwk' });
    const cose = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x!, 'base64url')],
      [-3, Buffer.from(y!, 'base64url')],
    ]);
    kinds.push(['P-256', privateKey, encode(cose)]);
  }
  {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { n, e } = publicKey.export({ format: 'jwk' });
    const cose = new Map<number, unknown>([
      [1, 3],
      [3, -257],
      [-1, Buffer.from(n!, 'base64url')],
      [-2, Buffer.from(e!, 'base64url')],
    ]);
    kinds.push(['RSA', privateKey, encode(cose)]);
  }
  const about = (challenge: Uint8Array) =>
    JSON.stringify({
      type: 'webauthn.get',
      challenge: Buffer.from(challenge).toString('base64url'),
      origin: 'https://x',
    });
  const make = (privateKey: KeyObject, clientData = about(message)) =>
    encodeCbor({
      authenticator_data: authenticator,
      client_data_json: clientData,
      signature: Uint8Array.from(sign('sha256', Buffer.concat([authenticator, sha256(clientData)]), privateKey)),
    });

  it.each(kinds)('of %s is good for its message and no other', (_, privateKey, cose) => {
    const key = wrapped(webAuthnAlgorithm, cose);
    expect(verifies(key, make(privateKey))).toBe(true);
    expect(() => verifies(key, make(privateKey), Buffer.from('another'))).toThrow('about another challenge');
    expect(() => verifies(key, make(privateKey, 'no JSON'))).toThrow('about another challenge');
    const other = kinds.find(([, each]) => each !== privateKey)![1];
    expect(verifies(key, make(other))).toBe(false);
    expect(() => verifies(key, encodeCbor({ signature: authenticator }))).toThrow('lacks authenticator_data');
    expect(() => verifies(wrapped(webAuthnAlgorithm, encode(new Map([[1, 2]]))), make(privateKey))).toThrow(
      'neither of',
    );
    expect(() => verifies(wrapped(webAuthnAlgorithm, Buffer.from('x')), make(privateKey))).toThrow('cannot be read');
  });
});

describe('what they are made of', () => {
  it('keys of any bytes are unwrapped or not, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(unwrapKey(wrapped(webAuthnAlgorithm, bytes))?.key).toEqual(bytes);
        expect(unwrapKey(bytes)).toBeUndefined();
      }),
    );
    const whole = wrapped(webAuthnAlgorithm, Buffer.alloc(200));
    for (let end = 0; end < whole.length; end++) expect(unwrapKey(whole.subarray(0, end))).toBeUndefined();
    expect(unwrapKey(Buffer.concat([whole, Uint8Array.of(0)]))).toBeUndefined();
  });

  it('trees are read as they were written, and no deeper than there is a need', () => {
    const tree: LabelledTree = new Map<string, LabelledTree>([
      ['a', new Map([['b', Buffer.from('leaf')]])],
      ['c', Buffer.from('other')],
      ['d', new Map()],
    ]);
    const read = parseHashTree(hashTree(tree));
    expect(rootHash(read)).toEqual(rootHash(hashTree(tree)));
    expect(lookUp(read, ['a', 'b'])).toEqual(Buffer.from('leaf'));
    for (const path of [['a'], ['b'], ['d'], ['a', 'b', 'c'], []]) expect(lookUp(read, path)).toBeUndefined();
    let deep: unknown = [0];
    for (let i = 0; i < 600; i++) deep = [2, Buffer.from('x'), deep];
    expect(() => parseHashTree(deep)).toThrow('is deeper than 512');
    for (const wrong of [undefined, [], [1, [0]], [2, 'text', [0]], [4, Buffer.alloc(31)], [0, 0]]) {
      expect(() => parseHashTree(wrong)).toThrow('has a node that is none');
    }
  });
});

import { hashOfMap as agentHashOfMap, Certificate, requestIdOf } from '@icp-sdk/core/agent';
import { Principal } from '@icp-sdk/core/principal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCbor, encodeCbor } from './cbor.js';
import { openEnvelope, RequestError } from './envelope.js';
import { type HashTree, hashTree, type LabelledTree, rootHash } from './hash-tree.js';
import { NetworkKeys, selfAuthenticating } from './keys.js';
import { hashOfMap, leb128 } from './request-id.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const second = 1_000_000_000n;

describe('request ids', () => {
  it("is the specification's example", () => {
    const content = {
      request_type: 'call',
      sender: Uint8Array.of(4),
      ingress_expiry: 1_685_570_400_000_000_000n,
      canister_id: Buffer.from('00000000000004D2', 'hex'),
      method_name: 'hello',
      arg: Buffer.from('DIDL\x00\xFD*', 'latin1'),
    };
    expect(hex(hashOfMap(content))).toBe('1d1091364d6bb8a6c16b203ee75467d59ead468f523eb058880ae8ec80e2b101');
    expect(hex(requestIdOf(content as never))).toBe(hex(hashOfMap(content)));
  });

  it("agrees with the agent's hashing of nested maps and lists", () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.uint8Array(),
        fc.nat(),
        fc.bigInt({ min: 0n, max: 2n ** 64n }),
        fc.array(tie('value'), { maxLength: 3 }),
        tie('map'),
      ),
      map: fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
    })).map;
    fc.assert(
      fc.property(value, (map) => {
        expect(hex(hashOfMap(map as never))).toBe(hex(agentHashOfMap(map as never)));
      }),
    );
  });

  it('leaves absent fields out', () => {
    expect(hex(hashOfMap({ a: 1, b: undefined }))).toBe(hex(hashOfMap({ a: 1 })));
  });

  it('numbers are LEB128', () => {
    expect([leb128(0n), leb128(127n), leb128(128n), leb128(624_485n)].map(hex)).toEqual(['00', '7f', '8001', 'e58e26']);
  });
});

describe('hash trees', () => {
  it("the specification's example has its root hash", () => {
    const tree = decodeCbor(
      Buffer.from(
        '8301830183024161830183018302417882034568656c6c6f810083024179820345776f726c6483024162820344676f6f648301830241638100830241648203476d6f726e696e67',
        'hex',
      ),
    ) as HashTree;
    expect(hex(rootHash(tree))).toBe('eb5c5b2195e62d996b84c9bcc8259d19a83786a2f59e0878cec84c811f669aa0');
  });

  it('labels are sorted, for any order of insertion', () => {
    const subtree: LabelledTree = new Map([['x', new Uint8Array()]]);
    const one = new Map<string, LabelledTree>([
      ['b', subtree],
      ['a', Uint8Array.of(1)],
      ['c', new Map()],
    ]);
    const other = new Map([...one].reverse());
    expect(hashTree(one)).toEqual(hashTree(other));
    expect(hashTree(new Map())).toEqual([0]);
  });
});

describe('certificates', () => {
  const keys = new NetworkKeys();

  it('convince the official agent, and say what they say', async () => {
    const canisterId = Principal.fromText('rrkah-fqaaa-aaaaa-aaaaq-cai');
    const tree = new Map<string, LabelledTree>([
      ['time', leb128(BigInt(Date.now()) * 1_000_000n)],
      ['canister', new Map([[canisterId.toUint8Array(), new Map([['certified_data', Uint8Array.of(1, 2, 3)]])]])],
    ]);
    const options = { rootKey: keys.rootKey, principal: { canisterId }, certificate: keys.certify(tree) };
    const certificate = await Certificate.create(options);
    const found = certificate.lookup_path(['canister', canisterId.toUint8Array(), 'certified_data']);
    expect(found).toMatchObject({ status: 'Found', value: Uint8Array.of(1, 2, 3) });
    await expect(Certificate.create({ ...options, rootKey: new NetworkKeys().rootKey })).rejects.toThrow();
  });

  it('names the subnet after the root key', () => {
    expect(keys.rootKey).toHaveLength(133);
    expect(hex(keys.subnetId)).toBe(hex(selfAuthenticating(keys.rootKey)));
    expect(Principal.selfAuthenticating(keys.nodeKey).toText()).toBe(Principal.fromUint8Array(keys.nodeId).toText());
  });
});

describe('envelopes', () => {
  const now = 1_700_000_000n * second;
  const content = {
    request_type: 'call',
    sender: Uint8Array.of(4),
    ingress_expiry: now + 60n * second,
    canister_id: new Uint8Array(),
    method_name: 'm',
    arg: new Uint8Array(),
  };
  const open = (envelope: unknown) => openEnvelope(encodeCbor(envelope), now, () => false);

  it('an anonymous call is what it says', () => {
    const { content: opened, id } = open({ content });
    expect(opened).toMatchObject({ type: 'call', methodName: 'm', ingressExpiry: content.ingress_expiry });
    expect(hex(id)).toBe(hex(hashOfMap(content)));
  });

  it.each<[string, unknown, string]>([
    ['no map', 5, 'the envelope is not a map'],
    ['no content', {}, 'content is not a map'],
    ['an unknown type', { content: { ...content, request_type: 'shout' } }, 'unknown request_type "shout"'],
    [
      'a method that is no text',
      { content: { ...content, method_name: 5 } },
      'field method_name is missing or not a text',
    ],
    [
      'a canister that is no blob',
      { content: { ...content, canister_id: 'aaaaa-aa' } },
      'field canister_id is missing or not a blob',
    ],
    ['a negative expiry', { content: { ...content, ingress_expiry: -1 } }, 'not a natural number'],
    ['expired', { content: { ...content, ingress_expiry: now - 1n } }, 'Invalid request expiry: '],
    ['too far ahead', { content: { ...content, ingress_expiry: now + 331n * second } }, 'Invalid request expiry: '],
    ['absurdly far ahead', { content: { ...content, ingress_expiry: 2n ** 64n - 1n } }, 'Invalid request expiry: '],
    ['a long nonce', { content: { ...content, nonce: new Uint8Array(33) } }, 'the nonce is longer than 32 bytes'],
    ['a field without a hash', { content: { ...content, extra: null } }, 'has no hash'],
    ['signed anonymously', { content, sender_sig: new Uint8Array(64) }, 'an anonymous request must not be signed'],
    ['unsigned', { content: { ...content, sender: new Uint8Array(29) } }, 'must be signed'],
    [
      'the key of another',
      {
        content: { ...content, sender: new Uint8Array(29) },
        sender_pubkey: new Uint8Array(44),
        sender_sig: new Uint8Array(64),
      },
      'the public key is not that of the sender',
    ],
    [
      'too many paths',
      { content: { ...content, request_type: 'read_state', paths: new Array(1001).fill([]) } },
      'at most 1000 paths',
    ],
    [
      'a path of texts',
      { content: { ...content, request_type: 'read_state', paths: [['time']] } },
      'list of at most 127 labels',
    ],
  ])('refuses %s', (_, envelope, reason) => {
    expect(() => open(envelope)).toThrow(reason);
  });

  it('a key of an unknown kind', () => {
    const key = Uint8Array.of(1, 2, 3);
    const envelope = {
      content: { ...content, sender: selfAuthenticating(key) },
      sender_pubkey: key,
      sender_sig: new Uint8Array(64),
    };
    expect(() => open(envelope)).toThrow('not a DER-encoded key of a supported kind');
  });

  it('says what is wrong with anything else, and does nothing worse', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => openEnvelope(bytes, now, () => false)).toThrow(RequestError);
      }),
    );
  });
});

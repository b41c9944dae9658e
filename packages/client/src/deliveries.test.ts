import { AnonymousIdentity, Cbor, HttpAgent, type Identity, requestIdOf } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { DelegationChain, DelegationIdentity, Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import { Principal } from '@icp-sdk/core/principal';
import { expect, test } from 'vitest';
import { Deliveries } from './deliveries.js';
import { idlFactory } from './generated/llama.did.js';

const canister = Principal.fromText('uxrrr-q7777-77774-qaaaq-cai');
const [own, session] = [Ed25519KeyIdentity.generate(), Ed25519KeyIdentity.generate()];
const tomorrow = new Date(Date.now() + 86_400_000);
const delegated = DelegationIdentity.fromDelegation(
  session,
  await DelegationChain.create(own, session.getPublicKey(), tomorrow),
);

interface Envelope {
  content: { arg: Uint8Array; sender: Uint8Array; ingress_expiry: bigint; method_name: string };
  sender_sig: Uint8Array;
  sender_pubkey: Uint8Array;
  sender_delegation?: unknown[];
}

/** Sends chunks of these sizes, and returns the bodies of the requests. */
async function sent(identity: Identity, sizes: number[], status = 202): Promise<Envelope[]> {
  const bodies: Envelope[] = [];
  const fetch = async (_: unknown, init?: { body?: unknown }) => {
    bodies.push(Cbor.decode(Uint8Array.from(init!.body as Uint8Array)));
    return new Response(null, { status });
  };
  const agent = HttpAgent.createSync({ host: 'http://127.0.0.1:1', identity, fetch: fetch as typeof globalThis.fetch });
  const deliveries = new Deliveries(agent, canister);
  for (const size of sizes) await deliveries.send('upload_chunk', arguments_, new Uint8Array(size).fill(size));
  return bodies;
}

const arguments_ = (chunk: Uint8Array) => [{ upload: 7n, offset: 1_900_000n, chunk }];

test.each([
  ['a key', own, own],
  ['a delegation', delegated, session],
])('requests are those that the agent would send: %s', async (_, identity, signer) => {
  const sizes = [0, 1, 127, 128, 70_000, 300];
  const method = idlFactory({ IDL })._fields.find(([name]) => name === 'upload_chunk')![1];
  const bodies = await sent(identity, sizes);
  for (const [i, { content, sender_sig, sender_pubkey, sender_delegation }] of bodies.entries()) {
    expect(content.arg).toEqual(IDL.encode(method.argTypes, arguments_(new Uint8Array(sizes[i]!).fill(sizes[i]!))));
    expect(content.sender).toEqual(identity.getPrincipal().toUint8Array());
    const message = Buffer.concat([Buffer.from('\x0Aic-request'), requestIdOf({ ...content })]);
    expect(Ed25519KeyIdentity.verify(sender_sig, message, signer.getPublicKey().toRaw())).toBe(true);
    expect([...sender_pubkey]).toEqual([...own.getPublicKey().toDer()]);
    expect(sender_delegation?.length).toBe(identity === delegated ? 1 : undefined);
  }
});

test('what the network does not take is an error', async () => {
  await expect(sent(own, [1], 200)).rejects.toMatchObject({ code: 'NOT_TAKEN' });
});

test('an identity that adds to requests, and one that does not sign, send them through the agent', async () => {
  const adding = Ed25519KeyIdentity.generate();
  const plain = adding.transformRequest.bind(adding);
  adding.transformRequest = (request) => {
    Object.assign(request.body, { sender_info: { info: new Uint8Array() } });
    return plain(request);
  };
  await expect(sent(adding, [1])).rejects.toMatchObject({ code: 'NOT_TAKEN' });
  await expect(sent(new AnonymousIdentity(), [1])).rejects.toMatchObject({ code: 'NOT_TAKEN' });
});

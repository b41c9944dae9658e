/** The official agent against a network, with its defaults: certificates and query signatures are verified by it. */
import { Actor, type ActorSubclass, CanisterStatus, HttpAgent, type Identity, SubnetStatus } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { DelegationChain, DelegationIdentity, ECDSAKeyIdentity, Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import { Secp256k1KeyIdentity } from '@icp-sdk/core/identity/secp256k1';
import { Principal } from '@icp-sdk/core/principal';
import { decode } from 'cborg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EchoService, echoInterface, echoModule } from './echo.test-support.js';
import { Network } from './index.js';
import { encodeCbor } from './protocol/cbor.js';

let network: Network;
let canisterId: Principal;

beforeAll(async () => {
  network = await Network.start({ limits: { updateInstructions: 50_000_000 } });
  canisterId = network.createCanister();
  await network.install(canisterId, echoModule);
});
afterAll(() => network.stop());

/** An agent that does not repeat refused requests. */
function impatient(identity?: Identity): HttpAgent {
  const { url: host, rootKey } = network;
  return HttpAgent.createSync({ host, rootKey, retryTimes: 0, ...(identity ? { identity } : {}) });
}

function actor(agent: HttpAgent = network.agent()): ActorSubclass<EchoService> {
  return Actor.createActor<EchoService>(echoInterface, { agent, canisterId });
}

const identities: [name: string, identity: () => Promise<Identity | undefined>][] = [
  ['anonymous', async () => undefined],
  ['Ed25519', async () => Ed25519KeyIdentity.generate()],
  ['secp256k1', async () => Secp256k1KeyIdentity.generate()],
  ['P-256', async () => ECDSAKeyIdentity.generate({ extractable: true })],
  [
    'a chain of delegations',
    async () => {
      const [root, middle, leaf] = [
        Ed25519KeyIdentity.generate(),
        Secp256k1KeyIdentity.generate(),
        await ECDSAKeyIdentity.generate(),
      ];
      const expiry = new Date(Date.now() + 60_000);
      const first = await DelegationChain.create(root, middle.getPublicKey(), expiry);
      const second = await DelegationChain.create(middle, leaf.getPublicKey(), expiry, {
        previous: first,
        targets: [canisterId],
      });
      return DelegationIdentity.fromDelegation(leaf, second);
    },
  ],
];

describe('every kind of identity', () => {
  it.each(identities)('%s', async (_, make) => {
    const identity = await make();
    const caller = identity?.getPrincipal() ?? Principal.anonymous();
    const me = actor(network.agent(identity));
    expect((await me.whoami()).toText()).toBe(caller.toText());
    expect(await me.echo('héllo')).toBe('héllo');
    expect(await me.ask('thère')).toBe('thère');
  });

  it('a delegation for another canister, and one that has expired, do not do', async () => {
    const [root, leaf] = [Ed25519KeyIdentity.generate(), Ed25519KeyIdentity.generate()];
    const other = await DelegationChain.create(root, leaf.getPublicKey(), new Date(Date.now() + 60_000), {
      targets: [Principal.fromText('rrkah-fqaaa-aaaaa-aaaaq-cai')],
    });
    const agent = impatient(DelegationIdentity.fromDelegation(leaf, other));
    await expect(actor(agent).ask('x')).rejects.toThrow('the delegation does not cover this canister');
    const late = await DelegationChain.create(root, leaf.getPublicKey(), new Date(Date.now() - 1000));
    const expired = impatient(DelegationIdentity.fromDelegation(leaf, late));
    await expect(actor(expired).ask('x')).rejects.toThrow('a delegation has expired');
  });

  it('a signature of somebody else is refused', async () => {
    const [mine, theirs] = [Ed25519KeyIdentity.generate(), Ed25519KeyIdentity.generate()];
    mine.sign = (blob) => theirs.sign(blob);
    await expect(actor(impatient(mine)).ask('x')).rejects.toThrow('Invalid signature of the request');
  });
});

describe('calls', () => {
  it('polling comes to the same as waiting', async () => {
    const agent = network.agent();
    const sent = await agent.call(canisterId, {
      methodName: 'count',
      arg: IDL.encode([], []),
      effectiveCanisterId: canisterId,
      callSync: false,
    });
    expect(sent.response.status).toBe(202);
    await expect
      .poll(async () => {
        const { certificate } = await agent.readState(canisterId, {
          paths: [[new TextEncoder().encode('request_status'), sent.requestId]],
        });
        return Buffer.from(certificate).includes('replied');
      })
      .toBe(true);
  });

  it('are executed once, however often they are sent', async () => {
    const before = await actor().get();
    const bodies: Uint8Array[] = [];
    const agent = HttpAgent.createSync({
      host: network.url,
      rootKey: network.rootKey,
      fetch: (input, init) => {
        bodies.push(init!.body as Uint8Array);
        return fetch(input, init);
      },
    });
    await actor(agent).count();
    const url = `${network.url}/api/v4/canister/${canisterId.toText()}/call`;
    const again = await fetch(url, { method: 'POST', body: bodies[0] as Uint8Array<ArrayBuffer> });
    expect(again.status).toBe(200);
    expect(await actor().get()).toBe(before + 1n);
  });

  it('that trap change nothing', async () => {
    const before = await actor().get();
    await expect(actor().trap()).rejects.toThrow(/Reject code: 5[\s\S]*Canister trapped: unreachable[\s\S]*IC0502/);
    expect(await actor().get()).toBe(before);
  });

  it.each<[keyof EchoService, RegExp]>([
    ['reject', /Reject code: 4[\s\S]*no such luck[\s\S]*IC0406/],
    ['silent', /did not reply to the call[\s\S]*IC0506/],
    ['endless', /exceeded the limit of 50000000 instructions[\s\S]*IC0522/],
    ['missing', /Canister has no update method 'missing'[\s\S]*IC0536/],
    ['missing_query', /Canister has no query method 'missing_query'[\s\S]*IC0536/],
  ])('fail with what the replica says: %s', async (method, text) => {
    await expect((actor()[method] as () => Promise<unknown>)()).rejects.toThrow(text);
  });

  it('to canisters that cannot take them are not even accepted', async () => {
    const agent = network.agent();
    const call = (id: Principal) =>
      agent
        .call(id, { methodName: 'x', arg: IDL.encode([], []), effectiveCanisterId: id })
        .then(({ response }) => response.body);
    const nobody = Principal.fromText('rrkah-fqaaa-aaaaa-aaaaq-cai');
    await expect(call(nobody)).resolves.toMatchObject({
      status: 'non_replicated_rejection',
      reject_code: 3,
      error_code: 'IC0301',
    });
    await expect(call(network.createCanister())).resolves.toMatchObject({ reject_code: 5, error_code: 'IC0537' });
    await expect(call(network.createCanister({ cycles: 0n }))).resolves.toMatchObject({ error_code: 'IC0537' });
    const poor = network.createCanister();
    await network.install(poor, echoModule);
    network.addCycles(poor, -network.canister(poor).cycles);
    await expect(call(poor)).resolves.toMatchObject({ reject_code: 2, error_code: 'IC0207' });
  });
});

describe('the state tree', () => {
  it('is read as the official agent reads it', async () => {
    const status = await CanisterStatus.request({
      canisterId,
      agent: network.agent(),
      paths: ['time', 'controllers', 'module_hash', 'subnet'],
    });
    expect(status.get('controllers')).toEqual([network.controller.getPrincipal()]);
    expect(status.get('module_hash')).toBe(Buffer.from(network.canister(canisterId).moduleHash!).toString('hex'));
    expect(Math.abs((status.get('time') as Date).getTime() - Date.now())).toBeLessThan(5000);
    expect((status.get('subnet') as CanisterStatus.SubnetStatus).nodeKeys.size).toBe(1);
  });

  it("tells the subnet's metrics, to those that ask the subnet", async () => {
    const subnetId = Principal.selfAuthenticating(network.rootKey);
    const agent = network.agent();
    await agent.update(canisterId, { methodName: 'certify', arg: new Uint8Array(), effectiveCanisterId: canisterId });
    const words = [new TextEncoder().encode('subnet'), subnetId.toUint8Array(), new TextEncoder().encode('metrics')];
    const metrics = async () => {
      const path = new SubnetStatus.CustomPath('metrics', words, 'raw');
      const status = await SubnetStatus.request({ subnetId, agent, paths: [path] });
      return decode(status.get('metrics') as Uint8Array, { useMaps: true });
    };
    const before = (await metrics()) as Map<number, number | bigint | Map<number, bigint>>;
    expect([...before.keys()]).toEqual([0, 1, 2, 3]);
    expect(before.get(0)).toBeGreaterThan(1);
    expect(before.get(1)).toBeGreaterThan(echoModule.length);
    const consumed = Number((before.get(2) as Map<number, bigint>).get(0));
    expect(consumed).toBeGreaterThan(0);

    const other = network.createCanister();
    await agent.query(canisterId, { methodName: 'certificate', arg: new Uint8Array() });
    await agent.update(canisterId, { methodName: 'certify', arg: new Uint8Array(), effectiveCanisterId: canisterId });
    const after = (await metrics()) as typeof before;
    expect(after.get(0)).toBe(Number(before.get(0)) + 1);
    expect(after.get(3)).toBe(Number(before.get(3)) + 1);
    expect(Number((after.get(2) as Map<number, bigint>).get(0))).toBeGreaterThan(consumed);
    expect(Number(after.get(1)) - Number(before.get(1))).toBe(network.canister(other).memoryBytes);
    await expect(agent.readState(canisterId, { paths: [words] })).rejects.toThrow(/metrics is not allowed/);
  });

  it('certified data reaches queries with a certificate', async () => {
    const agent = network.agent();
    await agent.call(canisterId, { methodName: 'certify', arg: new Uint8Array(), effectiveCanisterId: canisterId });
    const answer = await agent.query(canisterId, { methodName: 'certificate', arg: new Uint8Array() });
    const certificate = answer.status === 'replied' ? answer.reply.arg : new Uint8Array();
    expect(Buffer.from(certificate).includes('no such luck')).toBe(true);
  });

  it('requests of others are none of their business', async () => {
    const agent = impatient(Ed25519KeyIdentity.generate());
    const { requestId } = await agent.call(canisterId, {
      methodName: 'count',
      arg: IDL.encode([], []),
      effectiveCanisterId: canisterId,
    });
    const paths = [[new TextEncoder().encode('request_status'), requestId]];
    await expect(impatient().readState(canisterId, { paths })).rejects.toThrow('403');
    await expect(agent.readState(canisterId, { paths: [[new TextEncoder().encode('secrets')]] })).rejects.toThrow(
      '403',
    );
  });
});

describe('the HTTP interface', () => {
  const post = (path: string, body: Uint8Array) =>
    fetch(`${network.url}${path}`, { method: 'POST', body: body as Uint8Array<ArrayBuffer> });

  it('has a status with the root key', async () => {
    const agent = HttpAgent.createSync({ host: network.url });
    expect(Buffer.from(await agent.fetchRootKey()).equals(network.rootKey)).toBe(true);
    expect(await agent.status()).toMatchObject({ replica_health_status: 'healthy' });
  });

  it.each<[string, string, Uint8Array, number, string]>([
    ['garbage', '/api/v3/canister/rrkah-fqaaa-aaaaa-aaaaq-cai/query', Uint8Array.of(1, 2), 400, 'not valid CBOR'],
    ['an empty body', '/api/v4/canister/rrkah-fqaaa-aaaaa-aaaaq-cai/call', new Uint8Array(), 400, 'not valid CBOR'],
    [
      'no principal',
      '/api/v3/canister/nonsense/read_state',
      encodeCbor({ content: { request_type: 'read_state', sender: Uint8Array.of(4), ingress_expiry: 0, paths: [] } }),
      400,
      '"nonsense" is not a principal',
    ],
    [
      'the wrong type',
      '/api/v3/canister/rrkah-fqaaa-aaaaa-aaaaq-cai/query',
      encodeCbor({ content: { request_type: 'read_state', sender: Uint8Array.of(4), ingress_expiry: 0, paths: [] } }),
      400,
      'expected a request of type query',
    ],
    [
      'another canister',
      '/api/v3/canister/rrkah-fqaaa-aaaaa-aaaaq-cai/query',
      encodeCbor({
        content: {
          request_type: 'query',
          canister_id: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 9, 1, 1),
          method_name: 'x',
          arg: new Uint8Array(),
          sender: Uint8Array.of(4),
          ingress_expiry: 0,
        },
      }),
      400,
      'does not match effective canister id',
    ],
    [
      'a call over 2 MiB',
      '/api/v4/canister/rrkah-fqaaa-aaaaa-aaaaq-cai/call',
      new Uint8Array(2 ** 21 + 1),
      413,
      'is too large',
    ],
    ['an unknown path', '/api/v9/nothing', new Uint8Array(), 404, 'there is nothing at'],
    [
      'another subnet',
      `/api/v3/subnet/${Principal.selfAuthenticating(new Uint8Array(3)).toText()}/read_state`,
      encodeCbor({ content: { request_type: 'read_state', sender: Uint8Array.of(4), ingress_expiry: 0, paths: [] } }),
      404,
      'there is no subnet',
    ],
  ])('refuses %s and says why', async (_, path, body, status, text) => {
    const response = await post(path, body);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(text);
  });

  it('refuses bodies beyond all measure, said or unsaid', async () => {
    const url = `${network.url}/api/v3/canister/${canisterId.toText()}/query`;
    const said = await fetch(url, { method: 'POST', body: new Uint8Array(9 * 2 ** 20) });
    expect(said.status).toBe(413);
    const part = new Uint8Array(2 ** 20);
    const unsaid = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 9; i++) controller.enqueue(part);
        controller.close();
      },
    });
    const streamed = await fetch(url, { method: 'POST', body: unsaid, duplex: 'half' } as RequestInit);
    expect(streamed.status).toBe(413);
  });

  it("a clock that is wrong is the agent's to correct", async () => {
    const ahead = await Network.start();
    try {
      ahead.advanceTime(3_600_000);
      const id = ahead.createCanister();
      await ahead.install(id, echoModule);
      const agent = ahead.agent();
      expect(await Actor.createActor<EchoService>(echoInterface, { agent, canisterId: id }).echo('later')).toBe(
        'later',
      );
    } finally {
      await ahead.stop();
    }
  });

  it('several networks live side by side', async () => {
    const other = await Network.start();
    try {
      const id = other.createCanister();
      await other.install(id, echoModule);
      expect(other.port).not.toBe(network.port);
      const theirs = Actor.createActor<EchoService>(echoInterface, { agent: other.agent(), canisterId: id });
      await theirs.count();
      expect(await theirs.get()).toBe(1n);
      const stranger = HttpAgent.createSync({ host: other.url, rootKey: network.rootKey });
      await expect(
        Actor.createActor<EchoService>(echoInterface, { agent: stranger, canisterId: id }).count(),
      ).rejects.toThrow(/ertificate|ignature/);
    } finally {
      await other.stop();
    }
  });
});

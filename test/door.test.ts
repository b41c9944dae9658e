/**
 * The canister's door, with raw messages to a network: a message that is refused there costs nothing, and one that is
 * let in is charged.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDL } from '@icp-sdk/core/candid';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import type { Principal } from '@icp-sdk/core/principal';
import { Network } from '@llama-canister/network';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importDeclarations, readInterface } from '../canister/scripts/candid/interface.mjs';
import { readMarks } from '../canister/scripts/candid/marks.mjs';
import { bombed, bombs } from '../canister/test/candid-bombs.js';
import { newCall, send } from '../packages/network/src/anonymous-call.test-support.js';
import { decodeCbor, encodeCbor } from '../packages/network/src/protocol/cbor.js';
import { hashOfMap } from '../packages/network/src/protocol/request-id.js';
import { root } from './cli/model.js';

let network: Network;
let id: Principal;

beforeAll(async () => {
  network = await Network.start();
  // The anonymous principal, who sends some of these messages, has no access.
  id = network.createCanister({ controllers: [network.controller.getPrincipal(), controller.getPrincipal()] });
  await network.install(id, readFileSync(join(root, 'canister/build/llama.wasm')));
});
afterAll(() => network?.stop());

const controller = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(3));
const nothing = Buffer.from('DIDL\0\0');

async function outcome(method: string, arg: Uint8Array): Promise<Record<string, unknown>> {
  return decodeCbor(await send(network.url, id, newCall(id, method, new Uint8Array(arg)))) as Record<string, unknown>;
}

/** Sends a message that is signed already. */
async function signed(who: Ed25519KeyIdentity, method: string, arg: Uint8Array): Promise<Record<string, unknown>> {
  const content = {
    request_type: 'call',
    canister_id: id.toUint8Array(),
    method_name: method,
    arg: new Uint8Array(arg),
    sender: who.getPrincipal().toUint8Array(),
    ingress_expiry: BigInt(Date.now()) * 1_000_000n + 240_000_000_000n,
    nonce: Uint8Array.from(randomBytes(16)),
  };
  const requestId = hashOfMap(content);
  const signature = await who.sign(Buffer.concat([Buffer.from('\x0aic-request'), requestId]));
  const sender = { sender_pubkey: new Uint8Array(who.getPublicKey().toDer()), sender_sig: new Uint8Array(signature) };
  const envelope = encodeCbor({ content, ...sender });
  return decodeCbor(await send(network.url, id, { id: requestId, envelope })) as Record<string, unknown>;
}

describe('a message of a stranger', () => {
  const refused: [string, string, Uint8Array][] = [
    ['a large update that is not for him', 'run_update', new Uint8Array(1_900_000)],
    ['a small one', 'run_update', nothing],
    ['one for controllers', 'set_access', nothing],
    ['a method that there is not', 'mint', nothing],
    ['a query as an update', 'health', nothing],
    ['a query with a bomb as an update', 'health', bombed(bombs['a billion nulls']!, 1000, false)],
    ['a query that is large as an update', 'whoami', new Uint8Array(1_900_000)],
    ['an answer as an update', 'run_query', nothing],
    ['a page as an update', 'http_request', nothing],
  ];
  it.each(refused)('%s is refused, and costs nothing', async (_, method, arg) => {
    const before = network.canister(id).cycles;
    expect(await outcome(method, arg)).toMatchObject({
      status: 'non_replicated_rejection',
      reject_code: 4,
      error_code: 'IC0406',
    });
    // Memory is paid for by time; a message of 1.9 MB would cost 3.8 B.
    expect(before - network.canister(id).cycles).toBeLessThan(10_000_000n);
  });
});

const file = join(root, 'canister/llama.did');
const isFullTest = process.env.LLAMA_CANISTER_TEST === 'full';

describe('strangers’ messages', async () => {
  const marks = readMarks(await readInterface(file));
  const { service } = await importDeclarations(file);
  const kinds = new Map(service._fields.map(([name, type]) => [name, type.annotations.includes('query')]));
  const size = fc.oneof(
    fc.constantFrom(0, 6, 1024, 1025, 8192, 8193, 65_536, 65_537, 1 << 20, (1 << 20) + 1, 1_900_000),
    fc.nat({ max: 20_000 }),
  );
  /** A message to send, made from its name and its size, which a failure prints. */
  const contents: Record<string, (bytes: number) => Uint8Array> = {
    zeros: (bytes) => new Uint8Array(bytes),
    words: (bytes) => IDL.encode([IDL.Record({ args: IDL.Vec(IDL.Text) })], [{ args: ['-p', 'x'.repeat(bytes)] }]),
    ...Object.fromEntries(
      Object.entries(bombs).map(([name, bomb]) => [
        name,
        (bytes: number) => bombed(bomb, Math.max(bytes, 1024), false),
      ]),
    ),
  };
  const method = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...marks.keys()) },
    { weight: 1, arbitrary: fc.string({ maxLength: 20 }).filter((name) => !marks.has(name)) },
  );

  /** Whether the marks let in a message of a caller who has an identity and nothing else. */
  function enters(name: string, bytes: number, level: number): boolean {
    const mark = marks.get(name);
    if (!mark || bytes > mark.most) return false;
    const isOpen = ['anyone', 'named'].includes(mark.who) || (level === 1 && ['chat', 'ask'].includes(mark.who));
    // Callers who may ask a query may also send it as an update, to get a certified answer.
    return isOpen && (!kinds.get(name) || (mark.certified && level === 1));
  }

  it.each([0, 1])('at level %i only messages of methods marked for it are charged', async (level) => {
    const access = IDL.encode([IDL.Record({ level: IDL.Nat16 })], [{ level }]);
    expect(await signed(controller, 'set_access', access)).toMatchObject({ status: 'replied' });
    const stranger = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(7));
    let refused = 0;
    let letIn = 0;
    await fc.assert(
      fc.asyncProperty(method, fc.constantFrom(...Object.keys(contents)), size, async (name, content, bytes) => {
        const arg = contents[content]!(bytes);
        const before = network.canister(id).cycles;
        const answer = await signed(stranger, name, arg);
        const isLetIn = answer.status !== 'non_replicated_rejection';
        expect(isLetIn, `${name} with ${arg.length} bytes`).toBe(enters(name, arg.length, level));
        if (isLetIn) return void letIn++;
        refused++;
        expect(answer.error_code).toBe('IC0406');
        expect(before - network.canister(id).cycles).toBeLessThan(10_000_000n);
      }),
      { numRuns: isFullTest ? 2000 : 80, endOnFailure: true, includeErrorInReport: true },
    );
    expect(refused).toBeGreaterThan(20);
    if (level === 1) expect(letIn).toBeGreaterThan(3);
  });
});

/** The canister's door, by raw messages to a network: what is refused there costs nothing, and what is let in is charged. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Principal } from '@icp-sdk/core/principal';
import { Network } from '@llama-canister/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bombed, bombs } from '../canister/test/candid-bombs.js';
import { newCall, send } from '../packages/network/src/anonymous-call.test-support.js';
import { decodeCbor } from '../packages/network/src/protocol/cbor.js';
import { root } from './cli/model.js';

let network: Network;
let id: Principal;

beforeAll(async () => {
  network = await Network.start();
  // The network's own principal controls it: the anonymous one, who sends what follows, is a stranger.
  id = network.createCanister();
  await network.install(id, readFileSync(join(root, 'canister/build/llama.wasm')));
});
afterAll(() => network?.stop());

const nothing = Buffer.from('DIDL\0\0');

async function outcome(method: string, arg: Uint8Array): Promise<Record<string, unknown>> {
  return decodeCbor(await send(network.url, id, newCall(id, method, new Uint8Array(arg)))) as Record<string, unknown>;
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
    // Memory is paid for by the time that it is kept; a message of 1.9 MB would cost 3.8 B.
    expect(before - network.canister(id).cycles).toBeLessThan(10_000_000n);
  });
});

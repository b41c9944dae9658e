/**
 * How to test somebody's canister: start a network in the test, install the module, call it with the official agent.
 * Works the same for a module that comes out of Rust, Motoko or anything else: read it with `readFileSync`.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Actor } from '@icp-sdk/core/agent';
import type { IDL } from '@icp-sdk/core/candid';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import type { Principal } from '@icp-sdk/core/principal';
import { Network } from '@llama-canister/network';
import { afterAll, beforeEach, expect, test } from 'vitest';
import wabt from 'wabt';

const source = readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'votes.wat'), 'utf8');
const { buffer: wasm } = (await wabt()).parseWat('votes.wat', source).toBinary({});

const votes: IDL.InterfaceFactory = ({ IDL }) =>
  IDL.Service({
    vote: IDL.Func([IDL.Nat8], [], []),
    close_in: IDL.Func([IDL.Nat64], [], []),
    count: IDL.Func([], [IDL.Nat64], ['query']),
    winner: IDL.Func([], [IDL.Nat8], ['query']),
    is_open: IDL.Func([], [IDL.Bool], ['query']),
  });

interface Votes {
  vote: (choice: number) => Promise<void>;
  close_in: (seconds: bigint) => Promise<void>;
  count: () => Promise<bigint>;
  winner: () => Promise<number>;
  is_open: () => Promise<boolean>;
}

// One network for all tests, and a fresh canister for each of them.
const network = await Network.start();
afterAll(() => network.stop());

const owner = Ed25519KeyIdentity.generate();
let canisterId: Principal;
beforeEach(async () => {
  canisterId = network.createCanister({ controllers: [owner.getPrincipal()] });
  await network.install(canisterId, wasm);
});

/** The canister as somebody sees it; somebody new unless said otherwise. */
function as(identity = Ed25519KeyIdentity.generate()): Votes {
  return Actor.createActor<Votes>(votes, { agent: network.agent(identity), canisterId });
}

test('counts votes', async () => {
  await as().vote(2);
  await as().vote(1);
  await as().vote(2);
  expect(await as().count()).toBe(3n);
  expect(await as().winner()).toBe(2);
});

test('what a trapping message had written is undone', async () => {
  const twice = as();
  await twice.vote(3);
  await expect(twice.vote(0)).rejects.toThrow('you have voted already');
  await expect(as().vote(4)).rejects.toThrow('there is no such choice');
  expect(await as().count()).toBe(1n);
});

test('time passes when the test says so', async () => {
  await expect(as().close_in(60n)).rejects.toThrow('only controllers close the vote');
  await as(owner).close_in(3600n);
  await as().vote(0);
  expect(await as().is_open()).toBe(true);
  network.advanceTime(3600 * 1000);
  await expect.poll(() => as().is_open()).toBe(false);
  await expect(as().vote(0)).rejects.toThrow('the vote is over');
});

test('an upgrade keeps what is in stable memory', async () => {
  await as().vote(1);
  await network.upgrade(canisterId, wasm);
  expect(await as().count()).toBe(1n);
});

test('a budget for what a vote may take', async () => {
  for (let i = 0; i < 5; i++) await as().vote(1);
  // The instructions that main net counts, and what they cost there.
  const { method, instructions, cycles } = network.metrics.last!;
  expect(method).toBe('vote');
  expect(instructions).toBeLessThan(400_000);
  expect(cycles).toBeLessThan(10_000_000n);
});

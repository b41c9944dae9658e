/**
 * A canister by Motoko's present compiler: a 64-bit memory that survives upgrades (enhanced orthogonal persistence).
 * The compiler is npm's `motoko`, which is moc in JavaScript.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Actor, type ActorMethod } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Network } from './index.js';

interface Compiler {
  write: (path: string, source: string) => void;
  wasm: (path: string, mode: 'ic') => { wasm: Uint8Array };
}

const source = `persistent actor {
  var sum : Nat = 0;
  var texts : [var Text] = [var];
  public func add(n : Nat) : async Nat { sum += n; sum };
  public query func get() : async Nat { sum };
  public func addTwice(n : Nat) : async Nat { ignore await add(n); await add(n) };
  public func fill(n : Nat) : async Nat {
    let all : [var Text] = [var "", "", "", ""];
    var text = "";
    var i = 0;
    while (i < n) { text := text # "0123456789"; all[i % 4] := text; i += 1 };
    texts := all;
    all[3].size()
  };
  public query func last() : async Nat { texts[3].size() };
  public func fail() : async () { sum += 1; assert false };
}`;

const nat = IDL.Nat;
const service: IDL.InterfaceFactory = () =>
  IDL.Service({
    add: IDL.Func([nat], [nat], []),
    get: IDL.Func([], [nat], ['query']),
    addTwice: IDL.Func([nat], [nat], []),
    fill: IDL.Func([nat], [nat], []),
    last: IDL.Func([], [nat], ['query']),
    fail: IDL.Func([], [], []),
  });

type Sums = {
  add: ActorMethod<[bigint], bigint>;
  get: ActorMethod<[], bigint>;
  addTwice: ActorMethod<[bigint], bigint>;
  fill: ActorMethod<[bigint], bigint>;
  last: ActorMethod<[], bigint>;
  fail: ActorMethod<[], undefined>;
};

describe('a Motoko canister', () => {
  const folder = mkdtempSync(join(tmpdir(), 'motoko-'));
  let network: Network;
  let wasm: Uint8Array;
  let canisterId: Principal;

  const actor = () => Actor.createActor<Sums>(service, { agent: network.agent(), canisterId });

  beforeAll(async () => {
    const { default: compiler } = createRequire(import.meta.url)('motoko') as { default: Compiler };
    compiler.write('Sums.mo', source);
    wasm = compiler.wasm('Sums.mo', 'ic').wasm;
    network = await Network.start({ state: folder });
    canisterId = network.createCanister();
    await network.install(canisterId, wasm);
  });
  afterAll(async () => {
    await network.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('computes, calls itself, and undoes what fails', async () => {
    expect(await actor().add(5n)).toBe(5n);
    expect(await actor().addTwice(10n)).toBe(25n);
    await expect(actor().fail()).rejects.toThrow(/assertion failed/);
    expect(await actor().get()).toBe(25n);
  });

  it('collects what it allocates', async () => {
    // 1000 texts of up to 10,000 letters are 5 MB, again and again.
    for (let round = 0; round < 10; round++) expect(await actor().fill(1000n)).toBe(10_000n);
    expect(network.canister(canisterId).memory.heap).toBeLessThan(200 * 2 ** 20);
  });

  it('keeps its heap over an upgrade, and has to be told to', async () => {
    await expect(network.upgrade(canisterId, wasm)).rejects.toThrow(/Enhanced orthogonal persistence requires/);
    await network.upgrade(canisterId, wasm, { keepHeap: true });
    expect([await actor().get(), await actor().last()]).toEqual([25n, 10_000n]);
  });

  it('is found again by the next process', async () => {
    await network.stop();
    network = await Network.start({ state: folder });
    expect([await actor().get(), await actor().last()]).toEqual([25n, 10_000n]);
    expect(await actor().add(1n)).toBe(26n);
  });

  it('pays twice as much for an instruction', () => {
    const run = network.metrics.messages.filter(({ method }) => method === 'add').at(-1)!;
    expect(run.cycles).toBe(5_000_000n + 2n * BigInt(run.instructions));
  });
});

/** `kill -9` at any time: nothing that was answered is lost, nothing is half done, nothing happens twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Principal } from '@icp-sdk/core/principal';
import { afterAll, expect, it } from 'vitest';
import { type Call, newCall } from './anonymous-call.test-support.js';
import { Network } from './index.js';
import { Life, witness } from './killed.test-support.js';

const rounds = process.env.LLAMA_CANISTER_TEST === 'full' ? 150 : 2;
const folder = mkdtempSync(join(tmpdir(), 'network-killed-'));
const lives: Life[] = [];
afterAll(async () => {
  for (const life of lives) await life.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Not random, so that a failure can be repeated; the process's state at its end varies all the same. */
let seed = 12345;
function random(below: number): number {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

function begin(): Life {
  const life = new Life(folder);
  lives.push(life);
  return life;
}

interface Sent extends Call {
  canister: Principal;
  kind: 'writes' | 'relays';
}

/**
 * Calls, several at a time, until the process is killed: those that were answered, and those with an unknown result.
 */
async function useAndKill(life: Life, next: () => Sent): Promise<{ answered: Sent[]; unknown: Sent[] }> {
  const answered: Sent[] = [];
  const unknown: Sent[] = [];
  let over = false;
  const worker = async () => {
    while (!over) {
      const call = next();
      ((await life.call(call.canister, call)) ? answered : unknown).push(call);
    }
  };
  const workers = Promise.all(Array.from({ length: 6 }, worker));
  for (const enough = random(20); answered.length < enough && unknown.length === 0; await sleep(1));
  await sleep(random(40));
  over = true;
  await life.kill();
  await workers;
  return { answered, unknown };
}

it(`survives being killed ${rounds} times`, async () => {
  const state = join(folder, 'state');
  const first = await Network.start({ state });
  const [writer, relay] = [first.createCanister(), first.createCanister()];
  await Promise.all([first.install(writer, witness), first.install(relay, witness)]);
  await first.stop();

  const next = (): Sent =>
    random(3) === 0
      ? { ...newCall(relay, 'relay', writer.toUint8Array()), canister: relay, kind: 'relays' }
      : { ...newCall(writer, 'write'), canister: writer, kind: 'writes' };
  const done = { writes: 0, relays: 0 };
  let unknown: Sent[] = [];
  for (let round = 0; round <= rounds; round++) {
    if (round % 3 === 2) {
      // At any moment before it listens.
      const short = begin();
      await sleep(random(600));
      await short.kill();
    }
    const life = await begin().ready();
    for (const call of unknown) {
      // Calls between canisters that were under way come to their end.
      await expect.poll(() => life.fate(call.canister, call), { timeout: 10_000 }).not.toBe('processing');
      if ((await life.fate(call.canister, call)) === 'replied') done[call.kind]++;
    }
    const total = done.writes + done.relays;
    expect(await life.check(relay)).toMatchObject({ sent: done.relays, received: done.relays });
    expect(await life.check(writer)).toMatchObject({ count: total, least: total, greatest: total });
    const used = await useAndKill(life, next);
    for (const { kind } of used.answered) done[kind]++;
    unknown = used.unknown;
  }
  expect(done.writes).toBeGreaterThan(rounds * 2);
  expect(done.relays).toBeGreaterThan(rounds / 2);
});

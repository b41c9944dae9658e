// Several canisters behind one gateway: which one is asked, and what happens if one does not answer.
import { describe, expect, test } from 'vitest';
import type { Ask, Delta, Model } from '../backend.js';
import { Refusal } from '../refusal.js';
import { askOf, end, MODEL, ScriptedBackend, text } from '../scripted-backend.test-support.js';
import { Fleet } from './fleet.js';

class Canister extends ScriptedBackend {
  isUp = true;
  model: Model = MODEL;

  override async models(): Promise<Model[]> {
    if (!this.isUp) throw new Refusal('unreachable', 'it is stopped');
    return [this.model];
  }
}

const fleetOf = (...canisters: Canister[]): Fleet => new Fleet(new Map(canisters.map((each, i) => [`c${i}`, each])));
const said = (): Canister => new Canister([text('x'), end()]);
const { signal } = new AbortController();

/** Begins an answer that stays open until it is read to its end. */
const begin = (fleet: Fleet, ask: Partial<Ask> = {}) => fleet.start({ ...askOf('tiny-chat'), ...ask }, signal);
async function read(deltas: AsyncIterable<Delta>): Promise<void> {
  for await (const _ of deltas);
}

const counts = (...canisters: Canister[]): number[] => canisters.map(({ asked }) => asked.length);

test('the canister with the shortest queue is next', async () => {
  const canisters = [said(), said(), said()];
  const fleet = fleetOf(...canisters);
  const open = [];
  for (let i = 0; i < 6; i++) open.push(await begin(fleet));
  expect(counts(...canisters)).toEqual([2, 2, 2]);
  await read(open[1]!);
  await read(open[4]!);
  expect(fleet.members().map((each) => each.open)).toEqual([2, 0, 2]);
  await begin(fleet);
  expect(counts(...canisters)).toEqual([2, 3, 2]);
});

test("other callers' answers in a canister's queue count, too", async () => {
  const busy = new Canister([{ type: 'progress', state: 'queued', place: 9, messagesLeft: 20 }, text('x'), end()]);
  const free = said();
  const fleet = fleetOf(busy, free);
  const first = await begin(fleet);
  await first[Symbol.asyncIterator]().next();
  for (let i = 0; i < 4; i++) await begin(fleet);
  expect(counts(busy, free)).toEqual([1, 4]);
});

test('decisions are shared, too, and are in the queue while they are made', async () => {
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  class Slow extends Canister {
    override async decide(...asked: Parameters<Canister['decide']>) {
      await finished;
      return super.decide(...asked);
    }
  }
  const canisters = [new Slow(), new Slow()];
  const fleet = fleetOf(...canisters);
  await fleet.models();
  const decisions = [1, 2, 3, 4].map(() => fleet.decide('tiny-chat', 'It came late.', [], signal));
  await expect.poll(() => fleet.members().map(({ open }) => open)).toEqual([2, 2]);
  finish();
  await Promise.all(decisions);
  expect(canisters.map(({ decided }) => decided.length)).toEqual([2, 2]);
});

test('the name of a model leads to a canister that has it', async () => {
  const [one, other] = [said(), said()];
  other.model = { ...MODEL, id: 'qwen' };
  const fleet = fleetOf(one, other);
  expect((await fleet.models()).map(({ id }) => id)).toEqual(['tiny-chat', 'qwen']);
  for (let i = 0; i < 3; i++) await read(await begin(fleet, { model: 'qwen' }));
  expect(counts(one, other)).toEqual([0, 3]);
});

test('copies of a model are listed once, ready if one of them is', async () => {
  const [one, other] = [said(), said()];
  one.model = { ...MODEL, ready: false, reason: 'it is being loaded' };
  const fleet = fleetOf(one, other);
  expect(await fleet.models()).toMatchObject([
    { id: 'tiny-chat', ready: true, facts: { canister: 'aaaaa-aa aaaaa-aa' } },
  ]);
  await read(await begin(fleet));
  expect(counts(one, other)).toEqual([0, 1]);
  other.model = one.model;
  const both = fleetOf(one, other);
  await expect(begin(both)).rejects.toThrow('it is being loaded');
});

describe('a conversation', () => {
  test('stays where its beginning is known, unless that canister is far busier', async () => {
    const canisters = [said(), said(), said()];
    const fleet = fleetOf(...canisters);
    for (let i = 0; i < 3; i++) await begin(fleet, { affinity: 'thread' });
    expect(counts(...canisters).filter((count) => count > 0)).toEqual([3]);
    for (let i = 0; i < 3; i++) await begin(fleet, { affinity: 'thread' });
    expect(counts(...canisters).filter((count) => count > 0).length).toBeGreaterThan(1);
  });

  test('with a session stays even then', async () => {
    const canisters = [said(), said(), said()];
    const fleet = fleetOf(...canisters);
    for (let i = 0; i < 5; i++) await begin(fleet, { session: 's' });
    expect(counts(...canisters).filter((count) => count > 0)).toEqual([5]);
    const sessions = await Promise.all(Array.from({ length: 30 }, (_, i) => begin(fleet, { session: `s${i}` })));
    expect(sessions.length).toBe(30);
    expect(Math.min(...counts(...canisters))).toBeGreaterThan(2);
    // Another canister does not have what was said in the session.
    const having = canisters.findIndex(({ asked }) => asked.some(({ session }) => session === 's'));
    canisters[having]!.refusal = new Refusal('unreachable', 'stopped');
    await expect(begin(fleet, { session: 's' })).rejects.toThrow('stopped');
  });
});

test('sessions stay where they are when canisters are added, and move only if their own is removed', async () => {
  const canisters = [said(), said(), said(), said()];
  for (const each of canisters) {
    Object.assign(each, { hasSession: async (name: string) => each.asked.some(({ session }) => session === name) });
  }
  const names = Array.from({ length: 40 }, (_, i) => `s${i}`);
  const places = () =>
    names.map((name) =>
      canisters.findIndex(({ asked }) => asked.at(0) && asked.some(({ session }) => session === name)),
    );
  const all = async (fleet: Fleet) => {
    for (const session of names) await read(await begin(fleet, { session }));
  };
  await all(fleetOf(...canisters.slice(0, 2)));
  const before = places();
  // A second gateway knows nothing yet and has more canisters: none of the new ones is asked for a session that another
  // has.
  await all(fleetOf(...canisters));
  expect(counts(...canisters.slice(2))).toEqual([0, 0]);
  expect(places()).toEqual(before);
  // The first canister is removed: its sessions begin anew, the others stay.
  canisters[0]!.asked.length = 0;
  await all(new Fleet(new Map([1, 2, 3].map((i) => [`c${i}`, canisters[i]!]))));
  const after = places();
  expect(after.filter((_, i) => before[i] === 1)).toEqual(before.filter((place) => place === 1));
  expect(counts(canisters[0]!)).toEqual([0]);
});

describe('a canister that does not answer', () => {
  test('is left out, and comes back', async () => {
    const [one, other] = [said(), said()];
    one.isUp = false;
    const fleet = fleetOf(one, other);
    for (let i = 0; i < 3; i++) await begin(fleet);
    expect(counts(one, other)).toEqual([0, 3]);
    expect(fleet.members()).toMatchObject([{ up: false, reason: 'it is stopped' }, { up: true }]);
    one.isUp = true;
    await expect
      .poll(
        async () => {
          await begin(fleet);
          return one.asked.length;
        },
        { timeout: 10_000, interval: 200 },
      )
      .toBeGreaterThan(0);
  });

  test('when an answer begins is replaced by another one', async () => {
    const [one, other] = [said(), said()];
    one.refusal = new Refusal('unreachable', 'gone');
    const fleet = fleetOf(one, other);
    for (let i = 0; i < 4; i++) await begin(fleet);
    expect(counts(one, other)).toEqual([1, 4]);
    other.refusal = new Refusal('unavailable', 'full', { code: 'busy' });
    await expect(begin(fleet)).rejects.toThrow('full');
  });

  test('has decisions and tokens asked for elsewhere', async () => {
    class Gone extends Canister {
      override decide(): never {
        throw new Refusal('unreachable', 'gone');
      }
      override tokenize(): never {
        throw new Refusal('unreachable', 'gone');
      }
    }
    const other = said();
    expect(await fleetOf(new Gone(), other).tokenize('tiny-chat', 'ab', {}, signal)).toEqual([97, 98]);
    const fleet = fleetOf(new Gone(), other);
    await fleet.decide('tiny-chat', 'It came late.', [], signal);
    expect(other.decided).toHaveLength(1);
    expect(fleet.members()).toMatchObject([
      { up: false, reason: 'gone', open: 0 },
      { up: true, open: 0 },
    ]);
  });

  test('a request that is wrong is not sent to every canister', async () => {
    const [one, other] = [said(), said()];
    for (const each of [one, other]) each.refusal = new Refusal('invalid', 'no such sampler');
    await expect(begin(fleetOf(one, other))).rejects.toThrow('no such sampler');
    expect(one.asked.length + other.asked.length).toBe(1);
  });

  test('if no canister answers, the error says so', async () => {
    const [one, other] = [said(), said()];
    one.isUp = false;
    other.isUp = false;
    await expect(fleetOf(one, other).models()).rejects.toThrow('c0: it is stopped; c1: it is stopped');
    await expect(begin(fleetOf(one, other))).rejects.toThrow('no canister can answer');
  });
});

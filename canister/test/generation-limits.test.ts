/** What generations may use of the canister, when they are forgotten, and the errors if there is no model. */
import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChatCall } from './chat-call.js';
import { Generations, inputOf, setLimits } from './generations.js';
import { Llama, owner, person } from './llama.js';
import { tinyChatPath } from './tiny-chat.js';

const SECOND = 1_000_000_000n;
const PAGE = 65_536n;
const ask = { prompt: 'Hello', max_tokens: 1, seed: 1 };
const model = readFileSync(tinyChatPath('tiny-chat-q8_0'));

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', model, '-c', '256');
  llama.letEveryoneIn();
});
beforeEach(() => {
  setLimits(llama, { retention_seconds: 0n });
  llama.time += SECOND;
  llama.timers();
  setLimits(llama);
});

const callers = (count: number) => Array.from({ length: count }, (_, i) => new Generations(llama, person(40 + i)));
const idsOf = (generations: Generations) => generations.list().map(({ id }) => id);

describe('limits of open generations', () => {
  it('apply to one caller, independently of others, until one ends', () => {
    setLimits(llama, { open_of_caller: 2n });
    const [mine, other] = callers(2) as [Generations, Generations];
    const ids = [mine.start(ask).id, mine.start(ask).id];
    const full = 'quota: 2 generations of the caller are open, the most that there may be; one has to end first';
    expect(() => mine.start(ask)).toThrow(`generation_start: ${full}`);
    expect(other.start(ask).state).toEqual({ queued: null });
    mine.cancel(ids[0]!);
    ids.push(mine.start(ask).id);
    expect(() => mine.start(ask)).toThrow(full);
    llama.timers();
    expect(mine.start(ask).id).toBeGreaterThan(ids.at(-1)!);
    llama.timers();
  });

  it('are higher for administrators and applications, which have only the limit of all callers together', () => {
    setLimits(llama, { open_of_caller: 1n, open: 4n });
    const administrator = new Generations(llama, owner);
    const [application, mine] = callers(2) as [Generations, Generations];
    llama.call('set_application', { principal: application.caller.toText(), note: '' }, owner);
    for (const each of [administrator, application, administrator, application]) each.start(ask);
    for (const each of [administrator, mine]) expect(() => each.start(ask)).toThrow('4 generations are open, the most');
    llama.timers();
    llama.call('remove_application', application.caller.toText(), owner);
    application.start(ask);
    expect(() => application.start(ask)).toThrow('quota: 1 generations of the caller are open');
    llama.timers();
  });
});

describe('generations that have ended', () => {
  it('are forgotten each at its time, also when that is changed, or the canister was upgraded in between', () => {
    setLimits(llama, { retention_seconds: 100n });
    const [mine, other] = callers(2) as [Generations, Generations];
    const first = mine.finish(ask).status;
    llama.time += 60n * SECOND;
    const second = other.finish(ask).status;
    expect([first, second].map(({ expires, ended }) => expires[0]! - ended[0]!)).toEqual([
      100n * SECOND,
      100n * SECOND,
    ]);
    llama.time += 39n * SECOND;
    llama.timers();
    expect([idsOf(mine), idsOf(other)]).toEqual([[first.id], [second.id]]);
    llama.upgrade();
    llama.timers();
    expect([idsOf(mine), idsOf(other)]).toEqual([[first.id], [second.id]]);
    llama.time += 2n * SECOND;
    llama.timers();
    expect([idsOf(mine), idsOf(other)]).toEqual([[], [second.id]]);
    // A longer time applies to generations that are kept already; a shorter one applies at once.
    setLimits(llama, { retention_seconds: 1000n });
    llama.time += 500n * SECOND;
    llama.timers();
    expect(other.poll(second.id).status.expires).toEqual([second.ended[0]! + 1000n * SECOND]);
    setLimits(llama, { retention_seconds: 10n });
    llama.timers();
    expect(() => other.poll(second.id)).toThrow(
      `there is no generation ${second.id} of the caller's, or it is forgotten`,
    );
  });

  it('are forgotten earlier, the oldest first, if a caller has too many, or all take too much', () => {
    setLimits(llama, { ended_of_caller: 3n });
    const [mine, other] = callers(2) as [Generations, Generations];
    const theirs = other.finish(ask).status.id;
    const ids = Array.from({ length: 5 }, () => {
      llama.time += SECOND;
      return mine.finish(ask).status.id;
    });
    // One more may have ended since the last was begun.
    expect(idsOf(mine)).toEqual(ids.slice(1).reverse());
    expect(idsOf(other)).toEqual([theirs]);
    // There is room for two files and a session, so the oldest of all are forgotten.
    setLimits(llama, { bytes: 4n * PAGE });
    llama.time += SECOND;
    const last = mine.finish(ask).status.id;
    expect(idsOf(other)).toEqual([]);
    expect(idsOf(mine)).toEqual([last, ids.at(-1)!, ids.at(-2)!].slice(0, idsOf(mine).length));
    expect(idsOf(mine).length).toBeLessThan(4);
    setLimits(llama, { bytes: PAGE });
    expect(() => mine.start(ask)).toThrow('the generations that are open take all the stable memory that they may');
    expect(idsOf(mine)[0]).toBe(last);
  });
});

describe('without a model', () => {
  it('the errors say what to do, and those of llama_cpp_canister’s methods are unchanged', async () => {
    llama = await Llama.install();
    llama.letEveryoneIn();
    const mine = new Generations(llama, person(1));
    const said = 'Model not yet loaded; load_model loads one';
    expect(() => mine.start(ask)).toThrow(`generation_start: ${said}`);
    const quote = llama.call('generation_quote', inputOf(ask), person(1));
    expect(quote).toEqual({ Err: { Other: `generation_quote: ${said}` } });
    const v1 = { model: '', messages: [{ user: { content: 'Hi' } }], tools: [] };
    expect(ChatCall.begin(llama, 'v1_chat', v1).outcome).toEqual({ reject: `v1_chat: ${said}` });
    const v0 = { model: '', messages: [{ role: { user: null }, content: 'Hi' }] };
    expect(ChatCall.begin(llama, 'v0_chat', v0).outcome).toEqual({ reject: `v0_chat: ${said}` });
    expect(llama.error('run_update', ['--prompt-cache', 'a', '-p', 'Hi'])).toBe('Model not yet loaded');
    llama.load('m', model, '-c', '256');
    llama.letEveryoneIn();
    expect(mine.finish(ask).status.state).toEqual({ done: { max_tokens: null } });
  });
});

/** Generations whose messages trap, that have few cycles, or share evaluated tokens. */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { Generations, setLimits } from './generations.js';
import { Llama, owner, person } from './llama.js';
import { tinyChatPath } from './tiny-chat.js';

const SECOND = 1_000_000_000n;
const user = (content: string) => [{ role: 'user', content }];

let llama: Llama;
beforeEach(async () => {
  llama = await Llama.install();
  llama.load('m', readFileSync(tinyChatPath('tiny-chat-q8_0')), '-c', '1024');
  llama.letEveryoneIn();
});

describe('a message that traps', () => {
  it('ends the generation that it was for at the second time, and no other', () => {
    const callers = [1, 2, 3].map((n) => new Generations(llama, person(n)));
    const [first, second, greedy] = callers as [Generations, Generations, Generations];
    const short = { prompt: user('Hello!'), max_tokens: 5 };
    const expected = first.finish(short).text;
    // The network allows less than the canister assumes, so the long prompt does not fit a message.
    const { limits } = llama.canister.runtime;
    limits.updateInstructions = 150e6;
    const { id: doomed } = greedy.start({ prompt: user('tell me more '.repeat(120)), max_tokens: 3 });
    const ids = [first.start(short).id, second.start(short).id] as const;
    let traps = 0;
    for (let message = 0; message < 40; message++) {
      if (!llama.isTimerDue) llama.time += 61n * SECOND;
      const { result } = llama.canister.timer({ time: llama.time });
      if (result.kind !== 'error') continue;
      traps++;
      // Any update call sets the timer again.
      llama.call('set_access', { level: 1 }, owner);
    }
    limits.updateInstructions = 40e9;
    expect(traps).toBeGreaterThanOrEqual(2);
    expect(traps).toBeLessThanOrEqual(3);
    expect(first.text(ids[0])).toBe(expected);
    expect(second.text(ids[1])).toBe(expected);
    expect(greedy.poll(doomed).status.state).toEqual({ failed: expect.stringContaining('trapped') });
    // Afterwards everything is as before.
    expect(greedy.finish(short).text).toBe(expected);
  });
});

describe('few cycles', () => {
  it('pause generations, which go on when there are more', () => {
    const mine = new Generations(llama, person(1));
    const expected = mine.finish({ prompt: user('Hello!') }).text;
    const { balance } = llama.canister.environment;
    llama.canister.environment.balance = 60_000_000_000n;
    const { id } = mine.start({ prompt: user('Hello!') });
    llama.timers();
    expect(mine.poll(id).status.state).toEqual({ paused: expect.stringContaining('few cycles') });
    for (let i = 0; i < 5; i++) {
      llama.time += 121n * SECOND;
      expect(llama.timers()).toBe(1);
    }
    expect(mine.poll(id).status.generated_tokens).toBe(0);
    llama.canister.environment.balance = balance;
    llama.time += 121n * SECOND;
    llama.timers();
    expect(mine.text(id)).toBe(expected);
    setLimits(llama, { least_cycles: 10n ** 30n });
    expect(mine.start({ prompt: user('Hello!') }).state).toEqual({ paused: expect.stringContaining('few cycles') });
  });
});

describe('the tokens evaluated for a caller', () => {
  it('are shared with his later generations, and with nobody else', () => {
    const [mine, other] = [new Generations(llama, person(1)), new Generations(llama, person(2))];
    const prompt = user('What is a canister? '.repeat(8));
    const first = mine.finish({ prompt, max_tokens: 8 });
    expect(first.status.cached_tokens).toBe(0);
    const again = mine.finish({ prompt, max_tokens: 8 });
    expect(again.status.cached_tokens).toBeGreaterThan(40);
    expect(again.text).toBe(first.text);
    const foreign = other.finish({ prompt, max_tokens: 8 });
    expect(foreign.status.cached_tokens).toBe(0);
    expect(foreign.text).toBe(first.text);
  });
});

/** What callers are charged for generations. */
import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Asked, Generations, inputOf, type Status, setLimits } from './generations.js';
import { Llama, owner, person } from './llama.js';
import { tinyChatPath } from './tiny-chat.js';
import { tinyModel } from './tiny-model.js';

const prices = { prompt: 1_000_000n, cached: 10_000n, generated: 7_000_001n };
const asked: Asked = { prompt: [{ role: 'user', content: 'What is a canister?' }], max_tokens: 12 };

let llama: Llama;
let mine: Generations;
let people = 1;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', readFileSync(tinyChatPath('tiny-chat-q8_0')), '-c', '512');
  llama.letEveryoneIn();
  setLimits(llama);
});
beforeEach(() => {
  llama.call('set_prices', { tokens: prices });
  mine = new Generations(llama, person(++people));
});

const up = (tokens: bigint, price: bigint) => (tokens * price + 999n) / 1000n;
const balance = () => llama.canister.environment.balance;
const allowance = () => (llama.call('get_allowance', undefined, mine.caller) as { Ok: bigint }).Ok;
const grant = (cycles: bigint) => llama.call('grant_allowance', { principal: mine.caller.toText(), cycles });
const quote = (what: Asked, caller = mine.caller) =>
  (llama.call('generation_quote', inputOf(what), caller) as { Ok: Record<string, bigint> }).Ok;
function withCycles<T>(cycles: bigint, work: () => T): T {
  llama.attached = cycles;
  try {
    return work();
  } finally {
    llama.attached = 0n;
  }
}
function finish(what: Asked): Status {
  const { id } = mine.start(what);
  llama.timers();
  return mine.poll(id).status;
}

describe('a caller without cycles', () => {
  it('cannot begin anything', () => {
    const before = mine.list().length;
    const result = mine.tryStart(asked);
    expect(result).toEqual({
      Err: {
        Other: expect.stringMatching(
          /^generation_start: payment: this may cost \d+ cycles, and there are 0 of an allowance and 0 with the call; attach more, call top_up_allowance, or ask for fewer tokens$/,
        ),
      },
    });
    expect(mine.list().length).toBe(before);
  });

  it('spends an allowance, of which the highest possible price is held until the end', () => {
    grant(10n ** 9n);
    const most = quote(asked);
    expect(most.price).toBe(up(most.prompt_tokens!, prices.prompt) + up(12n, prices.generated));
    expect(most).toMatchObject({ generated_tokens: 12n, allowance: 10n ** 9n });
    const started = mine.start(asked);
    expect(started).toMatchObject({ held: most.price, price: 0n });
    expect(allowance()).toBe(10n ** 9n - most.price!);
    llama.timers();
    const { status } = mine.poll(started.id);
    const price =
      up(BigInt(status.prompt_tokens), prices.prompt) + up(BigInt(status.generated_tokens), prices.generated);
    expect(status).toMatchObject({ price, held: 0n });
    expect(allowance()).toBe(10n ** 9n - price);
  });

  it('pays less for tokens that were evaluated before', () => {
    grant(10n ** 9n);
    const session = { ...asked, session: 's' };
    finish(session);
    const again = finish(session);
    expect(again.cached_tokens).toBeGreaterThan(0);
    const evaluated = BigInt(again.prompt_tokens - again.cached_tokens);
    expect(again.price).toBe(
      up(evaluated, prices.prompt) + up(BigInt(again.cached_tokens), prices.cached) + up(12n, prices.generated),
    );
  });
});

describe('a caller who attaches cycles', () => {
  it('gets the excess back at once, and the unspent rest as an allowance', () => {
    const { price: most } = quote(asked);
    const before = balance();
    const { id } = withCycles(10n ** 12n, () => mine.start(asked));
    expect(balance() - before).toBe(most);
    expect(allowance()).toBe(0n);
    llama.timers();
    const { price } = mine.poll(id).status;
    expect(price).toBeGreaterThan(0n);
    expect(allowance()).toBe(most! - price);
  });

  it('too few, may use an allowance for the rest, and otherwise keeps them', () => {
    const { price: most } = quote(asked);
    const before = balance();
    expect(withCycles(most! - 1n, () => mine.tryStart(asked))).toHaveProperty('Err');
    expect(balance()).toBe(before);
    grant(1n);
    expect(withCycles(most! - 1n, () => mine.tryStart(asked))).toHaveProperty('Ok');
    expect(balance() - before).toBe(most! - 1n);
    llama.timers();
  });
});

describe('nothing is charged', () => {
  const charged = () => (llama.call('get_payment_totals') as { Ok: { charged: bigint } }).Ok.charged;

  it('for what failed', () => {
    grant(10n ** 9n);
    const before = charged();
    const { id } = mine.start(asked);
    llama.load('n', tinyModel());
    llama.timers();
    expect(mine.poll(id).status).toMatchObject({ state: { failed: expect.any(String) }, price: 0n, held: 0n });
    expect(allowance()).toBe(10n ** 9n);
    expect(charged()).toBe(before);
    llama.ok('load_model', ['--model', 'm', '-c', '512'], owner);
    llama.timers();
  });

  it('to administrators, to those whom they name, and while there are no prices', () => {
    const free = (caller: typeof owner) => {
      const of = new Generations(llama, caller);
      expect(quote(asked, caller).price).toBe(0n);
      return of.finish(asked).status.price;
    };
    expect(free(owner)).toBe(0n);
    llama.call('set_free_caller', { principal: mine.caller.toText(), free: true });
    expect(free(mine.caller)).toBe(0n);
    llama.call('set_free_caller', { principal: mine.caller.toText(), free: false });
    expect(mine.tryStart(asked)).toHaveProperty('Err');
    llama.call('set_prices', { free: null });
    expect(free(mine.caller)).toBe(0n);
  });
});

describe('a generation that is cancelled', () => {
  it('costs the work that was done, also if an upgrade came between', () => {
    grant(10n ** 9n);
    llama.budget(60_000_000);
    // The generation must not end by itself.
    const sampling = ['--temp', '0', '--ignore-eos'];
    const { id, held } = mine.start({ ...asked, sampling, max_tokens: 200 });
    for (let i = 0; i < 4; i++) llama.timer();
    llama.upgrade();
    const before = mine.poll(id).status;
    expect(before.held).toBe(held);
    const { price, generated_tokens } = mine.cancel(id);
    expect(generated_tokens).toBeLessThan(200);
    expect(price).toBeLessThan(held);
    expect(price).toBe(before.price);
    expect(allowance()).toBe(10n ** 9n - price);
    llama.budget(0);
    llama.timers();
  });
});

it('a price of the work is a share of its cost for the canister', () => {
  llama.call('set_prices', { work: { percent: 150 } });
  grant(10n ** 13n);
  const { price, cycles } = finish(asked);
  expect(price).toBe((cycles * 150n + 99n) / 100n);
});

it('prices that are too large to represent end at the largest number', () => {
  llama.call('set_prices', { tokens: { prompt: 2n ** 64n - 1n, cached: 0n, generated: 2n ** 64n - 1n } });
  const { price, prompt_tokens } = quote(asked);
  const exact = up(prompt_tokens!, 2n ** 64n - 1n) + up(12n, 2n ** 64n - 1n);
  expect(exact).toBeLessThan(2n ** 64n);
  expect(price).toBe(exact);
  expect(quote({ ...asked, prompt: 'a b '.repeat(100), max_tokens: 2000 }).price).toBeLessThan(2n ** 64n);
});

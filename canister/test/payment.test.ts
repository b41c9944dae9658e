/** What callers pay: prices, free callers, allowances and the totals. What a generation is charged is in generations' tests. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { anonymous, Llama, owner, person } from './llama.js';

const friend = person(1);
const stranger = person(2);
const denied = { Err: { Other: 'Access Denied' } };
const MOST = 2n ** 64n - 1n;

let llama: Llama;
beforeEach(async () => {
  llama = await Llama.install();
});

const balance = () => llama.canister.environment.balance;

function topUp(cycles: bigint, caller = friend, of?: string): unknown {
  llama.attached = cycles;
  const result = llama.call('top_up_allowance', { principal: of === undefined ? [] : [of] }, caller);
  llama.attached = 0n;
  return result;
}

describe('prices', () => {
  it('are none until an administrator sets them, and survive an upgrade', () => {
    expect(llama.call('get_prices', undefined, anonymous)).toEqual({ free: null });
    const perToken = { tokens: { prompt: 5n, cached: 0n, generated: MOST } };
    expect(llama.call('set_prices', perToken, friend)).toEqual(denied);
    for (const prices of [perToken, { work: { percent: 150 } }, { free: null }, { work: { percent: 100_000 } }]) {
      expect(llama.call('set_prices', prices)).toEqual({ Ok: { status_code: 200 } });
      expect(llama.call('get_prices', undefined, stranger)).toEqual(prices);
      llama.upgrade();
      expect(llama.call('get_prices')).toEqual(prices);
    }
  });

  it('are at most a thousand times the cost', () => {
    const { Err } = llama.call('set_prices', { work: { percent: 100_001 } }) as { Err: { Other: string } };
    expect(Err.Other).toBe('set_prices: 100001 percent of the cost is more than 100000, the most that there can be');
    expect(llama.call('get_prices')).toEqual({ free: null });
  });
});

describe('free callers', () => {
  const set = (principal: string, free: boolean, caller = owner) =>
    llama.call('set_free_caller', { principal, free }, caller);
  const list = (caller = owner) => llama.call('get_free_callers', undefined, caller);

  it('are named by administrators, and survive an upgrade', () => {
    expect(set(friend.toText(), true, friend)).toEqual(denied);
    expect(set(friend.toText(), true)).toEqual({ Ok: { status_code: 200 } });
    expect(set(friend.toText(), true)).toEqual({ Ok: { status_code: 200 } });
    expect(set(stranger.toText(), true)).toEqual({ Ok: { status_code: 200 } });
    llama.upgrade();
    expect(list()).toEqual({ Ok: [friend.toText(), stranger.toText()] });
    expect(list(friend)).toEqual(denied);
    expect(set(friend.toText(), false)).toEqual({ Ok: { status_code: 200 } });
    expect(set(friend.toText(), false)).toEqual({ Ok: { status_code: 200 } });
    expect(list()).toEqual({ Ok: [stranger.toText()] });
  });

  it('are principals, and the anonymous one is refused', () => {
    const why = (result: unknown) => (result as { Err: { Other: string } }).Err.Other;
    expect(why(set('friend', true))).toBe('set_free_caller: the principal is not the text of one');
    expect(why(set(anonymous.toText(), true))).toBe(
      'set_free_caller: the anonymous principal is everybody; set_prices makes everything free',
    );
  });
});

describe('allowances', () => {
  const allowance = (caller = friend) => (llama.call('get_allowance', undefined, caller) as { Ok: bigint }).Ok;
  const totals = () => (llama.call('get_payment_totals') as { Ok: Record<string, bigint> }).Ok;

  it('grow by the cycles that are sent with a call, all of which are taken', () => {
    const before = balance();
    expect(topUp(700n)).toEqual({ Ok: 700n });
    expect(topUp(300n)).toEqual({ Ok: 1000n });
    expect(topUp(5n, stranger, friend.toText())).toEqual({ Ok: 1005n });
    expect(balance() - before).toBe(1005n);
    llama.upgrade();
    expect([allowance(), allowance(stranger)]).toEqual([1005n, 0n]);
    expect(llama.call('get_allowance_of', friend.toText())).toEqual({ Ok: 1005n });
    expect(llama.call('get_allowance_of', friend.toText(), stranger)).toEqual(denied);
    expect(totals()).toEqual({ received: 1005n, granted: 0n, charged: 0n, generations: 0n });
  });

  it('are granted by administrators', () => {
    const grant = (cycles: bigint, caller = owner) =>
      llama.call('grant_allowance', { principal: friend.toText(), cycles }, caller);
    expect(grant(9n, friend)).toEqual(denied);
    expect(grant(9n)).toEqual({ Ok: { status_code: 200 } });
    expect(allowance()).toBe(9n);
    expect(grant(MOST)).toEqual({ Ok: { status_code: 200 } });
    expect(allowance()).toBe(MOST);
    // The allowance is full, and nothing is taken.
    const before = balance();
    expect(topUp(1n)).toEqual({ Err: { Other: 'top_up_allowance: the allowance is as large as it can be' } });
    expect(balance()).toBe(before);
    expect(totals().received).toBe(0n);
  });

  it('report errors', () => {
    const why = (result: unknown) => (result as { Err: { Other: string } }).Err.Other;
    expect(why(topUp(0n))).toMatch(/^top_up_allowance: no cycles came with the call/);
    expect(why(topUp(1n, friend, 'me'))).toBe('top_up_allowance: the principal is not the text of one');
    expect(why(topUp(1n, friend, anonymous.toText()))).toMatch(/everybody/);
    expect(topUp(1n, anonymous)).toEqual(denied);
    expect(allowance()).toBe(0n);
  });

  it('are the sum of the cycles that were sent', () => {
    const sums = new Map<string, bigint>();
    const people = [friend, stranger, person(3)];
    fc.assert(
      fc.property(fc.nat(2), fc.bigInt({ min: 1n, max: 10n ** 15n }), (n, cycles) => {
        const who = people[n]!;
        const sum = (sums.get(who.toText()) ?? 0n) + cycles;
        sums.set(who.toText(), sum);
        expect(topUp(cycles, who)).toEqual({ Ok: sum });
      }),
      { numRuns: 50 },
    );
    for (const who of people) expect(allowance(who)).toBe(sums.get(who.toText()) ?? 0n);
    expect(totals().received).toBe([...sums.values()].reduce((a, b) => a + b, 0n));
  });
});

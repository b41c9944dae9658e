/**
 * Nobody takes from others what is theirs: turns for generations that cannot go on, unpaid answers, room in the heap.
 */
import { readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { type Answer, ChatCall } from './chat-call.js';
import { Generations } from './generations.js';
import { Llama, person } from './llama.js';
import { tinyChatPath } from './tiny-chat.js';

const model = readFileSync(tinyChatPath('tiny-chat-q8_0'));
const SECOND = 1_000_000_000n;

let llama: Llama;
beforeEach(async () => {
  llama = await Llama.install();
  llama.load('m', model, '-c', '512');
  llama.letEveryoneIn();
});

it('generations with a next step too large for any message do not hold up the others', () => {
  // Less than a step takes that is held to a grammar.
  llama.budget(400e6);
  for (const n of [1, 2, 3]) {
    new Generations(llama, person(n)).start({ prompt: 'x', response_format: { gbnf: 'root ::= "a"' } });
  }
  llama.timers();
  const other = new Generations(llama, person(9));
  const { id } = other.start({ prompt: 'What is a canister? '.repeat(40), max_tokens: 10 });
  const begun = llama.time;
  for (let i = 0; i < 100 && other.poll(id).status.ended.length === 0; i++) {
    llama.time += SECOND;
    llama.timer();
  }
  expect(other.poll(id).status.state).toHaveProperty('done');
  expect(llama.time - begun).toBeLessThan(60n * SECOND);
  const [held] = new Generations(llama, person(1)).list();
  expect(held?.state).toEqual({ paused: expect.stringMatching(/the next step takes at most \d+: raise the limits/) });
  // They go on when there is room.
  llama.budget(0);
  for (let i = 0; i < 100 && llama.time - begun < 3600n * SECOND; i++) {
    llama.time += 60n * SECOND;
    llama.timers();
  }
  expect(new Generations(llama, person(1)).list()[0]?.state).toHaveProperty('done');
});

it('answers of v1_chat that are requested at the same time are each paid for', () => {
  llama.call('set_prices', { tokens: { prompt: 0n, cached: 0n, generated: 1_000_000_000n } });
  llama.call('set_llm_settings', { models: [], any_name: [], sampling: [], max_tokens: [25] });
  llama.budget(40e6);
  // Enough cycles for two of them, whoever asks (chat-call.ts).
  const allowance = 50_000_000n;
  llama.call('grant_allowance', { principal: person(77).toText(), cycles: allowance });
  const asked = Array.from({ length: 6 }, (_, i) =>
    ChatCall.begin<{ message: Answer }>(llama, 'v1_chat', {
      model: 'x',
      messages: [{ user: { content: `Tell me a story ${i}` } }],
      tools: [],
    }),
  );
  for (const call of asked) if (call.outcome === undefined) call.finish();
  const answered = asked.filter(({ outcome }) => outcome !== undefined && 'reply' in outcome);
  const refused = asked.filter(({ outcome }) => outcome !== undefined && 'reject' in outcome);
  expect([answered.length, refused.length]).toEqual([2, 4]);
  const left = (llama.call('get_allowance', undefined, person(77)) as { Ok: bigint }).Ok;
  const totals = (llama.call('get_payment_totals') as { Ok: { charged: bigint; generations: bigint } }).Ok;
  expect(totals.generations).toBe(2n);
  expect(totals.charged + left).toBe(allowance);
  expect(totals.charged).toBeGreaterThan(0n);
});

it('the part of an allowance that an answer of v1_chat holds is returned when an upgrade loses the call', () => {
  llama.call('set_prices', { tokens: { prompt: 0n, cached: 0n, generated: 1_000_000_000n } });
  llama.call('set_llm_settings', { models: [], any_name: [], sampling: [], max_tokens: [25] });
  llama.budget(40e6);
  llama.call('grant_allowance', { principal: person(77).toText(), cycles: 30_000_000n });
  const allowance = () => (llama.call('get_allowance', undefined, person(77)) as { Ok: bigint }).Ok;
  const call = ChatCall.begin<{ message: Answer }>(llama, 'v1_chat', {
    model: 'x',
    messages: [{ user: { content: 'Tell me a story' } }],
    tools: [],
  });
  expect(call.outcome).toBeUndefined();
  expect(allowance()).toBe(5_000_000n);
  llama.upgrade();
  expect(allowance()).toBe(30_000_000n);
});

it('many generations of a caller take no more of the heap than a few', () => {
  const own = new Generations(llama, person(1));
  const some = (count: number, from: number) => {
    for (let i = 0; i < count; i++) own.finish({ prompt: `a${from + i}`, max_tokens: 1 });
    return llama.canister.memory.heap;
  };
  const few = some(30, 0);
  expect(some(120, 30) - few).toBeLessThan(2_000_000);
});

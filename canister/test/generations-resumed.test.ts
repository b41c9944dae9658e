/**
 * Generations with tools, thoughts and probabilities, disturbed between any two of their messages: their events stay
 * the same.
 */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { chatModel, joined, prompt, user } from './chat-model.js';
import { type Asked, Generations, setLimits } from './generations.js';
import { limited } from './limited-memory.js';
import { Llama, owner, person } from './llama.js';

const PAGE = 65536;
const seed = 3;
const sampling = ['--temp', '1.2', '--top-k', '0', '-l', '1274-inf'];
const thinking = { enabled: true, max_tokens: 9 };
/** A small prompt, because the part of it that is lost is evaluated again. */
const parameters = { properties: { n: { enum: [1, 2] }, m: { enum: ['a', 'b'] } }, required: ['n', 'm'] };
const tools = JSON.stringify([{ type: 'function', function: { name: 'f', parameters } }]);
/** The requests, which together use every feature. */
const asks: Record<string, Asked> = {
  calls: { prompt, tools, tool_choice: { required: null }, thinking, seed, sampling, max_tokens: 120 },
  probabilities: { prompt, tools, tool_choice: { function: 'f' }, thinking, seed, logprobs: 3, max_tokens: 90 },
  stopped: { prompt, thinking, seed, sampling, stop: ['never said', 'e'], logprobs: 0 },
  held: {
    prompt,
    thinking: { enabled: true, max_tokens: 30 },
    seed,
    response_format: { json_schema: '{"enum": ["yes", "no", [1, 2, 3]]}' },
    max_tokens: 90,
  },
};

let llama: Llama;
let mine: Generations;
/** The events of each generation without disturbance, and what it cost. */
const expected: Record<string, { events: unknown[]; state: unknown; tokens: number; thoughts: number }> = {};

/**
 * Instructions of a message in which few tokens are generated: what one token takes, and what has to begin anew. A
 * grammar may take 422 M for a token, but takes little here.
 */
const lengths: Record<string, [number, number]> = {
  calls: [475e6, 200e6],
  probabilities: [475e6, 200e6],
  stopped: [33e6, 60e6],
  held: [462e6, 60e6],
};
const short = (name: string) => lengths[name]![0];
const anew = (name: string) => short(name) + lengths[name]![1];

beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', chatModel(), '-c', '1024');
  llama.letEveryoneIn();
  mine = new Generations(llama, person(1));
  for (const [name, asked] of Object.entries(asks)) expected[name] = came(mine.finish(asked).status.id);
});
beforeEach(() => {
  llama.budget(0);
  setLimits(llama);
});

function came(id: bigint, of = mine) {
  const { events, status } = of.poll(id);
  const { state, generated_tokens: tokens, thinking_tokens: thoughts } = status;
  return { events: joined(events), state, tokens, thoughts };
}

/**
 * Runs messages, and does something between any two of them, until the generation has ended. Returns the number of
 * messages.
 */
function disturbed(id: bigint, between: (message: number) => void, of = mine, on = llama): number {
  for (let message = 1; ; message++) {
    if (!on.isTimerDue) on.time += 1_000_000_000n;
    const { result } = on.canister.timer({ time: on.time });
    if (result.kind === 'error') throw new Error(JSON.stringify(result));
    const { state } = of.poll(id).status;
    if ('paused' in state) throw new Error(state.paused as string);
    if ('done' in state || 'failed' in state || 'cancelled' in state) return message;
    between(message);
    if (message === 400) throw new Error('it does not get on');
  }
}

it('the generations use every feature', () => {
  const kinds = Object.values(expected).flatMap(({ events }) =>
    events.map((event) => (event as { kind: string }).kind),
  );
  const all = ['text', 'thinking', 'token', 'tool_arguments', 'tool_call', 'tool_call_end'];
  expect([...new Set(kinds)].sort()).toEqual(all);
  expect(expected.calls!.state).toEqual({ done: { tool_calls: null } });
  expect(expected.probabilities!.state).toEqual({ done: { tool_calls: null } });
  expect(expected.stopped!.state).toEqual({ done: { stop: 'e' } });
  expect(expected.held!.state).toEqual({ done: { end: null } });
  // The token that ends an answer has an event, too.
  const { events, tokens } = expected.probabilities!;
  expect(events.filter((event) => (event as { kind: string }).kind === 'token').length).toBe(tokens);
});

describe.each(isFull ? Object.keys(asks) : ['calls', 'stopped'])('%s', (name) => {
  it('are the same in messages of any length', () => {
    for (const more of isFull ? [0, 20e6, 60e6] : [0]) {
      llama.budget(short(name) + more);
      const { id } = mine.start(asks[name]!);
      const messages = disturbed(id, () => {});
      if (more === 0) expect(messages).toBeGreaterThan(4);
      expect(came(id)).toEqual(expected[name]);
    }
  });

  it('are the same with an upgrade between any two messages', () => {
    llama.budget(short(name));
    const { id } = mine.start(asks[name]!);
    let upgrades = 0;
    // The first message after an upgrade evaluates again what the upgrade has lost.
    disturbed(id, (message) => {
      llama.budget(short(name));
      if (message % 3 > 0) return;
      ++upgrades;
      llama.budget(0);
      llama.upgrade();
      while ('Err' in (llama.call('ready') as object)) llama.canister.timer({ time: llama.time });
      llama.budget(anew(name));
    });
    expect(upgrades).toBeGreaterThan(0);
    expect(came(id)).toEqual(expected[name]);
  });

  it('are the same when the model is loaded anew between any two messages', () => {
    llama.budget(short(name));
    const { id } = mine.start(asks[name]!);
    let loads = 0;
    disturbed(id, (message) => {
      llama.budget(short(name));
      if (message % 3 > 0) return;
      ++loads;
      llama.budget(0);
      llama.ok('load_model', ['--model', 'm', '-c', '1024'], owner);
      llama.budget(anew(name));
    });
    expect(loads).toBeGreaterThan(0);
    expect(came(id)).toEqual(expected[name]);
  });

  it('are the same beside others, and are cut off correctly when they are cancelled after any message', () => {
    llama.budget(short(name));
    const beside = ['held', 'stopped'].map((other, i) => {
      const caller = new Generations(llama, person(30 + i));
      return { other, caller, id: caller.start(asks[other]!).id };
    });
    const { id } = mine.start(asks[name]!);
    disturbed(id, () => {});
    expect(came(id)).toEqual(expected[name]);
    llama.budget(0);
    llama.time += 61_000_000_000n;
    llama.timers();
    llama.budget(short(name));
    for (const { other, caller, id } of beside) expect(came(id, caller)).toEqual(expected[other]);
    const whole = JSON.stringify(expected[name]!.events);
    for (let after = 1; after < 12; after += isFull ? 2 : 5) {
      const begun = mine.start(asks[name]!).id;
      disturbed(begun, (message) => {
        if (message === after) mine.cancel(begun);
      });
      const { events } = came(begun);
      const part = JSON.stringify(events);
      // The last text may be longer.
      const last = (events.at(-1) as { text?: string } | undefined)?.text;
      expect(whole.startsWith(part.slice(0, last === undefined ? -1 : -3))).toBe(true);
    }
  });
});

it.each(isFull ? [100, 140] : [100])(
  'they are the same if the heap does not have room for all: %d pages',
  async (room) => {
    const fresh = await Llama.install();
    fresh.load('m', chatModel(), '-c', '1024');
    const most = fresh.canister.memory.heap / PAGE + room;
    const small = await Llama.install({}, limited(most));
    small.load('m', chatModel(), '-c', '1024');
    small.letEveryoneIn();
    small.budget(550e6);
    const callers = Object.keys(asks).map((name, i) => {
      const caller = new Generations(small, person(i));
      return { name, caller, id: caller.start(asks[name]!).id };
    });
    // Other generations begin and end, and evict what is in the heap.
    const others = Array.from({ length: 4 }, (_, i) => new Generations(small, person(10 + i)));
    for (const [i, other] of others.entries())
      other.start({ prompt: user(`${i} tell me more `.repeat(60)), max_tokens: 3 });
    for (let i = 0; i < 40; i++) {
      small.timers();
      small.time += 61_000_000_000n;
    }
    for (const { name, caller, id } of callers) expect(came(id, caller), name).toEqual(expected[name]);
    expect(small.canister.memory.heap / PAGE).toBe(most);
  },
);

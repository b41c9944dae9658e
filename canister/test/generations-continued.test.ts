/** Generations that continue the last message of a conversation: continue_final_message. */
import { beforeAll, describe, expect, it } from 'vitest';
import { cameTo, chatModel, now, prompt, tools, user } from './chat-model.js';
import { type Asked, Generations, inputOf } from './generations.js';
import { Llama, person } from './llama.js';

let llama: Llama;
let mine: Generations;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', chatModel(), '-c', '1024');
  llama.letEveryoneIn();
  mine = new Generations(llama, person(1));
});

function finish(asked: Asked) {
  const { id } = mine.start(asked);
  llama.timers();
  const { status, events } = mine.poll(id);
  return { status, ...cameTo(events) };
}
const why = (asked: Asked) => (mine.tryStart(asked) as { Err: { Other: string } }).Err.Other;
const answer = (content: string, more: object = {}) => ({ role: 'assistant', content, ...more });
const goesOn = { continue_final_message: true };

/** The model's own answer, which has no thoughts. */
const calm = { thinking: { enabled: false }, max_tokens: 40 };

describe('an answer that is continued', () => {
  it('goes on as it would have, wherever it was cut, and begins nothing anew', () => {
    const whole = finish({ prompt, max_tokens: 60 }).text;
    const cuts = [...whole.matchAll(/(?<=[a-z]) /g)].map(({ index }) => index).slice(0, 4);
    expect(cuts.length).toBe(4);
    for (const cut of cuts) {
      const given = [...prompt, answer(whole.slice(0, cut))];
      const raw = `<|im_start|>user\n${prompt[0]!.content}<|im_end|>\n<|im_start|>assistant\n${whole.slice(0, cut)}`;
      const { text, status } = finish({ prompt: given, ...goesOn, max_tokens: 12 });
      expect(text.length).toBeGreaterThan(3);
      expect(whole.slice(cut).startsWith(text) || text.startsWith(whole.slice(cut))).toBe(true);
      expect(status.prompt_tokens).toBe(finish({ prompt: raw, max_tokens: 0 }).status.prompt_tokens);
      expect(finish({ prompt: given, max_tokens: 12 }).status.prompt_tokens).toBeGreaterThan(status.prompt_tokens);
    }
  });

  it('is the same in messages of any length, and evaluates only new tokens in a session', () => {
    const given = {
      prompt: [...prompt, answer('A canister is')],
      ...goesOn,
      max_tokens: 20,
      sampling: ['--temp', '1'],
    };
    const alone = finish({ ...given, seed: 7 });
    llama.budget(40e6);
    const cut = finish({ ...given, seed: 7 });
    llama.budget(0);
    expect(cut.text).toBe(alone.text);
    const first = finish({ ...given, seed: 7, session: 's' });
    const longer = [...prompt, answer(`A canister is${first.text}`)];
    const { status } = finish({ prompt: longer, ...goesOn, session: 's', max_tokens: 5 });
    expect(status.cached_tokens).toBeGreaterThan(status.prompt_tokens / 2);
  });

  it('goes on with its thoughts if it has no text yet, and they can be ended', () => {
    const sampling = ['--temp', '0', '-l', '1274-inf'];
    const whole = finish({ prompt, thinking: { enabled: true }, sampling, max_tokens: 30 });
    const cut = whole.thinking.indexOf(' ', 4);
    const given = [...prompt, answer('', { reasoning: whole.thinking.slice(0, cut) })];
    const asked = { prompt: given, ...goesOn, sampling, max_tokens: 40 };
    const { thinking, status } = finish(asked);
    expect(whole.thinking.startsWith(whole.thinking.slice(0, cut) + thinking.slice(0, 8))).toBe(true);
    expect(status.thinking_tokens).toBeGreaterThan(0);
    const ended = finish({ ...asked, thinking: { enabled: false } });
    expect([ended.thinking, ended.text.length > 0]).toEqual(['', true]);
  });

  it('that is empty begins like any other', () => {
    const asked = { ...calm, max_tokens: 10 };
    expect(finish({ prompt: [...prompt, answer('')], ...goesOn, ...asked }).text).toBe(
      finish({ prompt, ...asked }).text,
    );
  });

  it('may call after its text, if a call is required at once', () => {
    const given = [...prompt, answer('Let me look.')];
    const { text, calls } = finish({ prompt: given, ...goesOn, tools, tool_choice: { function: 'now' }, ...calm });
    expect(text.trim()).toBe('');
    expect(calls.map(({ name }) => name)).toContain(now.function.name);
  });

  it('is quoted as it is begun', () => {
    const asked = { prompt: [...prompt, answer('A canister is')], ...goesOn, max_tokens: 3 };
    const quote = llama.call('generation_quote', inputOf(asked), mine.caller) as { Ok: { prompt_tokens: bigint } };
    expect(Number(quote.Ok.prompt_tokens)).toBe(finish(asked).status.prompt_tokens);
  });
});

it.each<[Partial<Asked>, string]>([
  [{ prompt: 'x' }, 'continue_final_message: a prompt that is a text is continued anyway; leave it out'],
  [{ prompt }, 'continue_final_message: the last message is not the assistant\'s, but has the role "user"'],
  [{ prompt: [answer('')] }, 'messages: there are none'],
  [{ prompt: [] }, 'messages: there are none'],
  [
    { prompt: [...user('?'), answer('', { tool_calls: [{ id: 'a', name: 'now', arguments: '{}' }] })] },
    'continue_final_message: the last message has calls, behind which nothing is said; send their results',
  ],
  [
    { prompt: [...user('?'), answer('{')], response_format: { json: null } },
    'response_format: a text that is continued cannot be held to one: its beginning was not',
  ],
])('whatever cannot be continued is refused with a reason: %j', (more, reason) => {
  expect(why({ prompt, ...more, ...goesOn })).toBe(`generation_start: ${reason}`);
});

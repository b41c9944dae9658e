/** Tools, thoughts and probabilities in generations that the canister drives itself. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Came, cameTo, chatModel, now, prompt, stock, tool, tools, user } from './chat-model.js';
import { type Asked, Generations, setLimits } from './generations.js';
import { Llama, person } from './llama.js';

let llama: Llama;
let mine: Generations;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', chatModel(), '-c', '1024');
  llama.letEveryoneIn();
  mine = new Generations(llama, person(1));
});
beforeEach(() => {
  llama.budget(0);
  setLimits(llama);
});

function finish(asked: Asked) {
  const { id } = mine.start(asked);
  llama.timers();
  const { status, events } = mine.poll(id);
  return { status, events, ...cameTo(events) };
}
const why = (asked: Asked) => (mine.tryStart(asked) as { Err: { Other: string } }).Err.Other;

/** Without a limit the model would think forever. */
const brief = { max_tokens: 4 };
const names = (schema: string) => (JSON.parse(schema) as { function: { name: string } }[]).map((t) => t.function.name);

function expectHeld(calls: Came['calls']): void {
  for (const { id, name, arguments: given, isWhole } of calls) {
    expect(isWhole).toBe(true);
    expect(id).toMatch(/^[A-Za-z0-9]{9}$/);
    expect(names(tools)).toContain(name);
    const value = JSON.parse(given) as Record<string, unknown>;
    if (name === 'now') expect(['UTC', 'CET']).toContain(value.zone);
    else {
      expect(['apples', 'pears']).toContain(value.fruit);
      expect([1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(value.n);
    }
  }
}

describe('tools', () => {
  it('are called if they have to be, as their schemas say, and the answer says so', () => {
    const { status, text, calls } = finish({ prompt, tools, tool_choice: { required: null }, thinking: brief });
    expect(status.state).toEqual({ done: { tool_calls: null } });
    expect(text).toBe('');
    expect(calls.length).toBeGreaterThan(0);
    expectHeld(calls);
    const asked = { prompt, tools, thinking: brief, sampling: ['--temp', '2'], max_tokens: 200 };
    const drawn = [1, 2, 3, 4].map((seed) => finish({ ...asked, tool_choice: { required: null }, seed }).calls);
    for (const each of drawn) expectHeld(each.filter(({ isWhole }) => isWhole));
    expect(new Set(drawn.flat().map(({ name }) => name)).size).toBe(2);
    // Each call has an id of its own, even if answers have the same seed and different prompts.
    const other = finish({ prompt: user('Hello!'), tools, thinking: brief, seed: 1, tool_choice: { required: null } });
    const ids = [...drawn.flat(), ...other.calls].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are called one at a time if several calls are not allowed, and the one that is named is called', () => {
    for (const name of names(tools)) {
      const asked = { prompt, tools, tool_choice: { function: name }, parallel_tool_calls: false, thinking: brief };
      const { calls, status } = finish(asked);
      expect(calls.map((call) => call.name)).toEqual([name]);
      expectHeld(calls);
      expect(status.state).toEqual({ done: { tool_calls: null } });
    }
  });

  it('are shown by the template, unless none may be called', () => {
    const tokens = (more: Partial<Asked>) => finish({ prompt, max_tokens: 0, ...more }).status.prompt_tokens;
    const shown = `<|im_start|>system\n# Tools\n${[stock, now].map((t) => `${pythonJson(t)}\n`).join('')}<|im_end|>\n`;
    const rest = '<|im_start|>user\nWhat is a canister?<|im_end|>\n<|im_start|>assistant\n';
    expect(tokens({ tools })).toBe(tokens({ prompt: shown + rest }));
    expect(tokens({ tools, tool_choice: { none: null } })).toBe(tokens({}));
    expect(tokens({ tools: '[]' })).toBe(tokens({}));
  });

  it('are called or not, as the model likes, and the answer then matches its constraint', () => {
    const free = finish({ prompt, tools, max_tokens: 60 });
    expect(free.text.length).toBeGreaterThan(0);
    expect(free.calls).toEqual([]);
    const held = finish({
      prompt,
      tools,
      response_format: { gbnf: 'root ::= "yes" | "no"' },
      thinking: { enabled: false },
    });
    expect([held.text, held.calls.length]).toEqual(expect.arrayContaining([expect.stringMatching(/^(yes|no)$/), 0]));
    const none = finish({ prompt, tools, tool_choice: { none: null }, max_tokens: 60 });
    expect(none.text).toBe(finish({ prompt, max_tokens: 60 }).text);
  });

  it('that are cut off have no end', () => {
    const asked = { prompt, tools, tool_choice: { required: null }, thinking: { enabled: false } };
    const whole = finish(asked);
    const { calls, status } = finish({ ...asked, max_tokens: whole.status.generated_tokens - 6 });
    expect(status.state).toEqual({ done: { max_tokens: null } });
    expect(calls.at(-1)!.isWhole).toBe(false);
    expect(whole.calls[calls.length - 1]!.arguments.startsWith(calls.at(-1)!.arguments)).toBe(true);
  });

  it.each([
    [{ tools: '[{' }, 'tools: '],
    [{ tools: '{}' }, 'tools: they are JSON, but no array'],
    [{ tools: '[1]' }, 'tools: tool 1: it is no object'],
    [{ tools: '[{"type": "web"}]' }, 'tools: tool 1: its type is not "function"'],
    [{ tools: '[{"type": "function"}]' }, 'tools: tool 1: it has no object "function"'],
    [{ tools: JSON.stringify([stock, { function: { name: 'a b' } }]) }, 'tools: tool "a b": a name has'],
    [{ tools: JSON.stringify([stock, stock]) }, 'tools: tool "in_stock": there are two of this name'],
    [{ tools: JSON.stringify([tool('f', { a: { type: 'colour' } })]) }, 'tool "f": #/properties/a'],
    [{ tools: JSON.stringify([tool('f', { a: { type: 'string', pattern: '(' } })]) }, 'tool "f": #/properties/a'],
    [{ tools, tool_choice: { function: 'f' } }, 'tool_choice: there is no tool "f"'],
    [{ tool_choice: { required: null } }, 'tool_choice: a call is required, and there are no tools'],
    [{ tools, prompt: 'x' }, 'tools: a prompt that is a text shows the model none; send messages'],
    [
      { tools, template_arguments: '{"tools": []}' },
      'template_arguments: "tools" is set already, by the rest of the request',
    ],
    [{ template_arguments: '{"messages": []}' }, 'template_arguments: "messages" is set already'],
    [
      { template_arguments: '{"add_generation_prompt": false}' },
      'template_arguments: "add_generation_prompt" is set already',
    ],
    [{ tools: `[${' '.repeat(300_000)}]` }, 'tools: they have 300002 bytes; at most 262144 are accepted'],
    [
      { template_arguments: '{}', prompt: 'x' },
      'template_arguments: a prompt that is a text goes through no chat template',
    ],
    [{ thinking: {}, prompt: 'x' }, 'thinking: of a prompt that is a text it is not known what thoughts are'],
    [{ thinking: { effort: 'low' } }, 'thinking: effort: the chat template of the model knows none'],
    [{ logprobs: 21 }, 'logprobs: at most 20 alternatives of a token are told, not 21'],
    [{ tools, response_format: { gbnf: 'root ::= "' } }, 'response_format: '],
  ])('and whatever cannot be is refused with a reason: %j', (more, reason) => {
    expect(why({ prompt, ...(more as Partial<Asked>) })).toContain(`generation_start: ${reason}`);
  });
});

/** The text as templates' `tojson` writes it. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, part]) => `"${key}": ${pythonJson(part)}`)
    .join(', ')}}`;
}

describe('tools of many callers', () => {
  it('are called beside each other, even if a token may take more than the share of a turn', () => {
    llama.budget(0);
    const asked = { prompt, tools, tool_choice: { required: null }, thinking: brief, seed: 5, max_tokens: 60 };
    const alone = finish(asked);
    const all = Array.from({ length: 9 }, (_, i) => {
      const caller = new Generations(llama, person(60 + i));
      return { caller, id: caller.start(asked).id };
    });
    expect(llama.timers()).toBeLessThan(40);
    for (const { caller, id } of all) {
      const { status, events } = caller.poll(id);
      expect(status.state).toEqual(alone.status.state);
      expect(cameTo(events)).toEqual(cameTo(alone.events));
    }
  });
});

describe('thoughts', () => {
  const thinking = { enabled: true };
  /** After its thoughts the model would prefer to think again. */
  const sampling = ['--temp', '0', '-l', '1274-inf'];

  it('are events of their own, which the prompt begins if it is asked to', () => {
    const { thinking: thought, text, status } = finish({ prompt, thinking, max_tokens: 30 });
    expect(thought.length).toBeGreaterThan(10);
    expect(status.thinking_tokens).toBeGreaterThan(0);
    expect(text).not.toContain('think>');
    const off = finish({ prompt, thinking: { enabled: false } });
    expect([off.thinking, off.text.length > 0]).toEqual(['', true]);
    // A prompt that is a text has no thoughts.
    const raw = finish({
      prompt: '<|im_start|>user\nHello!<|im_end|>\n<|im_start|>assistant\n<think>\n',
      max_tokens: 9,
    });
    expect([raw.thinking, raw.status.thinking_tokens, raw.text.length > 0]).toEqual(['', 0, true]);
  });

  it('end after the given number of tokens, and the model goes on with its answer', () => {
    for (const most of [0, 1, 5, 12]) {
      const { status, ...came } = finish({
        ...{ prompt, sampling, max_tokens: 60 },
        thinking: { enabled: true, max_tokens: most },
      });
      // The tokens that end them are counted: a line feed and the mark.
      expect(status.thinking_tokens).toBe(most + 2);
      expect(came.thinking.length > 0).toBe(most > 0);
      expect(came.text.length).toBeGreaterThan(0);
    }
  });

  it('come before the constrained answer', () => {
    const asked = { prompt, response_format: { gbnf: 'root ::= "yes" | "no"' }, max_tokens: 60 };
    const { thinking: thought, text } = finish({ ...asked, thinking: { enabled: true, max_tokens: 7 } });
    expect(thought.length).toBeGreaterThan(0);
    expect(text).toMatch(/^(yes|no)$/);
  });

  it('are ended early on request: at once, or at their beginning', () => {
    llama.budget(40e6);
    const { id } = mine.start({ prompt, thinking, sampling, max_tokens: 60 });
    while (mine.poll(id).status.thinking_tokens < 5) llama.canister.timer({ time: llama.time });
    const other = new Generations(llama, person(2));
    expect(() => other.stopThinking(id)).toThrow('there is no generation');
    const { thinking_tokens } = mine.stopThinking(id);
    llama.timers();
    const { status, events } = mine.poll(id);
    expect(status.thinking_tokens).toBe(thinking_tokens + 2);
    expect(cameTo(events).text.length).toBeGreaterThan(0);
    // Nothing changes after their end, nor after the end of the generation.
    expect(mine.stopThinking(id).state).toEqual(status.state);
    const early = mine.start({ prompt, thinking, sampling, max_tokens: 60 }).id;
    mine.stopThinking(early);
    llama.timers();
    expect(cameTo(mine.poll(early).events)).toMatchObject({ thinking: '', text: expect.stringMatching(/./) });
    const raw = mine.start({ prompt: 'Hello', max_tokens: 3 }).id;
    expect(() => mine.stopThinking(raw)).toThrow('generation_stop_thinking: its prompt is a text');
    llama.timers();
    expect(() => mine.stopThinking(999_999n)).toThrow('generation_stop_thinking: there is no generation 999999');
  });

  it('are not searched for stop texts, which end the answer alone', () => {
    const asked = { prompt, thinking: { enabled: true, max_tokens: 12 }, max_tokens: 60 };
    const whole = finish(asked);
    const inThought = whole.thinking.slice(3, 6);
    const inText = whole.text.slice(4, 9);
    const { thinking: thought, text, status } = finish({ ...asked, stop: [inThought, inText] });
    expect(thought).toBe(whole.thinking);
    const ends = [inThought, inText].map((stop) => whole.text.indexOf(stop)).filter((at) => at >= 0);
    expect(text).toBe(whole.text.slice(0, Math.min(...ends)));
    expect(status.state).toEqual({ done: { stop: expect.any(String) } });
  });
});

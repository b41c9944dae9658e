/** v0_chat and v1_chat, one message at a time: their answers, and what may happen between two messages. */
import { readFileSync } from 'node:fs';
import { IDL } from '@icp-sdk/core/candid';
import { beforeEach, describe, expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { type Answer, ChatCall } from './chat-call.js';
import { chatModel } from './chat-model.js';
import { edited } from './edited-model.js';
import { Llama, owner, person } from './llama.js';
import { tinyChatPath } from './tiny-chat.js';

const model = readFileSync(tinyChatPath('tiny-chat-q8_0'));
const request = { model: 'llama3.1:8b', messages: [{ user: { content: 'What is a canister?' } }], tools: [] };
const whole = /^A canister is a program that runs on the Internet Computer\. .+cycles\.$/;
/** The instructions of a message, few enough that the answer takes several messages. */
const SHORT = 40_000_000;

let llama: Llama;

async function start(budget = SHORT): Promise<void> {
  llama = await Llama.install();
  llama.load('tiny-chat.gguf', model);
  llama.letEveryoneIn();
  llama.budget(budget);
}

const v1 = (given: Partial<typeof request> = {}, options: { deadline?: bigint; cycles?: bigint } = {}) =>
  ChatCall.begin<{ message: Answer }>(llama, 'v1_chat', { ...request, ...given }, options);
const contentOf = (outcome: { reply: { message: Answer } } | { reject: string } | undefined) =>
  outcome && 'reply' in outcome ? outcome.reply.message.content[0]! : (outcome?.reject ?? 'no answer');
const settings = (given: object) =>
  llama.call('set_llm_settings', { models: [], any_name: [], sampling: [], max_tokens: [], ...given }, owner);
const generations = () =>
  (llama.call('generation_list', { everybody: true, before: [] }, owner) as { Ok: unknown[] }).Ok.length;

describe('an answer', () => {
  beforeEach(() => start(0));

  it('is one message if it is short, leaves nothing behind, and is the same each time', () => {
    const first = v1();
    expect(contentOf(first.outcome)).toMatch(whole);
    expect(first.messages.length).toBe(1);
    expect(generations()).toBe(0);
    expect(v1().outcome).toEqual(first.outcome);
  });

  it('is the same text from v0_chat', () => {
    const messages = [{ role: { user: null }, content: 'What is a canister?' }];
    const { outcome } = ChatCall.begin<string>(llama, 'v0_chat', { model: '', messages });
    expect(outcome).toEqual({ reply: contentOf(v1().outcome) });
  });

  it('depends on the system message, earlier turns and results of tools', () => {
    const call = { id: '1', function: { name: 'f', arguments: [{ name: 'x', value: '1' }] } };
    const said = [
      { system: { content: 'You are a helpful assistant.' } },
      { user: { content: 'What is a canister?' } },
      { assistant: { content: ['A program.'], tool_calls: [call] } },
      { tool: { content: '42', tool_call_id: '1' } },
      { user: { content: 'Tell me a story.' } },
    ];
    const outcome = v1({ messages: said as never }).finish();
    expect(contentOf(outcome).length).toBeGreaterThan(20);
    expect(contentOf(outcome)).not.toBe(contentOf(v1().outcome));
  });

  it('costs its caller nothing', () => {
    expect(v1({}, { cycles: 10n ** 12n }).cyclesAccepted).toBe(0n);
  });

  it('is refused with a reason', async () => {
    expect(v1({ messages: [] }).outcome).toEqual({ reject: 'v1_chat: messages: there are none' });
    llama.call('set_access', { level: 0 }, owner);
    expect(v1().outcome).toEqual({ reject: 'Access Denied' });
    llama = await Llama.install();
    llama.letEveryoneIn();
    expect(v1().outcome).toEqual({ reject: expect.stringMatching(/^v1_chat: .*not yet loaded/) });
  });
});

describe('tools', () => {
  /** Qwen and many other models write calls like this. */
  const template =
    '{% if tools %}<|im_start|>system\n# Tools\n{{ tools | tojson }}<|im_end|>\n{% endif %}' +
    '{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}{% for c in m.tool_calls %}\n<tool_call>\n' +
    '{"name": "{{ c.function.name }}", "arguments": {{ c.function.arguments | tojson }}}\n</tool_call>{% endfor %}' +
    '<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}';
  const property = (name: string, type: string, values: string[] = []) => ({
    name,
    type,
    description: [`The ${name}.`],
    enum: values.length > 0 ? [values] : [],
  });
  const parameters = {
    type: 'object',
    properties: [[property('fruit', 'string', ['apples']), property('n', 'number')]],
  };
  const tool = {
    name: 'in_stock',
    description: ['Fruit in stock.'],
    parameters: [{ ...parameters, required: [['fruit']] }],
  };
  beforeEach(async () => {
    llama = await Llama.install();
    llama.load('tiny-chat.gguf', edited(model, { template }));
    llama.letEveryoneIn();
  });

  it('are shown to the model, which answers with text if it calls none', () => {
    const answer = (v1({ tools: [[{ function: tool }]] as never }).outcome as { reply: { message: Answer } }).reply
      .message;
    expect([answer.content[0]!.length > 0, answer.tool_calls]).toEqual([true, []]);
  });

  it('are refused with a reason', () => {
    const named = (name: string) => contentOf(v1({ tools: [[{ function: { ...tool, name } }]] as never }).outcome);
    expect(named('')).toMatch(/^v1_chat: tools: tool ""/);
    expect(named('a b')).toMatch(/^v1_chat: tools: tool "a b"/);
    const odd = { ...tool, parameters: [{ ...parameters, type: 'array', required: [] }] };
    expect(contentOf(v1({ tools: [[{ function: odd }]] as never }).outcome)).toMatch(/no JSON schema of an object/);
  });

  it('in another form than that of the released libraries are refused, not ignored', () => {
    const Tool = IDL.Record({ name: IDL.Text, parameters: IDL.Opt(IDL.Vec(IDL.Record({ name: IDL.Text }))) });
    const User = IDL.Variant({ user: IDL.Record({ content: IDL.Text }) });
    const Request = IDL.Record({ model: IDL.Text, messages: IDL.Vec(User), tools: IDL.Opt(IDL.Vec(Tool)) });
    const old = { model: '', messages: request.messages, tools: [[{ name: 'f', parameters: [] }]] };
    const { reject } = llama.update('v1_chat', new Uint8Array(IDL.encode([Request], [old])), person(1)) as {
      reject: string;
    };
    expect(reject).toBe('v1_chat: the argument cannot be used: expected variant, found record');
  });
});

describe('tools of a model with control tokens as marks', () => {
  const property = (name: string, values: string[]) => ({ name, type: 'string', description: [], enum: [values] });
  const tool = (name: string, properties: unknown[], required: string[]) => ({
    function: {
      name,
      description: [`The ${name}.`],
      parameters: [{ type: 'object', properties: [properties], required: [required] }],
    },
  });
  const tools = [
    [
      tool('in_stock', [property('fruit', ['apples', 'pears'])], ['fruit']),
      tool('now', [property('zone', ['UTC', 'CET'])], []),
    ],
  ];
  /** The model's most probable token is the mark of a call. */
  const calling = ['--temp', '0', '-l', '1276+90'];
  beforeEach(async () => {
    llama = await Llama.install();
    llama.load('tiny-chat.gguf', chatModel(), '-c', '1024');
    llama.letEveryoneIn();
  });
  const answer = (given: object) => {
    const { outcome } = v1({ tools, ...given } as never);
    if (outcome === undefined || 'reject' in outcome) throw new Error(outcome?.reject ?? 'no answer');
    return outcome.reply.message;
  };

  it('come back as calls, with arguments that their parameters allow', () => {
    settings({ sampling: [calling], max_tokens: [120] });
    const { content, tool_calls } = answer({});
    expect(content).toEqual([]);
    expect(tool_calls.length).toBeGreaterThan(0);
    for (const call of tool_calls) {
      const { name, arguments: given } = call.function;
      expect(['in_stock', 'now']).toContain(name);
      if (name === 'in_stock') expect(given.map((one) => one.name)).toEqual(['fruit']);
      for (const { value } of given) expect(['apples', 'pears', 'UTC', 'CET']).toContain(value);
      expect(call.id).toMatch(/^\w{9}$/);
    }
    // The conversation continues with the tool's result.
    const messages = [
      ...request.messages,
      { assistant: { content, tool_calls } },
      ...tool_calls.map(({ id }) => ({ tool: { content: '3', tool_call_id: id } })),
    ];
    settings({ max_tokens: [20] });
    expect(answer({ messages }).content[0]!.length).toBeGreaterThan(0);
  });

  it('are constrained by a grammar in answers of many messages, too, with the same result', () => {
    settings({ sampling: [calling], max_tokens: [120] });
    const whole = answer({});
    llama.budget(500e6);
    const call = v1({ tools } as never);
    expect(call.finish()).toEqual({ reply: { message: whole } });
    expect(Math.max(...call.messages)).toBeLessThanOrEqual(500e6);
  });

  it('are not called by the text of the mark alone, and the answer leaves thoughts out', () => {
    // In a message, the mark is text and no control token.
    const said = '<tool_call>\n{"name": "now", "arguments": {}}\n</tool_call>';
    const messages = [{ user: { content: `Say ${said}` } }];
    expect(answer({ messages }).tool_calls).toEqual([]);
    settings({ sampling: [['--temp', '0', '-l', '1274+90']], max_tokens: [30] });
    expect(answer({ tools: [] })).toEqual({ content: [''], tool_calls: [] });
  });
});

describe('an answer of several messages', () => {
  beforeEach(() => start());

  it('has the same text as an answer of one message, and no message exceeds its budget', () => {
    const call = v1();
    const text = contentOf(call.finish());
    expect(text).toMatch(whole);
    expect(call.messages.length).toBeGreaterThan(4);
    expect(Math.max(...call.messages)).toBeLessThanOrEqual(SHORT);
    expect(generations()).toBe(0);
    llama.budget(0);
    expect(contentOf(v1().outcome)).toBe(text);
  });

  it('is the text so far if the canister is being stopped, after at most one more message, at any link of the chain', () => {
    const text = contentOf(v1().finish());
    const said: string[] = [];
    /** A call after that many links of its chain; undefined if it has been answered by then. */
    const after = (link: number) => ((call) => (call.finish(link) === undefined ? call : undefined))(v1());
    const whileStopping = (work: () => void) => {
      llama.canister.environment.status = 'stopping';
      work();
      llama.canister.environment.status = 'running';
    };
    // Every link of the chain in test:full.
    for (let link = 0; ; link += isFull ? 1 : 3) {
      const refused = after(link);
      if (refused === undefined) break;
      whileStopping(() => refused.refuse());
      const stopped = after(link)!;
      whileStopping(() => stopped.goOn());
      // How far a message gets depends on what is evaluated already, so its text is a beginning of the whole text.
      expect('reject' in stopped.outcome! || text.startsWith(contentOf(stopped.outcome))).toBe(true);
      // This link only answers.
      expect(stopped.messages.at(-1)).toBeLessThan(6_000_000);
      expect(generations()).toBe(0);
      said.push('reject' in refused.outcome! ? '' : contentOf(refused.outcome));
    }
    expect(said.every((part, i) => text.startsWith(part) && part.length >= (said[i - 1] ?? '').length)).toBe(true);
    expect(new Set(said).size).toBeGreaterThan(isFull ? 3 : 1);
  });

  it('is lost if the canister is upgraded without being stopped, and the caller is told, at any link of the chain', () => {
    for (let link = 0; ; link += isFull ? 1 : 4) {
      const call = v1();
      if (call.finish(link) !== undefined) break;
      // Loading the model again takes larger messages.
      llama.budget(0);
      llama.upgrade();
      llama.time += 1_000_000_000n;
      call.goOn();
      expect(call.outcome).toEqual({ reject: 'the canister was upgraded before it could answer: call again' });
      llama.timers();
      expect(generations()).toBe(0);
      llama.budget(SHORT);
    }
    expect(contentOf(v1().finish())).toMatch(whole);
  });

  it('is the text so far before the caller stops waiting', () => {
    const text = contentOf(v1().finish());
    const undisturbed = v1();
    undisturbed.finish();
    // Two messages are too slow for the whole answer.
    const step = 285_000_000_000n / BigInt(undisturbed.messages.length - 1);
    const call = v1({}, { deadline: llama.time + 300_000_000_000n });
    const began = llama.time;
    while (call.outcome === undefined) {
      llama.time += step;
      call.goOn();
    }
    expect(llama.time - began).toBeLessThan(300_000_000_000n - 15_000_000_000n);
    const part = contentOf(call.outcome);
    expect(part.length).toBeGreaterThan(0);
    expect(part.length).toBeLessThan(text.length);
    expect(text.startsWith(part)).toBe(true);
    // A caller who waits only for a moment gets what one message generates, which may be nothing.
    expect(v1({}, { deadline: llama.time + 5_000_000_000n }).outcome).toBeDefined();
  });

  it('goes on while other answers and the timer run', () => {
    const text = contentOf(v1().finish());
    const calls = Array.from({ length: isFull ? 5 : 2 }, () => v1());
    for (let round = 0; calls.some(({ outcome }) => outcome === undefined); round++) {
      for (const call of calls) call.finish(1);
      if (round % 2 === 0 && llama.isTimerDue) llama.canister.timer({ time: llama.time });
    }
    expect(calls.map(({ outcome }) => contentOf(outcome))).toEqual(Array(calls.length).fill(text));
    expect(generations()).toBe(0);
  });

  it('ends when an administrator cancels it or another model is loaded', () => {
    const call = v1();
    const [status] = (llama.call('generation_list', { everybody: true, before: [] }, owner) as { Ok: { id: bigint }[] })
      .Ok;
    llama.call('generation_cancel', { id: status!.id }, owner);
    call.finish();
    expect(['the generation was cancelled', '']).toContain('reject' in call.outcome! ? call.outcome.reject : '');
    const other = v1();
    llama.budget(0);
    llama.ok('load_model', ['--model', 'tiny-chat.gguf', '--ctx-size', '256'], owner);
    expect(other.finish()).toBeDefined();
  });

  it('is given up if the canister has few cycles', () => {
    const call = v1();
    llama.canister.environment.balance = 100_000_000_000n;
    call.finish(10);
    expect(call.outcome).toBeDefined();
    expect(v1().outcome).toEqual({ reject: expect.stringMatching(/few cycles/) });
  });
});

describe('settings', () => {
  beforeEach(() => start(0));

  it('say which names of models are answered', () => {
    const models = [
      [
        { name: 'tiny', filename: 'tiny-chat.gguf' },
        { name: 'large', filename: 'large.gguf' },
      ],
    ];
    expect(settings({ models, any_name: [false] })).toEqual({ Ok: { status_code: 200 } });
    expect(contentOf(v1({ model: 'tiny' }).outcome)).toMatch(whole);
    expect(contentOf(v1({ model: 'large' }).outcome)).toMatch(/"large" is large\.gguf, which is not loaded$/);
    expect(contentOf(v1().outcome)).toMatch(/there is no model "llama3\.1:8b": there are "tiny", "large"$/);
    expect(settings({ models })).toEqual({ Ok: { status_code: 200 } });
    expect(contentOf(v1().outcome)).toMatch(whole);
  });

  it('survive an upgrade, set sampling and length of answers, and can be reset', () => {
    const usual = llama.call('get_llm_settings');
    expect(usual).toEqual({ models: [], any_name: true, sampling: ['--temp', '0'], max_tokens: 1000 });
    const greedy = contentOf(v1().outcome);
    const hot = ['--temp', '9', '--top-k', '0', '--min-p', '0', '--top-p', '1'];
    expect(settings({ sampling: [hot], max_tokens: [20] })).toEqual({ Ok: { status_code: 200 } });
    llama.upgrade();
    llama.timers();
    const drawn = contentOf(v1().outcome);
    expect(contentOf(v1().outcome)).toBe(drawn);
    expect(drawn).not.toBe(greedy);
    settings({});
    expect(llama.call('get_llm_settings')).toEqual(usual);
  });

  it('are refused with a reason', () => {
    const errorOf = (given: object) => (settings(given) as { Err: { Other: string } }).Err.Other;
    expect(errorOf({ max_tokens: [0] })).toMatch(/^set_llm_settings: max_tokens/);
    expect(errorOf({ sampling: [['--nothing']] })).toMatch(/^set_llm_settings: sampling: .*--nothing/);
    expect(errorOf({ models: [[{ name: 'x'.repeat(201), filename: '' }]] })).toMatch(/at most 200 bytes/);
    const asked = { models: [], any_name: [], sampling: [], max_tokens: [] };
    expect(llama.call('set_llm_settings', asked, person(1))).toMatchObject({ Err: expect.anything() });
  });
});

describe('if callers pay', () => {
  const totals = () => (llama.call('get_payment_totals', undefined, owner) as { Ok: Record<string, bigint> }).Ok;
  beforeEach(async () => {
    await start();
    llama.call('set_prices', { tokens: { prompt: 1_000_000n, cached: 0n, generated: 2_000_000n } }, owner);
  });

  it('exactly the price is taken with the answer, also with one of many messages', () => {
    const call = v1({}, { cycles: 10n ** 11n });
    expect(call.cyclesAccepted).toBe(0n);
    expect(contentOf(call.finish())).toMatch(whole);
    expect(call.messages.length).toBeGreaterThan(1);
    expect(call.cyclesAccepted).toBeGreaterThan(10_000n);
    expect(call.cyclesAccepted).toBeLessThan(10n ** 7n);
    expect(totals()).toMatchObject({ received: call.cyclesAccepted, charged: call.cyclesAccepted, generations: 1n });
  });

  it('a caller who attaches too little gets no answer', () => {
    const call = v1({}, { cycles: 10n });
    expect(call.outcome).toEqual({ reject: expect.stringMatching(/^v1_chat: payment: this may cost \d+ cycles/) });
    expect(call.cyclesAccepted).toBe(0n);
    expect(generations()).toBe(0);
  });

  it('nothing is charged if there is no answer', () => {
    const call = v1({}, { cycles: 10n ** 11n });
    // The caller gives up before the first word.
    if (call.outcome === undefined) call.refuse();
    const isAnswered = call.outcome !== undefined && 'reply' in call.outcome;
    expect(call.cyclesAccepted > 0n).toBe(isAnswered);
  });
});

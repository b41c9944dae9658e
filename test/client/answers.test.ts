/** Answers that the canister computes by itself, read by the client from the real canister on a local network. */
import { Certificate, lookupResultToBuffer, requestIdOf } from '@icp-sdk/core/agent';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Conversation, type Delta, LlamaClient, LlamaError, type Question } from '../../packages/client/src/index.js';
import { asks, deltasOf, greedy, long, Served, textOf } from './served.js';

let served: Served;
let llama: LlamaClient;
beforeAll(async () => {
  served = await Served.start();
  llama = await served.client();
});
afterAll(() => served?.stop());

/** Makes a long answer take a hundred messages of the canister, for a group of tests. */
function inSmallMessages(): void {
  const budget = async (update: bigint) => (await served.administrator()).admin.setInstructionBudget(update, 0n);
  beforeAll(() => budget(60_000_000n));
  afterAll(() => budget(0n));
}

const isEnd = (delta: Delta) => delta.type === 'end';

describe('an answer', () => {
  test('comes in deltas, and ends with its cost', async () => {
    const answer = llama.chat(asks, { sampling: greedy, usdPerTrillionCycles: 1.4 });
    const deltas = await deltasOf(answer);
    expect(deltas[0]).toMatchObject({ type: 'progress' });
    expect(deltas.findIndex(isEnd)).toBe(deltas.length - 1);
    const { usage } = deltas.find(isEnd) as Extract<Delta, { type: 'end' }>;
    expect(usage).toMatchObject({ promptTokens: 13, thinkingTokens: 0, price: 0n });
    expect(usage.instructions).toBeGreaterThan(usage.generatedTokens * 1_000_000);
    expect(usage.usd).toBeCloseTo((Number(usage.cycles) / 1e12) * 1.4, 12);
    const text = textOf(deltas);
    expect(text).toMatch(/^A canister is a program/);
    expect(await answer.result()).toEqual({ text, thinking: '', toolCalls: [], reason: 'end', usage });
    expect(answer.position).toBe(deltas.filter(({ type }) => type === 'text').length);
  });

  test('is that of run_update with the same prompt and seed', async () => {
    const format = 'Once upon a time';
    const whole = await llama.complete(format, { sampling: ['--temp', '1'], seed: 5, maxTokens: 30 }).result();
    const flags = ['--prompt-cache', 'same', '--temp', '1', '--seed', '5', '-p', format, '-n'];
    const { output } = await llama.canister.run([...flags, '30']);
    expect([whole.text, whole.reason]).toEqual([output, 'max-tokens']);
  });

  test('is the same from a canister with older methods only, in as many calls as it takes', async () => {
    const options = { sampling: greedy, maxTokens: 12 };
    const { text } = await llama.chat(asks, options).result();
    const rejected = new LlamaError('rejected', 'METHOD_NOT_FOUND', 'no method', { next: 'Upgrade it.' });
    const canister = await served.olderCanister(['generation_start', 'get_generation_limits'], rejected);
    const answer = new LlamaClient(canister).chat(asks, options);
    expect(await answer.result()).toMatchObject({ text, reason: 'max-tokens', usage: { promptTokens: 13 } });
    expect(new Set(answer.certificates.map(({ method }) => method))).toEqual(
      new Set(['new_chat', 'run_update', 'remove_prompt_cache']),
    );
  });

  test('ends before a stop text, and names it', async () => {
    const { text, reason, stop } = await llama.chat(asks, { sampling: greedy, stop: ['xyz', ' program'] }).result();
    expect([text, reason, stop]).toEqual(['A canister is a', 'stop', ' program']);
  });

  test('has the requested format', async () => {
    const schema = { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] };
    const options = { sampling: greedy, responseFormat: { jsonSchema: schema } };
    expect(JSON.parse((await llama.chat(asks, options).result()).text)).toEqual({ ok: expect.any(Boolean) });
  });

  test('calls tools, and continues with their results', async () => {
    const parameters = { type: 'object', properties: { place: { enum: ['here', 'there'] } }, required: ['place'] };
    const tools = [{ type: 'function' as const, function: { name: 'look_up', parameters } }];
    const options = { tools, toolChoice: 'required' as const, parallelToolCalls: false, sampling: greedy };
    const conversation = new Conversation(llama, options);
    const answer = conversation.say('What is a canister?');
    const types = (await deltasOf(answer)).map(({ type }) => type).filter((type) => type !== 'progress');
    expect(types.filter((type) => type !== 'tool-arguments')).toEqual(['tool-call', 'tool-call-end', 'end']);
    const { toolCalls, reason } = await answer.result();
    expect([toolCalls[0]!.name, reason]).toEqual(['look_up', 'tool-calls']);
    expect(JSON.parse(toolCalls[0]!.arguments)).toEqual({ place: expect.stringMatching(/^t?here$/) });
    const results = [{ call: toolCalls[0]!, content: 'It is a program.' }];
    const next = await conversation.giveResults(results, { toolChoice: 'none', maxTokens: 5 }).result();
    expect(next.usage.generatedTokens).toBeGreaterThan(0);
    expect(conversation.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
    expect(conversation.messages[1]).toMatchObject({ toolCalls });
    expect(conversation.messages[2]).toMatchObject({ toolCallId: toolCalls[0]!.id, name: 'look_up' });
  });

  test('has its tokens with their probabilities', async () => {
    const deltas = await deltasOf(llama.chat(asks, { sampling: greedy, maxTokens: 3, logprobs: 2 }));
    const tokens = deltas.filter((delta) => delta.type === 'token');
    expect(tokens.map(({ text }) => text).join('')).toBe(textOf(deltas));
    for (const { alternatives, logprob, bytes } of tokens) {
      expect(alternatives.length).toBe(2);
      expect(alternatives[0]).toMatchObject({ logprob, bytes });
      expect(alternatives[1]!.logprob).toBeLessThan(logprob);
    }
  });

  test('can be read only once', async () => {
    const answer = llama.chat(asks, { maxTokens: 2 });
    await answer.result();
    expect(() => answer[Symbol.asyncIterator]()).toThrow(expect.objectContaining({ code: 'ALREADY_READ' }));
  });
});

describe('a long answer', () => {
  inSmallMessages();

  test('can be read from any position, by another client, and again after its end', async () => {
    const answer = llama.chat(asks, { ...long, maxTokens: 400, keep: true });
    let text = '';
    for await (const delta of answer) {
      if (delta.type === 'text') text += delta.text;
      if (text.length > 150) break;
    }
    const { position } = answer;
    const id = (await answer.id)!;
    const other = await served.client();
    const rest = await other.attach(id, { from: position }).result();
    const whole = await other.attach(String(id)).result();
    expect(whole.usage.generatedTokens).toBe(400);
    expect(text + rest.text).toBe(whole.text);
    // At the very end there is only the end.
    const events = (await llama.generations.get(id)).events;
    expect((await deltasOf(other.attach(id, { from: events }))).map(({ type }) => type)).toEqual(['end']);
  });

  test('is cancelled by its caller, and ends with the text so far', async () => {
    const answer = llama.chat(asks, long);
    let text = '';
    let last: Delta | undefined;
    for await (const delta of answer) {
      if (delta.type === 'text' && text === '') await answer.cancel();
      if (delta.type === 'text') text += delta.text;
      last = delta;
    }
    expect(last).toMatchObject({ type: 'end', reason: 'cancelled' });
    expect(text).not.toBe('');
    expect(await answer.result()).toMatchObject({ text, reason: 'cancelled' });
  });

  test('is cancelled if nobody reads it any more, unless it was to be kept', async () => {
    for (const keep of [false, true]) {
      for (const way of ['break', 'abort'] as const) {
        const stop = new AbortController();
        const answer = llama.chat(asks, { ...long, maxTokens: keep ? 200 : 900, signal: stop.signal, keep });
        const read = async () => {
          for await (const delta of answer) {
            if (delta.type !== 'text') continue;
            if (way === 'break') break;
            stop.abort();
          }
        };
        if (way === 'abort') await expect(read()).rejects.toMatchObject({ kind: 'aborted' });
        else await read();
        await expect(answer.result()).rejects.toMatchObject({ kind: 'aborted' });
        await answer.closed();
        const { reason } = await llama.attach((await answer.id)!).result();
        expect([keep, way, reason]).toEqual([keep, way, keep ? 'max-tokens' : 'cancelled']);
      }
    }
  });

  test('leaves nothing running if its signal fires before it begins', async () => {
    const stop = new AbortController();
    const answer = llama.chat(asks, { ...long, signal: stop.signal });
    stop.abort();
    await expect(deltasOf(answer)).rejects.toMatchObject({ kind: 'aborted' });
    await answer.closed();
    expect(await llama.generations.get((await answer.id)!)).toMatchObject({ state: 'ended', end: 'cancelled' });
    const before = await llama.generations.list();
    await expect(llama.chat(asks, { signal: stop.signal }).result()).rejects.toMatchObject({ kind: 'aborted' });
    expect(await llama.generations.list()).toEqual(before);
  });

  test('is signed by the subnet on request, and every certificate can be checked', async () => {
    const answer = llama.chat(asks, { ...long, maxTokens: 100, certified: true });
    const { text } = await answer.result();
    expect(text.length).toBeGreaterThan(50);
    expect(answer.certificates.map(({ method }) => method)).toEqual(['generation_start', 'generation_poll']);
    for (const { request, requestId, certificate, reply } of answer.certificates) {
      expect(requestIdOf({ ...request })).toEqual(requestId);
      const { rootKey } = served.network;
      const verified = await Certificate.create({
        certificate,
        rootKey,
        principal: { canisterId: served.principal },
        agent: served.network.agent(),
      });
      const path = [new TextEncoder().encode('request_status'), requestId, new TextEncoder().encode('reply')];
      expect(lookupResultToBuffer(verified.lookup_path(path))).toEqual(reply);
    }
    expect(new TextDecoder().decode(answer.certificates[1]!.reply)).toContain(text.slice(0, 10));
  });

  test('is refused as BUSY or OVER_QUOTA if the caller has too many already', async () => {
    const others = Array.from({ length: 8 }, () => llama.chat(asks, long));
    await Promise.all(others.map(({ id }) => id));
    await expect(llama.chat(asks).result()).rejects.toMatchObject({ code: 'OVER_QUOTA', kind: 'refused' });
    await Promise.all(others.map((each) => each.cancel()));
  });

  test('continues in a conversation whose page was closed', async () => {
    const conversation = new Conversation(llama, { ...long, maxTokens: 300, keep: true });
    for await (const delta of conversation.say('What is a canister?')) if (delta.type === 'text') break;
    const state = JSON.parse(JSON.stringify(conversation));
    expect(state).toMatchObject({ messages: [asks[0]], pending: expect.stringMatching(/^\d+$/) });
    const again = new Conversation(await served.client(), { state });
    expect(() => again.say('Hello?')).toThrow(expect.objectContaining({ code: 'ANSWERING' }));
    const { text } = await again.resume()!.result();
    expect(JSON.parse(JSON.stringify(again))).toEqual({ messages: [asks[0], { role: 'assistant', content: text }] });
    expect(again.resume()).toBeUndefined();
  });
});

describe('requests that cannot be answered', () => {
  test.each([
    ['no messages', 'BAD_ARGUMENT', () => llama.chat([])],
    ['no prompt', 'REFUSED', () => llama.complete('')],
    ['a flag that is not about sampling', 'REFUSED', () => llama.chat(asks, { sampling: ['--model', 'x'] })],
    ['a seed that is none', 'BAD_NUMBER', () => llama.chat(asks, { seed: -1 })],
    ['a tool that there is not', 'REFUSED', () => llama.chat(asks, { tools: [], toolChoice: { function: 'x' } })],
    ['thoughts of a model that has none', 'REFUSED', () => llama.chat(asks, { thinking: { enabled: true } })],
    ['a schema that is none', 'REFUSED', () => llama.chat(asks, { responseFormat: { jsonSchema: '{' } })],
    ['a prompt that is too long', 'CONTEXT_FULL', () => llama.complete('long '.repeat(5000))],
    ['a generation that there is not', 'NO_SUCH_GENERATION', () => llama.attach(999)],
    ['a number that is none', 'BAD_GENERATION', () => llama.attach('x')],
    ['a position that is none', 'BAD_POSITION', () => llama.attach(1, { from: -1 })],
  ])('%s is an error', async (_, code, ask) => {
    const answer = ask();
    await expect(answer.result()).rejects.toMatchObject({ name: 'LlamaError', code });
    await expect(answer.id.then(() => answer.result())).rejects.toMatchObject({ code });
  });

  test('a position after the end of an answer is an error', async () => {
    const answer = llama.chat(asks, { maxTokens: 2 });
    await answer.result();
    const beyond = llama.attach((await answer.id)!, { from: answer.position + 1 });
    await expect(beyond.result()).rejects.toMatchObject({ code: 'BEYOND_END', kind: 'input' });
  });

  test('answers of other callers cannot be read, and there are no embeddings', async () => {
    const stranger = await served.client(Ed25519KeyIdentity.generate());
    const answer = llama.chat(asks, { maxTokens: 2 });
    await answer.result();
    await expect(stranger.attach((await answer.id)!).result()).rejects.toMatchObject({ code: 'NO_SUCH_GENERATION' });
    await expect(llama.embed(['x'])).rejects.toMatchObject({ code: 'NOT_SUPPORTED', kind: 'refused' });
  });
});

describe('a conversation', () => {
  test('continues in its session, evaluating only new tokens, and as JSON anywhere else', async () => {
    const conversation = new Conversation(llama, { session: 'talk', sampling: greedy, system: 'Be brief.' });
    const first = await conversation.say('What is a canister?').result();
    const state = JSON.parse(JSON.stringify(conversation));
    expect(state.messages.map(({ role }: { role: string }) => role)).toEqual(['system', 'user', 'assistant']);
    const again = new Conversation(await served.client(), { session: 'talk', sampling: greedy, state });
    const second = await again.say('Why?').result();
    const { promptTokens, generatedTokens } = first.usage;
    expect(second.usage.cachedTokens).toBeGreaterThanOrEqual(promptTokens + generatedTokens - 1);
    expect(again.messages.at(-1)).toEqual({ role: 'assistant', content: second.text });
  });

  test('takes back a message that was not answered', async () => {
    const conversation = new Conversation(llama, { sampling: ['--nonsense'] });
    await expect(conversation.say('What?').result()).rejects.toMatchObject({ code: 'REFUSED' });
    expect(conversation.messages).toEqual([]);
  });
});

test('turns texts into tokens, and tokens into texts', async () => {
  const tokens = await llama.tokenize('<|im_start|>Hello');
  expect(await llama.detokenize(tokens)).toBe('<|im_start|>Hello');
  expect((await llama.tokenize('<|im_start|>Hello', { parseSpecial: false })).length).toBeGreaterThan(tokens.length);
  await expect(llama.detokenize([4_000_000])).rejects.toMatchObject({
    message: expect.stringContaining("token 4000000 is none of the model's"),
  });
});

describe('a decision', () => {
  const questions: Question[] = [
    { text: 'Is it a program?', kind: 'yes-no' },
    { text: 'How good is it?', kind: { score: { least: 1, greatest: 5 } } },
    { text: 'What is it?', kind: { choice: ['tin', 'program'] } },
  ];
  const labels = [
    ['yes', 'no'],
    ['1', '2', '3', '4', '5'],
    ['tin', 'program'],
  ];

  test('has the probabilities of the options, the same in one message as in many', async () => {
    const { answers, usage, certificates, id } = await llama.decide(asks, questions);
    expect(answers.map(({ options }) => options.map(({ label }) => label))).toEqual(labels);
    for (const { options, best, logCoverage } of answers) {
      expect(options.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
      const most = Math.max(...options.map(({ probability }) => probability));
      expect(options.find(({ label }) => label === best)!.probability).toBe(most);
      expect(logCoverage).toBeLessThan(0);
    }
    const mean = answers[1]!.options.reduce((sum, { label, probability }) => sum + Number(label) * probability, 0);
    expect(answers[1]!.expected).toBeCloseTo(mean, 9);
    const quote = await llama.quoteDecision(asks, questions);
    expect(quote).toMatchObject({ promptTokens: usage.promptTokens });
    expect(certificates.map(({ method }) => method)).toEqual(['decide']);
    expect(await llama.generations.get(id)).toMatchObject({ state: 'ended', end: 'end' });

    const { admin } = await served.administrator();
    await admin.setInstructionBudget(60_000_000n, 0n);
    try {
      const stranger = await served.client(Ed25519KeyIdentity.generate());
      const later = await stranger.decide(asks, questions, { certified: true });
      expect(later.answers).toEqual(answers);
      expect(later.certificates.map(({ method }) => method)).toEqual(['decide', 'decide_poll']);
    } finally {
      await admin.setInstructionBudget(0n, 0n);
    }
    await expect(llama.decide(asks, [])).rejects.toMatchObject({ code: 'REFUSED' });
  });
});

describe('administration', () => {
  test('prices apply to callers, who learn the cost of an answer and pay from their allowance', async () => {
    const { admin } = await served.administrator();
    await admin.setPrices({ kind: 'tokens', prompt: 1_000n, cached: 10n, generated: 1_000_000n });
    expect(await admin.prices()).toEqual({ kind: 'tokens', prompt: 1_000n, cached: 10n, generated: 1_000_000n });
    const quote = await llama.quote(asks, { maxTokens: 10 });
    expect(quote).toMatchObject({ promptTokens: 13, generatedTokens: 10, allowance: 0n });
    expect(quote.price).toBeGreaterThan(10_000n);
    await expect(llama.chat(asks).result()).rejects.toMatchObject({ kind: 'cycles', code: 'PAYMENT_REQUIRED' });
    const me = await llama.canister.whoami();
    expect(await admin.grantAllowance(me, 1_000_000n)).toBe(1_000_000n);
    const { usage } = await llama.chat(asks, { maxTokens: 10, sampling: greedy }).result();
    expect(usage.price).toBeGreaterThan(0n);
    expect(usage.price).toBeLessThanOrEqual(quote.price);
    expect(await llama.admin.allowance()).toBe(1_000_000n - usage.price);
    expect(await admin.allowance(me)).toBe(1_000_000n - usage.price);
    expect(await admin.paymentTotals()).toMatchObject({ granted: 1_000_000n, charged: usage.price });
    await admin.setPrices({ kind: 'work', percent: 150 });
    expect(await admin.prices()).toEqual({ kind: 'work', percent: 150 });
    await admin.setFreeCaller(me, true);
    expect(await admin.freeCallers()).toEqual([me]);
    await admin.setPrices({ kind: 'free' });
  });

  test('limits, roles, access, quotas, files and logs have types', async () => {
    const { admin, generations } = await served.administrator();
    await admin.setGenerationLimits({ open_of_caller: 9n, message_seconds: 8n });
    expect(await admin.generationLimits()).toMatchObject({ open_of_caller: 9n, message_seconds: 8n, open: 256n });
    await admin.setQuotas({ sessions: 50n, bytes: 0n, tokens_per_hour: 0n });
    expect(await admin.quotas()).toEqual({ sessions: 50n, bytes: 0n, tokens_per_hour: 0n });
    await admin.setStorageLimits({ chats_ttl_seconds: 60n });
    expect(await admin.storageLimits()).toMatchObject({ chats_ttl_seconds: 60n, callers_bytes_set: [] });
    await admin.setLlmSettings({ max_tokens: 7, any_name: false });
    expect(await admin.llmSettings()).toMatchObject({ max_tokens: 7, any_name: false });
    const friend = Ed25519KeyIdentity.generate().getPrincipal().toText();
    expect(await admin.assignRole(friend, 'AdminQuery', 'looks')).toMatchObject({ principal: friend, note: 'looks' });
    expect(await admin.roles()).toMatchObject([{ principal: friend, role: { AdminQuery: null } }]);
    await admin.revokeRole(friend);
    await admin.setApplication(friend, 'serves');
    expect(await admin.applications()).toMatchObject([{ principal: friend, note: 'serves' }]);
    await admin.removeApplication(friend);
    await admin.setAccess('controllers');
    expect(await admin.access()).toBe('controllers');
    await expect(llama.chat(asks).result()).rejects.toMatchObject({ code: 'ACCESS_DENIED', kind: 'refused' });
    await admin.setAccess('everybody');
    expect(await admin.files()).toContainEqual({ name: 'model.gguf', isFolder: false });
    expect(await admin.removeFile('nothing')).toBe(false);
    await admin.setLogLevel('debug');
    expect(await admin.logLevel()).toBe('debug');
    await admin.writeLogs(false);
    await admin.saveChats(true);
    expect(await admin.setCleanup({ ttl_seconds: 100n })).toMatchObject({ ttl_seconds: 100n });
    expect((await admin.memory()).heap).toBeGreaterThan(1_000_000n);
    for (let n = 0; n < 3; n++) await llama.chat(asks, { maxTokens: 1 }).result();
    const all = await generations.list({ everybody: true });
    expect(all[0]).toMatchObject({ state: 'ended', end: 'max-tokens', usage: { generatedTokens: 1 } });
    expect((await generations.list({ everybody: true, before: all[0]!.id }))[0]).toEqual(all[1]);
    await expect(llama.generations.list({ everybody: true })).rejects.toMatchObject({ kind: 'refused' });
    const { id } = all[0]!;
    await generations.forget(id);
    await expect(generations.get(id)).rejects.toMatchObject({ kind: 'refused' });
    await expect(llama.admin.setPrices({ kind: 'free' })).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
  });
});

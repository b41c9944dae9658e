// How a conversation is held with canisters that answer by themselves, and with those that do not.
import { LlamaCanister, LlamaClient, LlamaError, plainFormat, type Service } from '@llama-canister/client';
import { expect, test } from 'vitest';
import { capture } from '../output.test-support.js';
import { canAnswerItself, openTalk } from './open-talk.js';
import { catchUp, takeTurn } from './turn.js';

const { signal } = new AbortController();
const events = [{ thinking: 'Hm. ' }, { text: 'Ada ' }, { text: 'Lovelace' }];

/** A canister with one answer, told an event a poll; `without` generations it answers calls of run_update. */
function canister({ without = false, lost = 0 } = {}) {
  const asked: { prompt: unknown; session: unknown; sampling: unknown }[] = [];
  let there = 0;
  let unreachable = 0;
  const status = () => ({
    ...{ id: 7n, principal: 'aaaaa-aa', place: 0, messages_left: 0n, instructions_left: 0n, held: 0n, price: 0n },
    state: there < events.length ? { generating: null } : { done: { end: null } },
    ended: there < events.length ? [] : [1n],
    ...{ prompt_tokens: 9, cached_tokens: 4, generated_tokens: 3, thinking_tokens: 1, instructions: 5n, cycles: 6n },
    ...{ seed: [], session: [], events: BigInt(there), started: 0n, expires: [] },
  });
  const missing = async () => {
    throw new LlamaError('rejected', 'METHOD_NOT_FOUND', 'there is no such method', { next: 'Upgrade it.' });
  };
  const reply = { status_code: 200, error: '', prompt_remaining: '', generated_eog: true };
  const counts = { n_prompt_tokens: [9n], n_prompt_tokens_cached: [4n], n_prompt_tokens_decoded: [5n] };
  const run = { ...reply, ...counts, n_prompt_tokens_remaining: [0n], n_tokens_generated: [2n] };
  const service = {
    get_generation_limits: without ? missing : async () => ({}),
    generation_quote: async ({ sampling: [flags = []] }: { sampling: [string[]?] }) =>
      flags.includes('--grammar')
        ? { Err: { Other: 'generation_quote: sampling: --grammar: only flags about sampling are accepted here' } }
        : { Err: { Other: 'generation_quote: the prompt is empty' } },
    generation_start: async (input: (typeof asked)[number]) => {
      asked.push(input);
      there = 0;
      unreachable = lost;
      return { Ok: status() };
    },
    generation_poll: async ({ from }: { from: bigint }) => {
      if (there > 1 && unreachable-- > 0) throw new LlamaError('transport', 'UNREACHABLE', 'gone', { next: 'Wait.' });
      there = Math.min(events.length, there + 1);
      const told = events.slice(Number(from), there).map((content, i) => ({ number: from + BigInt(i), content }));
      return { Ok: { status: status(), events: told, next: from + BigInt(told.length) } };
    },
    new_chat: async () => ({ Ok: { ...run, output: '', conversation: '' } }),
    run_update: async ({ args }: { args: string[] }) => {
      const prompt = args[args.indexOf('-p') + 1];
      asked.push({ prompt, session: args[1], sampling: args });
      return { Ok: { ...run, output: 'Ada Lovelace', conversation: `${prompt}Ada Lovelace` } };
    },
  };
  const llama = new LlamaClient(new LlamaCanister(service as unknown as Service, 'aaaaa-aa'), { patience: 1 });
  return { llama, asked };
}

const { texts, output } = capture(false, false);
const flags = { session: 'mine', system: 'Be brief.', temp: 0, reversePrompt: ['X'] };
const options = { flags, passthrough: [], state: undefined, pace: undefined, output, format: undefined };

test('who answers by itself is sent the messages, and its thoughts are no part of the answer', async () => {
  const { llama, asked } = canister();
  expect(await canAnswerItself(llama, [], signal)).toBe(true);
  const talk = openTalk(llama, { ...options, answersItself: true });
  const summary = await takeTurn(talk, output, 'Who?', signal);
  expect(summary).toMatchObject({ text: 'Ada Lovelace', thinking: 'Hm. ', ending: 'eog', promptTokens: 9, cycles: 6n });
  expect([texts.out.endsWith('Ada Lovelace\n'), texts.err.endsWith('Hm. ')]).toEqual([true, true]);
  expect(asked[0]).toMatchObject({
    prompt: { messages: [{ role: 'system' }, { role: 'user', content: 'Who?' }] },
    ...{ session: ['mine'], sampling: [['--temp', '0']], stop: [['X']] },
  });
  await takeTurn(talk, output, 'When?', signal);
  expect(asked[1]).toMatchObject({ prompt: { messages: [{}, {}, { reasoning: ['Hm. '] }, { content: 'When?' }] } });
  talk.reset('Be long.');
  expect(talk.messages).toEqual([{ role: 'system', content: 'Be long.' }]);
});

test('a text is continued with what came before it', async () => {
  const { llama, asked } = canister();
  const talk = openTalk(llama, { ...options, format: plainFormat, answersItself: true });
  await takeTurn(talk, output, 'Who?', signal);
  const { sessionText } = talk.state;
  expect(sessionText.endsWith('Who?Ada Lovelace')).toBe(true);
  await takeTurn(
    openTalk(llama, { ...options, format: plainFormat, answersItself: true, state: talk.state }),
    output,
    ' When?',
    signal,
  );
  expect(asked[1]!.prompt).toEqual({
    text: `${sessionText}${plainFormat.continuation([{ role: 'user', content: ' When?' }])}`,
  });
});

test('an answer whose connection was lost is read on before the next turn, also by another process', async () => {
  const { llama } = canister({ lost: 3 });
  const talk = openTalk(llama, { ...options, answersItself: true });
  const lost = takeTurn(talk, output, 'Who?', signal);
  await expect(lost).rejects.toMatchObject({
    kind: 'transport',
    next: expect.stringContaining('ask --attach 7 --from'),
  });
  expect(talk.state).toMatchObject({ pending: '7', messages: [{}, { content: 'Who?' }] });
  const state = JSON.parse(JSON.stringify(talk.state));
  const later = openTalk(canister().llama, { ...options, answersItself: true, state });
  await catchUp(later, output, signal);
  expect(later.messages.at(-1)).toMatchObject({ role: 'assistant', content: 'Ada Lovelace' });
  expect(later.state.pending).toBeUndefined();
});

test('who has no generations is asked by run_update, and so is who has them but not these flags', async () => {
  const { llama, asked } = canister({ without: true });
  expect(await canAnswerItself(llama, [], signal)).toBe(false);
  expect(await canAnswerItself(canister().llama, ['--grammar', 'x'], signal)).toBe(false);
  expect(await canAnswerItself(canister().llama, ['--xtc-probability', '0.5'], signal)).toBe(true);
  const talk = openTalk(llama, { ...options, format: plainFormat, answersItself: false, passthrough: ['--jinja'] });
  expect(await takeTurn(talk, output, 'Who?', signal)).toMatchObject({ text: 'Ada Lovelace', calls: 1 });
  expect(asked[0]!.sampling).toEqual(expect.arrayContaining(['mine', '--temp', '0', '-r', 'X', '--jinja']));
});

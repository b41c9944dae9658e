import { expect, test } from 'vitest';
import { FakeGenerations } from './answers/fake-generations.test-support.js';
import { LlamaCanister } from './canister.js';
import { LlamaClient } from './client.js';
import { Conversation } from './conversation.js';
import { LlamaError } from './errors.js';

const clientOf = (service: object) => new LlamaClient(new LlamaCanister(service as never, 'aaaaa-aa'), { patience: 1 });

test('what a model thought and called is kept, and the results of its tools are told with their calls', async () => {
  const fake = new FakeGenerations({
    contents: [
      { thinking: 'Hm.' },
      { tool_call: { call: 0, id: 'a1', name: 'look' } },
      { tool_arguments: { call: 0, text: '{}' } },
      { tool_call_end: 0 },
    ],
    pace: 4,
    end: { done: { tool_calls: null } },
  });
  const conversation = new Conversation(clientOf(fake.service()), { system: 'Be brief.', maxTokens: 9 });
  const { toolCalls } = await conversation.say('Look!').result();
  const call = { id: 'a1', name: 'look', arguments: '{}' };
  expect(toolCalls).toEqual([call]);
  await conversation.giveResults([{ call, content: 'seen' }], { maxTokens: 3 }).result();
  expect(conversation.messages.slice(0, 4)).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Look!' },
    { role: 'assistant', content: '', thinking: 'Hm.', toolCalls: [call] },
    { role: 'tool', content: 'seen', toolCallId: 'a1', name: 'look' },
  ]);
  expect(fake.started.map(({ max_tokens }) => max_tokens)).toEqual([[9], [3]]);
});

test('a turn that failed does not touch the next one', async () => {
  const fake = new FakeGenerations({ contents: [{ text: 'ok' }] });
  const service = fake.service();
  let fails = true;
  const start = async (input: Parameters<typeof service.generation_start>[0]) => {
    if (fails) throw new LlamaError('refused', 'REFUSED', 'no', { next: 'Ask another way.' });
    return service.generation_start(input);
  };
  const conversation = new Conversation(clientOf({ ...service, generation_start: start }));
  const failed = conversation.say('one');
  await expect(failed.id).rejects.toMatchObject({ code: 'REFUSED' });
  expect(conversation.messages).toEqual([]);
  fails = false;
  const answer = conversation.say('two');
  await expect(failed.result()).rejects.toMatchObject({ code: 'REFUSED' });
  await answer.result();
  expect(conversation.messages.map(({ content }) => content)).toEqual(['two', 'ok']);
});

test('a network that goes away leaves the answer to be read on', async () => {
  const fake = new FakeGenerations({ contents: [{ text: 'a' }, { text: 'b' }] }, [
    undefined,
    ...Array(50).fill('unreachable'),
  ]);
  const conversation = new Conversation(clientOf(fake.service()));
  await expect(conversation.say('one').result()).rejects.toMatchObject({ kind: 'transport' });
  expect(conversation.toJSON()).toEqual({ messages: [{ role: 'user', content: 'one' }], pending: '7' });
  fake.faults.length = 0;
  expect((await conversation.resume()!.result()).text).toBe('ab');
  expect(conversation.messages.at(-1)).toEqual({ role: 'assistant', content: 'ab' });
});

// Requests whose last message is the assistant's, through each interface: what the backend is asked, and what is
// refused.
import { expect, test } from 'vitest';
import { end, scripted, text } from '../scripted-backend.test-support.js';

const { asked, backend, postJson, says } = scripted();
const user = { role: 'user', content: 'Who?' };
const begun = { role: 'assistant', content: 'Ada ' };
const call = { id: 'c', type: 'function', function: { name: 'look', arguments: '{}' } };
const chat = '/v1/chat/completions';
const anthropic = '/v1/messages';
const ollama = '/api/chat';
const body = (messages: object[], more: object = {}) => ({
  ...{ model: 'tiny-chat', messages, max_tokens: 9, stream: false },
  ...more,
});

test.each([
  [chat, [user, begun], {}, true],
  [anthropic, [user, begun], {}, true],
  [ollama, [user, begun], {}, true],
  [chat, [user], {}, false],
  [anthropic, [user], {}, false],
  [ollama, [user], {}, false],
  [chat, [user, begun], { continue_final_message: true, add_generation_prompt: false }, true],
  [chat, [user, begun], { continue_final_message: false }, false],
  [chat, [user, begun], { add_generation_prompt: true }, false],
  [chat, [user, begun], { chat_template_kwargs: { continue_final_message: false, x: 1 } }, false],
  [anthropic, [user, begun], { chat_template_kwargs: { add_generation_prompt: true, x: 1 } }, false],
  [chat, [user, { ...begun, content: '', reasoning_content: 'Hm' }], { reasoning_effort: 'low' }, true],
  [chat, [user, begun], { reasoning_effort: 'none' }, true],
])('%s %j %j', async (path, messages, more, isContinued) => {
  says(text('Lovelace'), end());
  const answer = await postJson(path, body(messages, more));
  expect([answer.status, asked().continuesLast]).toEqual([200, isContinued]);
  // These variables are for the gateway, and do not reach the template.
  expect(asked().templateArguments).toEqual('chat_template_kwargs' in more ? { x: 1 } : undefined);
});

const item = (fields: object) => ({ type: 'message', role: 'assistant', content: 'Ada ', ...fields });
const cut = { status: 'incomplete' };
const thought = { type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: 'Hm' }] };

test.each([
  // As at OpenAI, a complete message is not continued; as with vLLM, one that was cut off is.
  [[user, item({})], {}, false],
  [[user, item({ status: 'completed' })], {}, false],
  [[user, item(cut)], {}, true],
  [[user, item({ status: 'in_progress' })], {}, true],
  [[user, item(cut), user], {}, false],
  [[user, { ...thought, ...cut }], {}, true],
  [[user, item(cut)], { add_generation_prompt: true }, false],
  [[user, item(cut)], { continue_final_message: false }, false],
  [[user, item({})], { continue_final_message: true }, true],
  [[user, item({})], { add_generation_prompt: false }, true],
  [[user, item({})], { chat_template_kwargs: { continue_final_message: true, x: 1 } }, true],
])('a response to %j with %j', async (input, more, isContinued) => {
  says(text('Lovelace'), end());
  const answer = await postJson('/v1/responses', { model: 'tiny-chat', input, ...more });
  expect([answer.status, asked().continuesLast]).toEqual([200, isContinued]);
  expect(asked().templateArguments).toEqual('chat_template_kwargs' in more ? { x: 1 } : undefined);
});

test('a response that was too long is continued, and both parts are one message', async () => {
  says(text('Ada '), end('max-tokens'));
  const post = async (more: object) => (await postJson('/v1/responses', { model: 'tiny-chat', ...more })).json();
  const first = await post({ input: 'Who?' });
  says(text('Lovelace'), end());
  const second = await post({ previous_response_id: first.id });
  expect([second.status, second.output[0].content[0].text, asked().continuesLast]).toEqual([
    'completed',
    'Lovelace',
    true,
  ]);
  await post({ previous_response_id: second.id, input: 'When?' });
  expect(asked().prompt).toMatchObject({
    messages: [{ content: 'Who?' }, { content: 'Ada Lovelace' }, { content: 'When?' }],
  });
});

const off = 'a begun answer continues without thinking; turn thinking off, or leave this out';
const calls = 'it has calls, after which their results have to come; send them';
const use = { type: 'tool_use', id: 'c', name: 'look', input: {} };

test.each([
  [chat, [user, begun], { reasoning_effort: 'high' }, `messages[1]: ${off}`],
  [chat, [user, begun], { chat_template_kwargs: { enable_thinking: true } }, `messages[1]: ${off}`],
  [
    anthropic,
    [user, begun],
    { max_tokens: 2000, thinking: { type: 'enabled', budget_tokens: 1024 } },
    `messages[1]: ${off}`,
  ],
  [ollama, [user, begun], { think: true }, `messages[1]: ${off}`],
  [chat, [user, { role: 'assistant', content: null, tool_calls: [call] }], {}, `messages[1]: ${calls}`],
  [anthropic, [user, { role: 'assistant', content: [use] }], {}, `messages[1]: ${calls}`],
  [ollama, [user, { ...begun, tool_calls: [call] }], {}, `messages[1]: ${calls}`],
  [
    chat,
    [user],
    { continue_final_message: true },
    'continue_final_message: the last message is not the assistant\'s, but has the role "user"',
  ],
  [
    chat,
    [user, begun],
    { continue_final_message: true, add_generation_prompt: true },
    'continue_final_message: add_generation_prompt begins a new answer, which contradicts this; send only one of them',
  ],
  [
    chat,
    [user],
    { add_generation_prompt: false },
    'add_generation_prompt: the last message has to have the role assistant, so that it can be continued',
  ],
  [
    chat,
    [user, begun],
    { chat_template_kwargs: { continue_final_message: 'yes' } },
    'chat_template_kwargs.continue_final_message: expected boolean',
  ],
])('%s %j %j is refused', async (path, messages, more, why) => {
  const answer = await postJson(path, body(messages, more));
  const { error } = await answer.json();
  expect([answer.status, error.message ?? error, backend.asked.length]).toEqual([400, why, 0]);
});

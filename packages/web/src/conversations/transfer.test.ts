import { describe, expect, it } from 'vitest';
import type { Conversation, Message } from './model.js';
import { exported, imported } from './transfer.js';

const conversation: Conversation = {
  ...{ id: 'c', title: 'Ünïcode 🦙', created: 1, updated: 2, canister: 'x', network: 'n', leaf: 'a', draft: '' },
  settings: { system: 'Be brief.', temperature: 0, thinking: 'low', flags: '--mirostat 2' },
};
const messages: Message[] = [
  { id: 'q', conversation: 'c', parent: null, role: 'user', created: 1, content: 'Why?' },
  {
    ...{
      id: 'a',
      conversation: 'c',
      parent: 'q',
      role: 'assistant',
      created: 2,
      content: 'So.',
      thinking: 'Hm.',
      seed: 7,
    },
    calls: [{ id: '1', name: 'f', arguments: '{}', whole: true }],
    state: { is: 'ended', reason: 'end' },
    usage: {
      ...{ promptTokens: 1, cachedTokens: 2, generatedTokens: 3, thinkingTokens: 4 },
      ...{ instructions: 5, cycles: 6, price: 7, duration: 8 },
    },
  },
];
const file = () => JSON.parse(exported({ conversations: [conversation], messages }, new Date(0)));
/** A file in which something was changed. */
const changed = (how: (file: ReturnType<typeof globalThis.JSON.parse>) => void) => {
  const written = file();
  how(written);
  return JSON.stringify(written);
};

it('reads what it has written', () => {
  expect(imported(JSON.stringify(file()))).toEqual({ conversations: [conversation], messages });
});

it('leaves drafts out, and reads answers that were coming as stopped', () => {
  const coming: Message = { ...messages[1]!, state: { is: 'coming', generation: '3', position: 4 } };
  const text = exported(
    { conversations: [{ ...conversation, draft: 'secret' }], messages: [messages[0]!, coming] },
    new Date(),
  );
  expect(text).not.toContain('secret');
  expect(imported(text).messages[1]!.state).toEqual({ is: 'ended', reason: 'cancelled' });
});

describe('a file with an error is refused, and the error says where it is', () => {
  it.each([
    ['it is no JSON', '{'],
    ['file is no object', '[]'],
    ['it is no file of conversations', '{}'],
    ['it is of version 2; this page reads version 1', changed((all) => (all.version = 2))],
    ['file.conversations is no list', changed((all) => (all.conversations = {}))],
    ['file.conversations[0].title is no text', changed((all) => delete all.conversations[0].title)],
    [
      'file.conversations[0].settings.thinking is no one of',
      changed((all) => (all.conversations[0].settings.thinking = 'much')),
    ],
    [
      'file.conversations[0].settings.temperature is no number',
      changed((all) => (all.conversations[0].settings.temperature = '0')),
    ],
    [
      'file.conversations[0].messages[1].role is no one of',
      changed((all) => (all.conversations[0].messages[1].role = 'system')),
    ],
    [
      'file.conversations[0].messages[1].calls[0].whole is no true or false',
      changed((all) => delete all.conversations[0].messages[1].calls[0].whole),
    ],
    [
      'file.conversations[0].messages[1].parent is not there',
      changed((all) => (all.conversations[0].messages[1].parent = 'x')),
    ],
    [
      'file.conversations[0].messages[1].id is that of messages[0], too',
      changed((all) => (all.conversations[0].messages[1].id = 'q')),
    ],
    [
      'file.conversations[0].messages[0] follows itself',
      changed((all) => (all.conversations[0].messages[0].parent = 'a')),
    ],
    ['file.conversations[0].id is no id', changed((all) => (all.conversations[0].id = '../x'))],
    [
      'two conversations have the id c',
      changed((all) => all.conversations.push({ ...all.conversations[0], messages: [] })),
    ],
    ['two messages have the id q', changed((all) => all.conversations.push({ ...all.conversations[0], id: 'd' }))],
  ])('%s', (said, text) => {
    expect(() => imported(text)).toThrow(said);
  });
});

it('takes no message from another conversation of the browser', () => {
  const text = changed((all) => (all.conversations[0].id = 'copy'));
  expect(imported(text).conversations).toHaveLength(1);
  expect(() => imported(text, messages)).toThrow('the message q is in another conversation of this browser');
  expect(imported(JSON.stringify(file()), messages).messages).toHaveLength(2);
});

it('reads ten thousand messages in a row', () => {
  const many = Array.from({ length: 10_000 }, (_, i): Message => {
    return { ...messages[0]!, id: `m${i}`, parent: i === 0 ? null : `m${i - 1}` };
  });
  expect(imported(exported({ conversations: [conversation], messages: many }, new Date())).messages).toHaveLength(
    10_000,
  );
});

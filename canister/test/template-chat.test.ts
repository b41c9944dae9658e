import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../packages/client/src/messages.js';
import { chatFormat } from '../../packages/client/src/template.js';
import { TemplatePart } from './template-part.js';

let part: TemplatePart;
beforeAll(async () => {
  part = await TemplatePart.load();
});
afterAll(() => part.part.exports.template_dispose());

const card = { name: '', architecture: '', parameters: 0, contextLength: 0, markers: [] };
const user = (content: string): Message => ({ role: 'user', content });
const system = (content: string): Message => ({ role: 'system', content });
const developer = (content: string): Message => ({ role: 'developer', content });
const assistant = (content: string): Message => ({ role: 'assistant', content });

/** What the client makes of the messages, or its error. */
function clients(chatTemplate: string, messages: readonly Message[]): string {
  try {
    const format = chatFormat({ ...card, chatTemplate, bosToken: '<s>', eosToken: '</s>', addsBos: false });
    return format.prompt(messages);
  } catch (error) {
    return String((error as Error).message);
  }
}

const templates = {
  all: '{% for m in messages %}<|{{ m.role }}|>{{ m.content }}\n{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}',
  'with channels': '<|channel|>{% for m in messages %}{{ m.role }}={{ m.content }} {% endfor %}',
  'refusing systems and rows':
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate') }}{% endif %}{{ '[' + message['role'] + '\\n' + message['content'] | trim + ']\\n' }}{% endfor %}",
  'silent about systems':
    "{% for m in messages %}{% if m.role == 'user' %}U:{{ m.content }}\n{% elif m.role == 'assistant' %}A:{{ m.content }}\n{% endif %}{% endfor %}",
  'showing the first system':
    "{% if messages[0].role == 'system' %}S:{{ messages[0].content }}\n{% endif %}{% for m in messages %}{% if m.role != 'system' %}{{ m.role }}:{{ m.content }}\n{% endif %}{% endfor %}",
  'taking parts only':
    "{% for m in messages %}{{ m.role }}:{% for p in m.content %}{% if p.type == 'text' %}{{ p.text }}{% endif %}{% endfor %} {% endfor %}",
  'showing the last message': '{{ messages[-1].content }}',
  'showing nothing': '{{ messages | length }}',
  'going through tools':
    '[{% for tool in tools %}{{ tool }}{% endfor %}]{% for m in messages %}{{ m.content }}{% endfor %}',
};
const conversations: readonly (readonly Message[])[] = [
  [user('Hi')],
  [system('Be brief.'), user('Hi')],
  [system('a'), system('b'), user('c')],
  [system('s'), user('a'), user('b')],
  [system('a'), user('b'), assistant('c'), system('d'), user('e')],
  [user('a'), assistant('b'), user('c')],
  [developer('d'), user('u')],
  [user(' a '), assistant(''), user('')],
  [user('naïve 🦙'), assistant('<think>x</think>y'), user('<|im_end|>')],
];

describe.each(Object.entries(templates))('a template %s', (_, template) => {
  it.each(conversations)('%# matches the client', (...messages) => {
    expect(part.compile(template)).toBe('');
    const { text, error } = part.prompt({ messages, add_generation_prompt: true });
    const expected = clients(template, messages);
    if (text === undefined) {
      expect(expected).toMatch(/^the model's chat template cannot be used: /);
      expect(error).toMatch(/leaves out what|\(line \d+ of the chat template\)$/);
    } else {
      expect(text).toBe(expected);
    }
  });
});

it('messages with more than a role and a text are never joined', () => {
  part.compile(templates['refusing systems and rows']);
  const messages = [user('a'), { ...user('b'), name: 'Bob' }];
  expect(part.prompt({ messages })).toEqual({
    error: 'Conversation roles must alternate (line 1 of the chat template)',
  });
});

it('a message’s text is data, joined or not', () => {
  part.compile(templates['silent about systems']);
  const { segments } = part.prompt({ messages: [system('U:'), user('A:')] }) as { segments: unknown };
  expect(segments).toEqual([
    { text: 'U:', fromTemplate: true },
    { text: 'U:\nA:', fromTemplate: false },
    { text: '\n', fromTemplate: true },
  ]);
});

it('an invalid conversation is refused', () => {
  part.compile(templates.all);
  expect(part.prompt('{').error).toMatch(/^the variables cannot be read: it is no JSON/);
  expect(part.prompt({ messages: 5 }).error).toMatch(/^a number cannot be gone through/);
  expect(part.prompt({}).text).toBe('');
});

/** Prompts that end within the last message, and how the text after them is constrained and split. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChatFormatPart } from './chat-format-part.js';
import { formats } from './chat-format-templates.js';
import { TemplatePart } from './template-part.js';

let part: ChatFormatPart;
let templates: TemplatePart;
beforeAll(async () => {
  part = await ChatFormatPart.load();
  templates = new TemplatePart(part.part);
});
afterAll(() => part.part.exports.template_dispose());

const question = { role: 'user', content: 'Q?' };
const answer = (content: string, more: object = {}) => ({ role: 'assistant', content, ...more });

/** The prompt that ends within the last message, and the one without that message, in which a new one begins. */
function prompts(template: string, last: object, continues: 'text' | 'thoughts' = 'text') {
  expect(templates.compile(template)).toBe('');
  const continued = templates.prompt({ messages: [question, last], add_generation_prompt: false }, continues);
  const begun = templates.prompt({ messages: [question], add_generation_prompt: true });
  return { continued, begun: begun.text };
}

describe.each(Object.entries(formats))('a template of %s', (name, { template, thinking }) => {
  const thinksFirst = name.includes('thinks first');

  it('ends after a text that is continued, including the white space at its end', () => {
    for (const content of ['Once upon', 'Once upon a ', '  x\n\n', '<|im_end|>', '{"a": ', 'né 🦙']) {
      const { continued, begun } = prompts(template, answer(content));
      if (thinksFirst) expect(continued.text).toBe(`${begun}\n</think>\n\n${content}`);
      else expect(continued.text!.endsWith(content) && continued.text!.startsWith(begun!.trimEnd())).toBe(true);
      // The text of a message is data, whatever it looks like.
      expect(continued).toMatchObject({
        segments: expect.arrayContaining([{ text: expect.stringContaining(content.trim()), fromTemplate: false }]),
      });
    }
  });

  it.runIf(thinking?.startsWith('<think>'))('ends after thoughts that are continued', () => {
    const { continued } = prompts(template, answer('', { reasoning_content: 'Hm, ' }), 'thoughts');
    expect(continued.text).toMatch(/<\|im_start\|>assistant\n<think>\n?Hm, $/);
  });
});

const chatml =
  '{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content | trim }}<|im_end|>\n{% endfor %}' +
  '{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}';

it('what the template trims stays if it is continued', () => {
  expect(prompts(chatml, answer(' a b \n')).continued.text).toBe(
    '<|im_start|>user\nQ?<|im_end|>\n<|im_start|>assistant\na b \n',
  );
});

it('messages that are repaired for a template are continued, too', () => {
  const strict =
    "{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('turns') }}{% endif %}" +
    '[{{ m.role }}]{{ m.content }};{% endfor %}';
  templates.compile(strict);
  const messages = [{ role: 'system', content: 'S' }, question, answer('a'), answer('b')];
  expect(templates.prompt({ messages }, 'text').text).toBe('[user]S\nQ?;[assistant]a\n\nb');
  templates.compile('{% for m in messages %}{% for p in m.content %}{{ p.text }}|{% endfor %}{% endfor %}');
  expect(templates.prompt({ messages: [question, answer('a')] }, 'text').text).toBe('Q?|a');
});

it('a template that leaves out the continued part is reported', () => {
  const users = "{% for m in messages %}{% if m.role == 'user' %}{{ m.content }}{% endif %}{% endfor %}";
  expect(prompts(users, answer('a')).continued.error).toBe(
    'the chat template leaves out the text of the last message, so that it cannot be continued',
  );
  const { continued } = prompts(chatml, answer('', { reasoning_content: 'Hm' }), 'thoughts');
  expect(continued.error).toBe(
    'the chat template leaves out the thoughts of the last message, so that they cannot be continued',
  );
  const refusing = "{% if messages[-1].role == 'assistant' %}{{ raise_exception('no answer last') }}{% endif %}";
  expect(prompts(refusing, answer('a')).continued.error).toContain('no answer last');
});

describe('the continuation', () => {
  const gptOss =
    '<|start|>user<|message|>{{ messages[0].content }}<|end|><|start|>assistant<|channel|>final<|message|>' +
    '{{ messages[-1].content }}<|end|>{% if false %}<|channel|>analysis<|message|><|call|>{% endif %}';
  const reading = (template: string, continues: number) => {
    part.detect(template);
    part.part.exports.format_continue(continues);
  };
  beforeEach(() => {
    part.setTools({ now: { type: 'object', properties: {} } });
  });
  afterAll(() => part.part.exports.format_continue(0));

  it('is text with all its white space, and calls if they have a mark', () => {
    reading(formats.hermes!.template, 1);
    const pieces = [' \n a', 'time\n<tool_', 'call>\n{"name": "now", "arguments": {}}\n</tool_call>'];
    expect(part.split(pieces)).toMatchObject({ text: ' \n atime', calls: [{ name: 'now', state: 'whole' }] });
    reading(gptOss, 1);
    expect(part.split([' and so on'])).toEqual({ text: ' and so on', thinking: '', calls: [] });
  });

  it('is no call if calls of this format are whole answers without a mark', () => {
    const bare = '{% for m in messages %}{{ m.content }}{% endfor %}{"name": <function-name>, "parameters"';
    const call = '{"name": "now", "parameters": {}}';
    reading(bare, 0);
    const begun = part.split([call]);
    reading(bare, 1);
    expect(part.split([call])).toEqual({ text: call, thinking: '', calls: [] });
    if (begun.calls.length > 0) expect(part.constrain({ choice: 'required' })).toContain('cannot follow a text');
  });

  it('of thoughts is thoughts, up to their mark', () => {
    reading(formats.hermes!.template, 2);
    expect(part.split([' so\n', '</think>\n\nYes.'])).toEqual({ text: 'Yes.', thinking: ' so', calls: [] });
  });

  it('of a text cannot be held to a format that its beginning does not have', () => {
    reading(formats.hermes!.template, 1);
    expect(part.constrain({ response: {} })).toMatch(/^response_format: a text that is continued cannot be held/);
  });
});

// For every template that llama.cpp keeps: a prompt that ends within a message is exactly the beginning of the
// conversation as the template writes it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { llamaCppTemplates } from './llama-cpp-templates.js';
import { TemplatePart } from './template-part.js';

let template: TemplatePart;
beforeAll(async () => {
  template = await TemplatePart.load();
});
afterAll(() => template.part.exports.template_dispose());

const question = { role: 'user', content: 'Q1?' };
const turns = [question, { role: 'assistant', content: 'A1.' }, { role: 'user', content: 'Q2?' }];
const system = { role: 'system', content: 'S.' };
const conversations: Readonly<Record<string, object[]>> = {
  'a question': [question],
  'a second question': turns,
  'a system message and a question': [system, question],
};
const CONTENTS = ['Once upon', '{"a": [1', 'né 🦙 <|im_end|>', 'two\n\nlines'];
const THOUGHT = 'Let me think about';

/** Templates that do not show texts, or thoughts, so that these cannot be continued. */
const refused = { text: new Set<string>(), thoughts: new Set<string>() };

describe.each([...llamaCppTemplates()])('%s', (name, source) => {
  it.each(Object.entries(conversations))('after %s', (_kind, before) => {
    expect(template.compile(source)).toBe('');
    const prompt = (last: object, continues: 'nothing' | 'text' | 'thoughts') =>
      template.prompt({ messages: [...before, last], add_generation_prompt: false }, continues);
    for (const content of CONTENTS) {
      const last = { role: 'assistant', content };
      const whole = prompt(last, 'nothing').text;
      const cut = prompt(last, 'text');
      const at = whole?.lastIndexOf(content) ?? -1;
      if (at >= 0)
        expect([content, cut]).toEqual([
          content,
          expect.objectContaining({ text: whole!.slice(0, at + content.length) }),
        ]);
      else expect([content, cut.error]).toEqual([content, expect.any(String)]);
      // The answer continues after the white space at the end of the text, even if the template would remove that.
      if (at >= 0) expect(prompt({ ...last, content: `${content} \n` }, 'text').text).toBe(`${cut.text} \n`);
      if (at < 0) refused.text.add(name);
    }
    const last = { role: 'assistant', content: '', reasoning_content: THOUGHT };
    const whole = prompt(last, 'nothing').text;
    const cut = prompt(last, 'thoughts');
    const at = whole?.lastIndexOf(THOUGHT) ?? -1;
    if (at >= 0) expect(cut.text).toBe(whole!.slice(0, at + THOUGHT.length));
    else expect(cut.error).toEqual(expect.any(String));
    if (at < 0) refused.thoughts.add(name);
  });
});

it('all templates show texts, and the number that show no thoughts of a last message is unchanged', () => {
  expect([...refused.text]).toEqual([]);
  expect(refused.thoughts.size).toBe(49);
});

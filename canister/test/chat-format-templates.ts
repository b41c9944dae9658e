/** Small chat templates that write thoughts and calls in the ways of real models. */

const quoted = `{{ c.function.arguments | tojson }}`;
const value = `{{ v if v is string else v | tojson }}`;
const args = 'for k, v in c.function.arguments.items()';

/** A template whose answers are what `content` makes of a message m. */
const chat = (content: string, opens = '') =>
  "{% for m in messages %}{% if m.role == 'assistant' %}<|im_start|>assistant\n" +
  `${content}<|im_end|>\n{% else %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endif %}{% endfor %}` +
  `{% if add_generation_prompt %}<|im_start|>assistant\n${opens}{% endif %}`;
/** A text as an expression, because white space around a template's statements would be lost. */
const out = (text: string) => `{{ ${JSON.stringify(text)} }}`;
const calls = (call: string, between = '') =>
  `{% for c in m.tool_calls %}${call}{% if not loop.last %}${out(between)}{% endif %}{% endfor %}`;
const comma = (text: string) => `{% if not loop.last %}${out(text)}{% endif %}`;
const section = (begin: string, inner: string, end: string) =>
  `{% if m.tool_calls %}${out(begin)}${inner}${out(end)}{% endif %}`;
const thoughts = (begin: string, end: string) =>
  `{% if m.reasoning_content %}${begin}{{ m.reasoning_content }}${end}{% endif %}`;
const think = thoughts('<think>\n', '\n</think>\n\n');
const object = `{"name": "{{ c.function.name }}", "arguments": ${quoted}}`;

/** By name: the template, and the format that has to be found in it. */
export const formats: Readonly<Record<string, { template: string; thinking?: string; calls: string }>> = {
  hermes: {
    template: chat(`${think}{{ m.content }}${calls(`<tool_call>\n${object}\n</tool_call>`, '\n')}`),
    thinking: '<think> ... </think>',
    calls: '<tool_call>\n{"name": F, "arguments": {}}\n</tool_call>[\n...]',
  },
  'hermes that thinks first': {
    template: chat(
      `<think>\n{{ m.reasoning_content or '' }}\n</think>\n\n{{ m.content }}${calls(`<tool_call>\n${object}\n</tool_call>`)}`,
      '<think>\n',
    ),
    thinking: '<think> ... </think>',
    calls: '<tool_call>\n{"name": F, "arguments": {}}\n</tool_call>[...]',
  },
  'functions and parameters': {
    template: chat(
      think +
        '{{ m.content }}' +
        calls(
          `<tool_call>\n<function={{ c.function.name }}>\n{% ${args} %}<parameter={{ k }}>\n${value}\n</parameter>\n{% endfor %}</function>\n</tool_call>`,
          '\n',
        ),
    ),
    thinking: '<think> ... </think>',
    calls: '<tool_call>\n<function=F>\n(<parameter=KEY>\nVALUE\n</parameter>\n)</function>\n</tool_call>[\n...]',
  },
  'keys and values': {
    template: chat(
      thoughts('<think>', '</think>') +
        '{{ m.content }}' +
        calls(
          `<tool_call>{{ c.function.name }}{% ${args} %}<arg_key>{{ k }}</arg_key><arg_value>${value}</arg_value>{% endfor %}</tool_call>`,
        ),
    ),
    thinking: '<think> ... </think>',
    calls: '<tool_call>F(<arg_key>KEY</arg_key><arg_value>VALUE</arg_value>)</tool_call>[...]',
  },
  'values with kinds': {
    template: chat(
      '{{ m.content }}' +
        section(
          '<calls>\n',
          calls(
            `<invoke name="{{ c.function.name }}">\n{% ${args} %}<arg name="{{ k }}" string="{{ 'true' if v is string else 'false' }}">${value}</arg>\n{% endfor %}</invoke>\n`,
          ),
          '</calls>',
        ),
    ),
    calls: '<calls>\n<invoke name="F">\n(<arg name="KEY" string="{word}">VALUE</arg>\n)</invoke>\n[...]</calls>',
  },
  'a list with ids': {
    template: chat(
      '{{ m.content }}' +
        section(
          '[TOOL_CALLS][',
          calls(`{"name": "{{ c.function.name }}", "arguments": ${quoted}, "id": "{{ c.id }}"}`, ', '),
          ']',
        ),
    ),
    calls: '[TOOL_CALLS][{"name": F, "arguments": {}, "id": ID}[, ...]]',
  },
  'names and arguments': {
    template: chat(
      `${thoughts('[THINK]', '[/THINK]')}{{ m.content }}${calls(`[TOOL_CALLS]{{ c.function.name }}[ARGS]${quoted}`)}`,
    ),
    thinking: '[THINK] ... [/THINK]',
    calls: '[TOOL_CALLS]F[ARGS]{}[...]',
  },
  'names, ids and arguments': {
    template: chat(`{{ m.content }}${calls(`[TOOL_CALLS]{{ c.function.name }}[CALL_ID]{{ c.id }}[ARGS]${quoted}`)}`),
    calls: '[TOOL_CALLS]F[CALL_ID]ID[ARGS]{}[...]',
  },
  'ids first': {
    template: chat(
      '{{ m.content }}' +
        section(
          '<|tool_calls|>',
          calls(`<|begin|>{{ c.id }}<|name|>{{ c.function.name }}<|args|>${quoted}<|fin|>`),
          '<|done|>',
        ),
    ),
    calls: '<|tool_calls|><|begin|>ID<|name|>F<|args|>{}<|fin|>[...]<|done|>',
  },
  'a section with fences': {
    template: chat(
      think +
        '{{ m.content }}' +
        section(
          '<｜tool▁calls▁begin｜>',
          calls(
            `<｜tool▁call▁begin｜>function<｜tool▁sep｜>{{ c.function.name }}\n\`\`\`json\n${quoted}\n\`\`\`<｜tool▁call▁end｜>`,
            '\n',
          ),
          '<｜tool▁calls▁end｜>',
        ),
    ),
    thinking: '<think> ... </think>',
    calls:
      '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>F\n```json\n{}\n```<｜tool▁call▁end｜>[\n...]<｜tool▁calls▁end｜>',
  },
  'names as keys': {
    template: chat(
      `{{ m.content }}${section('<|tools_prefix|>[', calls(`{"{{ c.function.name }}": ${quoted}}`, ', '), ']<|tools_suffix|>')}`,
    ),
    calls: '<|tools_prefix|>[{F: {}}[, ...]]<|tools_suffix|>',
  },
  'numbered actions': {
    template: chat(
      thoughts('<|START_THINKING|>', '<|END_THINKING|>') +
        '{{ m.content }}' +
        section(
          '<|START_ACTION|>[\n    ',
          calls(
            `{"tool_call_id": "{{ loop.index0 }}", "tool_name": "{{ c.function.name }}", "parameters": ${quoted}}`,
            ',\n    ',
          ),
          '\n]<|END_ACTION|>',
        ),
    ),
    thinking: '<|START_THINKING|> ... <|END_THINKING|>',
    calls: '<|START_ACTION|>[\n    {"tool_call_id": ID, "tool_name": F, "parameters": {}}[,...]\n]<|END_ACTION|>',
  },
  'arguments of Python': {
    template: chat(
      '{{ m.content }}' +
        section(
          '<|tool_call_start|>[',
          calls(`{{ c.function.name }}({% ${args} %}{{ k }}={{ v | tojson }}${comma(', ')}{% endfor %})`, ', '),
          ']<|tool_call_end|>',
        ),
    ),
    calls: '<|tool_call_start|>[F(KEY=VALUE, ...)[, ...]]<|tool_call_end|>',
  },
  'texts between marks': {
    template: chat(
      '{{ m.content }}' +
        calls(
          `<|tool_call>call:{{ c.function.name }}${out('{')}{% ${args} %}{{ k }}:` +
            `{% if v is string %}<|"|>{{ v }}<|"|>{% else %}{{ v | tojson }}{% endif %}${comma(',')}{% endfor %}` +
            `${out('}')}<tool_call|>`,
        ),
    ),
    calls: '<|tool_call>call:F{KEY:VALUE,...}<tool_call|>[...]',
  },
};

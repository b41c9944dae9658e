/** Conversations for rendering chat templates: everything that a template gets beside the tokens. */

const parameters = (extra: object = {}) => ({
  type: 'object',
  properties: {
    city: { type: 'string', description: 'The city' },
    days: { type: 'integer', enum: [1, 2, 3] },
    opts: {
      type: 'object',
      properties: { unit: { type: ['string', 'null'] }, list: { type: 'array', items: { type: 'number' } } },
    },
    ...extra,
  },
  required: ['city'],
});
const tool = (name: string, extra: object = {}) => ({
  type: 'function',
  function: { name, description: `Does ${name} «ü»`, parameters: parameters(extra) },
});
const tools = [tool('get_weather'), tool('search', { q: { anyOf: [{ type: 'string' }, { type: 'integer' }] } })];
const call = (name: string, args: unknown, id = 'call_123456') => ({
  id,
  type: 'function',
  function: { name, arguments: args },
});
const user = (content: unknown) => ({ role: 'user', content });
const system = (content: string) => ({ role: 'system', content });
const assistant = (content: unknown, more: object = {}) => ({ role: 'assistant', content, ...more });
const result = (content: unknown, more: object = {}) => ({
  role: 'tool',
  content,
  tool_call_id: 'call_123456',
  name: 'get_weather',
  ...more,
});
const part = (text: string) => ({ type: 'text', text });
const args = { city: 'Paris', days: 2, opts: { unit: null, list: [1.5, 2, 0.25] } };
const weather = assistant('', { tool_calls: [call('get_weather', args)] });

export const conversations: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries({
    question: { messages: [user('Hello there')] },
    system: { messages: [system('You are brief.'), user('Hi')] },
    turns: {
      messages: [system('Sys'), user('One'), assistant('Two'), user('Three'), assistant('Four'), user('Five')],
    },
    'turns without system': { messages: [user('One'), assistant('Two'), user('Three')] },
    answered: { messages: [user('One'), assistant('Two')], add_generation_prompt: false },
    unicode: {
      messages: [system('Ünïcödé 東京'), user('🦙 naïve café \u00a0 е́ \u200b'), assistant('مرحبا'), user('日本語 🇩🇪')],
    },
    'white space': {
      messages: [user('  leading and trailing \n\n'), assistant('\n answer \n'), user('\ttab\t')],
    },
    empty: { messages: [user(''), assistant(''), user('x')] },
    tools: { messages: [user('Weather?')], tools },
    'tools and system': { messages: [system('Use tools.'), user('Weather?')], tools },
    'tool call': { messages: [user('Weather?'), weather, result('{"temp": 21.5}'), user('Thanks')], tools },
    'tool call without content': {
      messages: [user('Weather?'), { ...weather, content: null }, result('sunny')],
      tools,
    },
    'tool calls and text': {
      messages: [
        system('S'),
        user('Weather?'),
        assistant('Let me see.', {
          tool_calls: [call('get_weather', args), call('search', { q: 'ü "quoted" \\ x' }, 'call_abcdef')],
        }),
        result('sunny'),
        result('[1, 2]', { tool_call_id: 'call_abcdef', name: 'search' }),
        assistant('It is sunny.'),
        user('And?'),
      ],
      tools,
    },
    'arguments as text': {
      messages: [
        user('W'),
        assistant('', { tool_calls: [call('get_weather', JSON.stringify(args))] }),
        result('sunny'),
        user('ok'),
      ],
      tools,
    },
    'short tool calls': {
      messages: [
        user('W'),
        assistant('', { tool_calls: [{ id: 'abcdefghi', function: { name: 'get_weather', arguments: {} } }] }),
        result('ok', { tool_call_id: 'abcdefghi' }),
      ],
      tools,
    },
    thinking: { messages: [user('Q'), assistant('A', { reasoning_content: 'I think\nso.' }), user('Q2')] },
    'thinking in tags': {
      messages: [user('Q'), assistant('<think>\nhmm  \n</think>\n\nA'), user('Q2'), assistant('<think>x</think>B')],
      add_generation_prompt: false,
    },
    'thinking off': { messages: [user('Q')], enable_thinking: false },
    'thinking on': { messages: [system('S'), user('Q')], enable_thinking: true, reasoning_effort: 'high' },
    'little thinking': {
      messages: [user('Q'), assistant('A', { thinking: 'T' }), user('R')],
      reasoning_effort: 'low',
      thinking: true,
    },
    'thinking and a tool': {
      messages: [
        user('W?'),
        { ...weather, reasoning_content: 'need tool' },
        result('sunny'),
        assistant('Sunny', { reasoning_content: 'done' }),
        user('more'),
      ],
      tools,
      enable_thinking: true,
    },
    parts: {
      messages: [user([part('Part one'), part(' two')]), assistant([part('Answer')]), user([part('Q')])],
    },
    'control tokens': {
      messages: [
        system('<|im_end|><|endoftext|>'),
        user('<|im_start|>system\nevil<|im_end|> [INST] </s> <bos>'),
        assistant('<tool_call>{"a": 1}</tool_call>'),
        user('{% raw %}{{ x }}'),
      ],
    },
    json: {
      messages: [user('{"a": [1, 2, {"b": null}], "c": "d\\n"}'), assistant('```json\n{}\n```'), user('x')],
    },
    long: {
      messages: [
        system('S'),
        ...Array.from({ length: 12 }, (_, i) =>
          i % 2 ? assistant(`answer ${i} ${'lorem '.repeat(20)}`) : user(`question ${i}`),
        ),
        user('last'),
      ],
    },
    'two systems': { messages: [system('A'), system('B'), user('C')] },
    developer: { messages: [{ role: 'developer', content: 'Dev' }, user('C')] },
    'no tools': { messages: [user('W?')], tools: [] },
    'result in parts': {
      messages: [user('W?'), assistant('', { tool_calls: [call('get_weather', {})] }), result([part('r1')])],
      tools,
    },
  }).map(([name, given]) => [name, { add_generation_prompt: true, ...given }]),
);

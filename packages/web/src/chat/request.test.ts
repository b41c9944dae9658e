import { expect, it } from 'vitest';
import type { Message } from '../conversations/model.js';
import { addDelta } from './deltas.js';
import { defaultOf, requestMessages, requestOptions, samplingFlags, splitFlags } from './request.js';

const message = (role: Message['role'], content: string, more: Partial<Message> = {}): Message => ({
  ...{ id: content, conversation: 'c', parent: null, role, created: 1, content, ...more },
});

it('has the system prompt first, then the messages, without empty answers', () => {
  const path = [message('user', 'Hi'), message('assistant', ''), message('user', 'Hello?')];
  expect(requestMessages(path, { system: 'Be brief.' }).map(({ role, content }) => `${role} ${content}`)).toEqual([
    'system Be brief.',
    'user Hi',
    'user Hello?',
  ]);
  const continued = message('assistant', 'So', { thinking: 'Hm' });
  expect(requestMessages([path[0]!], { system: ' ' }, continued).at(-1)).toEqual({
    ...{ role: 'assistant', content: 'So', thinking: 'Hm' },
  });
});

it('has only calls of tools that are complete', () => {
  const answer = message('assistant', '');
  addDelta(answer, { type: 'tool-call', index: 0, id: '1', name: 'f' });
  addDelta(answer, { type: 'tool-arguments', index: 0, text: '{"a":' });
  expect(requestMessages([answer], {})[0]!.toolCalls).toBeUndefined();
  addDelta(answer, { type: 'tool-arguments', index: 0, text: '1}' });
  addDelta(answer, { type: 'tool-call-end', index: 0 });
  expect(requestMessages([answer], {})[0]!.toolCalls).toEqual([{ id: '1', name: 'f', arguments: '{"a":1}' }]);
});

it('turns settings into flags; a setting that is missing is left to the model', () => {
  expect(samplingFlags({})).toEqual([]);
  expect(samplingFlags({ topK: 5 }, '--temp 0.6 --top-k 20')).toEqual([
    '--temp',
    '0.6',
    '--top-k',
    '20',
    '--top-k',
    '5',
  ]);
  expect(samplingFlags({ temperature: 0, topK: 40, flags: '--logit-bias "15043 +1"' })).toEqual([
    ...['--temp', '0', '--top-k', '40', '--logit-bias', '15043 +1'],
  ]);
  expect(splitFlags(`a 'b c' "d \\"e"`)).toEqual(['a', 'b c', 'd "e']);
  expect(requestOptions({}, 7)).toEqual({ keep: true, seed: 7 });
  expect(requestOptions({ thinking: 'off', maxTokens: 5 }, 7)).toMatchObject({
    maxTokens: 5,
    thinking: { enabled: false },
  });
  expect(requestOptions({}, 7, '', true)).toMatchObject({ continueFinalMessage: true });
  expect(requestOptions({ thinking: 'high' }, 7).thinking).toEqual({ effort: 'high' });
});

it('what is left empty is as the model suggests it, or as without it', () => {
  const suggested = '--temp 0.6 --top-k 20';
  expect(['temperature', 'topK', 'topP', 'seed'].map((name) => defaultOf(name, suggested))).toEqual([
    ...['0.6', '20', '0.95', undefined],
  ]);
  expect(defaultOf('temperature', '')).toBe('0.8');
});

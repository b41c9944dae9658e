import { expect, test } from 'vitest';
import { entryOf } from './entry.js';

test.each([
  ['/new', { kind: 'new' }],
  ['/exit  ', { kind: 'exit' }],
  ['/quit', { kind: 'exit' }],
  ['/system Be kind. /really', { kind: 'system', text: 'Be kind. /really' }],
  ['/system', { kind: 'system', text: '' }],
  ['   ', { kind: 'nothing' }],
])('%s is a command', (line, entry) => {
  expect(entryOf(line)).toEqual(entry);
});

test.each([
  '/etc/passwd holds what?',
  '/usr/bin',
  '// a comment',
  '/* another',
  '/',
  '/s/a/b/ in sed',
  '/love this',
  '/system is what?\nAnd /new?',
  '/new\n/exit',
  '/Nonsense',
])('%s is said', (text) => {
  expect(entryOf(text)).toEqual({ kind: 'say', text });
});

test('a command behind a space is said, one that is not clear is not', () => {
  expect(entryOf(' /new')).toEqual({ kind: 'say', text: '/new' });
  for (const line of ['/nwe', '/new ideas for dinner', '/exit now']) {
    expect(entryOf(line)).toEqual({ kind: 'unclear', why: expect.stringContaining('put a space in front') });
  }
});

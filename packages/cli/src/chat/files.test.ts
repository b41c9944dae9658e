// Files in a conversation: @path, /save, /load, and what the tab key completes.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withFiles } from './attached.js';
import { complete } from './completer.js';
import { entryOf } from './entry.js';
import { loadTranscript, saveTranscript } from './transcript.js';

const folder = mkdtempSync(join(tmpdir(), 'chat-files-'));
const at = (name: string) => join(folder, name);
const before = process.cwd();

beforeAll(() => {
  process.chdir(folder);
  writeFileSync('notes.txt', 'one\ntwo\n');
  writeFileSync('two words.md', 'a ``` b');
  writeFileSync('image.png', Buffer.from([0x89, 0x50, 0xff, 0]));
  writeFileSync('nul', 'a\0b');
  writeFileSync('large', 'x'.repeat(1_000_001));
  writeFileSync('.hidden', '');
  mkdirSync('novels');
  writeFileSync('novels/first', 'It was');
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test.each([
  ['Sum up @notes.txt', 'Sum up @notes.txt\n\nnotes.txt:\n```\none\ntwo\n```'],
  ['@notes.txt, @notes.txt!', '@notes.txt, @notes.txt!\n\nnotes.txt:\n```\none\ntwo\n```'],
  ['What is (this)? @"two words.md"', 'What is (this)? @"two words.md"\n\ntwo words.md:\n````\na ``` b\n````'],
  ['Go on: @novels/first.', 'Go on: @novels/first.\n\nfirst:\n```\nIt was\n```'],
])('%s', (message, text) => {
  expect(withFiles(message)).toMatchObject({ text, missing: [] });
});

test('what is no file is sent as it is; an address is no file', () => {
  expect(withFiles('ask @alice, me@notes.txt or @novels')).toEqual({
    text: 'ask @alice, me@notes.txt or @novels',
    files: [],
    missing: ['alice,', 'novels'],
  });
});

test.each(['image.png', 'nul', 'large'])('%s is refused, and nothing is sent', (name) => {
  expect(() => withFiles(`See @${name}`)).toThrow(expect.objectContaining({ code: 'NOT_A_TEXT' }));
});

test('a conversation is saved, and loaded; another file is not replaced', () => {
  const messages = [
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Ho' },
  ] as const;
  saveTranscript('talk.json', messages.slice(0, 2));
  saveTranscript('talk.json', messages);
  expect(JSON.parse(readFileSync(at('talk.json'), 'utf8'))).toEqual({ messages });
  expect(loadTranscript(at('talk.json'))).toEqual(messages);
  expect(() => saveTranscript('notes.txt', messages)).toThrow(expect.objectContaining({ code: 'FILES_EXIST' }));
  expect(readFileSync(at('notes.txt'), 'utf8')).toBe('one\ntwo\n');
  writeFileSync('bare.json', JSON.stringify(messages));
  expect(loadTranscript('bare.json')).toEqual(messages);
  for (const wrong of ['{}', '[]', '[{"role":"tool","content":"x"}]', '{"messages":[null]}']) {
    writeFileSync('wrong.json', wrong);
    expect(() => loadTranscript('wrong.json')).toThrow(expect.objectContaining({ code: 'NO_CONVERSATION' }));
  }
  expect(() => loadTranscript('nowhere.json')).toThrow(expect.objectContaining({ code: 'NO_SUCH_FILE' }));
});

test.each([
  ['/s', ['/save', '/system'], '/s'],
  ['/', ['/exit', '/help', '/load', '/new', '/quit', '/save', '/system'], '/'],
  ['/load no', ['notes.txt', 'novels/'], 'no'],
  ['/save novels/', ['novels/first'], 'novels/'],
  ['Sum up @not', ['notes.txt'], 'not'],
  ['Sum up @nowhere/x', [], 'nowhere/x'],
  ['hello', [], 'hello'],
  ['me@not', [], 'me@not'],
])('the tab key behind %s', (line, found, replaced) => {
  expect(complete(line)).toEqual([found, replaced]);
});

test('/save and /load take a name', () => {
  expect(entryOf('/save my talk.json')).toEqual({ kind: 'save', text: 'my talk.json' });
  for (const line of ['/save', '/load ']) expect(entryOf(line)).toMatchObject({ kind: 'unclear' });
});

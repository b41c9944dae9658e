// Models here and on canisters: models, cp, show, rm, run, ps, stop, start.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakeHub } from '../../packages/cli/src/models/hub.test-support.js';
import { isFull } from '../full.js';
import { tinyChat } from './model.js';
import { Cli, commandsIn } from './process.js';
import { writeSmallModel } from './small-model.js';

const hub = new FakeHub();
let cli: Cli;
const at = (name: string) => join(cli.folder, name);

beforeAll(async () => {
  await hub.start();
  hub.files.set('tiny/chat-GGUF/tiny-chat-q8_0.gguf', readFileSync(tinyChat));
  cli = new Cli({ HF_ENDPOINT: hub.url });
  writeSmallModel(at('small.gguf'));
});
afterAll(async () => {
  hub.stop();
  await cli.dispose();
});

test('at first there is no model and no network', async () => {
  const { code, stdout, stderr } = await cli.run(['models']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('No model was pulled yet')]);
  expect(stderr).toContain('the local network is not running');
  expect(await cli.json('models', '--local')).toMatchObject({ models: [] });
  expect(await cli.failure('rm', 'tiny')).toMatchObject({ exit: 1, code: 'NO_SUCH_MODEL' });
  expect(await cli.failure('cp', 'nothing', 'name')).toMatchObject({ exit: 1, code: 'NO_SUCH_MODEL' });
});

test('run does everything that is missing, once', async () => {
  const first = await cli.run(['run', 'hf:tiny/chat-GGUF', 'What is a canister?', '--temp', '0', '-n', '12', '--json']);
  expect([first.code, first.stdout + first.stderr]).toEqual([
    0,
    expect.stringContaining('Pulling tiny-chat-q8_0.gguf'),
  ]);
  expect(first.stderr).toContain('Started a local network');
  expect(first.stderr).toContain('deployed, uploaded, loaded');
  const { text } = JSON.parse(first.stdout);
  expect(text.length).toBeGreaterThan(10);
  hub.seen.length = 0;
  const again = await cli.run(['run', 'tiny-chat-q8_0', 'What is a canister?', '--temp', '0', '-n', '12', '--json']);
  expect([again.code, JSON.parse(again.stdout).text]).toEqual([0, text]);
  expect([hub.seen, again.stderr.includes('answers')]).toEqual([[], false]);
}, 120_000);

test('run with another model replaces the first one, and has a conversation of its own', async () => {
  const args = ['Hi', '-n', '2', '--json', '--raw', '--temp', '0'];
  const { code, stdout, stderr } = await cli.run(['run', 'small.gguf', ...args]);
  expect(code, stdout + stderr).toBe(0);
  expect(stderr).toContain('small.gguf is uploaded, loaded and answers');
  expect(stderr).toContain('"chat" is a conversation with tiny-chat-q8_0.gguf, and stays as it is');
  const { text, generatedTokens } = JSON.parse(stdout);
  expect(generatedTokens).toBe(2);
  // The session's name is said once; the same question has the same answer there, and is gone on with there.
  const again = await cli.run(['chat', ...args]);
  expect([again.code, JSON.parse(again.stdout).text, again.stderr]).toEqual([0, text, '']);
  const more = await cli.run(['chat', '--continue', 'Hi', '-n', '2', '--json']);
  expect([more.code, more.stderr]).toEqual([0, expect.stringContaining('Going on behind "Hi" (2 messages).')]);
  const { sessions } = await cli.json('sessions');
  expect(sessions.map(({ name }: { name: string }) => name)).toEqual(['chat', 'chat-small']);
});

test.runIf(isFull)(
  'a named session of another model: the error says whose it is, and how to free the name',
  async () => {
    for (const command of ['chat', 'ask']) {
      const { exit, code, message, next } = await cli.failure(command, 'Hi', '--session', 'chat', '--raw');
      expect([exit, code]).toEqual([1, 'OTHER_MODEL']);
      expect(message).toMatch(/^session "chat" cannot be used: the session is of the model tiny-chat-q8_0\.gguf /);
      expect(message).not.toContain('remove_prompt_cache');
      expect(commandsIn(next ?? '')).toEqual(['llama-canister sessions rm chat']);
    }
    const shown = await cli.failure('sessions', 'show', 'chat');
    expect(shown).toMatchObject({ code: 'UNUSABLE_SESSION', message: expect.stringContaining('tiny-chat-q8_0.gguf') });
    expect(await cli.failure('sessions', 'show', 'nothing')).toMatchObject({ code: 'NO_SESSION' });
    await cli.text('sessions', 'rm', 'chat');
    expect((await cli.json('chat', 'Hi', '--session', 'chat', '--raw', '-n', '2', '--temp', '0')).generatedTokens).toBe(
      2,
    );
  },
);

test('run reports problems before it changes anything', async () => {
  expect(await cli.failure('run', 'nowcli.gguf', 'Hi')).toMatchObject({ exit: 1, code: 'NO_SUCH_FILE' });
  expect(await cli.failure('run', 'small.gguf', 'two', 'words')).toMatchObject({
    exit: 2,
    next: expect.stringContaining('run small.gguf "two words"'.replaceAll('"', "'")),
  });
});

test('models lists local and remote models', async () => {
  await cli.text('cp', 'small.gguf', 'mine');
  await cli.text('cp', 'tiny-chat-q8_0', 'tiny');
  const { models, onCanister } = await cli.json('models');
  expect(models).toMatchObject([
    { name: 'small', names: ['mine'], source: `file:${at('small.gguf')}` },
    { name: 'tiny-chat-q8_0', names: ['hf:tiny/chat-GGUF', 'tiny'], source: 'hf:tiny/chat-GGUF:tiny-chat-q8_0.gguf' },
  ]);
  expect(onCanister.models).toMatchObject([
    { name: 'small.gguf', loaded: true },
    { name: 'tiny-chat-q8_0.gguf', size: readFileSync(tinyChat).length, loaded: false },
  ]);
  expect(await cli.text('ls')).toMatch(/small\.gguf +\d.* MB +loaded/);
  expect(await cli.failure('cp', 'tiny', 'mine')).toMatchObject({ code: 'NAME_TAKEN' });
  expect(await cli.failure('cp', 'tiny', 'a/b')).toMatchObject({ exit: 2 });
});

test('show: a local model, and the loaded one', async () => {
  expect(await cli.json('show', 'tiny')).toMatchObject({
    fileType: 'Q8_0',
    source: 'hf:tiny/chat-GGUF:tiny-chat-q8_0.gguf',
  });
  expect(await cli.json('show')).toMatchObject({ filename: 'small.gguf', architecture: 'qwen2' });
  expect(await cli.text('show')).toMatch(/^file +small\.gguf/m);
});

test('ps, stop and start', async () => {
  expect(await cli.json('ps')).toMatchObject([{ name: 'llama', status: 'running', model: 'small.gguf', reason: '' }]);
  expect(await cli.json('stop')).toMatchObject({ status: 'stopped', changed: true });
  expect(await cli.json('ps')).toMatchObject([{ name: 'llama', status: 'stopped', reason: 'it is stopped' }]);
  expect(await cli.json('start')).toMatchObject({ status: 'running', changed: true });
  expect(await cli.json('start')).toMatchObject({ changed: false });
  expect(await cli.text('ps')).toMatch(/llama +\S+ +running +small\.gguf/);
});

test('rm: a name, a model, a file on the canister', async () => {
  await cli.text('rm', 'tiny');
  const { path } = (await cli.json('models', '--local')).models[1];
  await cli.text('rm', 'tiny-chat-q8_0', 'mine');
  expect(existsSync(path)).toBe(false);
  expect((await cli.json('models', '--local')).models).toMatchObject([{ name: 'small', names: [] }]);
  const loaded = await cli.failure('rm', 'small.gguf', '--canister', 'llama');
  expect(loaded).toMatchObject({ exit: 1, code: 'LOADED' });
  expect(commandsIn(loaded.next ?? '')).toEqual(['llama-canister rm small.gguf --canister llama --force']);
  expect(await cli.failure('rm', 'other.gguf', '--canister', 'llama')).toMatchObject({ code: 'NO_SUCH_MODEL' });
  expect(await cli.json('rm', 'tiny-chat-q8_0.gguf', '--canister', 'llama')).toMatchObject({
    removed: [{ name: 'tiny-chat-q8_0.gguf' }],
  });
  expect((await cli.json('models')).onCanister.models).toHaveLength(1);
});

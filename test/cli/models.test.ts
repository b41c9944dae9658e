// Models here and on canisters: models, cp, show, rm, run, ps, stop, start.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakeHub } from '../../packages/cli/src/models/hub.test-support.js';
import { InProcess } from './in-process.js';
import { tinyChat } from './model.js';
import { Cli } from './process.js';
import { writeSmallModel } from './small-model.js';

const hub = new FakeHub();
let cli: Cli;
let here: InProcess;
const at = (name: string) => join(cli.folder, name);

beforeAll(async () => {
  await hub.start();
  hub.files.set('tiny/chat-GGUF/tiny-chat-q8_0.gguf', readFileSync(tinyChat));
  cli = new Cli({ HF_ENDPOINT: hub.url });
  here = new InProcess(cli);
  writeSmallModel(at('small.gguf'));
});
afterAll(async () => {
  hub.stop();
  await cli.dispose();
});

test('nothing was pulled, and no network runs', async () => {
  const { code, stdout, stderr } = await here.run('models');
  expect([code, stdout]).toEqual([0, expect.stringContaining('No model was pulled yet')]);
  expect(stderr).toContain('the local network is not running');
  expect(await here.json('models', '--local')).toMatchObject({ models: [] });
  expect(await here.failure('rm', 'tiny')).toMatchObject({ exit: 1, code: 'NO_SUCH_MODEL' });
  expect(await here.failure('cp', 'nothing', 'name')).toMatchObject({ exit: 1, code: 'NO_SUCH_MODEL' });
});

test('run does all of it, once', async () => {
  const first = await here.run('run', 'hf:tiny/chat-GGUF', 'What is a canister?', '--temp', '0', '-n', '12', '--json');
  expect([first.code, first.stdout + first.stderr]).toEqual([
    0,
    expect.stringContaining('Pulling tiny-chat-q8_0.gguf'),
  ]);
  expect(first.stderr).toContain('Started a local network');
  expect(first.stderr).toContain('deployed, uploaded, loaded');
  const { text } = JSON.parse(first.stdout);
  expect(text.length).toBeGreaterThan(10);
  hub.seen.length = 0;
  const again = await here.run('run', 'tiny-chat-q8_0', 'What is a canister?', '--temp', '0', '-n', '12', '--json');
  expect(JSON.parse(again.stdout).text).toBe(text);
  expect([hub.seen, again.stderr.includes('answers')]).toEqual([[], false]);
  // Another one takes its place.
  const { stderr } = await here.run('run', 'small.gguf', 'Hi', '-n', '2', '--json', '--raw');
  expect(stderr).toContain('small.gguf is uploaded, loaded and answers');
}, 120_000);

test('run reports problems before it begins anything', async () => {
  expect(await here.failure('run', 'nowhere.gguf', 'Hi')).toMatchObject({ exit: 1, code: 'NO_SUCH_FILE' });
  expect(await here.failure('run', 'small.gguf', 'two', 'words')).toMatchObject({
    exit: 2,
    next: expect.stringContaining('run small.gguf "two words"'.replaceAll('"', "'")),
  });
});

test('models lists local and remote models', async () => {
  await here.text('cp', 'small.gguf', 'mine');
  await here.text('cp', 'tiny-chat-q8_0', 'tiny');
  const { models, onCanister } = await here.json('models');
  expect(models).toMatchObject([
    { name: 'small', names: ['mine'], source: `file:${at('small.gguf')}` },
    { name: 'tiny-chat-q8_0', names: ['hf:tiny/chat-GGUF', 'tiny'], source: 'hf:tiny/chat-GGUF:tiny-chat-q8_0.gguf' },
  ]);
  expect(onCanister.models).toMatchObject([
    { name: 'small.gguf', loaded: true },
    { name: 'tiny-chat-q8_0.gguf', size: readFileSync(tinyChat).length, loaded: false },
  ]);
  expect(await here.text('ls')).toMatch(/small\.gguf +\d.* MB +loaded/);
  expect(await here.failure('cp', 'tiny', 'mine')).toMatchObject({ code: 'NAME_TAKEN' });
  expect(await here.failure('cp', 'tiny', 'a/b')).toMatchObject({ exit: 2 });
});

test('show: a model that is here, and the one that is loaded', async () => {
  expect(await here.json('show', 'tiny')).toMatchObject({
    fileType: 'Q8_0',
    source: 'hf:tiny/chat-GGUF:tiny-chat-q8_0.gguf',
  });
  expect(await here.json('show')).toMatchObject({ filename: 'small.gguf', architecture: 'qwen2' });
  expect(await here.text('show')).toMatch(/^file +small\.gguf/m);
});

test('ps, stop and start', async () => {
  expect(await here.json('ps')).toMatchObject([{ name: 'llama', status: 'running', model: 'small.gguf', reason: '' }]);
  expect(await here.json('stop')).toMatchObject({ status: 'stopped', changed: true });
  expect(await here.json('ps')).toMatchObject([{ name: 'llama', status: 'stopped', reason: 'it is stopped' }]);
  expect(await here.json('start')).toMatchObject({ status: 'running', changed: true });
  expect(await here.json('start')).toMatchObject({ changed: false });
  expect(await here.text('ps')).toMatch(/llama +\S+ +running +small\.gguf/);
});

test('rm: a name, a model, a file on the canister', async () => {
  await here.text('rm', 'tiny');
  const { path } = (await here.json('models', '--local')).models[1];
  await here.text('rm', 'tiny-chat-q8_0', 'mine');
  expect(existsSync(path)).toBe(false);
  expect((await here.json('models', '--local')).models).toMatchObject([{ name: 'small', names: [] }]);
  expect(await here.failure('rm', 'small.gguf', '--canister', 'llama')).toMatchObject({ exit: 1, code: 'LOADED' });
  expect(await here.failure('rm', 'other.gguf', '--canister', 'llama')).toMatchObject({ code: 'NO_SUCH_MODEL' });
  expect(await here.json('rm', 'tiny-chat-q8_0.gguf', '--canister', 'llama')).toMatchObject({
    removed: [{ name: 'tiny-chat-q8_0.gguf' }],
  });
  expect((await here.json('models')).onCanister.models).toHaveLength(1);
});

// `fleet` and `serve` of several canisters: one is stopped in the middle, and comes back.
import { join } from 'node:path';
import { connect, startCanister, stopCanister } from '@llama-canister/client';
import { readIdentity } from '@llama-canister/client/node';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyChat } from './model.js';
import { Cli } from './process.js';

const cli = new Cli();
beforeAll(async () => {
  await cli.json('network', 'start', '--port', '0');
});
afterAll(() => cli.dispose());

test('two canisters are created, and a second run changes nothing', async () => {
  const { members } = await cli.json('fleet', tinyChat);
  expect(members).toMatchObject([
    { name: 'llama-1', created: true, mode: 'install', loaded: true, model: 'tiny-chat-q8_0.gguf' },
    { name: 'llama-2', created: true, mode: 'install', loaded: true },
  ]);
  const again = await cli.json('fleet', tinyChat);
  expect(again.members).toMatchObject([
    { canister: members[0].canister, created: false, mode: 'none', loaded: false },
    { canister: members[1].canister, created: false, mode: 'none', loaded: false },
  ]);
  expect(await cli.failure('fleet', tinyChat, '--count', '0')).toMatchObject({ exit: 2 });
  expect(await cli.failure('fleet', 'nowhere.gguf')).toMatchObject({ exit: 1, code: 'NO_SUCH_FILE' });
}, 120_000);

test('they answer as one; a stopped one is left out, and comes back', async () => {
  const serve = cli.start(['serve', 'llama-1', 'llama-2', '--port', '0', '--json']);
  await serve.until('"url"');
  const { url, canisters, models } = JSON.parse(serve.stdout);
  expect(models).toEqual(['tiny-chat-q8_0']);
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 });
  const messages = [{ role: 'user' as const, content: 'What is a canister?' }];
  const ask = () =>
    openai.chat.completions.create({ model: models[0], messages, temperature: 0, max_tokens: 12 }, { timeout: 60_000 });
  const answers = await Promise.all([ask(), ask(), ask(), ask()]);
  const texts = answers.map(({ choices }) => choices[0]!.message.content);
  expect([new Set(texts).size, texts[0]!.length > 5]).toEqual([1, true]);

  const { url: host } = await cli.json('network', 'status');
  const identity = await readIdentity(join(cli.folder, 'config/llama-canister/identity.pem'));
  const agent = await connect({ host, identity });
  await stopCanister(agent, canisters[0]);
  const metrics = async () => (await fetch(`${url}/metrics`)).text();
  const up = async () =>
    [...(await metrics()).matchAll(/_up\{canister="([^"]+)"\} (\d)/g)].map(([, id, is]) => [id, is]);
  for (let i = 0; i < 3; i++) expect((await ask()).choices[0]!.message.content).toBe(texts[0]);
  await expect.poll(up, { timeout: 20_000 }).toEqual([
    [canisters[0], '0'],
    [canisters[1], '1'],
  ]);
  await startCanister(agent, canisters[0]);
  await expect.poll(up, { timeout: 20_000 }).toEqual([
    [canisters[0], '1'],
    [canisters[1], '1'],
  ]);
  await stopCanister(agent, canisters[1]);
  expect((await ask()).choices[0]!.message.content).toBe(texts[0]);
  serve.process.kill('SIGINT');
  expect((await serve.ended).code).toBe(130);
  await stopCanister(agent, canisters[0]);
  expect(await cli.failure('serve', 'llama-1', 'llama-2')).toMatchObject({
    exit: 1,
    code: 'NO_ANSWER',
    next: expect.stringMatching(/llama-canister ps$/),
  });
}, 120_000);

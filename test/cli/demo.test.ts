import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import { tinyChatCases } from '../../canister/test/tiny-chat.js';
import { isFull } from '../full.js';
import { missing, root, tinyChat } from './model.js';
import { Cli } from './process.js';
import { writeSmallModel } from './small-model.js';

const cli = new Cli();
afterAll(() => cli.dispose());

test('a whole round with a model of the user', async () => {
  const model = join(cli.folder, 'small.gguf');
  writeSmallModel(model);
  const { code, stdout, stderr } = await cli.run(['demo', 'a b c', '--model', model, '-n', '12']);
  expect(code).toBe(0);
  expect(stdout.trim().length).toBeGreaterThan(0);
  for (const part of [
    'Network',
    'Canister',
    'Uploading small.gguf',
    '> a b c',
    'instructions',
    'cycles a token',
    'Try next:',
  ]) {
    expect(stderr).toContain(part);
  }
  const json = await cli.json('demo', '--model', model, '--prompt', 'a b c', '-n', '12');
  expect(json).toMatchObject({ generatedTokens: 12, ending: 'length', model: 'small.gguf' });
  expect(json.instructionsPerToken).toBeGreaterThan(100_000);
  expect(json.tokensPerUpdateCall).toBeGreaterThan(1000);
  expect(Number(json.cyclesPerToken)).toBeGreaterThan(json.instructionsPerToken * 0.9);
});

test.runIf(isFull)('costs the same on a busy machine', async () => {
  const model = join(cli.folder, 'small.gguf');
  const json = await cli.json('demo', '--model', model, '--prompt', 'a b c', '-n', '12');
  // The number of calls does not depend on the machine's speed, nor on what else it does.
  const busy = new Worker('for (;;);', { eval: true });
  const again = await cli.json('demo', '--model', model, '--prompt', 'a b c', '-n', '12');
  await busy.terminate();
  const { text, calls, promptTokens, generatedTokens } = json;
  expect(again).toMatchObject({ text, calls, promptTokens, generatedTokens });
  // Every demo has a new identity and a new time, which are looked up and written.
  for (const of of ['instructions', 'cycles', 'instructionsPerToken', 'cyclesPerToken']) {
    expect(Number(again[of]) / Number(json[of])).toBeCloseTo(1, 3);
  }
});

test.skipIf(missing(tinyChat))(`the repository's own model answers${missing(tinyChat)}`, async () => {
  const { code, stdout, stderr } = await cli.run(['demo']);
  expect(code).toBe(0);
  expect(stderr).toContain('> What is a canister?');
  expect(stdout.trim()).toBe(tinyChatCases.get('tiny-chat-q8_0-canister')!.answer);
  // The same as in the README, except for identities and times.
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  expect(readme.replace(/\s+/g, ' ')).toContain(stdout.trim());
  const spent = (text: string) => [...text.match(/Spent .*/)![0].matchAll(/\d+\.\d+/g)].map(Number);
  spent(readme).forEach((number, i) => void expect(spent(stderr)[i]! / number).toBeCloseTo(1, 2));
});

test('a file that is no model is an error, and the process ends', async () => {
  expect(await cli.failure('demo', '--model', 'none.gguf')).toMatchObject({ exit: 1, code: 'NO_SUCH_FILE' });
});

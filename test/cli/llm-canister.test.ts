// `network start --llm-canister`: where it is, what is done for it again, and what is said where it cannot be.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isFull } from '../full.js';
import { root } from './model.js';
import { Cli, commandsIn } from './process.js';

const ID = 'w36hm-eqaaa-aaaal-qr76a-cai';
const cli = new Cli();
const start = ['network', 'start', '--port', '0', '--llm-canister'];
afterAll(() => cli.dispose());

test('a file that is no model is refused before anything is started', async () => {
  expect(await cli.failure(...start, 'nowhere.gguf')).toMatchObject({ exit: 1, code: 'NO_SUCH_FILE' });
  const { code, next } = await cli.failure(...start, join(root, 'package.json'));
  expect([code, typeof next]).toEqual(['NOT_GGUF', 'string']);
  expect(await cli.json('network', 'status')).toEqual({ name: 'local', running: false });
  expect(existsSync(join(cli.folder, 'state/llama-canister/networks/local/state'))).toBe(false);
});

test('it has the usual id, answers everyone, and is created once', async () => {
  const first = await cli.json(...start);
  const model = 'tiny-chat-q8_0.gguf';
  expect(first).toMatchObject({
    started: true,
    llmCanister: { canister: ID, model, created: true, mode: 'install', context: 512 },
  });
  expect(await cli.json('call', 'check_access', '--canister', ID)).toBeDefined();
  // On a network that runs already.
  const again = await cli.json(...start);
  expect(again).toMatchObject({ started: false, llmCanister: { created: false, mode: 'none', model } });
  // With its state, after a stop of the network.
  await cli.json('network', 'stop');
  const { stdout, stderr, code } = await cli.run(start);
  expect([code, stderr.includes('Uploading'), stderr.includes('Loading'), stderr.includes('Installing')]).toEqual([
    0,
    false,
    false,
    false,
  ]);
  const [chat = ''] = commandsIn(stdout);
  const said = await cli.shell(`${chat} --temp 0 -n 24`);
  expect([said.code, said.stdout.length > 10]).toEqual([0, true]);
}, 120_000);

test.runIf(isFull)(
  'with another model on request',
  async () => {
    const f16 = join(root, 'models/tiny-chat/tiny-chat-f16.gguf');
    expect((await cli.json(...start, f16)).llmCanister).toMatchObject({ model: 'tiny-chat-f16.gguf', mode: 'none' });
    expect((await cli.json(...start)).llmCanister).toMatchObject({ model: 'tiny-chat-q8_0.gguf', mode: 'none' });
    const info = await cli.json('call', 'model_info', '--canister', ID);
    expect(JSON.stringify(info)).toContain('tiny-chat-q8_0.gguf');
  },
  120_000,
);

test('a generation draws its seed from the subnet, as generation_poll says', async () => {
  const asked =
    '(record { prompt = variant { text = "What is a canister?" }; session = null; max_tokens = opt 4; ' +
    'seed = opt variant { beacon }; sampling = null; stop = null; response_format = null; template_arguments = null })';
  const started = await cli.run(['call', 'generation_start', asked, '--canister', ID]);
  expect([started.code, started.stdout]).toEqual([0, expect.stringContaining('seed = null')]);
  const [, id] = /\bid = (\d+)/.exec(started.stdout)!;
  const poll = ['call', 'generation_poll', `(record { id = ${id}; from = 0; bytes = null })`, '--canister', ID];
  let said = '';
  while (!said.includes('done = ')) ({ stdout: said } = await cli.run(poll));
  expect(said).toMatch(/\bseed = opt \(\d+ : nat32\)/);
  // The seed is the subnet’s: an answer may end by itself before.
  expect(said).toMatch(/generated_tokens = [1-4]\b/);
}, 60_000);

test('reports if the canister belongs to another identity', async () => {
  const other = new Cli({ XDG_STATE_HOME: cli.environment.XDG_STATE_HOME! });
  const { code, message, next } = await other.failure(...start);
  expect([code, message]).toEqual(['NOT_CONTROLLER', `canister ${ID} of this network belongs to another identity`]);
  expect(next).toContain('--identity');
  await other.run(['identity']);
});

// `pull` as a user has it: a terminal's manners, and what comes next. What a server may do is in
// packages/cli/src/models/pull.test.ts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakeHub } from '../../packages/cli/src/models/hub.test-support.js';
import { tinyChat } from './model.js';
import { Cli } from './process.js';

const hub = new FakeHub();
let cli: Cli;
const cached = () => join(cli.folder, '.cache/llama-canister/models/hf/tiny/chat-GGUF');

beforeAll(async () => {
  await hub.start();
  hub.files.set('tiny/chat-GGUF/tiny-chat-q8_0.gguf', readFileSync(tinyChat));
  cli = new Cli({ HF_ENDPOINT: hub.url });
});
afterAll(async () => {
  hub.stop();
  await cli.dispose();
});

test('a name without a source, and a missing file', async () => {
  expect(await cli.failure('pull', 'model.gguf')).toMatchObject({ exit: 2, code: 'USAGE' });
  expect(await cli.failure('pull', 'hf:tiny/../x')).toMatchObject({ exit: 2 });
  const { exit, next } = await cli.failure('upload', 'hf:tiny/chat-GGUF');
  expect([exit, next]).toEqual([1, expect.stringContaining('llama-canister pull hf:tiny/chat-GGUF')]);
});

test('Ctrl-C keeps what was downloaded, and the next run continues', async () => {
  hub.troubles = [
    (_, response, bytes) => {
      response.writeHead(200, { 'content-length': bytes.length });
      return response.write(bytes.subarray(0, 700_000)) || true;
    },
  ];
  const pull = cli.start(['pull', 'hf:tiny/chat-GGUF']);
  await expect.poll(() => existsSync(join(cached(), 'tiny-chat-q8_0.gguf.part')), { timeout: 20_000 }).toBe(true);
  await pull.until('Pulling');
  pull.process.kill('SIGINT');
  const { code, stderr } = await pull.ended;
  expect([code, stderr]).toEqual([130, expect.stringContaining('run the same command again to go on')]);
  expect(readdirSync(cached()).sort()).toEqual(['tiny-chat-q8_0.gguf.part', 'tiny-chat-q8_0.gguf.part.json']);
  hub.seen.length = 0;
  const result = await cli.json('pull', 'hf:tiny/chat-GGUF');
  expect(result).toMatchObject({ name: 'tiny-chat-q8_0', source: 'hf:tiny/chat-GGUF:tiny-chat-q8_0.gguf' });
  expect(hub.seen.at(-1)?.range).toMatch(/^bytes=[1-9]\d*-$/);
  expect(readFileSync(result.path).equals(readFileSync(tinyChat))).toBe(true);
}, 60_000);

test('a local model is named by its full name or by a short one', async () => {
  const { path } = await cli.json('pull', 'hf:tiny/chat-GGUF:Q8_0');
  for (const name of ['hf:tiny/chat-GGUF', 'tiny-chat-q8_0', path]) {
    expect(await cli.json('inspect', name)).toMatchObject({ error: '', fileType: 'Q8_0' });
  }
  expect(await cli.failure('inspect', 'tiny-chat-q4_0')).toMatchObject({ code: 'NO_SUCH_FILE' });
});

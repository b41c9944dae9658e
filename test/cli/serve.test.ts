// `serve`: from a key to an answer, what is refused before anything listens, and how it ends.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFull } from '../full.js';
import { tinyChat } from './model.js';
import { Cli, type Running } from './process.js';

const cli = new Cli();
const keyFile = join(cli.folder, 'keys.json');
beforeAll(async () => {
  await cli.json('network', 'start', '--port', '0');
  await cli.json('deploy');
  await cli.json('upload', tinyChat);
});
afterAll(() => cli.dispose());

async function started(...args: string[]): Promise<{ serve: Running; url: string; result: Record<string, unknown> }> {
  const serve = cli.start(['serve', '--port', '0', '--json', ...args]);
  await serve.until('"url"');
  const result = JSON.parse(serve.stdout);
  return { serve, url: result.url, result };
}

const messages = [{ role: 'user' as const, content: 'What is a canister?' }];

test('a canister without a model is served, and reports that it is not ready', async () => {
  const { serve, url, result } = await started();
  expect(result).toMatchObject({ ready: false, keys: 0 });
  expect(serve.stderr).toMatch(/A canister cannot answer yet: .*\nLoad it: .*llama-canister load .*tiny-chat/);
  expect((await fetch(`${url}/health`)).status).toBe(503);
  serve.process.kill('SIGTERM');
  expect((await serve.ended).code).toBe(130);
});

test('problems are reported before the server listens', async () => {
  const failures: [string[], number, string][] = [
    [['--port', 'x'], 2, 'USAGE'],
    [['--host', '0.0.0.0'], 2, 'USAGE'],
    [['--allow-origin', 'foo'], 2, 'USAGE'],
    [['--keep-conversations'], 2, 'USAGE'],
    [['--state', '/dev/null/x'], 1, 'CANNOT_WRITE'],
    [['--allow-origin', 'https://page.example/'], 2, 'USAGE'],
    [['--allow-host', 'example.org:8080'], 2, 'USAGE'],
    [['--add-key', 'bot'], 2, 'USAGE'],
    [['--key-file', 'nowhere.json'], 1, 'NO_SUCH_FILE'],
    [['nobody'], 1, 'UNKNOWN_CANISTER'],
    [['--host', '192.0.2.1', '--without-keys', '--port', '0'], 1, 'CANNOT_LISTEN'],
  ];
  for (const [args, exit, code] of failures) {
    expect([args, await cli.failure('serve', ...args)]).toMatchObject([args, { exit, code, next: expect.any(String) }]);
  }
  const { url, serve } = await started();
  const { port } = new URL(url);
  expect(await cli.failure('serve', '--port', port)).toMatchObject({ code: 'CANNOT_LISTEN' });
  serve.process.kill('SIGINT');
  await serve.ended;
});

test('stdout has only the key when one is made', async () => {
  const made = await cli.run(['serve', '--key-file', 'other-keys.json', '--add-key', 'bot']);
  expect(made.stdout).toMatch(/^llama-[\w-]+\n$/);
  expect(made.stderr).toContain('This is the key "bot". It is shown once: other-keys.json has only its hash.');
});

test('a key can be made, and then every request needs it', async () => {
  const { key } = await cli.json('serve', '--key-file', keyFile, '--add-key', 'bot');
  expect(key).toMatch(/^llama-/);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  expect(readFileSync(keyFile, 'utf8')).not.toContain(key);
  expect(await cli.failure('serve', '--key-file', keyFile, '--add-key', 'bot')).toMatchObject({ code: 'KEY_EXISTS' });
  await cli.json('load', 'tiny-chat-q8_0.gguf', '--ctx-size', '4096');

  const { serve, url, result } = await started('--key-file', keyFile, '--any-model');
  expect(result).toMatchObject({ ready: true, keys: 1, models: ['tiny-chat-q8_0'] });
  const ask = (apiKey: string) =>
    new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 }).chat.completions.create({
      model: 'gpt-4o',
      messages,
      max_tokens: 8,
      temperature: 0,
    });
  await expect(ask('llama-other')).rejects.toMatchObject({ status: 401 });
  expect((await ask(key)).choices[0]!.message.content!.length).toBeGreaterThan(5);
  await serve.until('"key":"bot"');
  expect(serve.stderr).not.toContain('What is a canister');

  // The answer that is under way is cancelled, and does not look complete.
  const stream = await new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 }).chat.completions.create({
    model: 'x',
    messages,
    max_tokens: 3_900,
    temperature: 1,
    ...({ ignore_eos: true } as object),
    stream: true,
  });
  const read = async () => {
    let isTold = false;
    for await (const chunk of stream) {
      if (!isTold) serve.process.kill('SIGINT');
      isTold = true;
      expect(chunk.choices[0]!.finish_reason).toBeNull();
    }
  };
  await expect(read()).rejects.toMatchObject({ code: 'cancelled' });
  expect((await serve.ended).code).toBe(130);
});

test.runIf(isFull)('a client continues a stream after serve was killed and started again', async () => {
  const args = ['--any-model', '--state', join(cli.folder, 'state')];
  const first = await started(...args);
  const body = { model: 'x', messages, max_tokens: 1_500, temperature: 1, seed: 7, ignore_eos: true, stream: true };
  const headers = { 'content-type': 'application/json', 'llama-keep': '1' };
  const answer = await fetch(`${first.url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  const id = answer.headers.get('llama-stream')!;
  const events = (text: string) => text.match(/^id: \d+\ndata: .*$/gm) ?? [];
  let before = '';
  try {
    for await (const bytes of answer.body!) {
      before += Buffer.from(bytes).toString();
      if (/"content":"./.test(before)) first.serve.process.kill('SIGKILL');
    }
  } catch {
    // The connection was cut.
  }
  await first.serve.ended;
  const next = await started(...args);
  const rest = await (await fetch(`${next.url}/v1/streams/${id}?starting_after=1`)).text();
  const whole = await (await fetch(`${next.url}/v1/streams/${id}`)).text();
  expect(whole).toContain('"finish_reason":"length"');
  expect(events(whole).slice(2)).toEqual(events(rest));
  const known = events(before);
  expect(known.length).toBeGreaterThan(0);
  expect(events(whole).slice(0, known.length)).toEqual(known);
  next.serve.process.kill('SIGTERM');
  expect((await next.serve.ended).stderr).toContain('streams go on in the canister');
});

test('mcp answers line by line, and ends with its input', async () => {
  const asked = [
    { id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: {} } },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/list' },
    { id: 3, method: 'nothing' },
  ];
  const lines = [...asked.map((each) => JSON.stringify({ jsonrpc: '2.0', ...each })), 'no JSON'];
  const { code, stdout } = await cli.run(['mcp'], `${lines.join('\n')}\n`);
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(code).toBe(0);
  expect(answers).toMatchObject([
    { id: 1, result: { protocolVersion: '2025-06-18', serverInfo: { name: 'llama-canister' } } },
    { id: 2, result: { tools: [{ name: 'ask' }, { name: 'decide' }] } },
    { id: 3, error: { code: -32_601 } },
    { id: null, error: { code: -32_700 } },
  ]);
  expect(await cli.failure('mcp', 'nobody')).toMatchObject({ exit: 1, code: 'UNKNOWN_CANISTER' });
});

test('a damaged key file is an error that names its problem', async () => {
  writeFileSync(keyFile, '{"keys":[{"name":"x","sha256":"y"}]}');
  const { code, message } = await cli.failure('serve', '--key-file', keyFile);
  expect([code, message]).toEqual(['BAD_KEY_FILE', `${keyFile}: keys[0].sha256: 64 hexadecimal digits`]);
  writeFileSync(keyFile, '{"keys":[]}');
  expect(await cli.failure('serve', '--key-file', keyFile)).toMatchObject({ code: 'BAD_KEY_FILE' });
});

// Runs every example as a user does: a process of its own, in front of a gateway with tiny-chat behind it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLlama } from '@llama-canister/client';
import { CanisterBackend, createGateway, type Listening, listen } from '@llama-canister/gateway';
import type { Network } from '@llama-canister/network';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFull } from '../../test/full.js';
import { LLM_CANISTER, startNetwork } from '../llm-network.js';

const MODEL = 'tiny-chat-q8_0';
const ORIGIN = 'http://localhost:8000';
let network: Network;
let server: Listening;
let url: string;
beforeAll(async () => {
  network = await startNetwork();
  const llama = openLlama(network.agent(network.controller), LLM_CANISTER.toText());
  const gateway = createGateway({ backend: new CanisterBackend(llama), places: { hosts: [], origins: [ORIGIN] } });
  server = await listen(gateway, '127.0.0.1', 0);
  url = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.close(0);
  await network.stop();
});

const file = (name: string) => join(import.meta.dirname, name);

/** What a script prints; throws where it fails. */
function printed(name: string, input = ''): Promise<string> {
  const env = { ...process.env, OPENAI_BASE_URL: `${url}/v1`, MCP_URL: `${url}/mcp`, MODEL };
  const child = spawn(process.execPath, [file(name)], { env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (bytes) => {
    stdout += bytes;
  });
  child.stderr.on('data', (bytes) => {
    stderr += bytes;
  });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('close', (code) => (code === 0 ? resolve(stdout) : reject(new Error(`${name}: ${stderr}`))));
  });
}

test('openai-script.mjs', async () => {
  expect(await printed('openai-script.mjs')).toMatch(
    /canister[\s\S]*\n\d+ tokens, \d+ cycles\n\{ yes: (true|false) \}\n$/,
  );
});

test.runIf(isFull)('bot.mjs', async () => {
  const lines = (await printed('bot.mjs', 'What is a canister?\nThank you!\n')).trim().split('\n');
  expect([lines.length, lines[0]]).toEqual([2, expect.stringContaining('canister')]);
});

test.runIf(isFull)('agent.mjs', async () => {
  expect(await printed('agent.mjs')).toMatch(/^(add\(\{.*\}\) = \d+|time\(.*\) = 12:00)\n/);
});

test.runIf(isFull)('langchain-chain.mjs', async () => {
  expect(await printed('langchain-chain.mjs')).toContain('canister');
});

test.runIf(isFull)('mcp-client.mjs', async () => {
  expect(await printed('mcp-client.mjs')).toMatch(/^ask, decide\n.*canister[\s\S]*\n(yes|no) true\n$/);
});

test('page.html, by what its script does with a form and a paragraph', async () => {
  const html = readFileSync(file('page.html'), 'utf8');
  expect(html.trimEnd().split('\n').length).toBeLessThanOrEqual(36);
  const script = /<script type="module">([\s\S]*)<\/script>/.exec(html)![1]!.replace('http://127.0.0.1:8080', url);
  let submit: (event: object) => Promise<void> = async () => {};
  const paragraph = { textContent: '' };
  const form = {
    elements: { question: { value: 'What is a canister?' } },
    addEventListener: (_: string, listener: typeof submit) => {
      submit = listener;
    },
  };
  const document = { querySelector: (name: string) => (name === 'form' ? form : paragraph) };
  // As a browser does it for a page of another origin.
  const fromPage = async (to: string, init: RequestInit = {}) => {
    const answer = await fetch(to, { ...init, headers: { ...init.headers, origin: ORIGIN } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    return answer;
  };
  new Function('document', 'fetch', script)(document, fromPage);
  await submit({ preventDefault: () => {} });
  expect(paragraph.textContent).toContain('canister');
});

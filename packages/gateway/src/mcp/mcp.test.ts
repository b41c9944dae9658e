// The Model Context Protocol with its own client, over HTTP and over standard input and output.
import { PassThrough } from 'node:stream';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ReadBuffer, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../refusal.js';
import { end, type Running, running, ScriptedBackend, text, until } from '../scripted-backend.test-support.js';
import { serveStdio } from './stdio.js';

const backend = new ScriptedBackend();
let gateway: Running;
let client: Client;
beforeEach(async () => {
  backend.asked.length = 0;
  backend.decided.length = 0;
  backend.cancelled = 0;
  backend.scripts = [[text('Hello'), end()]];
  gateway = await running({ backend, pingMs: 30, version: '1.2.3' });
  client = new Client({ name: 'test', version: '1' });
});
afterEach(async () => {
  await client.close();
  await gateway.listening.close(0);
});

/** A client on two streams, as if the server were its child process. */
function linked(): Transport {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const stop = new AbortController();
  const served = serveStdio({ backend, version: '1.2.3', input, output, signal: stop.signal });
  const buffer = new ReadBuffer();
  const transport: Transport = {
    start: async () => {
      output.on('data', (bytes: Buffer) => {
        buffer.append(bytes);
        for (let message = buffer.readMessage(); message !== null; message = buffer.readMessage()) {
          transport.onmessage?.(message);
        }
      });
    },
    send: async (message) => void input.write(serializeMessage(message)),
    close: async () => {
      input.end();
      await served;
      transport.onclose?.();
    },
  };
  return transport;
}

describe.each([
  ['HTTP', () => new StreamableHTTPClientTransport(new URL(`${gateway.url}/mcp`)) as Transport],
  ['lines', linked],
])('over %s', (_, transport) => {
  beforeEach(() => client.connect(transport()));

  test('tells its name and which tools it has', async () => {
    expect(client.getServerVersion()).toEqual({ name: 'llama-canister', version: '1.2.3' });
    await client.ping();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['ask', 'decide']);
    expect(tools[0]!.inputSchema).toMatchObject({ type: 'object', required: ['prompt'], additionalProperties: false });
  });

  test('asks the model', async () => {
    const args = { prompt: 'Hi', system: 'Be short', max_tokens: 7, temperature: 0 };
    const result = await client.callTool({ name: 'ask', arguments: args });
    expect(result).toMatchObject({
      content: [{ type: 'text', text: 'Hello' }],
      structuredContent: { text: 'Hello', usage: { generatedTokens: 5 } },
    });
    expect(backend.asked[0]).toMatchObject({
      model: 'tiny-chat',
      maxTokens: 7,
      sampling: ['--temp', '0'],
      prompt: {
        messages: [
          { role: 'system', content: 'Be short' },
          { role: 'user', content: 'Hi' },
        ],
      },
    });
  });

  test('decides', async () => {
    const about = { state: 'It came late.', question: 'Is it?' };
    const result = await client.callTool({ name: 'decide', arguments: { ...about, options: ['late', 'early'] } });
    expect(result).toMatchObject({
      content: [{ type: 'text', text: 'late' }],
      structuredContent: { choice: 'late', probabilities: { late: 0.75, early: 0.25 }, coverage: Math.exp(-0.5) },
    });
    await client.callTool({ name: 'decide', arguments: about });
    await client.callTool({ name: 'decide', arguments: { ...about, least: 1, greatest: 5 } });
    expect(backend.decided.map(({ state, questions }) => [state, questions[0]!.kind])).toEqual([
      ['It came late.', { choice: ['late', 'early'] }],
      ['It came late.', 'yes-no'],
      ['It came late.', { score: { least: 1, greatest: 5 } }],
    ]);
    const wrong = await client.callTool({ name: 'decide', arguments: { ...about, least: 1 } });
    expect(wrong).toMatchObject({ isError: true, content: [{ text: 'least, greatest: a range has both' }] });
    const large = await client.callTool({ name: 'decide', arguments: { ...about, least: 0, greatest: 3e9 } });
    expect(large).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/^greatest: /) }] });
  });

  test('reports how far the answer is', async () => {
    backend.scripts = [[{ type: 'progress', state: 'reading', place: 0, messagesLeft: 1 }, 600, text('x'), end()]];
    const messages: (string | undefined)[] = [];
    await client.callTool({ name: 'ask', arguments: { prompt: 'Hi' } }, undefined, {
      onprogress: ({ message }) => messages.push(message),
    });
    expect(messages).toEqual(['reading', '1 characters']);
  });

  test('refuses a model that is not there, and does not use another one', async () => {
    const asked = backend.asked.length;
    const about = { prompt: 'Hi', state: 's', question: 'q', model: 'nobody' };
    for (const [name, keys] of Object.entries({ ask: ['prompt', 'model'], decide: ['state', 'question', 'model'] })) {
      const given = Object.fromEntries(Object.entries(about).filter(([key]) => keys.includes(key)));
      expect(await client.callTool({ name, arguments: given })).toMatchObject({
        isError: true,
        content: [{ text: 'model: there is no "nobody"; there is: tiny-chat' }],
      });
    }
    expect(backend.asked.length).toBe(asked);
  });

  test("reports a tool's failure to the model that called it", async () => {
    expect(await client.callTool({ name: 'ask', arguments: { prompt: 5 } })).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^prompt: /) }],
    });
    backend.scripts = [[text('x'), new Refusal('failed', 'the model went away')]];
    expect(await client.callTool({ name: 'ask', arguments: { prompt: 'x' } })).toMatchObject({
      isError: true,
      content: [{ text: 'the model went away' }],
    });
    await expect(client.callTool({ name: 'nothing' })).rejects.toThrow('there is no tool "nothing"');
  });

  test('cancels a call in the canister when the client cancels it', async () => {
    backend.scripts = [[text('x'), 5_000, end()]];
    const stop = new AbortController();
    const call = client.callTool({ name: 'ask', arguments: { prompt: 'x' } }, undefined, { signal: stop.signal });
    await until(() => backend.asked.length === 1);
    stop.abort();
    await expect(call).rejects.toThrow();
    await until(() => backend.cancelled === 1);
  });
});

test.each(['application/json', 'application/json, text/event-stream'])(
  'a call that is answered as %s is cancelled when the gateway ends',
  async (accept) => {
    backend.scripts = [[text('x'), 60_000, end()]];
    const params = { name: 'ask', arguments: { prompt: 'x' } };
    const call = fetch(`${gateway.url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
    });
    await until(() => backend.asked.length === 1);
    const closed = gateway.listening.close(20);
    expect(await (await call).text()).toContain('cancelled');
    await closed;
    expect(backend.cancelled).toBe(1);
  },
);

test('refuses text that is no message', async () => {
  const post = async (body: string) =>
    (
      await fetch(`${gateway.url}/mcp`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    ).json();
  for (const body of ['', '{', '[]', '{"id":1e400}']) {
    expect(await post(body)).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32_700 } });
  }
  expect(await post('{"method":"x"}')).toMatchObject({ error: { code: -32_600 } });
  expect(await post('{"jsonrpc":"2.0","id":1,"method":"x"}')).toMatchObject({ id: 1, error: { code: -32_601 } });
  expect(await post('{"jsonrpc":"2.0","id":1,"method":"tools/call"}')).toMatchObject({ error: { code: -32_602 } });
  expect((await fetch(`${gateway.url}/mcp`)).status).toBe(405);
});

test.each([
  ['2025-06-18', 'ping', 200],
  [undefined, 'ping', 200],
  ['1999-01-01', 'ping', 400],
  ['x', 'tools/call', 400],
  ['1999-01-01', 'initialize', 200],
])('over HTTP, a request of version %s: %s is answered with %i', async (version, method, status) => {
  const answer = await fetch(`${gateway.url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(version ? { 'mcp-protocol-version': version } : {}) },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method }),
  });
  expect(answer.status).toBe(status);
  if (status === 400) expect(await answer.text()).toContain('2025-11-25');
});

// Streams over bad connections: cut at random and resumed, read slowly beside others, and removed in the end.
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Line, Running } from '../scripted-backend.test-support.js';
import { end, running, ScriptedBackend, text, until } from '../scripted-backend.test-support.js';
import { Transcript } from './transcript.js';
import { Transcripts } from './transcripts.js';

const WORDS = Array.from({ length: 120 }, (_, i) => `word${i} `);
const script = (pause: number): Line[] => [...WORDS.flatMap((word): Line[] => [text(word), pause]), end()];

const backend = new ScriptedBackend();
let gateway: Running;
beforeAll(async () => {
  gateway = await running({ backend, pingMs: 20 });
});
afterAll(() => gateway.listening.close(0));

/** Passes bytes on, and cuts each connection after a random number of them. */
class CuttingProxy {
  cuts = 0;
  #server: Server | undefined;
  #random: () => number;

  constructor(seed: number) {
    let state = seed;
    this.#random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    };
  }

  async start(port: number): Promise<string> {
    const server = createServer((client) => {
      const target = connect(port, '127.0.0.1');
      let left = 1_500 + Math.floor(this.#random() * 3_000);
      const cut = (socket: Socket) => {
        socket.destroy();
      };
      client.on('data', (bytes) => target.write(bytes));
      target.on('data', (bytes) => {
        client.write(bytes.subarray(0, left));
        left -= bytes.length;
        if (left > 0) return;
        this.cuts++;
        cut(client);
        cut(target);
      });
      for (const [one, other] of [
        [client, target],
        [target, client],
      ] as const) {
        one.on('close', () => other.destroy());
        one.on('error', () => {});
      }
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server?.close();
  }
}

const ask = { model: 'tiny-chat', stream: true, messages: [{ role: 'user', content: 'Hi' }] };
const headers = { 'content-type': 'application/json', 'llama-keep': '1' };

/** Reads whole events of a stream until it ends or breaks. */
async function eventsOf(answer: Response, take: (id: number, data: string) => void): Promise<void> {
  let rest = '';
  const decoder = new TextDecoder();
  try {
    for await (const bytes of answer.body!) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
      rest = parts.pop()!;
      for (const part of parts) {
        const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(part) ?? [];
        if (data !== undefined) take(Number(id), data);
      }
    }
  } catch {
    // The connection was cut.
  }
}

test.each([1, 2, 3])('a stream that is cut at random is resumed where it was (%i)', async (seed) => {
  backend.scripts = [script(4)];
  const proxy = new CuttingProxy(seed);
  const url = await proxy.start(gateway.listening.port);
  const seen: string[] = [];
  let last = -1;
  const take = (id: number, data: string) => {
    expect(id).toBe(last + 1);
    last = id;
    seen.push(data);
  };
  const first = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body: JSON.stringify(ask) });
  const id = first.headers.get('llama-stream');
  await eventsOf(first, take);
  for (let tries = 0; seen.at(-1) !== '[DONE]' && tries < 200; tries++) {
    const from = last < 0 ? {} : { 'last-event-id': String(last) };
    await fetch(`${url}/v1/streams/${id}`, { headers: from }).then(
      (again) => eventsOf(again, take),
      () => {},
    );
  }
  proxy.stop();
  const said = seen.slice(0, -1).map((data) => JSON.parse(data).choices[0].delta.content ?? '');
  expect(said.join('')).toBe(WORDS.join(''));
  expect(proxy.cuts).toBeGreaterThan(3);
  expect(backend.cancelled).toBe(0);
});

test('ten streams are read while nobody reads an eleventh', async () => {
  const big: Line[] = [...Array.from({ length: 400 }, () => text('x'.repeat(10_000))), end()];
  backend.scripts = [big];
  const body = JSON.stringify(ask);
  const slow = await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', headers, body });
  backend.scripts = [script(1)];
  const began = performance.now();
  const others = await Promise.all(
    Array.from({ length: 10 }, async () =>
      (await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', headers, body })).text(),
    ),
  );
  expect(performance.now() - began).toBeLessThan(5_000);
  for (const other of others) expect(other.match(/word\d+ /g)).toHaveLength(WORDS.length);
  expect((await slow.text()).match(/"content":"x{10000}"/g)).toHaveLength(400);
});

test('several readers of one stream each begin where they like', async () => {
  backend.scripts = [script(2)];
  const first = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify(ask),
  });
  const id = first.headers.get('llama-stream');
  const from = (number: number) =>
    fetch(`${gateway.url}/v1/streams/${id}?starting_after=${number}`).then((answer) => answer.text());
  const [whole, late, none] = await Promise.all([first.text(), from(100), from(1_000_000)]);
  const idsOf = (stream: string) => [...stream.matchAll(/^id: (\d+)$/gm)].map(([, each]) => Number(each));
  const all = idsOf(whole);
  expect(all).toEqual(all.map((_, i) => i));
  expect(idsOf(late)).toEqual(all.slice(101));
  expect(idsOf(none)).toEqual([]);
  const wrong = await fetch(`${gateway.url}/v1/streams/${id}?starting_after=x`);
  expect([wrong.status, (await wrong.json()).error.param]).toEqual([400, 'starting_after']);
});

test.each([
  ['/v1/chat/completions', { messages: ask.messages }, /"code":"cancelled"/],
  ['/v1/completions', { prompt: 'x' }, /"code":"cancelled"/],
  ['/v1/messages', { messages: ask.messages, max_tokens: 9 }, /event: error\ndata: .*"api_error".*was cancelled/],
  ['/v1/responses', { input: 'x' }, /event: response.incomplete\ndata: .*"status":"cancelled"/],
  ['/api/chat', { messages: ask.messages }, /{"error":"the answer was cancelled/],
])('a stream of %s can be cancelled by its id, and does not look complete then', async (path, body, ending) => {
  backend.scripts = [[text('a'), 60_000, end()]];
  const answer = await fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model: ask.model, stream: true, ...body }),
  });
  const ended = await fetch(`${gateway.url}/v1/streams/${answer.headers.get('llama-stream')}`, { method: 'DELETE' });
  expect(await ended.json()).toMatchObject({ cancelled: true });
  const said = await answer.text();
  expect(said).toMatch(ending);
  expect(said).not.toMatch(/"finish_reason":"|"stop_reason":"|"done":true|\[DONE\]/);
});

describe('transcripts that are kept', () => {
  const filled = async (transcripts: Transcripts, id: string, size = 1): Promise<Transcript> => {
    const transcript = transcripts.begin(id, 'ada', false);
    await transcript.fill(
      (async function* () {
        yield { data: 'x'.repeat(size) };
      })(),
      () => [],
    );
    return transcript;
  };

  test('are removed an hour after their end, and earlier if they are too many or too large', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const transcripts = new Transcripts();
      const going = transcripts.begin('going', 'ada', true);
      await filled(transcripts, 'first');
      vi.advanceTimersByTime(3_500_000);
      await filled(transcripts, 'second');
      expect(transcripts.find('first', 'ada').frames.length).toBe(1);
      vi.advanceTimersByTime(200_000);
      await filled(transcripts, 'third', 50 * 2 ** 20);
      expect(() => transcripts.find('first', 'ada')).toThrow('there is no stream "first"');
      await filled(transcripts, 'fourth', 50 * 2 ** 20);
      await filled(transcripts, 'fifth');
      expect(() => transcripts.find('third', 'ada')).toThrow();
      expect(transcripts.find('fourth', 'ada').size).toBe(50 * 2 ** 20);
      // A transcript that has not ended stays.
      expect(transcripts.find('going', 'ada')).toBe(going);
      expect(() => transcripts.find('going', 'bob')).toThrow();
      expect(transcripts.open).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  test('are cancelled when the last reader goes, and not before', async () => {
    const transcript = new Transcript('x', 'ada', false);
    transcript.enter();
    transcript.enter();
    transcript.leave();
    expect(transcript.signal.aborted).toBe(false);
    transcript.leave();
    expect(transcript.signal.aborted).toBe(true);
    await until(() => true);
  });
});

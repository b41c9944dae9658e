// What the gateway adds to a canister: delay of tokens, memory of streams, and the throughput of several canisters.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type LlamaClient, load, openCanister, openLlama, upload } from '@llama-canister/client';
import { openFile } from '@llama-canister/client/node';
import {
  type Backend,
  CanisterBackend,
  createGateway,
  type Decision,
  type Delta,
  Fleet,
  type Listening,
  listen,
  type Model,
} from '@llama-canister/gateway';
import { Network } from '@llama-canister/network';
import OpenAI from 'openai';

const { resolve } = createRequire(import.meta.url);
const MODEL = 'tiny-chat-q8_0.gguf';
const ID = 'tiny-chat-q8_0';

/** A canister in which tiny-chat answers. */
async function answering(network: Network): Promise<LlamaClient> {
  const id = network.createCanister({ cycles: 10n ** 15n });
  await network.install(id, readFileSync(resolve('@llama-canister/canister/llama.wasm')));
  const agent = network.agent(network.controller);
  const canister = openCanister(agent, id.toText());
  const file = await openFile(resolve(`@llama-canister/tiny-chat/${MODEL}`));
  await upload(canister, MODEL, file).finally(() => file.close());
  await load(canister, MODEL);
  return openLlama(agent, id.toText());
}

async function behind<T>(backend: Backend, use: (url: string, server: Listening) => Promise<T>): Promise<T> {
  const server = await listen(createGateway({ backend }), '127.0.0.1', 0);
  try {
    return await use(`http://127.0.0.1:${server.port}`, server);
  } finally {
    await server.close(0);
  }
}

const asked = (tokens: number, seed: number) => ({
  model: ID,
  messages: [{ role: 'user' as const, content: 'What is a canister?' }],
  max_tokens: tokens,
  seed,
  ...({ ignore_eos: true } as object),
});

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

/** Instructions of a message: few, so that an answer comes in many messages. */
const SHORT = 100_000_000n;

/** Milliseconds from the end of a canister's message until OpenAI's client has its text. */
async function latencies(network: Network, llama: LlamaClient, url: string): Promise<number[]> {
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 });
  const late: number[] = [];
  const budget = (update: bigint) => llama.canister.ok('set_instruction_budget', [{ update, query: 0n }]);
  await budget(SHORT);
  for (let seed = 0; seed < 4; seed++) {
    const ends: number[] = [];
    const unsubscribe = network.metrics.subscribe(({ kind }) => {
      if (kind !== 'query') ends.push(performance.now());
    });
    const came: number[] = [];
    for await (const { choices } of await openai.chat.completions.create({ ...asked(200, seed), stream: true })) {
      if (choices[0]?.delta.content) came.push(performance.now());
    }
    unsubscribe();
    // Messages before the first text belong to the prompt.
    const first = came[0] ?? 0;
    for (const end of ends) {
      const next = came.find((at) => at >= end);
      if (next !== undefined && (next > first || end === ends.findLast((each) => each <= first))) late.push(next - end);
    }
  }
  await budget(0n);
  return late;
}

/** How often per second an ended stream can be read again, by so many readers at once. */
async function readsPerSecond(url: string, connections: number): Promise<number> {
  const answer = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...asked(8, 1), stream: true }),
  });
  const id = answer.headers.get('llama-stream');
  await answer.text();
  const end = performance.now() + 2_000;
  let count = 0;
  const reader = async () => {
    for (; performance.now() < end; count++) await (await fetch(`${url}/v1/streams/${id}`)).text();
  };
  await Promise.all(Array.from({ length: connections }, reader));
  return count / 2;
}

/** Says a word now and then, as long as somebody reads. */
class Talking implements Backend {
  async models(): Promise<Model[]> {
    return [{ id: ID, created: 0, ready: true, reason: '', facts: undefined }];
  }
  async start(_: unknown, signal: AbortSignal): Promise<AsyncIterable<Delta>> {
    return this.#talk(signal);
  }
  async *#talk(signal: AbortSignal): AsyncGenerator<Delta> {
    while (!signal.aborted) {
      yield { type: 'text', text: 'word ' };
      await new Promise((wait) => setTimeout(wait, 100));
    }
  }
  async count(): Promise<number> {
    return 0;
  }
  async decide(): Promise<Decision> {
    throw new Error('it only talks');
  }
  async tokenize(): Promise<number[]> {
    return [];
  }
  async detokenize(): Promise<string> {
    return '';
  }
  async render(): Promise<string> {
    return '';
  }
}

/** Bytes of memory per open stream, with both ends in this process. */
async function bytesOfStream(count: number): Promise<number> {
  return behind(new Talking(), async (url) => {
    const body = JSON.stringify({ ...asked(8, 1), stream: true });
    const headers = { 'content-type': 'application/json' };
    const open = async () => {
      const stop = new AbortController();
      const answer = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body, signal: stop.signal });
      void answer.text().catch(() => {});
      return stop;
    };
    (await open()).abort();
    const before = process.memoryUsage().rss;
    const all = await Promise.all(Array.from({ length: count }, open));
    await new Promise((wait) => setTimeout(wait, 3_000));
    const bytes = (process.memoryUsage().rss - before) / count;
    for (const each of all) each.abort();
    return bytes;
  });
}

/** Tokens per second of so many simultaneous answers. */
async function tokensPerSecond(backend: Backend, answers: number): Promise<number> {
  return behind(backend, async (url) => {
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 });
    const began = performance.now();
    const all = await Promise.all(
      Array.from({ length: answers }, (_, seed) => openai.chat.completions.create(asked(64, seed))),
    );
    const tokens = all.reduce((sum, { usage }) => sum + usage!.completion_tokens, 0);
    return (tokens * 1000) / (performance.now() - began);
  });
}

export interface GatewayMeasurement {
  lateMs: { median: number; p95: number };
  readsPerSecond: { one: number; sixteen: number };
  bytesOfStream: number;
  /** By the number of canisters. */
  tokensPerSecond: Record<string, number>;
}

const STREAMS = 200;
const ANSWERS = 8;

export async function gateway(): Promise<GatewayMeasurement> {
  const network = await Network.start();
  try {
    const members = [await answering(network)];
    const late: number[] = [];
    const reads: number[] = [];
    await behind(new CanisterBackend(members[0]!), async (url) => {
      late.push(...(await latencies(network, members[0]!, url)));
      for (const connections of [1, 16]) reads.push(await readsPerSecond(url, connections));
    });
    const rates: Record<string, number> = {};
    for (const count of [1, 2, 4]) {
      while (members.length < count) members.push(await answering(network));
      const fleet = new Fleet(new Map(members.map((llama) => [llama.canister.canisterId, new CanisterBackend(llama)])));
      rates[count] = await tokensPerSecond(fleet, ANSWERS);
    }
    return {
      lateMs: { median: quantile(late, 0.5), p95: quantile(late, 0.95) },
      readsPerSecond: { one: reads[0]!, sixteen: reads[1]! },
      bytesOfStream: await bytesOfStream(STREAMS),
      tokensPerSecond: rates,
    };
  } finally {
    await network.stop();
  }
}

export function gatewayReport({
  lateMs,
  readsPerSecond: reads,
  bytesOfStream: bytes,
  tokensPerSecond: rates,
}: GatewayMeasurement): string {
  return [
    `a token is in the client's hands after it is in the canister: ${lateMs.median.toFixed(0)} ms (median), ${lateMs.p95.toFixed(0)} ms (95 of 100)`,
    `streams that are read again in a second: ${reads.one.toFixed(0)} by one reader, ${reads.sixteen.toFixed(0)} by sixteen`,
    `memory of an open stream, both ends of it (${STREAMS} are open): ${(bytes / 1024).toFixed(0)} KiB`,
    ...Object.entries(rates).map(
      ([count, rate]) => `tokens in a second of ${ANSWERS} answers at once, canisters: ${count}: ${rate.toFixed(1)}`,
    ),
  ].join('\n');
}

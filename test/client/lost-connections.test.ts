/** Answers over connections that break, and from networks that go away and come back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Answer,
  bytesSource,
  connect,
  installCode,
  type LlamaClient,
  load,
  openCanister,
  openLlama,
  provisionalCreate,
  upload,
} from '../../packages/client/src/index.js';
import { root, tinyChat } from '../cli/model.js';
import { isFull } from '../full.js';
import { Random } from '../gguf/random.js';
import { CuttingProxy } from './cutting-proxy.js';
import { NetworkProcess } from './network-process.js';
import { asks, long } from './served.js';

const identity = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(5));
const network = new NetworkProcess();
let id: string;

async function client(host = network.url): Promise<LlamaClient> {
  const { rootKey } = network;
  return openLlama(await connect({ host, identity, rootKey }), id, { patience: 60_000 });
}

beforeAll(async () => {
  await network.start();
  const agent = await connect({ host: network.url, identity });
  id = await provisionalCreate(agent, { cycles: 10n ** 15n });
  await installCode(agent, id, readFileSync(join(root, 'canister/build/llama.wasm')), { mode: 'install' });
  const canister = openCanister(agent, id);
  await upload(canister, 'model.gguf', bytesSource(readFileSync(tinyChat)));
  await load(canister, 'model.gguf');
  // An answer takes many messages of the canister.
  await (await client()).admin.setInstructionBudget(60_000_000n, 0n);
});
afterAll(() => network.dispose());

/** Reads an answer, and does something once when it has this many characters. */
async function readWhile(answer: Answer, characters: number, then: () => Promise<unknown>): Promise<string> {
  let text = '';
  let done: Promise<unknown> | undefined;
  for await (const delta of answer) {
    if (delta.type === 'text') text += delta.text;
    if (text.length >= characters) done ??= then();
  }
  await done;
  expect(done, 'it ended before').toBeDefined();
  return text;
}

describe('over connections that are cut at random', () => {
  const count = isFull ? 10 : 4;
  test(`${count} answers at a time come whole, and each is begun once`, async () => {
    const direct = await client();
    const options = (n: number) => ({ ...long, seed: n % 3, maxTokens: isFull ? 200 : 100 });
    const expected: string[] = [];
    for (let n = 0; n < 3; n++) expected.push((await direct.chat(asks, options(n)).result()).text);
    const before = (await direct.generations.list()).length;
    const random = new Random(1);
    // A request has a few hundred bytes, a reply up to a few thousand.
    const proxy = await CuttingProxy.start(network.url, () => (random.below(3) > 0 ? random.below(3_000) : Infinity));
    try {
      const clients = await Promise.all(Array.from({ length: count }, () => client(proxy.url)));
      const results = await Promise.all(clients.map((each, n) => each.chat(asks, options(n)).result()));
      expect(results.map(({ text }) => text)).toEqual(results.map((_, n) => expected[n % 3]));
      expect(proxy.cuts).toBeGreaterThanOrEqual(count);
    } finally {
      await proxy.stop();
    }
    expect((await direct.generations.list()).length - before).toBe(count);
  });
});

describe('from a network that is stopped', () => {
  test.each(isFull ? (['stop', 'kill'] as const) : (['kill'] as const))(
    'in mid-stream (%s) and started again, the same answer comes',
    async (way) => {
      const llama = await client();
      const options = { ...long, seed: 11, maxTokens: isFull ? 600 : 200 };
      const { text } = await llama.chat(asks, options).result();
      const away = async () => {
        await network[way]();
        await sleep(2_000);
        await network.start();
      };
      expect(await readWhile(llama.chat(asks, options), 100, away)).toBe(text);
    },
  );

  test('while an answer begins, the answer begins once, after the restart', async () => {
    const llama = await client();
    const before = (await llama.generations.list()).length;
    await network.kill();
    const answer = llama.chat(asks, { maxTokens: 5 });
    await sleep(1_000);
    await network.start();
    expect((await answer.result()).usage.generatedTokens).toBe(5);
    expect((await llama.generations.list()).length - before).toBe(1);
  });

  test.runIf(isFull)(
    'for longer than the client waits, an error says so, and the answer can be read later',
    async () => {
      const agent = await connect({ host: network.url, identity, rootKey: network.rootKey, retries: 1 });
      const llama = openLlama(agent, id, { patience: 500 });
      const answer = llama.chat(asks, { ...long, maxTokens: 400 });
      const reading = readWhile(answer, 50, () => network.stop());
      await expect(reading).rejects.toMatchObject({ kind: 'transport', code: 'UNREACHABLE' });
      await network.start();
      const rest = await (await client()).attach((await answer.id)!, { from: answer.position }).result();
      expect(rest.reason).toBe('max-tokens');
    },
  );
});

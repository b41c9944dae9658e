/** A canister is stopped and started while it loads a model, with a network in a thread, as users have it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Actor, type ActorSubclass } from '@icp-sdk/core/agent';
import { Principal } from '@icp-sdk/core/principal';
import { idlFactory, startCanister, stopCanister } from '@llama-canister/client';
import { Network } from '@llama-canister/network';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tinyModel } from '../canister/test/tiny-model.js';
import { root } from './cli/model.js';

type Ready = { Ok: object } | { Err: { Other: string } };
const CHUNK = 1_900_000;
const LOADING = /^loading \d+ % \(m\)$/;

let network: Network;
let id: string;
let llama: ActorSubclass<Record<string, (...argument: object[]) => Promise<unknown>>>;

beforeAll(async () => {
  network = await Network.start();
  const canister = network.createCanister();
  await network.install(canister, readFileSync(join(root, 'canister/build/llama.wasm')));
  id = canister.toText();
  const agent = network.agent(network.controller);
  await agent.fetchRootKey();
  llama = Actor.createActor(idlFactory, { agent, canisterId: id });
  // Loading it takes 330 M instructions.
  const shape = { layers: 4, embedding: 1024, heads: 16, keyValueHeads: 4, headDim: 64, feedForward: 2816 };
  const model = tinyModel(shape);
  for (let offset = 0; offset < model.length; offset += CHUNK) {
    const chunk = model.subarray(offset, offset + CHUNK);
    const input = { filename: 'm', chunk, chunksize: BigInt(CHUNK), offset: BigInt(offset) };
    expect(await llama.file_upload_chunk!(input)).toHaveProperty('Ok');
  }
  // Every message of the timer is one of loading.
  await llama.set_model_images!({ are_kept: false });
  await llama.set_instruction_budget!({ update: 250_000_000n, query: 0n });
});
afterAll(() => network?.stop());

const steps = () => network.metrics.messages.filter(({ kind }) => kind === 'timer');
const whyNotReady = async () => {
  const answer = (await llama.ready!()) as Ready;
  return 'Err' in answer ? answer.Err.Other : '';
};
async function untilReady(): Promise<void> {
  for (let why = await whyNotReady(); why !== ''; why = await whyNotReady()) expect(why).toMatch(LOADING);
}

it('continues and loads the model', async () => {
  const agent = network.agent(network.controller);
  await agent.fetchRootKey();
  const answer = await llama.load_model!({ args: ['--model', 'm', '-c', '512'] });
  expect(answer).toMatchObject({ Ok: { status_code: 202 } });
  await stopCanister(agent, id);
  const before = steps().length;
  expect(network.canister(Principal.fromText(id)).status).toBe('stopped');
  await expect(llama.ready!()).rejects.toThrow(/stopped/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(steps()).toHaveLength(before);
  await startCanister(agent, id);
  await untilReady();
  const loaded = steps();
  expect(loaded.filter(({ error }) => error !== undefined)).toEqual([]);
  const info = (await llama.model_info!()) as { Ok: { load_messages: bigint } };
  expect(info.Ok.load_messages).toBe(BigInt(loaded.length + 1));
});

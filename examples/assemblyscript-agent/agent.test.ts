/** The agent in AssemblyScript, on a network of its own with an LLM canister. */
import { Actor, type ActorMethod } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import type { Network } from '@llama-canister/network';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFull } from '../../test/full.js';
import { addLlmCanister, LLM_CANISTER, startNetwork } from '../llm-network.js';
import { build } from './build.mjs';

interface Agent {
  ask: ActorMethod<[string], string>;
}

let network: Network;
let canisterId: Principal;
let agent: Agent;

beforeAll(async () => {
  network = await startNetwork();
  canisterId = network.createCanister();
  await network.install(canisterId, await build());
  const service: IDL.InterfaceFactory = () => IDL.Service({ ask: IDL.Func([IDL.Text], [IDL.Text], []) });
  agent = Actor.createActor<Record<keyof Agent, ActorMethod>>(service, { agent: network.agent(), canisterId }) as Agent;
});
afterAll(() => network.stop());

test('it answers a question, with the same words every time', async () => {
  const answer = await agent.ask('What is a canister?');
  expect(answer).toMatch(/^A canister is a program that runs on the Internet Computer\./);
  expect(await agent.ask('What is a canister?')).toBe(answer);
});

test.runIf(isFull)('it calls the LLM canister that it is told to', async () => {
  const other = await addLlmCanister(network, Principal.fromText('rdmx6-jaaaa-aaaaa-aaadq-cai'));
  const callInstead = (id: Principal) =>
    network.updateSettings(canisterId, { environmentVariables: [['PUBLIC_CANISTER_ID:llm', id.toText()]] });
  callInstead(other);
  const usual = network.metrics.messages.length;
  expect(await agent.ask('What is a canister?')).toMatch(/^A canister/);
  const called = network.metrics.messages.slice(usual).map((message) => message.canister);
  expect(called).toContain(other.toText());
  expect(called).not.toContain(LLM_CANISTER.toText());
  callInstead(canisterId);
  await expect(agent.ask('What is a canister?')).rejects.toThrow(/the LLM canister has not answered: /);
});

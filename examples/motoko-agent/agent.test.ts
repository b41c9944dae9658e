/** The agent in Motoko, on a network of its own with an LLM canister: what a developer's tests look like. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Actor, type ActorMethod } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import type { Network } from '@llama-canister/network';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startNetwork } from '../llm-network.js';

/** The part of moc in JavaScript that is used here. */
interface Compiler {
  write: (path: string, source: string) => void;
  loadPackage: (content: unknown) => void;
  usePackage: (name: string, folder: string) => void;
  wasm: (path: string, mode: 'ic') => { wasm: Uint8Array };
}

const require = createRequire(import.meta.url);
const source = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');

function compile(): Uint8Array {
  const { default: compiler } = require('motoko') as { default: Compiler };
  compiler.loadPackage(require('motoko/packages/latest/core.json'));
  compiler.write('llm/lib.mo', source('llm/lib.mo'));
  compiler.usePackage('llm', 'llm');
  compiler.write('Agent.mo', source('Agent.mo'));
  return compiler.wasm('Agent.mo', 'ic').wasm;
}

const ToolCall = IDL.Record({
  id: IDL.Text,
  function: IDL.Record({ name: IDL.Text, arguments: IDL.Vec(IDL.Record({ name: IDL.Text, value: IDL.Text })) }),
});
const Message = IDL.Variant({
  user: IDL.Record({ content: IDL.Text }),
  system: IDL.Record({ content: IDL.Text }),
  assistant: IDL.Record({ content: IDL.Opt(IDL.Text), tool_calls: IDL.Vec(ToolCall) }),
  tool: IDL.Record({ content: IDL.Text, tool_call_id: IDL.Text }),
});
interface Agent {
  ask: ActorMethod<[string], string>;
  chat: ActorMethod<[unknown[]], string>;
}

let network: Network;
let agent: Agent;

beforeAll(async () => {
  network = await startNetwork();
  const canisterId = network.createCanister();
  await network.install(canisterId, compile());
  const service: IDL.InterfaceFactory = () =>
    IDL.Service({
      ask: IDL.Func([IDL.Text], [IDL.Text], []),
      chat: IDL.Func([IDL.Vec(Message)], [IDL.Text], []),
    });
  agent = Actor.createActor<Record<keyof Agent, ActorMethod>>(service, { agent: network.agent(), canisterId }) as Agent;
});
afterAll(() => network.stop());

test('it answers a question, with the same words every time', async () => {
  const answer = await agent.ask('What is a canister?');
  expect(answer).toMatch(/^A canister is a program that runs on the Internet Computer\./);
  expect(await agent.ask('What is a canister?')).toBe(answer);
});

test('it goes on with a conversation', async () => {
  const question = { user: { content: 'What is a canister?' } };
  const answer = { assistant: { content: [await agent.ask('What is a canister?')], tool_calls: [] } };
  const further = await agent.chat([question, answer, { user: { content: 'Who are you?' } }]);
  expect(further).toMatch(/\w+/);
  expect(further).not.toBe(answer.assistant.content[0]);
});

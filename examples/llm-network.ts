/**
 * A network for tests of agents: an Internet Computer in this process, with the LLM canister at the id that libraries call.
 * tiny-chat answers, a model of 1.7 MB: not wise, but always there, and always with the same words.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Principal } from '@icp-sdk/core/principal';
import { load, openCanister, upload } from '@llama-canister/client';
import { openFile } from '@llama-canister/client/node';
import { Network } from '@llama-canister/network';

export const LLM_CANISTER = Principal.fromText('w36hm-eqaaa-aaaal-qr76a-cai');
const MODEL = 'tiny-chat-q8_0.gguf';

/** The LLM canister, at its usual id or another, with a model that answers everyone. */
export async function addLlmCanister(network: Network, canisterId = LLM_CANISTER): Promise<Principal> {
  const { resolve } = createRequire(import.meta.url);
  network.createCanister({ canisterId });
  await network.install(canisterId, readFileSync(resolve('@llama-canister/canister/llama.wasm')));
  const canister = openCanister(network.agent(network.controller), canisterId.toText());
  await canister.setAccess(1);
  const file = await openFile(resolve(`@llama-canister/tiny-chat/${MODEL}`));
  await upload(canister, MODEL, file).finally(() => file.close());
  await load(canister, MODEL);
  return canisterId;
}

export async function startNetwork(): Promise<Network> {
  const network = await Network.start();
  await addLlmCanister(network);
  return network;
}

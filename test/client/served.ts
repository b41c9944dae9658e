/** A canister on a local network that answers with tiny-chat, for tests of the client. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from '@icp-sdk/core/agent';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import { Principal } from '@icp-sdk/core/principal';
import { Network } from '@llama-canister/network';
import {
  type Answer,
  bytesSource,
  type ClientOptions,
  connect,
  type Delta,
  type LlamaCanister,
  type LlamaClient,
  load,
  openCanister,
  openLlama,
  type Service,
  upload,
} from '../../packages/client/src/index.js';
import { root, tinyChat } from '../cli/model.js';

type NetworkOptions = Parameters<typeof Network.start>[0];

/** A caller who may chat. */
const user = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(7));

export class Served {
  network: Network;
  readonly id: string;
  readonly #options: NetworkOptions;

  private constructor(network: Network, id: string, options: NetworkOptions) {
    this.network = network;
    this.id = id;
    this.#options = options;
  }

  /** Starts a network and a canister, loads tiny-chat and lets everybody in. */
  static async start(options: NetworkOptions = {}): Promise<Served> {
    const network = await Network.start(options);
    const id = network.createCanister({ cycles: 10n ** 15n });
    await network.install(id, readFileSync(join(root, 'canister/build/llama.wasm')));
    const served = new Served(network, id.toText(), options);
    const canister = openCanister(await connect({ host: network.url, identity: network.controller }), served.id);
    await upload(canister, 'model.gguf', bytesSource(readFileSync(tinyChat)));
    await load(canister, 'model.gguf');
    await canister.setAccess(1);
    return served;
  }

  /** A client of the canister, at the network's own address or through another one. */
  async client(identity: Identity = user, host = this.network.url, options: ClientOptions = {}): Promise<LlamaClient> {
    return openLlama(await connect({ host, identity, rootKey: this.network.rootKey }), this.id, options);
  }

  /** The same with the network's controller. */
  administrator(): Promise<LlamaClient> {
    return this.client(this.network.controller);
  }

  /** The canister without these methods. */
  async olderCanister(without: readonly (keyof Service)[], rejection: Error): Promise<LlamaCanister> {
    const { canister } = await this.client();
    const call = canister.call.bind(canister);
    const own: LlamaCanister['call'] = (method, args, options) =>
      without.includes(method) ? Promise.reject(rejection) : call(method, args, options);
    return Object.assign(canister, { call: own });
  }

  get principal(): Principal {
    return Principal.fromText(this.id);
  }

  /** Starts the stopped network again, at the same address and with the same state. */
  async startAgain(): Promise<void> {
    const port = Number(new URL(this.network.url).port);
    this.network = await Network.start({ ...this.#options, port });
  }

  stop(): Promise<void> {
    return this.network.stop();
  }
}

/** Sampling that always takes the likeliest token. */
export const greedy: readonly string[] = ['--temp', '0'];
export const asks = [{ role: 'user', content: 'What is a canister?' }];
/** An answer that takes seconds. */
export const long = { seed: 4, sampling: ['--temp', '1', '--ignore-eos'], maxTokens: 3_000 };

export async function deltasOf(answer: Answer): Promise<Delta[]> {
  const deltas: Delta[] = [];
  for await (const delta of answer) deltas.push(delta);
  return deltas;
}

export function textOf(deltas: readonly Delta[]): string {
  return deltas.map((delta) => (delta.type === 'text' ? delta.text : '')).join('');
}

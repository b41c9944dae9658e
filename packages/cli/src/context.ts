import type { HttpAgent } from '@icp-sdk/core/agent';
import { connect, isMainnet, type LlamaCanister, LlamaError, openCanister } from '@llama-canister/client';
import { Canisters, isCanisterId } from './config/canisters.js';
import { loadIdentity } from './config/identity.js';
import { isRehearsal, type NetworkChoice, resolveNetwork } from './config/networks.js';
import { projectFolder } from './config/paths.js';
import type { Output } from './output.js';
import { shellWord } from './shell-word.js';

/** Options that every command takes. */
export interface GlobalOptions {
  network: string;
  identity?: string;
  json?: boolean;
  verbose?: boolean;
  /** The folder of pulled models. */
  cache?: string;
}

/** The default canister of commands. */
export const DEFAULT_CANISTER = 'llama';

/** The environment of a command: its output, its signal to stop, and its access to the network. */
export class Context {
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly options: GlobalOptions;
  /** Flags after `--`, for llama.cpp. */
  readonly passthrough: readonly string[];
  /** The words before `--`. */
  readonly typed: readonly string[];
  /** For a command that takes longer than others to end after Ctrl-C: the milliseconds it needs. */
  readonly allowGrace: (ms: number) => void;

  constructor(
    output: Output,
    signal: AbortSignal,
    options: GlobalOptions,
    passthrough: readonly string[],
    typed: readonly string[],
    allowGrace: (ms: number) => void = () => {},
  ) {
    this.output = output;
    this.signal = signal;
    this.options = options;
    this.passthrough = passthrough;
    this.typed = typed;
    this.allowGrace = allowGrace;
  }

  /** An agent for the chosen network and identity. By default it sends nothing after an interruption. */
  async connect({ untilInterrupted = true } = {}): Promise<Connection> {
    const network = resolveNetwork(this.options.network);
    if (isRehearsal(network)) {
      this.output.note(`A rehearsal: ic is the local network "${network.name}" (LLAMA_CANISTER_IC).`);
    }
    const identity = await loadIdentity(this.options.identity, (path) => {
      this.output.note(`Made an identity for you: ${path} (keep it; it controls what you deploy).`);
    });
    const mainnet = network.mainnet || isMainnet(new URL(network.url));
    const agent = await connect({
      host: network.url,
      identity,
      ...(untilInterrupted ? { signal: this.signal } : {}),
      ...(network.rootKey ? { rootKey: network.rootKey } : {}),
      // A network given by its URL is trusted for its root key.
      fetchRootKey: !mainnet,
      onRetry: (attempt, ms, reason) => {
        if (this.options.verbose) {
          this.output.note(`Request failed (${reason}); attempt ${attempt + 1} in ${Math.round(ms)} ms.`);
        }
      },
    });
    return new Connection({ ...network, mainnet }, agent, (text) => this.output.note(text));
  }
}

/** A reachable network, and the project's canisters on it. */
export class Connection {
  readonly network: NetworkChoice;
  readonly agent: HttpAgent;
  readonly canisters: Canisters;
  readonly #note: (text: string) => void;

  constructor(network: NetworkChoice, agent: HttpAgent, note: (text: string) => void) {
    this.#note = note;
    this.network = network;
    this.agent = agent;
    const isMain = network.mainnet && !isRehearsal(network);
    const rootKey = isMain || !agent.rootKey ? undefined : Buffer.from(agent.rootKey).toString('hex');
    this.canisters = new Canisters(projectFolder(), network.name, rootKey);
  }

  async principal(): Promise<string> {
    return (await this.agent.getPrincipal()).toText();
  }

  /** The id of a canister given by name or id. */
  idOf(nameOrId: string): string {
    const entry = this.canisters.get(nameOrId);
    if (entry) return entry.id;
    if (isCanisterId(nameOrId)) return nameOrId;
    const where = this.network.name === 'local' ? 'the local network' : this.network.name;
    throw new LlamaError('input', 'UNKNOWN_CANISTER', `no canister "${nameOrId}" is known on ${where}`, {
      value: nameOrId,
      next:
        `Names are stored by folder, here in ${this.canisters.folder}: go to the folder from which it was deployed, give a canister id, ` +
        `or deploy it:\n\`llama-canister deploy${nameOrId === DEFAULT_CANISTER ? '' : ` ${shellWord(nameOrId)}`}\``,
    });
  }

  open(nameOrId: string): LlamaCanister {
    return openCanister(this.agent, this.idOf(nameOrId));
  }

  /** Saves which file the canister has loaded, if the canister has a name here. */
  rememberModel(nameOrId: string, model: string): void {
    const entry = this.canisters.get(nameOrId);
    if (!entry || entry.model === model) return;
    try {
      this.canisters.set(nameOrId, { ...entry, model });
    } catch (error) {
      // The model is loaded all the same, and the canister knows which.
      this.#note(`The loaded model is not remembered here: ${error instanceof Error ? error.message : error}`);
    }
  }
}

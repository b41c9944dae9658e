/** A local Internet Computer, embedded: `const network = await Network.start()`. */

import {
  Expiry,
  HttpAgent,
  type HttpAgentRequestTransformFn,
  type Identity,
  type SignIdentity,
} from '@icp-sdk/core/agent';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import type { Principal } from '@icp-sdk/core/principal';
import { Clock } from './clock.js';
import { mainNetFees } from './execution/fees.js';
import { defaultLimits } from './execution/limits.js';
import { InlineProcess } from './execution/process.js';
import { WorkerProcess } from './execution/worker-process.js';
import { Gateway } from './gateway/gateway.js';
import { Admission } from './http/admission.js';
import { Api } from './http/api.js';
import { defaultTimeouts } from './http/connections.js';
import { type HttpServer, listen, type Served } from './http/server.js';
import { installInto } from './management/code.js';
import { addCanister, defaultProvisionalCycles } from './management/creation.js';
import { ManagementCanister } from './management/management-canister.js';
import { ManagementError, type Services } from './management/types.js';
import { NetworkError } from './network-error.js';
import type { CanisterInfo, CreateOptions, InstallOptions, NetworkOptions } from './network-options.js';
import { type KeySecrets, NetworkKeys } from './protocol/keys.js';
import { NetworkEvents } from './scheduling/events.js';
import { Ingress } from './scheduling/ingress.js';
import { Queries } from './scheduling/queries.js';
import { Scheduler } from './scheduling/scheduler.js';
import { Timers } from './scheduling/timers.js';
import type { Canister } from './state/canister.js';
import { stateExaminer } from './state/examine.js';
import { filesInUse } from './state/kept-canisters.js';
import { Metrics } from './state/metrics.js';
import { firstCanisterId, NetworkState } from './state/network-state.js';
import type { Settings, SettingsArgument } from './state/settings.js';
import type { Damage } from './storage/damage.js';
import { DiskStore } from './storage/disk-store.js';
import { type Store, VolatileStore } from './storage/store.js';
import { addSystemCanisters, type Endowment } from './system-canisters/index.js';

/** Restores the keys, so that clients see the same network in a new process. */
function restoredKeys(store: Store): NetworkKeys {
  const [kept] = store.restored('keys');
  const keys = new NetworkKeys(kept?.[1] as KeySecrets | undefined);
  if (kept === undefined) store.put('keys', () => keys.secrets);
  return keys;
}

/**
 * Controls the canisters that the embedding program creates: only the program has this key, so pages in a browser
 * cannot use it.
 */
function restoredController(store: Store): SignIdentity {
  const [kept] = store.restored('controller');
  if (kept !== undefined) return Ed25519KeyIdentity.fromSecretKey(Uint8Array.from(kept[1] as Uint8Array));
  const identity = Ed25519KeyIdentity.generate();
  const secret = new Uint8Array(identity.getKeyPair().secretKey);
  store.put('controller', () => secret);
  return identity;
}

/** 1000 T cycles and a million ICP. */
const plenty: Endowment = { cycles: 10n ** 15n, e8s: 10n ** 14n };

/** Milliseconds for which a request of our agents is valid. */
const requestLifetime = 240_000;

const emptyCandid = Uint8Array.of(0x44, 0x49, 0x44, 0x4c, 0, 0);

export class Network {
  readonly host: string;
  readonly clock: Clock;
  /** Controls the canisters that `createCanister` makes, unless it is told otherwise. */
  readonly controller: SignIdentity;
  private readonly state: NetworkState;
  private readonly services: Services;
  private readonly served: Served;
  private server: HttpServer | undefined;
  /** The damage in the state folder that `repair` has repaired. */
  repaired: readonly Damage[] = [];

  private constructor(options: NetworkOptions, store: Store) {
    this.host = options.host ?? '127.0.0.1';
    this.clock = new Clock();
    this.controller = restoredController(store);
    const limits = { ...defaultLimits, ...options.limits };
    const runtime = { limits, mode: options.metering ?? 'exact' };
    this.state = new NetworkState({
      keys: restoredKeys(store),
      store,
      outcalls: options.outcalls ?? [],
      clock: this.clock,
      fees: { ...mainNetFees, ...options.fees },
      limits,
      metrics: new Metrics(runtime.mode),
      startProcess: (pageFile) => {
        const all = pageFile === undefined ? runtime : { ...runtime, pageFile };
        return options.threads === false ? new InlineProcess(all) : new WorkerProcess(all);
      },
    });
    if (options.frozenAt !== undefined) this.clock.freeze(options.frozenAt);
    const events = new NetworkEvents();
    const scheduler = new Scheduler(this.state, events, (call) => management.call(call));
    const timers = new Timers(this.state, scheduler, events, options.heartbeatMilliseconds ?? 1000);
    this.services = { state: this.state, scheduler, timers };
    const management = new ManagementCanister(this.services, events);
    if (options.systemCanisters !== false) addSystemCanisters(this.services, options.endowment ?? (() => plenty));
    const ingress = new Ingress(this.state, scheduler, events, (content) => management.checkIngress(content));
    const queries = new Queries(this.state, scheduler, (query) => management.query(query));
    const callWaitMilliseconds = options.callWaitMilliseconds ?? 10_000;
    const { customDomains, domains = [], origins = [], artificialDelayMilliseconds = 0 } = options;
    const admission = new Admission({ domains: [...domains, this.host], origins, customDomains });
    this.served = {
      api: new Api({
        state: this.state,
        ingress,
        queries,
        management,
        callWaitMilliseconds,
        artificialDelayMilliseconds,
      }),
      gateway: new Gateway({ state: this.state, ingress, queries }),
      metrics: this.state.metrics,
      admission,
      timeouts: { ...defaultTimeouts, ...options.timeouts },
      customDomains,
    };
  }

  /** Starts a network. Throws when its state folder cannot be used, DamagedStateError when it is damaged, or its port. */
  static async start(options: NetworkOptions = {}): Promise<Network> {
    const { state, repair = false } = options;
    const store = state === undefined ? new VolatileStore() : new DiskStore(state, { examiner: stateExaminer, repair });
    const network = new Network(options, store);
    if (store instanceof DiskStore) {
      network.repaired = store.repaired;
      store.sweep(filesInUse(network.state.canisters.values()));
    }
    try {
      network.server = await listen(network.served, network.host, options.port ?? 0);
    } catch (error) {
      await network.stop();
      throw error;
    }
    network.services.scheduler.resumeAll();
    for (const canister of network.state.canisters.values()) network.services.timers.canisterChanged(canister);
    return network;
  }

  get port(): number {
    if (this.server === undefined) throw new Error('the network has been stopped');
    return this.server.port;
  }

  /** The first id that a new canister gets. */
  get firstCanisterId(): Principal {
    return firstCanisterId;
  }

  get url(): string {
    const host = this.host.includes(':') ? `[${this.host}]` : this.host;
    return `http://${host}:${this.port}`;
  }

  /** DER-encoded, 133 bytes. */
  get rootKey(): Uint8Array {
    return this.state.keys.rootKey;
  }

  get metrics(): Metrics {
    return this.state.metrics;
  }

  /** An agent for this network, with all verification on. */
  agent(identity?: Identity): HttpAgent {
    const agent = HttpAgent.createSync({ host: this.url, rootKey: this.rootKey, ...(identity ? { identity } : {}) });
    // Requests expire by this network's clock, which may differ from the machine's.
    const byThisClock: HttpAgentRequestTransformFn = async ({ body }) => {
      const ahead = Number(this.clock.now() / 1_000_000n) - Date.now();
      (body as { ingress_expiry: Expiry }).ingress_expiry = Expiry.fromDeltaInMilliseconds(requestLifetime, ahead);
    };
    for (const kind of ['update', 'query'] as const) agent.addTransform(kind, byThisClock);
    return agent;
  }

  createCanister(options: CreateOptions = {}): Principal {
    const own = this.controller.getPrincipal();
    const controllers = options.controllers ?? [own];
    const argument: Partial<SettingsArgument> = { controllers: [controllers] };
    const call = { caller: controllers[0] ?? own, from: undefined };
    const canister = this.asNetworkError(() =>
      addCanister(this.services, call, options.cycles ?? defaultProvisionalCycles, argument, options.canisterId),
    );
    canister.settings = { ...canister.settings, ...options.settings };
    this.state.keepCanister(canister);
    return canister.id;
  }

  install(canisterId: Principal, wasm: Uint8Array, options: InstallOptions = {}): Promise<void> {
    return this.installAs(canisterId, { install: null }, wasm, options);
  }

  reinstall(canisterId: Principal, wasm: Uint8Array, options: InstallOptions = {}): Promise<void> {
    return this.installAs(canisterId, { reinstall: null }, wasm, options);
  }

  /** `keepHeap` is wasm_memory_persistence = keep. */
  upgrade(
    canisterId: Principal,
    wasm: Uint8Array,
    options: InstallOptions & { skipPreUpgrade?: boolean; keepHeap?: boolean } = {},
  ): Promise<void> {
    const skip_pre_upgrade: [boolean] = [options.skipPreUpgrade ?? false];
    const wasm_memory_persistence: [] | [{ keep: null }] = options.keepHeap ? [{ keep: null }] : [];
    return this.installAs(canisterId, { upgrade: [{ skip_pre_upgrade, wasm_memory_persistence }] }, wasm, options);
  }

  private async installAs(
    canisterId: Principal,
    mode: Parameters<typeof installInto>[3]['mode'],
    wasm: Uint8Array,
    { arg = emptyCandid, caller }: InstallOptions,
  ): Promise<void> {
    const canister = this.existing(canisterId);
    const as = caller ?? canister.settings.controllers[0] ?? this.controller.getPrincipal();
    await this.asNetworkError(() =>
      installInto(this.services, { caller: as, from: undefined }, canister, { mode, wasm, arg }),
    );
  }

  /** Facts about a canister. Throws NetworkError if there is none. */
  canister(canisterId: Principal): CanisterInfo {
    const { id, status, cycles, version, settings, module, memory, memoryBytes } = this.existing(canisterId);
    return { id, status, cycles, version, settings, moduleHash: module?.hash, memory, memoryBytes };
  }

  /** The canisters that are not part of the network itself. */
  get canisters(): Principal[] {
    return [...this.state.canisters.values()].filter(({ isBuiltIn }) => !isBuiltIn).map(({ id }) => id);
  }

  /** Gives a canister cycles out of nothing. */
  addCycles(canisterId: Principal, cycles: bigint): void {
    const canister = this.existing(canisterId);
    canister.cycles += cycles;
    this.state.keepCanister(canister);
  }

  updateSettings(canisterId: Principal, settings: Partial<Settings>): void {
    const canister = this.existing(canisterId);
    canister.settings = { ...canister.settings, ...settings };
    this.state.keepCanister(canister);
    this.services.timers.canisterChanged(canister);
  }

  /** Moves the network's clock forward; timers that have become due fire. */
  advanceTime(milliseconds: number): void {
    this.clock.advance(BigInt(Math.round(milliseconds * 1e6)));
    this.services.timers.refresh();
  }

  /** Stops serving and ends all canisters. */
  async stop(): Promise<void> {
    this.services.timers.stop();
    this.services.scheduler.stop();
    const server = this.server;
    this.server = undefined;
    await server?.close();
    await this.state.store.close();
    await Promise.all([...this.state.canisters.values()].map(({ process }) => process?.close()));
  }

  private existing(canisterId: Principal): Canister {
    const canister = this.state.find(canisterId);
    if (canister !== undefined) return canister;
    throw new NetworkError({ code: 301, message: `Canister ${canisterId.toText()} not found` });
  }

  /** Management errors as errors of this class's users. */
  private asNetworkError<T>(work: () => T): T {
    const translate = (error: unknown): never => {
      throw error instanceof ManagementError ? new NetworkError(error) : error;
    };
    try {
      const result = work();
      return result instanceof Promise ? (result.catch(translate) as T) : result;
    } catch (error) {
      return translate(error);
    }
  }
}

/** How a network is started, and what it is asked and says of canisters. */
import type { Principal } from '@icp-sdk/core/principal';
import type { FeeSchedule } from './execution/fees.js';
import type { ExecutionLimits } from './execution/limits.js';
import type { MemorySizes } from './execution/message.js';
import type { ConnectionTimeouts } from './http/connections.js';
import type { CanisterStatus } from './state/canister.js';
import type { Settings } from './state/settings.js';
import type { Endowment } from './system-canisters/index.js';
import type { MeteringMode } from './wasm/instrument.js';

export interface NetworkOptions {
  /** Address to listen on; 127.0.0.1 unless said otherwise. */
  host?: string;
  /** 0 (the default) picks a free port. */
  port?: number;
  limits?: Partial<ExecutionLimits>;
  fees?: Partial<FeeSchedule>;
  /** `exact` (the default) counts what the main net counts; `fast` leaves out page charges. */
  metering?: MeteringMode;
  /** Whether canisters run in threads of their own (the default) or in the calling one. */
  threads?: boolean;
  /** Where the network's clock begins, in nanoseconds since 1970; it is frozen there. */
  frozenAt?: bigint;
  /** Folder in which everything is kept, so that another process goes on where this one ended; unless said otherwise, nothing is. */
  state?: string;
  /** Whether to go on without what is damaged in that folder. Unless said so, a damaged folder is an error that lists it. */
  repair?: boolean;
  /** Hosts (`host` or `host:port`) that canisters' HTTPS outcalls may go to, `loopback` for this machine; none unless said otherwise. */
  outcalls?: readonly string[];
  /** The ICP ledger, the cycles ledger and the cycles minting canister at their usual ids (the default), or none of them. */
  systemCanisters?: boolean;
  /** What a user has on the ledgers before doing anything. */
  endowment?: (owner: Principal) => Endowment;
  /** How long a synchronous call waits before the client has to poll. */
  callWaitMilliseconds?: number;
  heartbeatMilliseconds?: number;
  /** How long the answer to an update call takes at least, as consensus would make it. */
  artificialDelayMilliseconds?: number;
  /** File with lines `host:canister`: other names under which canisters' pages are served. It may change at any time. */
  customDomains?: string;
  /** Names under which the network is reached besides `localhost` and addresses; their sub-domains count, too. */
  domains?: string[];
  /** Origins of pages on other machines' names that may use the API (`https://page.example`). */
  origins?: string[];
  /** Milliseconds after which connections are closed that take too long. */
  timeouts?: Partial<ConnectionTimeouts>;
}

export interface CreateOptions {
  /** The network's own controller unless said otherwise. */
  controllers?: Principal[];
  cycles?: bigint;
  settings?: Partial<Settings>;
  canisterId?: Principal;
}

export interface InstallOptions {
  /** Candid-encoded; `()` unless said otherwise. */
  arg?: Uint8Array;
  /** As whom to install; the first controller unless said otherwise. */
  caller?: Principal;
}

export interface CanisterInfo {
  id: Principal;
  status: CanisterStatus;
  cycles: bigint;
  version: bigint;
  settings: Settings;
  moduleHash: Uint8Array | undefined;
  /** Bytes of heap and stable memory. */
  memory: MemorySizes;
  /** All bytes that it pays for. */
  memoryBytes: number;
}

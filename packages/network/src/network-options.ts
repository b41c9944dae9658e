/** The options of a network, and its arguments and answers about canisters. */
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
  /** What canisters pay; a subnet's of 13 nodes unless said otherwise. HTTPS outcalls cost the same on any number of nodes. */
  fees?: Partial<FeeSchedule>;
  /** `exact` (the default) counts like the main net; `fast` leaves out page charges. */
  metering?: MeteringMode;
  /** Whether canisters run in threads of their own (the default) or in the calling one. */
  threads?: boolean;
  /** The initial time of the network's clock, in nanoseconds since 1970; the clock is frozen there. */
  frozenAt?: bigint;
  /** Folder of the state, from which another process can continue; without it nothing is kept. */
  state?: string;
  /**
   * Whether to continue without the damaged parts of that folder. By default a damaged folder is an error that lists
   * them.
   */
  repair?: boolean;
  /** Hosts (`host` or `host:port`) that canisters' HTTPS outcalls may go to, `loopback` for this machine; none unless said otherwise. */
  outcalls?: readonly string[];
  /**
   * The ICP ledger, the cycles ledger and the cycles minting canister at their usual ids (the default), or none of
   * them.
   */
  systemCanisters?: boolean;
  /** A user's initial balances on the ledgers. */
  endowment?: (owner: Principal) => Endowment;
  /** How long a synchronous call waits before the client has to poll. */
  callWaitMilliseconds?: number;
  heartbeatMilliseconds?: number;
  /** How long the answer to an update call takes at least, as consensus would make it. */
  artificialDelayMilliseconds?: number;
  /** File with lines `host:canister`: other names that serve canisters' pages. It may change at any time. */
  customDomains?: string;
  /** Names of the network besides `localhost` and addresses; their sub-domains count, too. */
  domains?: string[];
  /** Origins of pages on other machines' names that may use the API (`https://page.example`). */
  origins?: string[];
  /** Milliseconds before slow connections are closed. */
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

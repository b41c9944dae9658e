/** The canisters that a network has from the beginning. */
import type { Principal } from '@icp-sdk/core/principal';
import type { Services } from '../management/types.js';
import { canisterOf } from './built-in.js';
import { cyclesLedger } from './cycles-ledger.js';
import { cyclesMinting } from './cycles-minting.js';
import { icpLedger } from './icp-ledger.js';
import { registry } from './registry.js';

/** Users' initial balances on the ledgers. */
export interface Endowment {
  cycles: bigint;
  /** 10^-8 ICP. */
  e8s: bigint;
}

const anonymousByte = 4;
const selfAuthenticatingByte = 2;

/** Users are the anonymous principal and those that are made of a public key; canisters get nothing. */
function isUser(owner: Principal): boolean {
  const kind = owner.toUint8Array().at(-1);
  return kind === selfAuthenticatingByte || kind === anonymousByte;
}

/** Adds the ledgers, the cycles minting canister and a registry to a network. */
export function addSystemCanisters(services: Services, endowment: (owner: Principal) => Endowment): void {
  const { state } = services;
  const of = (owner: Principal) => (isUser(owner) ? endowment(owner) : { cycles: 0n, e8s: 0n });
  const icp = icpLedger(state, (owner) => of(owner).e8s);
  const cycles = cyclesLedger(services, (owner) => of(owner).cycles);
  const minting = cyclesMinting(services, icp.ledger, cycles.ledger);
  for (const builtIn of [icp.canister, cycles.canister, minting, registry(state)]) {
    const canister = canisterOf(builtIn, state.clock.now());
    state.canisters.set(canister.name, canister);
  }
}

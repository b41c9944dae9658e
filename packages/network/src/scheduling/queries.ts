/** Plain queries: executed on the canister's last committed state, answered at once, charged to nobody. */
import type { Principal } from '@icp-sdk/core/principal';
import { cannotAfford } from '../state/billing.js';
import type { Canister } from '../state/canister.js';
import { certifiedDataTree } from '../state/certified.js';
import type { NetworkState } from '../state/network-state.js';
import { type Answer, didNotReply, notFoundError, rejection } from './call-context.js';
import type { Scheduler } from './scheduler.js';

export interface Query {
  callee: Principal;
  method: string;
  arg: Uint8Array;
  caller: Uint8Array;
}

/** A certificate of certified data is used for this long, in nanoseconds; signing takes longer than most queries. */
const certificateLifetime = 10n * 1_000_000_000n;

interface Certified {
  data: Uint8Array;
  certificate: Uint8Array;
  time: bigint;
}

export class Queries {
  private readonly state: NetworkState;
  private readonly scheduler: Scheduler;
  private readonly certificates = new WeakMap<Canister, Certified>();

  constructor(state: NetworkState, scheduler: Scheduler) {
    this.state = state;
    this.scheduler = scheduler;
  }

  /** Runs a query when the canister has done what came before; nothing that it does stays. */
  async run({ callee, method, arg, caller }: Query): Promise<Answer> {
    const canister = this.state.find(callee);
    if (canister === undefined) return rejection(notFoundError(callee.toText()));
    const { executor } = this.scheduler;
    return executor.exclusively(canister, async () => {
      const refusal = this.scheduler.refusal(canister) ?? cannotAfford(this.state, canister, 0n);
      if (refusal !== undefined) return rejection(refusal);
      const composite = canister.module!.info.compositeQuery.includes(method);
      const output = await executor.run(
        canister,
        { kind: composite ? 'compositeQuery' : 'query', method, arg, caller, cyclesAvailable: 0n, deadline: 0n },
        { method, ...this.dataCertificate(canister) },
      );
      const { result } = output;
      switch (result.kind) {
        case 'reply':
          return result;
        case 'reject':
          return { kind: 'reject', code: 4, message: result.message, errorCode: 406 };
        case 'error':
          return rejection(result.error);
        case 'none':
          return rejection(didNotReply(canister));
      }
    });
  }

  private dataCertificate(canister: Canister): { dataCertificate?: Uint8Array } {
    const asks = canister.module!.info.systemCalls.some((name) => name.startsWith('data_certificate'));
    if (!asks) return {};
    const now = this.state.clock.now();
    const cached = this.certificates.get(canister);
    if (cached !== undefined && cached.data === canister.certifiedData && now - cached.time < certificateLifetime) {
      return { dataCertificate: cached.certificate };
    }
    const certificate = this.state.keys.certify(certifiedDataTree(canister, now));
    this.certificates.set(canister, { data: canister.certifiedData, certificate, time: now });
    return { dataCertificate: certificate };
  }
}

/** Calls of users: remembered by their id until they have expired, so that none is executed twice and all can be asked about. */
import { Principal } from '@icp-sdk/core/principal';
import { ErrorCode, type UserError } from '../execution/errors.js';
import { ingressCost } from '../execution/fees.js';
import type { CallContent } from '../protocol/envelope.js';
import { cannotAfford } from '../state/billing.js';
import type { Canister } from '../state/canister.js';
import type { NetworkState } from '../state/network-state.js';
import { type Answer, notFoundError } from './call-context.js';
import type { Scheduler } from './scheduler.js';

export type IngressStatus = { kind: 'processing' } | Answer;

export interface IngressRecord {
  id: Uint8Array;
  sender: Uint8Array;
  /** The canister that is called; empty for the management canister. */
  canister: Uint8Array;
  /** The canister in the URL to which it was sent. */
  effectiveCanister: Principal;
  expiry: bigint;
  status: IngressStatus;
  /** Resolves when there is an answer. */
  finished: Promise<void>;
}

/** Why a call was not even accepted; undefined when it was. */
export type Refusal = UserError | undefined;

/** Checks calls to the management canister before they are accepted; the canister that pays for them, if any does. */
export type ManagementCheck = (content: CallContent) => { refusal?: UserError; payer?: Canister | undefined };

/** Answers stay readable for this long after the call's expiry. */
const keptAfterExpiry = 300n * 1_000_000_000n;

export class Ingress {
  private readonly state: NetworkState;
  private readonly scheduler: Scheduler;
  private readonly checkManagement: ManagementCheck;
  private readonly records = new Map<string, IngressRecord>();

  constructor(state: NetworkState, scheduler: Scheduler, checkManagement: ManagementCheck) {
    this.state = state;
    this.scheduler = scheduler;
    this.checkManagement = checkManagement;
  }

  find(id: Uint8Array): IngressRecord | undefined {
    return this.records.get(Buffer.from(id).toString('hex'));
  }

  /** Takes a call, or says why not. A call that is known already is not executed again. */
  async submit(
    id: Uint8Array,
    content: CallContent,
    effectiveCanister: Principal,
    bytes: number,
  ): Promise<IngressRecord | UserError> {
    const known = this.find(id);
    if (known !== undefined) return known;
    const callee = Principal.fromUint8Array(content.canisterId);
    const toManagement = content.canisterId.length === 0;
    const canister = toManagement ? undefined : this.state.find(callee);
    if (!toManagement && canister === undefined) return notFoundError(callee.toText());
    const checked = canister === undefined ? this.checkManagement(content) : { payer: canister };
    if ('refusal' in checked && checked.refusal !== undefined) return checked.refusal;
    if (canister !== undefined) {
      const refusal = this.scheduler.refusal(canister) ?? (await this.inspect(canister, content));
      if (refusal !== undefined) return refusal;
      // The inspection took time: another submission of the same call may have come first.
      const other = this.find(id);
      if (other !== undefined) return other;
    }
    const { payer } = checked;
    if (payer !== undefined) {
      const cost = ingressCost(this.state.fees, bytes);
      const refusal = cannotAfford(this.state, payer, cost);
      if (refusal !== undefined) return refusal;
      payer.cycles -= cost;
    }
    return this.accept(id, content, effectiveCanister);
  }

  private accept(id: Uint8Array, content: CallContent, effectiveCanister: Principal): IngressRecord {
    this.forgetOld();
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const record: IngressRecord = {
      id,
      sender: content.sender,
      canister: content.canisterId,
      effectiveCanister,
      expiry: content.ingressExpiry,
      status: { kind: 'processing' },
      finished,
    };
    this.records.set(Buffer.from(id).toString('hex'), record);
    this.scheduler.deliver({
      callee: Principal.fromUint8Array(content.canisterId),
      method: content.methodName,
      arg: content.arg,
      caller: content.sender,
      cycles: 0n,
      deadline: 0n,
      respond: (response) => {
        record.status = response;
        finish();
      },
    });
    return record;
  }

  /** Asks the canister itself whether it wants the call. */
  private async inspect(
    canister: Canister,
    { methodName: method, arg, sender: caller }: CallContent,
  ): Promise<Refusal> {
    if (!canister.module?.info.entryPoints.includes('canister_inspect_message')) return undefined;
    const output = await this.scheduler.executor.exclusively(canister, async () =>
      this.scheduler.executor.run(canister, { kind: 'inspect', method, arg, caller }, { method }),
    );
    if (output.result.kind === 'error') return output.result.error;
    if (output.accepted) return undefined;
    return {
      code: ErrorCode.canisterRejected,
      message: `Error from Canister ${canister.name}: Canister rejected the message`,
    };
  }

  private forgetOld(): void {
    const now = this.state.clock.now();
    for (const [key, { expiry, status }] of this.records) {
      const waiting = status.kind === 'processing';
      if (!waiting && expiry + keptAfterExpiry < now) this.records.delete(key);
      else if (expiry + keptAfterExpiry >= now) break;
    }
  }
}

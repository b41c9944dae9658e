/** Calls of users: remembered by their id until they have expired, so that none is executed twice and all can be asked about. */
import { Principal } from '@icp-sdk/core/principal';
import { ErrorCode, type UserError } from '../execution/errors.js';
import { ingressCost } from '../execution/fees.js';
import type { CallContent } from '../protocol/envelope.js';
import { cannotAfford } from '../state/billing.js';
import type { Canister } from '../state/canister.js';
import type { NetworkState } from '../state/network-state.js';
import { type Answer, notFoundError, type Response, rejection } from './call-context.js';
import type { Scheduler } from './scheduler.js';

type IngressStatus = { kind: 'processing' } | Answer;

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

type KeptRecord = Omit<IngressRecord, 'finished'>;

/** What becomes of a call that was accepted, but not finished, when the network's process ended. */
const interrupted: Answer = rejection({
  code: ErrorCode.ingressTimeout,
  message: 'The network was restarted before this call was finished; it has not been executed.',
});

/** Why a call was not even accepted; undefined when it was. */
export type Refusal = UserError | undefined;

/** Checks calls to the management canister before they are accepted; the canister that pays for them, if any does. */
export type ManagementCheck = (content: CallContent) => { refusal?: UserError; payer?: Canister | undefined };

/** No module exports a longer one. */
const maxMethodNameBytes = 20_000;

function methodNameTooLong(name: string): UserError {
  const message = `The method's name has ${Buffer.byteLength(name)} bytes, at most ${maxMethodNameBytes} are allowed`;
  return { code: ErrorCode.methodNotFound, message };
}

/** Answers stay readable for this long after the call's expiry. */
const keptAfterExpiry = 300n * 1_000_000_000n;

export class Ingress {
  private readonly state: NetworkState;
  private readonly scheduler: Scheduler;
  private readonly checkManagement: ManagementCheck;
  /** By the hex of their id. */
  private readonly records = new Map<string, IngressRecord>();
  private readonly finishers = new Map<string, () => void>();

  constructor(state: NetworkState, scheduler: Scheduler, checkManagement: ManagementCheck) {
    this.state = state;
    this.scheduler = scheduler;
    this.checkManagement = checkManagement;
    scheduler.onAnswer = (request, response) => this.answered(request, response);
    for (const [request, value] of state.store.restored('ingress/')) this.restore(request, value as KeptRecord);
  }

  private restore(request: string, kept: KeptRecord): void {
    const lost = kept.status.kind === 'processing' && !this.scheduler.isOpen(request);
    const record = this.remember(request, lost ? { ...kept, status: interrupted } : kept);
    if (record.status.kind !== 'processing') {
      this.finishers.get(request)?.();
      this.finishers.delete(request);
    }
    if (lost) this.keep(request, record);
  }

  private remember(request: string, kept: KeptRecord): IngressRecord {
    const finished = new Promise<void>((resolve) => this.finishers.set(request, resolve));
    const record: IngressRecord = { ...kept, finished };
    this.records.set(request, record);
    return record;
  }

  private keep(request: string, { finished: _, ...kept }: IngressRecord): void {
    this.state.keep(`ingress/${request}`, () => kept);
  }

  private answered(request: string, { refund: _, ...answer }: Response): void {
    const record = this.records.get(request);
    if (record === undefined) return;
    record.status = answer;
    this.keep(request, record);
    this.finishers.get(request)?.();
    this.finishers.delete(request);
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
    if (Buffer.byteLength(content.methodName) > maxMethodNameBytes) return methodNameTooLong(content.methodName);
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
      payer.consumed.add('ingress_induction', cost);
      this.state.keepCanister(payer);
    }
    return this.accept(id, content, effectiveCanister);
  }

  private accept(id: Uint8Array, content: CallContent, effectiveCanister: Principal): IngressRecord {
    this.forgetOld();
    const request = Buffer.from(id).toString('hex');
    const record = this.remember(request, {
      id,
      sender: content.sender,
      canister: content.canisterId,
      effectiveCanister,
      expiry: content.ingressExpiry,
      status: { kind: 'processing' },
    });
    this.keep(request, record);
    this.scheduler.deliver({
      callee: Principal.fromUint8Array(content.canisterId),
      method: content.methodName,
      arg: content.arg,
      caller: content.sender,
      cycles: 0n,
      deadline: 0n,
      origin: { kind: 'user', request },
      expiry: content.ingressExpiry,
    });
    return record;
  }

  /** Asks the canister itself whether it wants the call. */
  private async inspect(
    canister: Canister,
    { methodName: method, arg, sender: caller }: CallContent,
  ): Promise<Refusal> {
    if (!canister.module?.info.entryPoints.includes('canister_inspect_message')) return undefined;
    const { executor } = this.scheduler;
    const output = await executor.looking(canister, (seat) =>
      executor.ask(canister, { kind: 'inspect', method, arg, caller }, { method }, seat),
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
      if (!waiting && expiry + keptAfterExpiry < now) {
        this.records.delete(key);
        this.state.store.drop(`ingress/${key}`);
      } else if (expiry + keptAfterExpiry >= now) break;
    }
  }
}

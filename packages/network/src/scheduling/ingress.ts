/** Calls of users: remembered by their id until they have expired, so that none is executed twice and all can be asked about. */
import { Principal } from '@icp-sdk/core/principal';
import { ErrorCode, type UserError } from '../execution/errors.js';
import { ingressCost } from '../execution/fees.js';
import type { CallContent } from '../protocol/envelope.js';
import { cannotAfford } from '../state/billing.js';
import type { Canister } from '../state/canister.js';
import type { NetworkState } from '../state/network-state.js';
import { type Answer, notFoundError, type Response, rejection } from './call-context.js';
import type { NetworkEvents } from './events.js';
import { type IngressRecord, IngressRecords, type NewRecord } from './ingress-records.js';
import type { Scheduler } from './scheduler.js';

type KeptRecord = Omit<NewRecord, 'request'>;

/** The answer to a call that was accepted, but not finished, when the network's process ended. */
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

export class Ingress {
  private readonly state: NetworkState;
  private readonly scheduler: Scheduler;
  private readonly checkManagement: ManagementCheck;
  private readonly records = new IngressRecords();

  constructor(state: NetworkState, scheduler: Scheduler, events: NetworkEvents, checkManagement: ManagementCheck) {
    this.state = state;
    this.scheduler = scheduler;
    this.checkManagement = checkManagement;
    events.answered.listen((request, response) => this.answered(request, response));
    for (const [request, value] of state.store.restored('ingress/')) this.restore(request, value as KeptRecord);
  }

  private restore(request: string, kept: KeptRecord): void {
    const lost = kept.status.kind === 'processing' && !this.scheduler.isOpen(request);
    const { sender, canister, effectiveCanister, expiry } = kept;
    const status = lost ? interrupted : kept.status;
    const record = this.records.remember({ request, sender, canister, effectiveCanister, expiry, status });
    if (lost) this.keep(record);
  }

  private keep(record: IngressRecord): void {
    const kept = (): KeptRecord => {
      const { request: _, finished: __, ...rest } = record;
      return rest;
    };
    this.state.keep(`ingress/${record.request}`, kept);
  }

  private answered(request: string, { refund: _, ...answer }: Response): void {
    for (const record of this.records.answered(request, answer)) this.keep(record);
  }

  find(id: Uint8Array): IngressRecord | undefined {
    return this.records.find(Buffer.from(id).toString('hex'));
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
    for (const old of this.records.forget(this.state.clock.now())) this.state.store.drop(`ingress/${old}`);
    const request = Buffer.from(id).toString('hex');
    const record = this.records.remember({
      request,
      sender: content.sender,
      canister: content.canisterId,
      effectiveCanister,
      expiry: content.ingressExpiry,
      status: { kind: 'processing' },
    });
    this.keep(record);
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
}

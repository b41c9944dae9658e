/** Delivers calls to canisters, runs them and what follows from them, and carries the answers back. */
import { Principal } from '@icp-sdk/core/principal';
import { ErrorCode, noWasmModule, type UserError } from '../execution/errors.js';
import type { ExecutionOutput, Message, OutgoingCall } from '../execution/message.js';
import type { Canister } from '../state/canister.js';
import type { NetworkState } from '../state/network-state.js';
import {
  type Answer,
  CallContext,
  type CallOrigin,
  didNotReply,
  notFoundError,
  type Response,
  rejection,
  stoppedError,
} from './call-context.js';
import { Executor } from './executor.js';

export interface Call extends CallOrigin {
  callee: Principal;
  method: string;
  arg: Uint8Array;
  /** The canister that makes the call; undefined for users. */
  from?: Canister;
}

/** What answers calls to the management canister. */
export type ManagementCalls = (call: Call) => Promise<Response>;

const sysUnknown = 6;

export class Scheduler {
  readonly executor: Executor;
  private readonly state: NetworkState;
  private readonly management: ManagementCalls;
  private readonly contexts = new Map<Canister, Set<CallContext>>();
  private readonly stopWaiters = new Map<Canister, (() => void)[]>();
  private readonly timeouts = new Set<NodeJS.Timeout>();
  /** Called after every execution that may have changed a canister's timer. */
  onExecuted: (canister: Canister) => void = () => {};

  constructor(state: NetworkState, management: ManagementCalls) {
    this.state = state;
    this.management = management;
    this.executor = new Executor(state);
  }

  /** Sends a call on its way; the answer goes to `call.respond`. */
  deliver(call: Call): void {
    if (call.callee.toUint8Array().length === 0) {
      this.management(call).then(call.respond, (error: Error) =>
        call.respond({ kind: 'reject', code: 5, message: `Internal error: ${error.message}`, refund: call.cycles }),
      );
      return;
    }
    const canister = this.state.find(call.callee);
    const refuse = (error: UserError) => call.respond({ ...rejection(error), refund: call.cycles });
    if (canister === undefined) refuse(notFoundError(call.callee.toText()));
    else if (
      call.from !== undefined &&
      call.from !== canister &&
      call.cycles < canister.settings.minimumIncomingCallCycles
    ) {
      refuse({
        code: ErrorCode.insufficientCyclesInCall,
        message: `Canister ${canister.name} requires at least ${canister.settings.minimumIncomingCallCycles} cycles with every call`,
      });
    } else this.executor.exclusively(canister, () => this.begin(canister, call)).catch(logFault);
  }

  /** Why a canister takes no calls at the moment; undefined when it does. */
  refusal(canister: Canister): UserError | undefined {
    if (canister.status !== 'running') return stoppedError(canister);
    return canister.module === undefined ? noWasmModule().toUserError(canister.name) : undefined;
  }

  private async begin(canister: Canister, call: Call): Promise<void> {
    const { method, arg, caller, deadline } = call;
    await this.executor.payResources(canister);
    const refusal = this.refusal(canister) ?? this.compositeRefusal(canister, method);
    if (refusal !== undefined) {
      call.respond({ ...rejection(refusal), refund: call.cycles });
      return;
    }
    const context = this.open(canister, call);
    const kind = canister.module!.info.query.includes(method) ? 'replicatedQuery' : 'update';
    const message: Message = { kind, method, arg, caller, cyclesAvailable: call.cycles, deadline };
    const output = await this.executor.run(canister, message, { method });
    this.conclude(context, output);
  }

  private compositeRefusal(canister: Canister, method: string): UserError | undefined {
    if (!canister.module!.info.compositeQuery.includes(method)) return undefined;
    return {
      code: ErrorCode.compositeInReplicated,
      message: `Error from Canister ${canister.name}: Composite query cannot be called in replicated mode`,
    };
  }

  /** Runs a task of the canister's own: heartbeat, timer, low memory. To be called inside executor.exclusively(). */
  async runTask(canister: Canister, kind: 'heartbeat' | 'timer' | 'lowMemory'): Promise<void> {
    if (canister.status !== 'running' || canister.module === undefined) return;
    const context = this.open(canister);
    this.conclude(context, await this.executor.run(canister, { kind }, { method: kind }));
  }

  private open(canister: Canister, origin?: CallOrigin): CallContext {
    const context = new CallContext(canister, origin);
    canister.openContexts++;
    const open = this.contexts.get(canister);
    if (open === undefined) this.contexts.set(canister, new Set([context]));
    else open.add(context);
    return context;
  }

  /** Goes on from an execution: sends its calls, answers its context, closes it when nothing is left to wait for. */
  private conclude(context: CallContext, output: ExecutionOutput): void {
    const { canister } = context;
    const { effects, result } = output;
    context.instructions += output.instructions;
    context.cyclesAvailable -= effects.cyclesAccepted;
    for (const call of effects.calls) this.send(context, call);
    if (result.kind === 'reply') context.respond(result);
    else if (result.kind === 'reject') {
      context.respond({ kind: 'reject', code: 4, message: result.message, errorCode: ErrorCode.canisterRejected });
    }
    if (context.openCalls === 0) {
      context.respond(rejection(result.kind === 'error' ? result.error : didNotReply(canister)));
      this.close(context);
    }
    this.onExecuted(canister);
  }

  private close(context: CallContext): void {
    const { canister } = context;
    if (!this.contexts.get(canister)?.delete(context)) return;
    canister.openContexts--;
    if (canister.openContexts > 0) return;
    for (const tell of this.stopWaiters.get(canister) ?? []) tell();
    this.stopWaiters.delete(canister);
  }

  /** Sends a call of a canister. */
  private send(context: CallContext, call: OutgoingCall): void {
    context.openCalls++;
    let timer: NodeJS.Timeout | undefined;
    let answered = false;
    const respond = (response: Response) => {
      if (answered) return;
      answered = true;
      if (timer !== undefined) {
        clearTimeout(timer);
        this.timeouts.delete(timer);
      }
      const { canister } = context;
      this.executor.exclusively(canister, () => this.resume(context, call, response)).catch(logFault);
    };
    const { timeout } = call;
    if (timeout !== undefined) {
      const expire = () => respond({ kind: 'reject', code: sysUnknown, message: 'Call has timed out.', refund: 0n });
      timer = setTimeout(expire, timeout * 1000);
      this.timeouts.add(timer);
    }
    this.deliver({
      callee: Principal.fromUint8Array(call.callee),
      method: call.method,
      arg: call.payload,
      caller: context.canister.id.toUint8Array(),
      cycles: call.cycles,
      deadline: timeout === undefined ? 0n : this.state.clock.now() + BigInt(timeout) * 1_000_000_000n,
      from: context.canister,
      respond,
    });
  }

  /** An answer has come back: refunds, then the reply or reject callback, and cleanup if that traps. */
  private async resume(context: CallContext, call: OutgoingCall, response: Response): Promise<void> {
    const { canister } = context;
    const { fees, limits } = this.state;
    context.openCalls--;
    const responseBytes = response.kind === 'reply' ? response.data.length : Buffer.byteLength(response.message);
    const transmission = BigInt(Math.min(responseBytes, limits.updateReplyBytes)) * fees.callByte;
    canister.cycles += response.refund + call.prepaidTransmission - transmission;
    if (context.abandoned || canister.module === undefined) {
      canister.cycles += call.prepaidExecution;
      return;
    }
    const common = { caller: context.caller, cyclesAvailable: context.cyclesAvailable, deadline: context.deadline };
    const answered = { ...common, refunded: response.refund, responded: context.responded };
    const message: Message =
      response.kind === 'reply'
        ? { ...answered, kind: 'reply', callback: call.onReply, payload: response.data }
        : { ...answered, kind: 'reject', callback: call.onReject, code: response.code, message: response.message };
    const method = `${message.kind} of ${call.method}`;
    const contextInstructions = context.instructions;
    const output = await this.executor.run(canister, message, {
      method,
      prepaid: call.prepaidExecution,
      contextInstructions,
    });
    if (output.result.kind === 'error' && call.onCleanup !== undefined) {
      const cleanup: Message = {
        ...common,
        kind: 'cleanup',
        callback: call.onCleanup,
        code: response.kind === 'reject' ? response.code : 0,
      };
      const cleaned = await this.executor.run(canister, cleanup, {
        method: `cleanup of ${call.method}`,
        prepaid: 0n,
        contextInstructions: contextInstructions + output.instructions,
      });
      if (cleaned.result.kind === 'error') {
        output.result.error.message += `\n\ncall_on_cleanup also failed:\n\n${cleaned.result.error.message}`;
      }
    }
    this.conclude(context, output);
  }

  /** Resolves when no call context of the canister is open any more. */
  async drained(canister: Canister): Promise<void> {
    if (canister.openContexts === 0) return;
    await new Promise<void>((resolve) => {
      this.stopWaiters.set(canister, [...(this.stopWaiters.get(canister) ?? []), resolve]);
    });
  }

  /** The canister loses its code: whoever waits for an answer gets one now. */
  abandon(canister: Canister, answer: Answer): void {
    for (const context of this.contexts.get(canister) ?? []) {
      context.abandoned = true;
      context.respond(answer);
      this.close(context);
    }
  }

  stop(): void {
    for (const timer of this.timeouts) clearTimeout(timer);
    this.timeouts.clear();
  }
}

/** Nothing that a canister does may end up here: it would be a fault of this network. */
function logFault(error: Error): void {
  console.error('network: internal error:', error);
}

/** Delivers calls to canisters, runs them and their consequences, and returns the answers. */
import { ErrorCode, noWasmModule, type UserError } from '../execution/errors.js';
import { replyCost } from '../execution/fees.js';
import type { ExecutionOutput, Message, OutgoingCall } from '../execution/message.js';
import type { Canister } from '../state/canister.js';
import type { NetworkState } from '../state/network-state.js';
import { type Call, callOf, expired, type ManagementCalls } from './call.js';
import {
  type Answer,
  type CallContext,
  didNotReply,
  notFoundError,
  type PendingCall,
  type Response,
  rejection,
  stoppedError,
} from './call-context.js';
import { type CallSource, CallTable } from './call-table.js';
import type { NetworkEvents } from './events.js';
import { Executor } from './executor.js';

const sysUnknown = 6;
const taskSource: CallSource = { origin: { kind: 'task' }, caller: new Uint8Array(), cycles: 0n, deadline: 0n };

export class Scheduler {
  readonly executor: Executor;
  private readonly state: NetworkState;
  private readonly management: ManagementCalls;
  private readonly table: CallTable;
  private readonly stopWaiters = new Map<Canister, (() => void)[]>();
  private readonly timeouts = new Map<number, NodeJS.Timeout>();
  private readonly events: NetworkEvents;

  constructor(state: NetworkState, events: NetworkEvents, management: ManagementCalls) {
    this.state = state;
    this.events = events;
    this.management = management;
    this.executor = new Executor(state, events);
    this.table = new CallTable(state);
  }

  /** Continues the unfinished work of an earlier process. */
  resumeAll(): void {
    for (const canister of this.state.canisters.values()) this.settleStop(canister);
    for (const pending of [...this.table.calls.values()].sort((a, b) => a.id - b.id)) {
      if (pending.response !== undefined) this.resumeWith(pending);
      else {
        this.watch(pending);
        if (!this.table.hasContextFor({ kind: 'call', id: pending.id })) this.deliver(callOf(pending));
      }
    }
  }

  /** Whether a user's call is being worked on. */
  isOpen(request: string): boolean {
    return this.table.hasContextFor({ kind: 'user', request });
  }

  /** Sends a call on its way. */
  deliver(call: Call): void {
    if (call.callee.toUint8Array().length === 0) {
      this.management(call)
        .catch(
          (error: Error): Response => ({
            kind: 'reject',
            code: 5,
            message: `Internal error: ${error.message}`,
            refund: call.cycles,
          }),
        )
        .then((response) => this.answer(call, response))
        .catch(logFault);
      return;
    }
    const canister = this.state.find(call.callee);
    const refuse = (error: UserError) => this.answer(call, { ...rejection(error), refund: call.cycles });
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

  /** Answers the caller. */
  private answer({ origin }: CallSource, response: Response): void {
    if (origin.kind === 'user') this.events.answered.tell(origin.request, response);
    else if (origin.kind === 'call') this.callAnswered(origin.id, response);
  }

  /** Why a canister takes no calls at the moment; undefined when it does. */
  refusal(canister: Canister): UserError | undefined {
    if (canister.status !== 'running') return stoppedError(canister);
    return canister.module === undefined ? noWasmModule().toUserError(canister.name) : undefined;
  }

  private async begin(canister: Canister, call: Call): Promise<void> {
    const { method, arg, caller, deadline } = call;
    await this.executor.payResources(canister);
    const refusal =
      expired(call, this.state.clock.now()) ?? this.refusal(canister) ?? this.compositeRefusal(canister, method);
    if (refusal !== undefined) {
      this.answer(call, { ...rejection(refusal), refund: call.cycles });
      return;
    }
    const context = this.table.open(canister, call);
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
    const context = this.table.open(canister, taskSource);
    this.conclude(context, await this.executor.run(canister, { kind }, { method: kind }));
  }

  /** Goes on from an execution: sends its calls, answers its context, closes it when nothing is left to wait for. */
  private conclude(context: CallContext, output: ExecutionOutput): void {
    const { canister } = context;
    const { effects, result } = output;
    context.instructions += output.instructions;
    context.cyclesAvailable -= effects.cyclesAccepted;
    for (const call of effects.calls) this.send(context, call);
    if (result.kind === 'reply') this.respond(context, result);
    else if (result.kind === 'reject') {
      const { message } = result;
      this.respond(context, { kind: 'reject', code: 4, message, errorCode: ErrorCode.canisterRejected });
    }
    if (context.openCalls === 0) {
      this.respond(context, rejection(result.kind === 'error' ? result.error : didNotReply(canister)));
      this.close(context);
    } else this.table.keep(context);
    this.events.executed.tell(canister);
  }

  /** Answers a context's call, unless that has been done. */
  private respond(context: CallContext, answer: Answer): void {
    if (context.responded) return;
    context.responded = true;
    const refund = context.cyclesAvailable;
    context.cyclesAvailable = 0n;
    this.answer({ ...context, cycles: 0n }, { ...answer, refund });
  }

  private close(context: CallContext): void {
    if (this.table.close(context)) this.settleStop(context.canister);
  }

  /** A stopping canister has stopped when it has no open work. */
  settleStop(canister: Canister): void {
    if (canister.openContexts > 0 || canister.status !== 'stopping') return;
    canister.status = 'stopped';
    canister.version += 1n;
    this.state.keepCanister(canister);
    this.endStop(canister);
  }

  /** Tells the callers that wait for a stop that it has happened, or that it will not. */
  endStop(canister: Canister): void {
    const waiting = this.stopWaiters.get(canister) ?? [];
    this.stopWaiters.delete(canister);
    for (const tell of waiting) tell();
  }

  /** Resolves when a canister that is stopping has stopped, or runs again. */
  async stopEnded(canister: Canister): Promise<void> {
    if (canister.status !== 'stopping') return;
    await new Promise<void>((resolve) => {
      this.stopWaiters.set(canister, [...(this.stopWaiters.get(canister) ?? []), resolve]);
    });
  }

  /** Sends a call of a canister. */
  private send(context: CallContext, call: OutgoingCall): void {
    context.openCalls++;
    const { timeout } = call;
    const deadline = timeout === undefined ? 0n : this.state.clock.now() + BigInt(timeout) * 1_000_000_000n;
    const pending = this.table.add({ canister: context.canister, context: context.id, call, deadline });
    this.watch(pending);
    this.deliver(callOf(pending));
  }

  /** Answers a call with bounded waiting when its time is up. */
  private watch({ id, deadline }: PendingCall): void {
    if (deadline === 0n) return;
    const wait = Number((deadline - this.state.clock.now()) / 1_000_000n);
    const expire = () =>
      this.callAnswered(id, { kind: 'reject', code: sysUnknown, message: 'Call has timed out.', refund: 0n });
    this.timeouts.set(id, setTimeout(expire, Math.max(0, wait)));
  }

  private callAnswered(id: number, response: Response): void {
    const pending = this.table.calls.get(id);
    if (pending === undefined || pending.response !== undefined) return;
    clearTimeout(this.timeouts.get(id));
    this.timeouts.delete(id);
    pending.response = response;
    this.table.keepCall(pending);
    this.resumeWith(pending);
  }

  private resumeWith(pending: PendingCall): void {
    const { response } = pending;
    const { canister } = pending;
    this.executor.exclusively(canister, () => this.resume(pending, response!)).catch(logFault);
  }

  /** An answer has come back: refunds, then the reply or reject callback, and cleanup if that traps. */
  private async resume(pending: PendingCall, response: Response): Promise<void> {
    const { call, canister } = pending;
    const { fees, limits } = this.state;
    const context = this.table.contexts.get(pending.context);
    const responseBytes = response.kind === 'reply' ? response.data.length : Buffer.byteLength(response.message);
    const transmission = replyCost(fees, Math.min(responseBytes, limits.updateReplyBytes));
    const back = response.refund + call.prepaidTransmission - transmission;
    canister.cycles += back;
    canister.consumed.add('request_and_response_transmission', transmission);
    if (context === undefined || canister.module === undefined) {
      canister.cycles += call.prepaidExecution;
      this.table.remove(pending);
      this.state.keepCanister(canister);
      return;
    }
    // Until the callback has ended, all that is noted is that the call is still pending.
    let held = back;
    canister.lent -= held;
    context.openCalls--;
    const common = { caller: context.caller, cyclesAvailable: context.cyclesAvailable, deadline: context.deadline };
    const answered = { ...common, refunded: response.refund, responded: context.responded };
    const message: Message =
      response.kind === 'reply'
        ? { ...answered, kind: 'reply', callback: call.onReply, payload: response.data }
        : { ...answered, kind: 'reject', callback: call.onReject, code: response.code, message: response.message };
    const method = `${message.kind} of ${call.method}`;
    const contextInstructions = context.instructions;
    const before = canister.cycles;
    const output = await this.executor.run(canister, message, {
      method,
      prepaid: call.prepaidExecution,
      contextInstructions,
    });
    if (output.result.kind === 'error' && call.onCleanup !== undefined) {
      const paid = canister.cycles - before;
      canister.lent -= paid;
      held += paid;
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
    canister.lent += held;
    this.table.remove(pending);
    this.state.keepCanister(canister);
    this.conclude(context, output);
  }

  /** The canister loses its code: all waiting callers get an answer now. */
  abandon(canister: Canister, answer: Answer): void {
    for (const context of this.table.contextsOf(canister)) {
      this.respond(context, answer);
      this.close(context);
    }
  }

  stop(): void {
    for (const timer of this.timeouts.values()) clearTimeout(timer);
    this.timeouts.clear();
  }
}

/** Nothing that a canister does may end up here: it would be a fault of this network. */
function logFault(error: Error): void {
  console.error('network: internal error:', error);
}

/**
 * The call contexts and pending calls of a network, and how they are written down: `context/N` when a message has ended
 * and its context goes on, `call/N` until the answer has been worked on.
 */
import type { Canister } from '../state/canister.js';
import type { NetworkState } from '../state/network-state.js';
import type { CallContext, Origin, PendingCall } from './call-context.js';

export interface CallSource {
  origin: Origin;
  caller: Uint8Array;
  cycles: bigint;
  deadline: bigint;
}

type Kept<T extends { canister: Canister }> = Omit<T, 'canister'> & { canister: string };

const kept = <T extends { canister: Canister }>(entry: T): Kept<T> => ({ ...entry, canister: entry.canister.name });

export class CallTable {
  readonly contexts = new Map<number, CallContext>();
  readonly calls = new Map<number, PendingCall>();
  private readonly state: NetworkState;
  private nextId = 1;

  constructor(state: NetworkState) {
    this.state = state;
    const find = <T extends { canister: Canister }>(value: unknown): T | undefined => {
      const canister = state.canisters.get((value as Kept<T>).canister);
      return canister && ({ ...(value as object), canister } as T);
    };
    for (const [, value] of state.store.restored('context/')) {
      const context = find<CallContext>(value);
      if (context === undefined) continue;
      this.contexts.set(context.id, context);
      context.canister.openContexts++;
      this.nextId = Math.max(this.nextId, context.id + 1);
    }
    for (const [, value] of state.store.restored('call/')) {
      const call = find<PendingCall>(value);
      if (call === undefined) continue;
      this.calls.set(call.id, call);
      this.nextId = Math.max(this.nextId, call.id + 1);
    }
  }

  /** A context for a message that begins; it is written down only if it outlives the message. */
  open(canister: Canister, { origin, caller, cycles, deadline }: CallSource): CallContext {
    const context: CallContext = {
      id: this.nextId++,
      canister,
      origin,
      caller,
      deadline,
      cyclesAvailable: cycles,
      responded: origin.kind === 'task',
      openCalls: 0,
      instructions: 0,
    };
    canister.openContexts++;
    this.contexts.set(context.id, context);
    return context;
  }

  keep(context: CallContext): void {
    this.state.keep(`context/${context.id}`, () => kept(context));
  }

  /** Returns whether the context was still open. */
  close(context: CallContext): boolean {
    if (!this.contexts.delete(context.id)) return false;
    context.canister.openContexts--;
    this.state.store.drop(`context/${context.id}`);
    return true;
  }

  contextsOf(canister: Canister): CallContext[] {
    return [...this.contexts.values()].filter((context) => context.canister === canister);
  }

  /** Whether a call has arrived and is being worked on. */
  hasContextFor(origin: Origin): boolean {
    const name = JSON.stringify(origin);
    return [...this.contexts.values()].some((context) => JSON.stringify(context.origin) === name);
  }

  add(call: Omit<PendingCall, 'id'>): PendingCall {
    const pending: PendingCall = { ...call, id: this.nextId++ };
    this.calls.set(pending.id, pending);
    this.keepCall(pending);
    return pending;
  }

  keepCall(pending: PendingCall): void {
    this.state.keep(`call/${pending.id}`, () => kept(pending));
  }

  /** The answer has been worked on. */
  remove({ id }: PendingCall): void {
    this.calls.delete(id);
    this.state.store.drop(`call/${id}`);
  }
}

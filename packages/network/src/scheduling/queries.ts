/** Queries, plain and composite: executed on the canister's last committed state, answered at once, charged to nobody. */
import { Principal } from '@icp-sdk/core/principal';
import { ErrorCode, type UserError } from '../execution/errors.js';
import type { CallFields, ExecutionOutput, Message, OutgoingCall } from '../execution/message.js';
import type { QueryProcess } from '../execution/process.js';
import { isFrozen } from '../state/billing.js';
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

/** Calls within calls of a composite query: what is asked at this depth may not ask others. */
const maxDepth = 6;

/** What one question of a user has led to so far. */
interface Graph {
  /** Canisters that are waiting for an answer, or giving one, and where. */
  open: Map<Canister, QueryProcess>;
  instructions: number;
}

const newGraph = (): Graph => ({ open: new Map(), instructions: 0 });

/** A composite query has gone too far: no canister is told, the user is. */
class GraphError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

function frozen(state: NetworkState, canister: Canister): UserError | undefined {
  if (!isFrozen(state, canister)) return undefined;
  const message = `Canister ${canister.name} is unable to process query calls because it's frozen. Please top up the canister with cycles and try again.`;
  return { code: ErrorCode.outOfCycles, message };
}

/** What an execution answers; undefined where it does not. */
function answerOf({ result }: ExecutionOutput): Answer | undefined {
  switch (result.kind) {
    case 'reply':
      return result;
    case 'reject':
      return { kind: 'reject', code: 4, message: result.message, errorCode: ErrorCode.canisterRejected };
    case 'error':
      return rejection(result.error);
    case 'none':
      return undefined;
  }
}

type CallbackFields = CallFields & { refunded: bigint; responded: boolean };

function callback({ onReply, onReject }: OutgoingCall, answer: Answer, fields: CallbackFields): Message {
  return answer.kind === 'reply'
    ? { kind: 'compositeReply', callback: onReply, payload: answer.data, ...fields }
    : { kind: 'compositeReject', callback: onReject, code: answer.code, message: answer.message, ...fields };
}

interface Certified {
  data: Uint8Array;
  certificate: Uint8Array;
  time: bigint;
}

export class Queries {
  private readonly state: NetworkState;
  private readonly scheduler: Scheduler;
  /** Asks the management canister. */
  private readonly management: (query: Query) => Promise<Answer>;
  private composite: Promise<unknown> = Promise.resolve();
  private readonly certificates = new WeakMap<Canister, Certified>();

  constructor(state: NetworkState, scheduler: Scheduler, management: (query: Query) => Promise<Answer>) {
    this.state = state;
    this.scheduler = scheduler;
    this.management = management;
  }

  /** Runs a query when the canister has done what came before; nothing that it does stays. */
  run(query: Query): Promise<Answer> {
    const { module } = this.state.find(query.callee) ?? {};
    if (!module?.info.compositeQuery.includes(query.method)) return this.answer(query, newGraph(), 0);
    // One after the other: two that wait for each other's canisters would wait for ever.
    const before = this.composite;
    const answer = before
      .then(() => this.answer(query, newGraph(), 0))
      .catch((error: unknown) => {
        if (error instanceof GraphError) return rejection({ code: error.code, message: error.message });
        throw error;
      });
    this.composite = answer.catch(() => {});
    return answer;
  }

  /** `depth` counts the calls that have led to this one. */
  private async answer(query: Query, graph: Graph, depth: number): Promise<Answer> {
    if (query.callee.toUint8Array().length === 0) return this.management(query);
    const canister = this.state.find(query.callee);
    if (canister === undefined) return rejection(notFoundError(query.callee.toText()));
    const seat = graph.open.get(canister);
    if (seat !== undefined) return this.answerWithin(canister, seat, query, graph, depth);
    return this.scheduler.executor.looking(canister, async (seat) => {
      const refusal = this.scheduler.refusal(canister) ?? frozen(this.state, canister);
      if (refusal !== undefined) return rejection(refusal);
      graph.open.set(canister, seat);
      try {
        return await this.execute(canister, seat, query, graph, depth);
      } finally {
        graph.open.delete(canister);
      }
    });
  }

  /** A canister is asked that waits for the answer itself. */
  private async answerWithin(
    canister: Canister,
    seat: QueryProcess,
    query: Query,
    graph: Graph,
    depth: number,
  ): Promise<Answer> {
    await seat.suspendQuery();
    try {
      return await this.execute(canister, seat, query, graph, depth);
    } finally {
      await seat.resumeQuery();
    }
  }

  private async execute(
    canister: Canister,
    seat: QueryProcess,
    { method, arg, caller }: Query,
    graph: Graph,
    depth: number,
  ): Promise<Answer> {
    const kind = canister.module?.info.compositeQuery.includes(method) ? 'compositeQuery' : 'query';
    const call = { caller, cyclesAvailable: 0n, deadline: 0n };
    const { executor } = this.scheduler;
    // Only what a user asks has a certificate.
    const certificate = depth === 0 ? this.dataCertificate(canister) : {};
    const first = await executor.ask(canister, { kind, method, arg, ...call }, { method, ...certificate }, seat);
    graph.instructions += first.instructions;
    const calls = [...first.effects.calls];
    if (calls.length === 0) return answerOf(first) ?? rejection(didNotReply(canister));
    try {
      let answer = answerOf(first);
      let contextInstructions = first.instructions;
      // Calls that could not change the answer any more are not made.
      for (let each = calls.shift(); each !== undefined && answer === undefined; each = calls.shift()) {
        this.checkLimits(graph, depth);
        const { callee, method: name, payload } = each;
        const question = { callee: Principal.fromUint8Array(callee), method: name, arg: payload };
        const response = await this.answer({ ...question, caller: canister.id.toUint8Array() }, graph, depth + 1);
        this.checkLimits(graph, depth);
        const message = callback(each, response, { ...call, responded: false, refunded: 0n });
        const output = await executor.ask(canister, message, { method, contextInstructions }, seat);
        graph.instructions += output.instructions;
        contextInstructions += output.instructions;
        answer = answerOf(output);
        calls.push(...output.effects.calls);
      }
      return answer ?? rejection(didNotReply(canister));
    } finally {
      await seat.endQuery();
    }
  }

  /** Of a query that asks others. Throws GraphError. */
  private checkLimits({ instructions }: Graph, depth: number): void {
    if (depth >= maxDepth) {
      throw new GraphError(ErrorCode.queryTooDeep, 'Composite query calls exceeded the maximum call depth.');
    }
    if (instructions > this.state.limits.queryInstructions) {
      throw new GraphError(ErrorCode.queryInstructions, 'Composite query calls exceeded the instruction limit.');
    }
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

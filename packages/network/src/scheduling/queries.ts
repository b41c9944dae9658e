/** Queries, plain and composite: executed on the canister's last committed state, answered at once, free of charge. */
import { Principal } from '@icp-sdk/core/principal';
import { ErrorCode, type UserError } from '../execution/errors.js';
import type { CallFields, ExecutionOutput, Message, OutgoingCall } from '../execution/message.js';
import type { QueryProcess } from '../execution/process.js';
import { isFrozen } from '../state/billing.js';
import type { Canister } from '../state/canister.js';
import { certifiedDataTree } from '../state/certified.js';
import type { NetworkState } from '../state/network-state.js';
import { type Answer, notFoundError, rejection } from './call-context.js';
import type { RunOptions } from './executor.js';
import { GivesWay, GraphError, Lines, QueryGraph } from './query-graph.js';
import type { Scheduler } from './scheduler.js';

export interface Query {
  callee: Principal;
  method: string;
  arg: Uint8Array;
  caller: Uint8Array;
}

/** A certificate of certified data is used for this long, in nanoseconds; signing takes longer than most queries. */
const certificateLifetime = 10n * 1_000_000_000n;

function frozen(state: NetworkState, canister: Canister): UserError | undefined {
  if (!isFrozen(state, canister)) return undefined;
  const message = `Canister ${canister.name} is unable to process query calls because it's frozen. Please top up the canister with cycles and try again.`;
  return { code: ErrorCode.outOfCycles, message };
}

/** The answer of an execution; undefined if it gives none. */
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

/** Nothing is left that could answer. */
function noAnswer({ name }: Canister): Answer {
  return rejection({ code: ErrorCode.didNotReply, message: `Canister ${name} did not produce a response` });
}

/** The management canister's refusals of methods that are not queries. */
const notQueries: ReadonlySet<ErrorCode | undefined> = new Set([
  ErrorCode.methodNotFound,
  ErrorCode.unknownManagementMethod,
]);

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
  private readonly lines = new Lines();
  private begun = 0;
  private readonly certificates = new WeakMap<Canister, Certified>();

  constructor(state: NetworkState, scheduler: Scheduler, management: (query: Query) => Promise<Answer>) {
    this.state = state;
    this.scheduler = scheduler;
    this.management = management;
  }

  /** Runs a query after the canister's earlier work; none of its changes are kept. */
  async run(query: Query): Promise<Answer> {
    const graph = new QueryGraph(this.begun++, this.state.limits.queryInstructions);
    try {
      for (;;) {
        try {
          return await this.answer(query, graph, 0);
        } catch (error) {
          if (error instanceof GraphError) return rejection({ code: error.code, message: error.message });
          if (!(error instanceof GivesWay)) throw error;
          await error.to.ended;
          graph.restart();
        }
      }
    } finally {
      graph.end();
    }
  }

  /** `depth` counts the calls that have led to this one. */
  private async answer(query: Query, graph: QueryGraph, depth: number): Promise<Answer> {
    if (query.callee.toUint8Array().length === 0) return this.askManagement(query, graph);
    const canister = this.state.find(query.callee);
    if (canister === undefined) return rejection(notFoundError(query.callee.toText()));
    const seat = graph.open.get(canister);
    if (seat !== undefined) return this.answerWithin(canister, seat, query, graph, depth);
    const look = async (seat: QueryProcess) => {
      const refusal = this.scheduler.refusal(canister) ?? frozen(this.state, canister);
      if (refusal !== undefined) return rejection(refusal);
      graph.open.set(canister, seat);
      try {
        return await this.execute(canister, seat, query, graph, depth);
      } finally {
        graph.open.delete(canister);
      }
    };
    const ask = () => this.scheduler.executor.looking(canister, look);
    const asksOthers = depth > 0 || canister.module?.info.compositeQuery.includes(query.method) === true;
    return asksOthers ? this.lines.within(canister, graph, ask) : ask();
  }

  /** A method of the management canister that is not a query costs nothing, like one of a canister. */
  private async askManagement(query: Query, graph: QueryGraph): Promise<Answer> {
    const answer = await this.management(query);
    const isRefused = answer.kind === 'reject' && notQueries.has(answer.errorCode);
    if (!isRefused) graph.spendOnCall();
    return answer;
  }

  /** A canister is asked that waits for the answer itself. */
  private async answerWithin(
    canister: Canister,
    seat: QueryProcess,
    query: Query,
    graph: QueryGraph,
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
    graph: QueryGraph,
    depth: number,
  ): Promise<Answer> {
    const { compositeQuery = [], query = [] } = canister.module?.info ?? {};
    const kind = compositeQuery.includes(method) ? 'compositeQuery' : 'query';
    const call = { caller, cyclesAvailable: 0n, deadline: 0n };
    const ask = async (message: Message, options: Partial<RunOptions>) => {
      const asked = { method, instructionsLeft: graph.left, ...options };
      const output = await this.scheduler.executor.ask(canister, message, asked, seat);
      graph.spend(output.instructions);
      return output;
    };
    // Only a user's query has a certificate.
    const certificate = depth === 0 ? this.dataCertificate(canister) : {};
    const first = await ask({ kind, method, arg, ...call }, certificate);
    if (depth > 0 && (kind === 'compositeQuery' || query.includes(method))) graph.spendOnCall();
    const calls = [...first.effects.calls];
    if (calls.length === 0) return answerOf(first) ?? noAnswer(canister);
    try {
      let answer = answerOf(first);
      let contextInstructions = first.instructions;
      // Calls that can no longer change the answer are not made.
      for (let each = calls.shift(); each !== undefined && answer === undefined; each = calls.shift()) {
        graph.check(depth);
        const { callee, method: name, payload } = each;
        const question = { callee: Principal.fromUint8Array(callee), method: name, arg: payload };
        const response = await this.answer({ ...question, caller: canister.id.toUint8Array() }, graph, depth + 1);
        graph.check(depth);
        const message = callback(each, response, { ...call, responded: false, refunded: 0n });
        const output = await ask(message, { contextInstructions });
        contextInstructions += output.instructions;
        answer = answerOf(output);
        calls.push(...output.effects.calls);
      }
      return answer ?? noAnswer(canister);
    } finally {
      await seat.endQuery();
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

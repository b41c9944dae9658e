/** Plain queries: executed on the canister's last committed state, answered at once, charged to nobody. */
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

/** Calls within calls of a composite query. */
const maxDepth = 6;

/** What one question of a user has led to so far. */
interface Graph {
  /** Canisters that are waiting for an answer, or giving one. */
  open: Set<Canister>;
  instructions: number;
}

const newGraph = (): Graph => ({ open: new Set(), instructions: 0 });

/** Why a composite query may not call a canister. */
function refusalIn({ open, instructions }: Graph, canister: Canister, limit: number): UserError | undefined {
  if (open.has(canister)) {
    const message = `Canister ${canister.name} is called in a loop, which queries of this network cannot do`;
    return { code: ErrorCode.queryLoop, message };
  }
  if (open.size > maxDepth) {
    return { code: ErrorCode.queryTooDeep, message: `The call depth of a composite query exceeds ${maxDepth}` };
  }
  if (instructions > limit) {
    const message = `A composite query with all that it calls exceeded the limit of ${limit} instructions`;
    return { code: ErrorCode.queryInstructions, message };
  }
  return undefined;
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
  private composite: Promise<unknown> = Promise.resolve();
  private readonly certificates = new WeakMap<Canister, Certified>();

  constructor(state: NetworkState, scheduler: Scheduler) {
    this.state = state;
    this.scheduler = scheduler;
  }

  /** Runs a query when the canister has done what came before; nothing that it does stays. */
  run(query: Query): Promise<Answer> {
    const { module } = this.state.find(query.callee) ?? {};
    if (!module?.info.compositeQuery.includes(query.method)) return this.answer(query, newGraph());
    // One after the other: two that wait for each other's canisters would wait for ever.
    const before = this.composite;
    const answer = before.then(() => this.answer(query, newGraph()));
    this.composite = answer.catch(() => {});
    return answer;
  }

  private async answer(query: Query, graph: Graph): Promise<Answer> {
    const canister = this.state.find(query.callee);
    if (canister === undefined) return rejection(notFoundError(query.callee.toText()));
    const refusal = refusalIn(graph, canister, this.state.limits.queryInstructions);
    if (refusal !== undefined) return rejection(refusal);
    return this.scheduler.executor.looking(canister, async (seat) => {
      const refusal = this.scheduler.refusal(canister) ?? frozen(this.state, canister);
      if (refusal !== undefined) return rejection(refusal);
      graph.open.add(canister);
      try {
        return await this.execute(canister, seat, query, graph);
      } finally {
        graph.open.delete(canister);
      }
    });
  }

  private async execute(
    canister: Canister,
    seat: QueryProcess,
    { method, arg, caller }: Query,
    graph: Graph,
  ): Promise<Answer> {
    const kind = canister.module!.info.compositeQuery.includes(method) ? 'compositeQuery' : 'query';
    const call = { caller, cyclesAvailable: 0n, deadline: 0n };
    const { executor } = this.scheduler;
    // Only what a user asks has a certificate.
    const certificate = graph.open.size === 1 ? this.dataCertificate(canister) : {};
    const first = await executor.ask(canister, { kind, method, arg, ...call }, { method, ...certificate }, seat);
    graph.instructions += first.instructions;
    const calls = [...first.effects.calls];
    if (calls.length === 0) return answerOf(first) ?? rejection(didNotReply(canister));
    try {
      let answer = answerOf(first);
      let contextInstructions = first.instructions;
      for (const each of calls) {
        const { callee, method: name, payload } = each;
        const response = await this.answer(
          { callee: Principal.fromUint8Array(callee), method: name, arg: payload, caller: canister.id.toUint8Array() },
          graph,
        );
        const message = callback(each, response, { ...call, responded: answer !== undefined, refunded: 0n });
        const output = await executor.ask(canister, message, { method, contextInstructions }, seat);
        graph.instructions += output.instructions;
        contextInstructions += output.instructions;
        if (output.result.kind === 'error') return rejection(output.result.error);
        answer ??= answerOf(output);
        calls.push(...output.effects.calls);
      }
      return answer ?? rejection(didNotReply(canister));
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

/** ic0: calls to other canisters. A call is put together by call_new and the rest, and leaves with call_perform. */

import { moduleLimits } from '../../wasm/refusal.js';
import { queryContexts } from '../../wasm/system-api.js';
import { contractViolation, insufficientCyclesForCall } from '../errors.js';
import type { Execution } from '../execution.js';
import { callCost } from '../fees.js';
import { liquidBalance } from '../freezing.js';
import { joined } from '../output.js';
import type { Current } from './message.js';

/** A call that waits with bound waits at most this long, in seconds. */
const maxTimeout = 300;
const maxPrincipalBytes = 29;
/** Calls that a canister can have open at one time. */
const maxOpenCalls = 500;

const transient = 2;

export function callCalls(current: Current) {
  const pending = (execution: Execution, name: string) => {
    if (execution.pendingCall === undefined) {
      throw contractViolation(`${name} called when no call is under construction.`);
    }
    return execution.pendingCall;
  };

  const addCycles = (execution: Execution, name: string, amount: bigint) => {
    const call = pending(execution, name);
    const liquid = liquidBalance(execution);
    if (amount > liquid) {
      throw insufficientCyclesForCall(execution.canisterName, amount - liquid);
    }
    execution.balance -= amount;
    call.cycles += amount;
  };

  return {
    call_new(
      calleeSource: number,
      calleeSize: number,
      nameSource: number,
      nameSize: number,
      replyFun: number,
      replyEnv: number | bigint,
      rejectFun: number,
      rejectEnv: number | bigint,
    ): void {
      const execution = current();
      execution.enter('call_new', calleeSize + nameSize);
      discardPending(execution);
      if (nameSize > moduleLimits.exportedMethodNameBytes) {
        throw contractViolation(
          `Size of method_name ${nameSize} exceeds the allowed limit of ${moduleLimits.exportedMethodNameBytes}`,
        );
      }
      const callee = execution.readHeap('ic0_call_new', calleeSource, calleeSize).slice();
      if (callee.length > maxPrincipalBytes) throw contractViolation('Canister provided invalid principal id');
      const name = execution.readHeap('ic0_call_new', nameSource, nameSize);
      let method: string;
      try {
        method = new TextDecoder('utf-8', { fatal: true }).decode(name);
      } catch {
        throw contractViolation('ic0_call_new: method name is not valid UTF-8');
      }
      execution.pendingCall = {
        callee,
        method,
        payload: [],
        payloadBytes: 0,
        cycles: 0n,
        onReply: { fun: replyFun, env: replyEnv },
        onReject: { fun: rejectFun, env: rejectEnv },
      };
    },

    call_on_cleanup(fun: number, env: number | bigint): void {
      const execution = current();
      execution.enter('call_on_cleanup');
      const call = pending(execution, 'ic0.call_on_cleanup');
      if (call.onCleanup !== undefined)
        throw contractViolation(
          'ic0.call_on_cleanup can be called at most once between ic0.call_new and ic0.call_perform',
        );
      call.onCleanup = { fun, env };
    },

    call_data_append(source: number, size: number): void {
      const execution = current();
      execution.enter('call_data_append', size);
      const call = pending(execution, 'ic0.call_data_append');
      const total = call.payloadBytes + size;
      if (total > execution.limits.callPayloadBytes) {
        throw contractViolation(
          `ic0.call_data_append: application payload size (${total}) cannot be larger than ${execution.limits.callPayloadBytes}`,
        );
      }
      call.payload.push(execution.readHeap('ic0_call_data_append', source, size).slice());
      call.payloadBytes = total;
    },

    call_with_best_effort_response(seconds: number): void {
      const execution = current();
      execution.enter('call_with_best_effort_response');
      const call = pending(execution, 'ic0.call_with_best_effort_response');
      if (call.timeout !== undefined) {
        throw contractViolation('ic0_call_with_best_effort_response failed because a timeout is already set.');
      }
      call.timeout = Math.min(seconds, maxTimeout);
    },

    call_cycles_add(amount: bigint): void {
      const execution = current();
      execution.enter('call_cycles_add');
      addCycles(execution, 'ic0.call_cycles_add', BigInt.asUintN(64, amount));
    },

    call_cycles_add128(high: bigint, low: bigint): void {
      const execution = current();
      execution.enter('call_cycles_add128');
      const amount = (BigInt.asUintN(64, high) << 64n) | BigInt.asUintN(64, low);
      addCycles(execution, 'ic0.call_cycles_add128', amount);
    },

    call_perform(): number {
      const execution = current();
      execution.enter('call_perform');
      const call = pending(execution, 'ic0.call_perform');
      execution.pendingCall = undefined;
      const { limits, environment, effects } = execution;
      const isFree = queryContexts.has(execution.context);
      const cost = callCost(
        environment.fees,
        call.payloadBytes + Buffer.byteLength(call.method),
        limits.updateReplyBytes,
        limits.updateInstructions,
        execution.heap.memory64,
      );
      const total = isFree ? 0n : cost.request + cost.responseTransmission + cost.responseExecution;
      if (total > liquidBalance(execution) || effects.calls.length >= maxOpenCalls) {
        execution.balance += call.cycles;
        return transient;
      }
      execution.balance -= total;
      effects.cyclesSpent += total + call.cycles;
      effects.calls.push({
        callee: call.callee,
        method: call.method,
        payload: joined(call.payload),
        cycles: call.cycles,
        onReply: call.onReply,
        onReject: call.onReject,
        ...(call.onCleanup ? { onCleanup: call.onCleanup } : {}),
        ...(call.timeout === undefined ? {} : { timeout: call.timeout }),
        prepaidTransmission: cost.responseTransmission,
        prepaidExecution: cost.responseExecution,
      });
      return 0;
    },
  };
}

/** A call that was begun but not performed comes to nothing; its cycles return. */
function discardPending(execution: Execution): void {
  if (execution.pendingCall !== undefined) execution.balance += execution.pendingCall.cycles;
  execution.pendingCall = undefined;
}

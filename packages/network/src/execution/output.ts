/** The result of an execution. */
import { Principal } from '@icp-sdk/core/principal';
import { queryContexts } from '../wasm/system-api.js';
import type { ExecutionError } from './errors.js';
import type { Execution } from './execution.js';
import type { Environment, ExecutionOutput, MemorySizes, Result } from './message.js';

/** The parts in one array of their own. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function resultOf(execution: Execution): Result {
  if (execution.response === undefined) return { kind: 'none' };
  if (execution.response.kind === 'reject') return execution.response;
  return { kind: 'reply', data: joined(execution.reply) };
}

function errorResult({ canisterId }: Environment, error: ExecutionError): Result {
  return { kind: 'error', error: error.toUserError(Principal.fromUint8Array(canisterId).toText()) };
}

function noEffects(): ExecutionOutput['effects'] {
  return { calls: [], cyclesAccepted: 0n, cyclesSpent: 0n, cyclesBurned: 0n };
}

export function empty(memory: MemorySizes): Omit<ExecutionOutput, 'result'> {
  return {
    accepted: false,
    instructions: 0,
    pages: { heapAccessed: 0, heapWritten: 0, stableAccessed: 0, stableWritten: 0 },
    effects: noEffects(),
    logs: [],
    memory,
  };
}

/** The output of an execution; `error` is the cause of its failure. */
export function outputOf(
  execution: Execution,
  error: ExecutionError | undefined,
  memory: MemorySizes,
): ExecutionOutput {
  const { context, stable } = execution;
  const logs = error === undefined ? execution.logs : [...execution.logs, trapRecord(error)];
  return {
    result: error === undefined ? resultOf(execution) : errorResult(execution.environment, error),
    accepted: error === undefined && execution.accepted,
    instructions: Math.min(execution.used, execution.instructionLimit),
    pages: {
      heapAccessed: execution.heapAccessed,
      heapWritten: execution.heapWritten,
      stableAccessed: stable.marks.accessedPages,
      stableWritten: stable.marks.writtenPages,
    },
    effects: error === undefined ? execution.effects : noEffects(),
    logs: queryContexts.has(context) || context === 'F' ? [] : logs,
    memory,
  };
}

/** The output of a message that was refused before it ran. */
export function failure(environment: Environment, error: ExecutionError, memory: MemorySizes): ExecutionOutput {
  return { ...empty(memory), result: errorResult(environment, error) };
}

/** Adds one stage of an installation to its totals. */
export function add(total: ExecutionOutput, { instructions, pages, effects, logs }: ExecutionOutput): void {
  total.instructions += instructions;
  for (const key of Object.keys(pages) as (keyof typeof pages)[]) total.pages[key] += pages[key];
  total.effects.cyclesSpent += effects.cyclesSpent;
  total.effects.cyclesBurned += effects.cyclesBurned;
  if (effects.certifiedData !== undefined) total.effects.certifiedData = effects.certifiedData;
  if (effects.globalTimer !== undefined) total.effects.globalTimer = effects.globalTimer;
  total.logs.push(...logs);
}

/** The log record of a failed message. */
function trapRecord(error: ExecutionError): Uint8Array {
  const explicit = /^Canister called `ic0\.trap` with message: '([\s\S]*)'$/.exec(error.message);
  const implicit = /^Canister trapped: ([\s\S]*)$/.exec(error.message);
  return new TextEncoder().encode(`[TRAP]: ${(explicit?.[1] ?? implicit?.[1] ?? error.message) || '(no message)'}`);
}

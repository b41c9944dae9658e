import type { HttpAgent } from '@icp-sdk/core/agent';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { check } from '../checks/checked.js';
import { principalOf } from '../checks/principal.js';
import { maybe, queryingAgent, signal as someSignal } from '../checks/shapes.js';
import { fromAgentError, rejection } from '../rejects.js';
import { abortable } from '../retry.js';

/** A line of a canister's log, which the network keeps. */
export interface LogRecord {
  /** Records are numbered from 0 on. */
  index: bigint;
  time: Date;
  text: string;
}

const Range = IDL.Record({ start: IDL.Nat64, end: IDL.Nat64 });
const Argument = IDL.Record({
  canister_id: IDL.Principal,
  filter: IDL.Opt(IDL.Variant({ by_idx: Range, by_timestamp_nanos: Range })),
});
const Result = IDL.Record({
  canister_log_records: IDL.Vec(IDL.Record({ idx: IDL.Nat64, timestamp_nanos: IDL.Nat64, content: IDL.Vec(IDL.Nat8) })),
});

const METHOD = 'fetch_canister_logs';

/**
 * The log records that the network keeps of a canister, some kilobytes, for callers who may see them: its controllers,
 * unless its settings allow others. Errors: `rejected` for everybody else.
 */
export async function canisterLogs(agent: HttpAgent, canisterId: string, signal?: AbortSignal): Promise<LogRecord[]> {
  check('canisterLogs: agent', queryingAgent, agent);
  check('canisterLogs: signal', maybe(someSignal), signal);
  const canister = principalOf('canisterId', canisterId);
  const arg = IDL.encode([Argument], [{ canister_id: canister, filter: [] }]);
  const call = { canisterId, method: METHOD };
  try {
    const fields = { methodName: METHOD, arg, effectiveCanisterId: canister };
    const response = await abortable(agent.query(Principal.managementCanister(), fields), signal);
    if (!('reply' in response)) {
      const { reject_message: rejectMessage, reject_code: rejectCode, error_code: rejectErrorCode } = response;
      throw rejection(call, { rejectMessage, rejectCode, rejectErrorCode });
    }
    const [{ canister_log_records: records }] = IDL.decode([Result], response.reply.arg) as unknown as [
      { canister_log_records: { idx: bigint; timestamp_nanos: bigint; content: Uint8Array }[] },
    ];
    return records.map(({ idx, timestamp_nanos, content }) => ({
      index: idx,
      time: new Date(Number(timestamp_nanos / 1_000_000n)),
      text: new TextDecoder().decode(Uint8Array.from(content)),
    }));
  } catch (error) {
    throw fromAgentError(error, call);
  }
}

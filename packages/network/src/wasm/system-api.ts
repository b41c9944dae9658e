/**
 * The system API that a canister can import from `ic0` (Internet Computer interface specification 0.68, "System API
 * imports"): each function's type, and the executions that may call it.
 */
import type { FunctionType } from './module.js';
import { ValueType } from './opcodes.js';

/**
 * The kind of execution: start function, init/post_upgrade, pre_upgrade, update, replicated and plain query, composite
 * query, reply and reject callback, the same two of a composite query, cleanup callback, inspect_message, system task
 * (heartbeat, timer, low memory).
 */
export type ExecutionContext =
  | ('s' | 'I' | 'G' | 'U' | 'RQ' | 'Q' | 'CQ')
  | ('Ry' | 'Rt' | 'CRy' | 'CRt' | 'C' | 'F' | 'T');

/** Read-only executions: their changes are dropped, they are free, and they are not logged. */
export const queryContexts: ReadonlySet<ExecutionContext> = new Set(['Q', 'CQ', 'CRy', 'CRt']);

export interface SystemFunction {
  /** Types of parameters and results, in the letters of the table. */
  params: string;
  results: string;
  contexts: ReadonlySet<ExecutionContext>;
}

const everywhere = 'I G U RQ Q CQ Ry Rt CRy CRt C F T';
const calls = 'U CQ Ry Rt CRy CRt T';
const replies = 'U RQ Q CQ Ry Rt CRy CRt';

/**
 * Name, parameters > results, allowed executions ("s" is not in `everywhere`). i: i32, I: i64, p: an address, a size or
 * an index of the memory's address type, e: a value of that type which only the canister understands.
 */
const table: readonly (readonly [name: string, signature: string, contexts: string])[] = [
  ['msg_arg_data_size', '>p', 'I U RQ Q CQ Ry CRy F'],
  ['msg_arg_data_copy', 'ppp>', 'I U RQ Q CQ Ry CRy F'],
  ['msg_caller_size', '>p', everywhere],
  ['msg_caller_copy', 'ppp>', everywhere],
  ['msg_caller_info_data_size', '>p', 'U RQ Q CQ Ry Rt CRy CRt C F'],
  ['msg_caller_info_data_copy', 'ppp>', 'U RQ Q CQ Ry Rt CRy CRt C F'],
  ['msg_caller_info_signer_size', '>p', 'U RQ Q CQ Ry Rt CRy CRt C F'],
  ['msg_caller_info_signer_copy', 'ppp>', 'U RQ Q CQ Ry Rt CRy CRt C F'],
  ['msg_reject_code', '>i', 'Ry Rt CRy CRt C'],
  ['msg_reject_msg_size', '>p', 'Rt CRt'],
  ['msg_reject_msg_copy', 'ppp>', 'Rt CRt'],
  ['msg_deadline', '>I', 'U RQ Q CQ Ry Rt CRy CRt'],
  ['msg_reply_data_append', 'pp>', replies],
  ['msg_reply', '>', replies],
  ['msg_reject', 'pp>', replies],
  ['msg_cycles_available', '>I', 'U RQ Rt Ry'],
  ['msg_cycles_available128', 'p>', 'U RQ Rt Ry'],
  ['msg_cycles_refunded', '>I', 'Rt Ry'],
  ['msg_cycles_refunded128', 'p>', 'Rt Ry'],
  ['msg_cycles_accept', 'I>I', 'U RQ Rt Ry'],
  ['msg_cycles_accept128', 'IIp>', 'U RQ Rt Ry'],
  ['mint_cycles128', 'IIp>', `${everywhere} s`],
  ['cycles_burn128', 'IIp>', 'I G U RQ Ry Rt C T'],
  ['canister_self_size', '>p', everywhere],
  ['canister_self_copy', 'ppp>', everywhere],
  ['canister_cycle_balance', '>I', everywhere],
  ['canister_cycle_balance128', 'p>', everywhere],
  ['canister_liquid_cycle_balance128', 'p>', everywhere],
  ['canister_status', '>i', everywhere],
  ['canister_version', '>I', everywhere],
  ['subnet_self_size', '>p', everywhere],
  ['subnet_self_copy', 'ppp>', everywhere],
  ['subnet_self_node_count', '>i', everywhere],
  ['msg_method_name_size', '>p', 'F'],
  ['msg_method_name_copy', 'ppp>', 'F'],
  ['accept_message', '>', 'F'],
  ['call_new', 'pppppepe>', calls],
  ['call_on_cleanup', 'pe>', calls],
  ['call_data_append', 'pp>', calls],
  ['call_with_best_effort_response', 'i>', calls],
  ['call_cycles_add', 'I>', 'U Ry Rt T'],
  ['call_cycles_add128', 'II>', 'U Ry Rt T'],
  ['call_perform', '>i', calls],
  ['stable_size', '>i', `${everywhere} s`],
  ['stable_grow', 'i>i', `${everywhere} s`],
  ['stable_write', 'iii>', `${everywhere} s`],
  ['stable_read', 'iii>', `${everywhere} s`],
  ['stable64_size', '>I', `${everywhere} s`],
  ['stable64_grow', 'I>I', `${everywhere} s`],
  ['stable64_write', 'III>', `${everywhere} s`],
  ['stable64_read', 'III>', `${everywhere} s`],
  ['root_key_size', '>p', 'I G U RQ Ry Rt C T'],
  ['root_key_copy', 'ppp>', 'I G U RQ Ry Rt C T'],
  ['certified_data_set', 'pp>', 'I G U Ry Rt T'],
  ['data_certificate_present', '>i', everywhere],
  ['data_certificate_size', '>p', 'Q CQ'],
  ['data_certificate_copy', 'ppp>', 'Q CQ'],
  ['time', '>I', everywhere],
  ['global_timer_set', 'I>I', 'I G U Ry Rt C T'],
  ['performance_counter', 'i>I', `${everywhere} s`],
  ['is_controller', 'pp>i', `${everywhere} s`],
  ['in_replicated_execution', '>i', `${everywhere} s`],
  ['cost_call', 'IIp>', `${everywhere} s`],
  ['cost_create_canister', 'p>', `${everywhere} s`],
  ['cost_http_request', 'IIp>', `${everywhere} s`],
  ['cost_http_request_v2', 'ppp>', `${everywhere} s`],
  ['cost_sign_with_ecdsa', 'ppip>i', `${everywhere} s`],
  ['cost_sign_with_schnorr', 'ppip>i', `${everywhere} s`],
  ['cost_vetkd_derive_key', 'ppip>i', `${everywhere} s`],
  ['env_var_count', '>p', everywhere],
  ['env_var_name_size', 'p>p', everywhere],
  ['env_var_name_copy', 'pppp>', everywhere],
  ['env_var_name_exists', 'pp>i', everywhere],
  ['env_var_value_size', 'pp>p', everywhere],
  ['env_var_value_copy', 'ppppp>', everywhere],
  ['debug_print', 'pp>', `${everywhere} s`],
  ['trap', 'pp>', `${everywhere} s`],
];

/** Functions that modules with a 64-bit memory cannot import: each has a form that is not tied to 32 bits. */
const only32 = new Set(
  (
    'msg_cycles_available msg_cycles_refunded msg_cycles_accept canister_cycle_balance call_cycles_add ' +
    'stable_size stable_grow stable_write stable_read'
  ).split(' '),
);

export const systemApi: ReadonlyMap<string, SystemFunction> = new Map(
  table.map(([name, signature, contexts]) => {
    const [params, results] = signature.split('>') as [string, string];
    return [name, { params, results, contexts: new Set(contexts.split(' ') as ExecutionContext[]) }];
  }),
);

/** The type that a module with a memory of such addresses imports a function with; undefined when it cannot. */
export function importType(name: string, memory64: boolean): FunctionType | undefined {
  const known = systemApi.get(name);
  if (known === undefined || (memory64 && only32.has(name))) return undefined;
  const { i32, i64 } = ValueType;
  const types = (letters: string) =>
    [...letters].map((letter) => (letter === 'I' || (letter !== 'i' && memory64) ? i64 : i32));
  return { params: types(known.params), results: types(known.results) };
}

/**
 * The system API that a canister can import from `ic0` (Internet Computer interface specification 0.66, "System API
 * imports"), for 32-bit memories: each function's type, and the executions in which it may be called.
 */
import type { FunctionType } from './module.js';
import { ValueType } from './opcodes.js';

/**
 * What is being executed: start function, init/post_upgrade, pre_upgrade, update, replicated and plain query, composite
 * query, reply and reject callback, the same two of a composite query, cleanup callback, inspect_message, system task
 * (heartbeat, timer, low memory).
 */
export type ExecutionContext =
  | ('s' | 'I' | 'G' | 'U' | 'RQ' | 'Q' | 'CQ')
  | ('Ry' | 'Rt' | 'CRy' | 'CRt' | 'C' | 'F' | 'T');

/** Executions that only look: nothing of what they do stays, nobody pays for them, and they are not logged. */
export const queryContexts: ReadonlySet<ExecutionContext> = new Set(['Q', 'CQ', 'CRy', 'CRt']);

export interface SystemFunction {
  type: FunctionType;
  contexts: ReadonlySet<ExecutionContext>;
}

const everywhere = 'I G U RQ Q CQ Ry Rt CRy CRt C F T';
const calls = 'U CQ Ry Rt CRy CRt T';
const replies = 'U RQ Q CQ Ry Rt CRy CRt';

/** Name, parameters > results (i: i32, I: i64), where it may be called ("s" is not in `everywhere`). */
const table: readonly (readonly [name: string, signature: string, contexts: string])[] = [
  ['msg_arg_data_size', '>i', 'I U RQ Q CQ Ry CRy F'],
  ['msg_arg_data_copy', 'iii>', 'I U RQ Q CQ Ry CRy F'],
  ['msg_caller_size', '>i', everywhere],
  ['msg_caller_copy', 'iii>', everywhere],
  ['msg_caller_info_data_size', '>i', 'U RQ Q CQ Ry Rt CRy CRt C F'],
  ['msg_caller_info_data_copy', 'iii>', 'U RQ Q CQ Ry Rt CRy CRt C F'],
  ['msg_caller_info_signer_size', '>i', 'U RQ Q CQ Ry Rt CRy CRt C F'],
  ['msg_caller_info_signer_copy', 'iii>', 'U RQ Q CQ Ry Rt CRy CRt C F'],
  ['msg_reject_code', '>i', 'Ry Rt CRy CRt C'],
  ['msg_reject_msg_size', '>i', 'Rt CRt'],
  ['msg_reject_msg_copy', 'iii>', 'Rt CRt'],
  ['msg_deadline', '>I', 'U RQ Q CQ Ry Rt CRy CRt'],
  ['msg_reply_data_append', 'ii>', replies],
  ['msg_reply', '>', replies],
  ['msg_reject', 'ii>', replies],
  ['msg_cycles_available', '>I', 'U RQ Rt Ry'],
  ['msg_cycles_available128', 'i>', 'U RQ Rt Ry'],
  ['msg_cycles_refunded', '>I', 'Rt Ry'],
  ['msg_cycles_refunded128', 'i>', 'Rt Ry'],
  ['msg_cycles_accept', 'I>I', 'U RQ Rt Ry'],
  ['msg_cycles_accept128', 'IIi>', 'U RQ Rt Ry'],
  ['mint_cycles128', 'IIi>', `${everywhere} s`],
  ['cycles_burn128', 'IIi>', 'I G U RQ Ry Rt C T'],
  ['canister_self_size', '>i', everywhere],
  ['canister_self_copy', 'iii>', everywhere],
  ['canister_cycle_balance', '>I', everywhere],
  ['canister_cycle_balance128', 'i>', everywhere],
  ['canister_liquid_cycle_balance128', 'i>', everywhere],
  ['canister_status', '>i', everywhere],
  ['canister_version', '>I', everywhere],
  ['subnet_self_size', '>i', everywhere],
  ['subnet_self_copy', 'iii>', everywhere],
  ['msg_method_name_size', '>i', 'F'],
  ['msg_method_name_copy', 'iii>', 'F'],
  ['accept_message', '>', 'F'],
  ['call_new', 'iiiiiiii>', calls],
  ['call_on_cleanup', 'ii>', calls],
  ['call_data_append', 'ii>', calls],
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
  ['root_key_size', '>i', 'I G U RQ Ry Rt C T'],
  ['root_key_copy', 'iii>', 'I G U RQ Ry Rt C T'],
  ['certified_data_set', 'ii>', 'I G U Ry Rt T'],
  ['data_certificate_present', '>i', everywhere],
  ['data_certificate_size', '>i', 'Q CQ'],
  ['data_certificate_copy', 'iii>', 'Q CQ'],
  ['time', '>I', everywhere],
  ['global_timer_set', 'I>I', 'I G U Ry Rt C T'],
  ['performance_counter', 'i>I', `${everywhere} s`],
  ['is_controller', 'ii>i', `${everywhere} s`],
  ['in_replicated_execution', '>i', `${everywhere} s`],
  ['cost_call', 'IIi>', `${everywhere} s`],
  ['cost_create_canister', 'i>', `${everywhere} s`],
  ['cost_http_request', 'IIi>', `${everywhere} s`],
  ['cost_sign_with_ecdsa', 'iiii>i', `${everywhere} s`],
  ['cost_sign_with_schnorr', 'iiii>i', `${everywhere} s`],
  ['cost_vetkd_derive_key', 'iiii>i', `${everywhere} s`],
  ['env_var_count', '>i', everywhere],
  ['env_var_name_size', 'i>i', everywhere],
  ['env_var_name_copy', 'iiii>', everywhere],
  ['env_var_name_exists', 'ii>i', everywhere],
  ['env_var_value_size', 'ii>i', everywhere],
  ['env_var_value_copy', 'iiiii>', everywhere],
  ['debug_print', 'ii>', `${everywhere} s`],
  ['trap', 'ii>', `${everywhere} s`],
];

const types = (letters: string) => [...letters].map((letter) => (letter === 'i' ? ValueType.i32 : ValueType.i64));

export const systemApi: ReadonlyMap<string, SystemFunction> = new Map(
  table.map(([name, signature, contexts]) => {
    const [params, results] = signature.split('>');
    return [
      name,
      {
        type: { params: types(params!), results: types(results!) },
        contexts: new Set(contexts.split(' ') as ExecutionContext[]),
      },
    ];
  }),
);

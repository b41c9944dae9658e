/**
 * The system API of the Internet Computer, as far as this canister uses it: one declaration per import, names and types
 * as in the interface specification (section "System API", version 0.66). Everything else in `ic/` wraps these.
 */

// @ts-ignore: decorator
@external('ic0', 'msg_arg_data_size')
export declare function msg_arg_data_size(): usize;

// @ts-ignore: decorator
@external('ic0', 'msg_arg_data_copy')
export declare function msg_arg_data_copy(dst: usize, offset: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'msg_method_name_size')
export declare function msg_method_name_size(): usize;

// @ts-ignore: decorator
@external('ic0', 'msg_method_name_copy')
export declare function msg_method_name_copy(dst: usize, offset: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'accept_message')
export declare function accept_message(): void;

// @ts-ignore: decorator
@external('ic0', 'msg_caller_size')
export declare function msg_caller_size(): usize;

// @ts-ignore: decorator
@external('ic0', 'msg_caller_copy')
export declare function msg_caller_copy(dst: usize, offset: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'msg_reply_data_append')
export declare function msg_reply_data_append(src: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'msg_reply')
export declare function msg_reply(): void;

// @ts-ignore: decorator
@external('ic0', 'msg_reject')
export declare function msg_reject(src: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'is_controller')
export declare function is_controller(src: usize, size: usize): i32;

// @ts-ignore: decorator
@external('ic0', 'in_replicated_execution')
export declare function in_replicated_execution(): i32;

// @ts-ignore: decorator
@external('ic0', 'canister_cycle_balance128')
export declare function canister_cycle_balance128(dst: usize): void;

// @ts-ignore: decorator
@external('ic0', 'msg_deadline')
export declare function msg_deadline(): u64;

// @ts-ignore: decorator
@external('ic0', 'canister_self_size')
export declare function canister_self_size(): usize;

// @ts-ignore: decorator
@external('ic0', 'canister_self_copy')
export declare function canister_self_copy(dst: usize, offset: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'canister_status')
export declare function canister_status(): u32;

// @ts-ignore: decorator
@external('ic0', 'call_new')
export declare function call_new(
  callee_src: usize,
  callee_size: usize,
  name_src: usize,
  name_size: usize,
  reply_fun: usize,
  reply_env: usize,
  reject_fun: usize,
  reject_env: usize,
): void;

// @ts-ignore: decorator
@external('ic0', 'call_on_cleanup')
export declare function call_on_cleanup(fun: usize, env: usize): void;

// @ts-ignore: decorator
@external('ic0', 'call_data_append')
export declare function call_data_append(src: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'call_with_best_effort_response')
export declare function call_with_best_effort_response(timeout_seconds: u32): void;

// @ts-ignore: decorator
@external('ic0', 'call_cycles_add128')
export declare function call_cycles_add128(amount_high: u64, amount_low: u64): void;

// @ts-ignore: decorator
@external('ic0', 'call_perform')
export declare function call_perform(): u32;

// @ts-ignore: decorator
@external('ic0', 'msg_reject_code')
export declare function msg_reject_code(): i32;

// @ts-ignore: decorator
@external('ic0', 'msg_reject_msg_size')
export declare function msg_reject_msg_size(): usize;

// @ts-ignore: decorator
@external('ic0', 'msg_reject_msg_copy')
export declare function msg_reject_msg_copy(dst: usize, offset: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'canister_liquid_cycle_balance128')
export declare function canister_liquid_cycle_balance128(dst: usize): void;

// @ts-ignore: decorator
@external('ic0', 'time')
export declare function time(): u64;

// @ts-ignore: decorator
@external('ic0', 'performance_counter')
export declare function performance_counter(kind: i32): u64;

// @ts-ignore: decorator
@external('ic0', 'global_timer_set')
export declare function global_timer_set(at: u64): u64;

// @ts-ignore: decorator
@external('ic0', 'certified_data_set')
export declare function certified_data_set(src: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'data_certificate_present')
export declare function data_certificate_present(): i32;

// @ts-ignore: decorator
@external('ic0', 'data_certificate_size')
export declare function data_certificate_size(): usize;

// @ts-ignore: decorator
@external('ic0', 'data_certificate_copy')
export declare function data_certificate_copy(dst: usize, offset: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'stable64_size')
export declare function stable64_size(): u64;

// @ts-ignore: decorator
@external('ic0', 'stable64_grow')
export declare function stable64_grow(pages: u64): i64;

// @ts-ignore: decorator
@external('ic0', 'stable64_read')
export declare function stable64_read(dst: u64, offset: u64, size: u64): void;

// @ts-ignore: decorator
@external('ic0', 'stable64_write')
export declare function stable64_write(offset: u64, src: u64, size: u64): void;

// @ts-ignore: decorator
@external('ic0', 'debug_print')
export declare function debug_print(src: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'trap')
export declare function trap(src: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'msg_cycles_available128')
export declare function msg_cycles_available128(dst: usize): void;

// @ts-ignore: decorator
@external('ic0', 'msg_cycles_accept128')
export declare function msg_cycles_accept128(high: u64, low: u64, dst: usize): void;

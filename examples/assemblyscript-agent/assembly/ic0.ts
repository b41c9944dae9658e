/** What the agent uses of the system API (Internet Computer interface specification, "System API imports"). */

// @ts-ignore: decorator
@external('ic0', 'msg_arg_data_size')
export declare function msg_arg_data_size(): usize;

// @ts-ignore: decorator
@external('ic0', 'msg_arg_data_copy')
export declare function msg_arg_data_copy(dst: usize, offset: usize, size: usize): void;

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
@external('ic0', 'msg_reject_msg_size')
export declare function msg_reject_msg_size(): usize;

// @ts-ignore: decorator
@external('ic0', 'msg_reject_msg_copy')
export declare function msg_reject_msg_copy(dst: usize, offset: usize, size: usize): void;

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
@external('ic0', 'call_data_append')
export declare function call_data_append(src: usize, size: usize): void;

// @ts-ignore: decorator
@external('ic0', 'call_with_best_effort_response')
export declare function call_with_best_effort_response(timeout_seconds: u32): void;

// @ts-ignore: decorator
@external('ic0', 'call_perform')
export declare function call_perform(): u32;

// @ts-ignore: decorator
@external('ic0', 'env_var_name_exists')
export declare function env_var_name_exists(name_src: usize, name_size: usize): i32;

// @ts-ignore: decorator
@external('ic0', 'env_var_value_size')
export declare function env_var_value_size(name_src: usize, name_size: usize): usize;

// @ts-ignore: decorator
@external('ic0', 'env_var_value_copy')
export declare function env_var_value_copy(
  name_src: usize,
  name_size: usize,
  dst: usize,
  offset: usize,
  size: usize,
): void;

// @ts-ignore: decorator
@external('ic0', 'trap')
export declare function trap(src: usize, size: usize): void;

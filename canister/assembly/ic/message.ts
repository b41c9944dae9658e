/**
 * The message that is being executed: its argument, its caller, its answer.
 *
 * The argument is in a fixed raw buffer that every message reuses, so views into it (a 2 MiB chunk of a file) are never
 * copied. They are valid until the message ends.
 */
import * as ic0 from './ic0';
import { Principal } from './principal';

/**
 * The longest argument that is read. Ingress messages have at most 2 MiB; another canister of the same subnet may send
 * 10 MiB, which no method here needs.
 */
export const MAX_ARGUMENT: u32 = 3 << 20;

const argument: usize = memory.data(<i32>MAX_ARGUMENT, 16);
const who: usize = memory.data(32, 8);
/** Longer than the name of any method. */
const MAX_METHOD_NAME: u32 = 64;
const name: usize = memory.data(<i32>MAX_METHOD_NAME);

/** Bytes of the argument, which may be more than {@link MAX_ARGUMENT}. */
export function argumentSize(): u32 {
  return <u32>ic0.msg_arg_data_size();
}

/** Copies at most {@link MAX_ARGUMENT} bytes of the argument into the buffer and returns its address. */
export function copyArgument(): usize {
  ic0.msg_arg_data_copy(argument, 0, min<u32>(argumentSize(), MAX_ARGUMENT));
  return argument;
}

/** Who sent the message. */
export function caller(): Principal {
  const size = <u32>ic0.msg_caller_size();
  ic0.msg_caller_copy(who, 0, size);
  return Principal.fromBytes(who, size);
}

/** The canister itself. */
export function self(): Principal {
  const size = <u32>ic0.canister_self_size();
  ic0.canister_self_copy(who, 0, size);
  return Principal.fromBytes(who, size);
}

/** The time until which the caller waits, in nanoseconds since 1970; 0 if it waits without limit. */
export function deadline(): u64 {
  return ic0.msg_deadline();
}

/** False in a query whose effects are discarded and whose answer comes from one replica. */
export function isReplicated(): bool {
  return ic0.in_replicated_execution() != 0;
}

/** In canister_inspect_message: the name of the called method; '' if it is longer than any method's name. */
export function methodName(): string {
  const size = <u32>ic0.msg_method_name_size();
  if (size > MAX_METHOD_NAME) return '';
  ic0.msg_method_name_copy(name, 0, size);
  return String.UTF8.decodeUnsafe(name, size);
}

/** In canister_inspect_message: accepts the message. */
export function acceptMessage(): void {
  ic0.accept_message();
}

/** Appends to the reply's bytes. */
export function append(ptr: usize, size: u32): void {
  ic0.msg_reply_data_append(ptr, size);
}

/** Sends the reply that was appended. */
export function reply(): void {
  ic0.msg_reply();
}

/** Rejects the message with a text instead of replying. */
export function reject(text: string): void {
  const utf8 = String.UTF8.encode(text);
  ic0.msg_reject(changetype<usize>(utf8), utf8.byteLength);
}

/**
 * Runs the work of an exported function, and then collects garbage: at that point no managed object can be on the
 * stack. There are few objects, and they are dead by then, so this takes a few thousand instructions.
 */
export function respond(work: () => void): void {
  work();
  __collect();
}

/**
 * The message that is being executed: its argument, its caller, its answer.
 *
 * The argument lies in one fixed raw buffer that every message reuses, so that views into it (a 2 MiB chunk of a file)
 * are never copied. They are valid until the message ends.
 */
import * as ic0 from './ic0';
import { Principal } from './principal';

/**
 * The longest argument that is looked at. Ingress messages are at most 2 MiB; another canister of the same subnet may
 * send 10 MiB, which no method here needs.
 */
export const MAX_ARGUMENT: u32 = 3 << 20;

const argument: usize = memory.data(<i32>MAX_ARGUMENT, 16);
const who: usize = memory.data(32, 8);
/** No method has a longer name. */
const MAX_METHOD_NAME: u32 = 64;
const name: usize = memory.data(<i32>MAX_METHOD_NAME);

/** Bytes of the argument, which may be more than {@link MAX_ARGUMENT}. */
export function argumentSize(): u32 {
  return <u32>ic0.msg_arg_data_size();
}

/** Where the argument lies after it was copied there: at most {@link MAX_ARGUMENT} bytes. */
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

/** Until when its caller waits, nanoseconds since 1970; 0 if for ever. */
export function deadline(): u64 {
  return ic0.msg_deadline();
}

/** False in a query whose effects are dropped and whose answer comes from one replica. */
export function isReplicated(): bool {
  return ic0.in_replicated_execution() != 0;
}

/** In canister_inspect_message: the method that is called; '' where it has a longer name than any method. */
export function methodName(): string {
  const size = <u32>ic0.msg_method_name_size();
  if (size > MAX_METHOD_NAME) return '';
  ic0.msg_method_name_copy(name, 0, size);
  return String.UTF8.decodeUnsafe(name, size);
}

/** In canister_inspect_message: lets the message come in. */
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

/** Sends a rejection, with a text, in place of a reply. */
export function reject(text: string): void {
  const utf8 = String.UTF8.encode(text);
  ic0.msg_reject(changetype<usize>(utf8), utf8.byteLength);
}

/**
 * What every exported function runs its work in: afterwards the managed objects that it made are collected, while none
 * can be on the stack. Their number is small and they are dead by then, so this is a few thousand instructions.
 */
export function respond(work: () => void): void {
  work();
  __collect();
}

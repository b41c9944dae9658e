/**
 * An agent: it answers a question with what the LLM canister says to it. One call to it, one answer; while it waits for the
 * LLM canister it serves others.
 */
import { decodeText, encodeChat, encodeText } from './candid';
import * as ic0 from './ic0';

/** w36hm-eqaaa-aaaal-qr76a-cai, where the Internet Computer has the LLM canister. */
const LLM_CANISTER: StaticArray<u8> = [0, 0, 0, 0, 1, 0x70, 0x8f, 0xfc, 1, 1];
/** Tools that deploy an agent beside an LLM canister of its own set it to that canister's principal, as text. */
const VARIABLE = 'PUBLIC_CANISTER_ID:llm';

const MODEL = 'llama3.1:8b';
const SYSTEM = 'You are a helpful assistant. Answer in one sentence.';
/** Seconds after which the caller is told that there is no answer. */
const PATIENCE: u32 = 300;

function received(): ArrayBuffer {
  const size = ic0.msg_arg_data_size();
  const bytes = new ArrayBuffer(<i32>size);
  ic0.msg_arg_data_copy(changetype<usize>(bytes), 0, size);
  return bytes;
}

function reply(text: string): void {
  const bytes = encodeText(text);
  ic0.msg_reply_data_append(changetype<usize>(bytes), bytes.length);
  ic0.msg_reply();
}

function reject(why: string): void {
  const utf8 = String.UTF8.encode(why);
  ic0.msg_reject(changetype<usize>(utf8), utf8.byteLength);
}

/** The principal's bytes: the variable's, if there is one. */
function llmCanister(): StaticArray<u8> {
  const name = String.UTF8.encode(VARIABLE);
  const ptr = changetype<usize>(name);
  if (ic0.env_var_name_exists(ptr, name.byteLength) == 0) return LLM_CANISTER;
  const size = ic0.env_var_value_size(ptr, name.byteLength);
  const value = new ArrayBuffer(<i32>size);
  ic0.env_var_value_copy(ptr, name.byteLength, changetype<usize>(value), 0, size);
  return principalOf(String.UTF8.decode(value));
}

/** A principal's bytes by its text: base32 in groups, of a checksum (4 bytes) and the bytes. */
function principalOf(text: string): StaticArray<u8> {
  const bytes: u8[] = [];
  let bits: u32 = 0;
  let pending: u32 = 0;
  for (let i = 0; i < text.length; ++i) {
    const value = 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(text.charAt(i));
    if (value < 0) continue;
    pending = (pending << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(<u8>(pending >> bits));
    pending &= (1 << bits) - 1;
  }
  return StaticArray.fromArray(bytes.slice(4));
}

/** ask : (text) -> (text) */
export function ask(): void {
  pass();
  // What was allocated is not needed any more; nothing else calls the collector.
  __collect();
}

/** Hands the question on. */
function pass(): void {
  const question = decodeText(received());
  if (question === null) return reject('ask takes one text');
  const callee = llmCanister();
  const method = String.UTF8.encode('v0_chat');
  const argument = encodeChat(MODEL, SYSTEM, question);
  ic0.call_new(
    changetype<usize>(callee),
    callee.length,
    changetype<usize>(method),
    method.byteLength,
    answered.index,
    0,
    refused.index,
    0,
  );
  ic0.call_data_append(changetype<usize>(argument), argument.length);
  ic0.call_with_best_effort_response(PATIENCE);
  if (ic0.call_perform() != 0) reject('the LLM canister cannot be called now');
}

/** The LLM canister has answered. */
function answered(_environment: u32): void {
  const text = decodeText(received());
  if (text === null) reject('the LLM canister has answered with something else than a text');
  else reply(text);
  __collect();
}

/** It has not. */
function refused(_environment: u32): void {
  const size = ic0.msg_reject_msg_size();
  const why = new ArrayBuffer(<i32>size);
  ic0.msg_reject_msg_copy(changetype<usize>(why), 0, size);
  reject(`the LLM canister has not answered: ${String.UTF8.decode(why)}`);
  __collect();
}

/** What the runtime calls where it cannot go on. */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  const where = file === null ? '' : ` at ${file}:${line}:${column}`;
  const utf8 = String.UTF8.encode(`${message === null ? 'aborted' : message}${where}`);
  ic0.trap(changetype<usize>(utf8), utf8.byteLength);
}

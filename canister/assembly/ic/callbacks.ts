/**
 * What the system calls when a call has ended: `call_replied`, `call_rejected` and `call_undone` of index.ts begin with
 * one of these functions. They are in the function table, where canister/scripts/callbacks.mjs puts them.
 */
import * as ic0 from './ic0';
import { RejectCode, takeWaiting } from './call';
import { reject } from './message';

/** The environment of the callback that runs; a global, because functions that are handed on see no others. */
let environment: u32 = 0;

/** Begins a callback. */
export function begin(number: u32): void {
  environment = number;
}

/** A reply for a program that has been replaced since: those who wait for the result are told. */
function nobodyWaits(): void {
  reject('the canister was upgraded before it could answer: call again');
}

export function goOn(): void {
  const waiting = takeWaiting(environment);
  if (waiting === null) nobodyWaits();
  else waiting.replied();
}

export function goOnWithout(): void {
  const waiting = takeWaiting(environment);
  if (waiting === null) return nobodyWaits();
  const size = <u32>ic0.msg_reject_msg_size();
  const text = new ArrayBuffer(size);
  ic0.msg_reject_msg_copy(changetype<usize>(text), 0, size);
  waiting.rejected(<RejectCode>ic0.msg_reject_code(), String.UTF8.decode(text));
}

export function goOnUndone(): void {
  const waiting = takeWaiting(environment);
  if (waiting !== null) waiting.undone();
}

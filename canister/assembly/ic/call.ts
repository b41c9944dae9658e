/**
 * A call to a method of a canister, and what goes on when it has ended.
 *
 * What waits for the answer is an object in the heap, and the system is given its number: the *environment* of the
 * callbacks. An upgrade that is not preceded by a stop loses the object, and the answer meets a program that has not made
 * the call; it finds nothing under the number then. Numbers begin with the time, so that they are not given again.
 */
import { now } from './clock';
import * as ic0 from './ic0';
import { Principal } from './principal';

/** A continuation of the caller: when the call has ended, one of these methods is called, once. */
export abstract class Continuation {
  /** The callee has replied; the reply is the message's argument. */
  abstract replied(): void;

  /** The callee, or the system in its place, has refused. */
  abstract rejected(code: RejectCode, why: string): void;

  /**
   * One of the two methods has trapped, and its changes are undone. No call can be made here, and nothing can be
   * answered.
   */
  undone(): void {}
}

/** Why a call was refused (interface specification, "Reject codes"). */
export const enum RejectCode {
  SystemFatal = 1,
  SystemTransient = 2,
  DestinationInvalid = 3,
  Rejected = 4,
  Trapped = 5,
  /** The answer to a call with a time limit did not come in time. */
  Unknown = 6,
}

/** Indices of the callbacks in the function table, the same in every version: canister/scripts/callbacks.mjs puts them there. */
const REPLIED: usize = 1;
const REJECTED: usize = 2;
const UNDONE: usize = 3;

const open = new Map<u32, Continuation>();
let lastNumber: u32 = 0;

function newNumber(): u32 {
  // Milliseconds since 1970. A program never makes a thousand calls a second for long, so the numbers of a later
  // program are higher.
  if (lastNumber == 0) lastNumber = <u32>(now() / 1_000_000);
  do ++lastNumber;
  while (lastNumber == 0 || open.has(lastNumber));
  return lastNumber;
}

/** The call that is being put together. */
@final
export class Call {
  private readonly number: u32;

  /** `waiting` goes on when the call has ended. */
  constructor(
    callee: Principal,
    method: string,
    private readonly waiting: Continuation,
  ) {
    const number = newNumber();
    this.number = number;
    const name = String.UTF8.encode(method);
    ic0.call_new(callee.ptr, callee.size, changetype<usize>(name), name.byteLength, REPLIED, number, REJECTED, number);
    ic0.call_on_cleanup(UNDONE, number);
  }

  /** Appends to the argument. */
  append(ptr: usize, size: u32): void {
    ic0.call_data_append(ptr, size);
  }

  /** Attaches cycles; what the callee does not accept comes back. Traps if the canister has not as many to spare. */
  addCycles(low: u64, high: u64 = 0): void {
    ic0.call_cycles_add128(high, low);
  }

  /** Has the system answer with {@link RejectCode.Unknown} if nothing has come after so long, at most 300 s. */
  waitAtMost(seconds: u32): void {
    ic0.call_with_best_effort_response(seconds);
  }

  /** Makes the call. False if it cannot be made (too few cycles, too many open calls); then `waiting` is not called. */
  perform(): bool {
    if (ic0.call_perform() != 0) return false;
    open.set(this.number, this.waiting);
    return true;
  }
}

/** Takes the continuation of the call with this number; null if there is none. */
export function takeWaiting(number: u32): Continuation | null {
  if (!open.has(number)) return null;
  const waiting = open.get(number);
  open.delete(number);
  return waiting;
}

/** The parts of ic/ that no method of the canister shows by itself, as messages, for canister/test/ic.test.ts. */
import { Call, Continuation, RejectCode } from '../ic/call';
import { begin, goOn, goOnUndone, goOnWithout } from '../ic/callbacks';
import { now } from '../ic/clock';
import { certificate, certify } from '../ic/certified';
import { cycleBalance } from '../ic/cycles';
import { print } from '../ic/debug';
import { append, argumentSize, caller, copyArgument, isReplicated, reply, respond } from '../ic/message';
import { instructions } from '../ic/performance';
import { Principal } from '../ic/principal';
import { Randomness, drawRandomness } from '../ic/raw-rand';
import { clearTimer, setTimer } from '../ic/timer';
import '../ic/trap';

function argument(): string {
  return String.UTF8.decodeUnsafe(copyArgument(), argumentSize());
}

function answer(text: string): void {
  const utf8 = String.UTF8.encode(text);
  append(changetype<usize>(utf8), utf8.byteLength);
  reply();
}

/** The bytes of the principal whose text is the argument, or `null`. */
export function parse(): void {
  respond(() => {
    const principal = Principal.parse(argument());
    if (principal === null) return answer('null');
    append(principal.ptr, principal.size);
    reply();
  });
}

/** The system's answers to a message, and the caller in text form. */
export function ask(): void {
  respond(() => {
    const who = caller();
    const balance = cycleBalance();
    answer(
      `${now()} ${instructions()} ${balance.low} ${balance.high} ${isReplicated()} ` +
        `${who.isAnonymous} ${who.isController} ${who.equals(Principal.parse(argument())!)}`,
    );
  });
}

export function timer(): void {
  respond(() => {
    if (argumentSize() == 0) clearTimer();
    else setTimer(<u64>parseInt(argument()));
  });
}

export function log(): void {
  respond(() => print(argument()));
}

export function certifyArgument(): void {
  respond(() => certify(String.UTF8.encode(argument())));
}

export function readCertificate(): void {
  respond(() => {
    const bytes = certificate();
    answer(bytes === null ? 'null' : String.UTF8.decode(bytes));
  });
}

/** Reads an array beyond its end, which traps. */
export function fail(): void {
  const empty: Array<i32> = [];
  answer(empty[argumentSize()].toString());
}

/** Replies with the outcome of a call. */
class Relay extends Continuation {
  replied(): void {
    append(copyArgument(), argumentSize());
    reply();
  }

  rejected(code: RejectCode, why: string): void {
    answer(`rejected (${<i32>code}): ${why}`);
  }

  undone(): void {
    print('undone');
  }
}

/** Forwards its argument to the caller's `echo`, with 2^64 + 7 cycles, for at most 300 s. */
export function relay(): void {
  respond(() => {
    const call = new Call(caller(), 'echo', new Relay());
    call.append(copyArgument(), argumentSize());
    call.addCycles(7, 1);
    call.waitAtMost(300);
    if (!call.perform()) answer('cannot be sent');
  });
}

class Answered extends Randomness {
  drawn(bytes: ArrayBuffer): void {
    append(changetype<usize>(bytes), bytes.byteLength);
    reply();
  }

  failed(why: string): void {
    answer(why);
  }
}

export function draw(): void {
  respond(() => drawRandomness(new Answered()));
}

export function call_replied(number: u32): void {
  begin(number);
  respond(goOn);
}

export function call_rejected(number: u32): void {
  begin(number);
  respond(goOnWithout);
}

export function call_undone(number: u32): void {
  begin(number);
  respond(goOnUndone);
}

/**
 * Unpredictable random bytes: `raw_rand` of the management canister (interface specification, "IC method raw_rand").
 */
import { Call, Continuation, RejectCode } from './call';
import { Decoder } from './candid/decoder';
import { argumentSize, copyArgument } from './message';
import { Principal } from './principal';

const BYTES: u32 = 32;

/** `DIDL`, no types, no arguments. */
const nothing = memory.data<u8>([0x44, 0x49, 0x44, 0x4c, 0, 0]);

/** A continuation with random bytes, or without: one of its methods is called, once. */
export abstract class Randomness {
  /** Called with {@link BYTES} random bytes. */
  abstract drawn(bytes: ArrayBuffer): void;
  abstract failed(why: string): void;

  /** One of the two methods has trapped, and its changes are undone; nothing can be called or answered here. */
  undone(): void {}
}


@final
class RawRand extends Continuation {
  constructor(private readonly waiting: Randomness) {
    super();
  }

  replied(): void {
    const decoder = new Decoder('raw_rand', copyArgument(), argumentSize());
    const blob = decoder.blob(decoder.argument());
    const problem = decoder.end();
    if (problem !== null) return this.waiting.failed(problem.text);
    if (blob.size != BYTES) return this.waiting.failed(`raw_rand has replied ${blob.size.toString()} bytes`);
    const bytes = new ArrayBuffer(BYTES);
    memory.copy(changetype<usize>(bytes), blob.ptr, BYTES);
    this.waiting.drawn(bytes);
  }

  rejected(_code: RejectCode, why: string): void {
    this.waiting.failed(`raw_rand was refused: ${why}`);
  }

  undone(): void {
    this.waiting.undone();
  }
}

/**
 * Asks for random bytes; `waiting` is called in a later message, or at once if the request cannot be made. Not for
 * queries.
 */
export function drawRandomness(waiting: Randomness): void {
  const call = new Call(Principal.fromBytes(0, 0), 'raw_rand', new RawRand(waiting));
  call.append(nothing, 6);
  if (!call.perform()) waiting.failed('raw_rand cannot be asked: too few cycles, or too many calls that wait');
}

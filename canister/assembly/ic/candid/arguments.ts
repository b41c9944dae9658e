import { MAX_ARGUMENT, argumentSize, copyArgument, reject } from '../message';
import { Decoder } from './decoder';

/** Starts to decode the message's argument. */
export function begin(): Decoder {
  const size = argumentSize();
  if (size > MAX_ARGUMENT) {
    return new Decoder(0, 0, `it has ${size.toString()} bytes, and at most ${MAX_ARGUMENT.toString()} are looked at`);
  }
  return new Decoder(copyArgument(), size);
}

let problem: string = '';

/** Ends it; whether the argument could be decoded. */
export function end(decoder: Decoder, method: string): bool {
  decoder.end();
  const failure = decoder.failure;
  if (failure === null) return true;
  problem = `${method}: the argument cannot be decoded: ${failure}`;
  return false;
}

/** Why the last argument that could not be decoded could not. */
export function argumentProblem(): string {
  return problem;
}

/** Rejects the message for it: the answer of methods whose result has no form for an error. */
export function rejectArgument(): void {
  reject(problem);
}

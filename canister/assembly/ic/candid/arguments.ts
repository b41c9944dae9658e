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

/** Ends it. If the argument could not be decoded, the message is rejected with a text that says why. */
export function end(decoder: Decoder, method: string): bool {
  decoder.end();
  const failure = decoder.failure;
  if (failure === null) return true;
  reject(`${method}: the argument cannot be decoded: ${failure}`);
  return false;
}

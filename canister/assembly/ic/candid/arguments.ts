import { Problem } from '../../problem';
import { MAX_ARGUMENT, argumentSize, copyArgument } from '../message';
import { Decoder } from './decoder';

/** Starts to decode the message's argument for a method. */
export function begin(method: string): Decoder {
  const size = argumentSize();
  if (size <= MAX_ARGUMENT) return new Decoder(method, copyArgument(), size);
  return new Decoder(method, 0, 0, new Problem(`it has ${size} bytes, and at most ${MAX_ARGUMENT} are looked at`));
}

import { debug_print } from './ic0';

/**
 * Writes a line to the canister's log, which its controllers can read (`icp canister logs`). Do not write private data.
 */
export function print(text: string): void {
  const utf8 = String.UTF8.encode(text);
  debug_print(changetype<usize>(utf8), utf8.byteLength);
}

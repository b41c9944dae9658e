import { debug_print } from './ic0';

/** A line in the canister's log, which its controllers can read (`icp canister logs`). Nothing private goes there. */
export function print(text: string): void {
  const utf8 = String.UTF8.encode(text);
  debug_print(changetype<usize>(utf8), utf8.byteLength);
}

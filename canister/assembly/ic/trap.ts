import { trap as trapWith } from './ic0';

/**
 * Traps: undoes the message and reports a text. Use it only for states that must not occur (such as a foreign stable
 * memory); a caller's mistake is answered with an error.
 */
export function trap(text: string): void {
  const utf8 = String.UTF8.encode(text);
  trapWith(changetype<usize>(utf8), utf8.byteLength);
}

/**
 * Called by the AssemblyScript runtime in place of `env.abort`: traps with the place in the source.
 *
 * @public named in scripts/build.mjs
 */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  const what = message === null ? 'aborted' : message;
  const where = file === null ? '' : ' at ' + file + ':' + line.toString() + ':' + column.toString();
  trap(what + where);
}

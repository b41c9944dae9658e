import { trap as trapWith } from './ic0';

/**
 * Ends the message as if it had never happened, with a text that says why. For states that must not be entered (a
 * foreign stable memory, say); a caller's mistake is answered by an error instead.
 */
export function trap(text: string): void {
  const utf8 = String.UTF8.encode(text);
  trapWith(changetype<usize>(utf8), utf8.byteLength);
}

/**
 * What the AssemblyScript runtime calls in place of `env.abort`: a trap with the place in the source.
 * @public named in scripts/build.mjs
 */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  const what = message === null ? 'aborted' : message;
  const where = file === null ? '' : ' at ' + file + ':' + line.toString() + ':' + column.toString();
  trap(what + where);
}

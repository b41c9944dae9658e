/** What is found in a log. */

/** A value, or that there is none any more. */
export type Entry = { key: string; value: unknown } | { key: string; dropped: true };

/** Bytes of a log that are not what was written there. */
export interface LogDamage {
  /** What is wrong, and where: `entry 3 at byte 420 does not match its checksum`. */
  what: string;
  /** Of what it spoke, where that can still be told. */
  keys: string[];
  /** How many of the log's entries stood before it. */
  before: number;
}

export interface ReadLog {
  /** Of the file's layout. */
  version: 1 | 2;
  /** All that can be read, in order. */
  entries: Entry[];
  damage: LogDamage[];
  /** Whether the file was ended by its writer, so that nothing can be missing at its end. */
  ended: boolean;
  /** Whether its end is a group that its writer did not finish. */
  unfinished: boolean;
}

/** Keys that can be read in bytes which are damaged. */
export function keysIn(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const found = text.match(/\b(?:canister|module|pages|log|snapshot|context|call|ingress)\/[a-z0-9][a-z0-9/-]*/g) ?? [];
  return [...new Set(found)];
}

/** The content of a log. */

/** A value, or its removal. */
export type Entry = { key: string; value: unknown } | { key: string; dropped: true };

/** Bytes of a log that differ from those that were written. */
export interface LogDamage {
  /** The damage and its place: `entry 3 at byte 420 does not match its checksum`. */
  what: string;
  /** The keys of the damaged entries, as far as known. */
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

/** The readable keys in damaged bytes. */
export function keysIn(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const found = text.match(/\b(?:canister|module|pages|log|snapshot|context|call|ingress)\/[a-z0-9][a-z0-9/-]*/g) ?? [];
  return [...new Set(found)];
}

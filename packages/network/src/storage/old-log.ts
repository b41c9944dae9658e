/**
 * Logs without a checksum for every entry, as earlier networks wrote them; their state folders can still be opened:
 *
 *     "llama-canister network 1\n"  { length: u32 LE, CRC-32 of the payload: u32 LE, payload }*
 *
 * A payload is a group of changes: `{ set: [key, value][], dropped: key[] }`. Lengths have no checksum of their own, so
 * after a damaged one the next payload is searched for.
 */
import { crc32 } from 'node:zlib';
import { type Entry, keysIn, type LogDamage, type ReadLog } from './log-content.js';
import { unpack } from './packing.js';

export const oldMagic = Buffer.from('llama-canister network 1\n');
const headBytes = 8;
/** The first bytes of V8's serialised objects: 0xff, its version, `o`. */
const [serialised, object] = [0xff, 'o'.charCodeAt(0)];

interface Changes {
  set: [key: string, value: unknown][];
  dropped: string[];
}

function entriesOf(payload: Uint8Array): Entry[] {
  const { set, dropped } = unpack(payload) as Changes;
  const values = set.map(([key, value]): Entry => ({ key, value }));
  return [...values, ...dropped.map((key): Entry => ({ key, dropped: true }))];
}

/** The payload of the record at a place; undefined when there is no whole one. */
function payloadAt(content: Buffer, at: number): Buffer | undefined {
  const start = at + headBytes;
  if (start + 2 >= content.length || content[start] !== serialised || content[start + 2] !== object) return undefined;
  const end = start + content.readUInt32LE(at);
  const checksum = content.readUInt32LE(at + 4);
  const whole = content.subarray(start, end);
  if (end <= content.length && crc32(whole) === checksum) return whole;
  // Of the last record, the length can be told without being read.
  const rest = content.subarray(start);
  return end > content.length && crc32(rest) === checksum ? rest : undefined;
}

export function readOldLog(content: Buffer): ReadLog {
  const entries: Entry[] = [];
  const damage: LogDamage[] = [];
  const read = (unfinished: boolean): ReadLog => ({ version: 1, entries, damage, ended: false, unfinished });
  for (let at = oldMagic.length; at < content.length; ) {
    const payload = payloadAt(content, at);
    if (payload !== undefined) {
      entries.push(...entriesOf(payload));
      at += headBytes + payload.length;
      continue;
    }
    let next = at + 1;
    while (next < content.length && payloadAt(content, next) === undefined) next++;
    const isCut = at + headBytes > content.length || at + headBytes + content.readUInt32LE(at) > content.length;
    // Nothing follows, and the record is longer than the file: its writer was killed.
    if (next >= content.length && isCut) return read(true);
    const bytes = content.subarray(at, next);
    const what = `a record at byte ${at} does not match its checksum (${bytes.length} bytes)`;
    damage.push({ what, keys: keysIn(bytes), before: entries.length });
    at = next;
  }
  return read(false);
}

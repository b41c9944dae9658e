/**
 * A file of values under keys, written one after the other:
 *
 *     "llama-canister network 2\n"  entry*
 *     entry: mark, number, kind, bytes of the key, bytes of the value, CRC-32 of the key, CRC-32 of the value,
 *            CRC-32 of these seven: eight times u32 LE; key: UTF-8; value: as packing.ts writes it
 *
 * Entries are numbered from 0. Those of one group of changes count together; the last one is marked as the last. A
 * finished file ends with an entry of its own kind.
 *
 * A killed process leaves at most one unfinished group, at the end of the file; every byte of it is as it was written.
 * Any other deviation is damage: it is reported, and reading continues after it.
 */
import { closeSync, fsync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { type Entry, keysIn, type LogDamage, type ReadLog } from './log-content.js';
import { oldMagic, readOldLog } from './old-log.js';
import { pack, unpack } from './packing.js';

const magic = Buffer.from('llama-canister network 2\n');
const markBytes = Buffer.from('LCE2');
const mark = markBytes.readUInt32LE();
const headBytes = 32;
const checkedBytes = headBytes - 4;

const Kind = { value: 0, dropped: 1, end: 2 } as const;
/** Added to the kind of an entry that ends its group. */
const endsGroup = 0x100;

function encoded(number: number, kind: number, key: string, value: Uint8Array): Uint8Array[] {
  const name = Buffer.from(key);
  const head = Buffer.alloc(headBytes);
  [mark, number, kind, name.length, value.length, crc32(name), crc32(value)].forEach((word, i) => {
    head.writeUInt32LE(word, i * 4);
  });
  head.writeUInt32LE(crc32(head.subarray(0, checkedBytes)), checkedBytes);
  return [head, name, value];
}

export class EntryLog {
  private readonly file: number;
  private entries = 0;
  size = 0;

  /** Makes a file. It appears under its name with its first bytes in it. */
  constructor(path: string) {
    const fresh = `${path}.new`;
    this.file = openSync(fresh, 'w', 0o600);
    this.write(magic);
    renameSync(fresh, path);
  }

  /** Writes a group of changes. */
  append(group: readonly Entry[]): void {
    const parts = group.flatMap((entry, i) => {
      const last = i === group.length - 1 ? endsGroup : 0;
      return 'dropped' in entry
        ? encoded(this.entries++, Kind.dropped | last, entry.key, new Uint8Array())
        : encoded(this.entries++, Kind.value | last, entry.key, pack(entry.value));
    });
    this.write(Buffer.concat(parts));
  }

  /** Notes that nothing more will be written. */
  end(): void {
    this.write(Buffer.concat(encoded(this.entries++, Kind.end | endsGroup, '', new Uint8Array())));
  }

  private write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.file, bytes, done, bytes.length - done, this.size + done);
    }
    this.size += bytes.length;
  }

  sync(): Promise<void> {
    return promisify(fsync)(this.file);
  }

  close(): void {
    closeSync(this.file);
  }
}

/** Reads a log, of this version or of the one before it. The result lists the damage. */
export function readLog(path: string): ReadLog {
  const content = readFileSync(path);
  const begun = content.subarray(0, magic.length);
  if (begun.equals(oldMagic)) return readOldLog(content);
  if (begun.equals(magic)) return new Reader(content).read();
  // Damage at its beginning is no reason to give up the rest.
  const read = content.includes(markBytes) ? new Reader(content).read() : readOldLog(content);
  const what = 'its first bytes are not those of such a file';
  return { ...read, damage: [{ what, keys: [], before: 0 }, ...read.damage] };
}

interface Head {
  number: number;
  kind: number;
  last: boolean;
  keyChecksum: number;
  valueChecksum: number;
  /** Offsets in the file of its key, its value and the next entry. */
  key: number;
  value: number;
  end: number;
}

class Reader {
  private readonly content: Buffer;
  private readonly entries: Entry[] = [];
  private readonly damage: LogDamage[] = [];
  /** Entries of the group that has not ended yet, and whether some of it cannot be read. */
  private group: Entry[] = [];
  private groupIsDamaged = false;
  private next = 0;
  private ended = false;

  constructor(content: Buffer) {
    this.content = content;
  }

  read(): ReadLog {
    const { content } = this;
    let at = magic.length;
    while (at + headBytes <= content.length && !this.ended) {
      const head = this.head(at) ?? this.headPutRight(at);
      if (head === undefined) {
        at = this.skip(at);
        continue;
      }
      if (head.end > content.length) break;
      if (head.number > this.next) this.report(`entries ${this.next} to ${head.number - 1} are missing at byte ${at}`);
      if (head.number < this.next)
        this.report(`entry ${head.number} at byte ${at} stands behind entry ${this.next - 1}`);
      this.next = head.number + 1;
      this.take(head, at);
      at = head.end;
    }
    if (this.ended && at < content.length) this.report(`${content.length - at} bytes follow its end`);
    // If only damage keeps the group from ending, its readable entries are kept.
    if (this.groupIsDamaged) this.endGroup();
    const { entries, damage, ended } = this;
    return { version: 2, entries, damage, ended, unfinished: at < content.length || this.group.length > 0 };
  }

  /** The head of the next entry if one bit of it is wrong: then the data after it is not lost. */
  private headPutRight(at: number): Head | undefined {
    const bytes = Buffer.from(this.content.subarray(at, at + headBytes));
    for (let i = 0; i < headBytes * 8; i++) {
      bytes[i >> 3]! ^= 1 << (i & 7);
      const head = this.head(at, bytes);
      bytes[i >> 3]! ^= 1 << (i & 7);
      if (head?.number !== this.next || head.end > this.content.length) continue;
      const ends = head.kind === Kind.end;
      const key = this.content.toString('utf8', head.key, head.value);
      const told = ends ? 'it ends the file' : key;
      const what = `the head of entry ${head.number} at byte ${at} has one wrong bit, and can be told: ${told}`;
      this.report(what, ends ? [] : [key]);
      return head;
    }
    return undefined;
  }

  /** The entry's head at a place, read there or from the given bytes; undefined if it is not valid. */
  private head(at: number, bytes = this.content.subarray(at, at + headBytes)): Head | undefined {
    const word = (i: number) => bytes.readUInt32LE(i * 4);
    if (word(0) !== mark || crc32(bytes.subarray(0, checkedBytes)) !== word(7)) return undefined;
    const key = at + headBytes;
    const value = key + word(3);
    const last = (word(2) & endsGroup) !== 0;
    const kind = word(2) & 0xff;
    return {
      number: word(1),
      kind,
      last,
      keyChecksum: word(5),
      valueChecksum: word(6),
      key,
      value,
      end: value + word(4),
    };
  }

  private take({ number, kind, last, keyChecksum, valueChecksum, key: keyAt, value, end }: Head, at: number): void {
    const found = this.content.subarray(keyAt, value);
    const payload = this.content.subarray(value, end);
    const name = crc32(found) === keyChecksum ? found : withBitPutRight(found, keyChecksum);
    const key = (name ?? found).toString('utf8');
    if (name !== found) {
      const told = name && `, but can be told: ${key}`;
      this.report(`the key of entry ${number} at byte ${at} does not match its checksum${told ?? ''}`, [key]);
    }
    if (crc32(payload) !== valueChecksum) {
      this.report(`entry ${number} at byte ${at} does not match its checksum`, [key]);
    } else if (name === undefined) {
      // Without a key the value is of no use.
    } else if (kind === Kind.end) this.ended = true;
    else if (kind === Kind.dropped) this.group.push({ key, dropped: true });
    else {
      try {
        this.group.push({ key, value: unpack(payload) });
      } catch (error) {
        this.report(`entry ${number} at byte ${at} cannot be read: ${(error as Error).message}`, [key]);
      }
    }
    if (last) this.endGroup();
  }

  private endGroup(): void {
    this.entries.push(...this.group);
    this.group = [];
    this.groupIsDamaged = false;
  }

  /** Continues after bytes that are no entry: returns the start of the next one, or the end. */
  private skip(from: number): number {
    const { content } = this;
    let at = content.indexOf(markBytes, from + 1);
    while (at >= 0 && (content.length - at < headBytes || this.head(at) === undefined)) {
      at = content.indexOf(markBytes, at + 1);
    }
    const end = at < 0 ? content.length : at;
    const lost = at < 0 ? 1 : Math.max(0, this.head(at)!.number - this.next);
    const which = lost > 1 ? `entries ${this.next} to ${this.next + lost - 1}` : `entry ${this.next}`;
    const what = lost === 0 ? 'there is something that is no entry' : `${which} cannot be read`;
    this.report(`at byte ${from} ${what} (${end - from} bytes)`, keysIn(content.subarray(from, end)));
    this.next += lost;
    return end;
  }

  private report(what: string, keys: string[] = []): void {
    this.groupIsDamaged = true;
    this.damage.push({ what, keys, before: this.entries.length + this.group.length });
  }
}

/** Bytes with their one wrong bit corrected; undefined if no single bit makes them match the checksum. */
function withBitPutRight(bytes: Buffer, checksum: number): Buffer | undefined {
  const right = Buffer.from(bytes);
  for (let i = 0; i < right.length * 8; i++) {
    right[i >> 3]! ^= 1 << (i & 7);
    if (crc32(right) === checksum) return right;
    right[i >> 3]! ^= 1 << (i & 7);
  }
  return undefined;
}

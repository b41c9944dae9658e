/**
 * A file of records, written one behind the other:
 *
 *     "llama-canister network 1\n"  { length: u32 LE, CRC-32 of the payload: u32 LE, payload }*
 *
 * A process that is killed leaves at most one record unfinished, at the end. A record that has been handed to the
 * operating system outlives the process; what outlives the machine is decided by sync().
 */
import { closeSync, fstatSync, fsync, openSync, readFileSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';

const magic = Buffer.from('llama-canister network 1\n');
const headBytes = 8;

export class RecordLog {
  private readonly file: number;
  size: number;

  /** Opens a new file; one of this name must not exist. */
  constructor(path: string) {
    this.file = openSync(path, 'wx');
    writeSync(this.file, magic);
    this.size = magic.length;
  }

  append(payload: Uint8Array): void {
    const record = Buffer.alloc(headBytes + payload.length);
    record.writeUInt32LE(payload.length, 0);
    record.writeUInt32LE(crc32(payload), 4);
    record.set(payload, headBytes);
    for (let done = 0; done < record.length; ) {
      done += writeSync(this.file, record, done, record.length - done, this.size + done);
    }
    this.size += record.length;
  }

  sync(): Promise<void> {
    return promisify(fsync)(this.file);
  }

  close(): void {
    closeSync(this.file);
  }
}

export interface ReadLog {
  payloads: Uint8Array[];
  /** Whether the file ends with its last record. */
  whole: boolean;
}

/** Reads a log up to its end or to the first record that is not whole. Throws when the file is no such log. */
export function readLog(path: string): ReadLog {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const content = readFileSync(file);
    const begun = content.subarray(0, magic.length);
    if (!begun.equals(magic.subarray(0, begun.length)))
      throw new Error(`${path} is not a file of this network's state`);
    const payloads: Uint8Array[] = [];
    let at = magic.length;
    while (at + headBytes <= size) {
      const end = at + headBytes + content.readUInt32LE(at);
      if (end > size) break;
      const payload = content.subarray(at + headBytes, end);
      if (crc32(payload) !== content.readUInt32LE(at + 4)) break;
      payloads.push(payload);
      at = end;
    }
    return { payloads, whole: at === size };
  } finally {
    closeSync(file);
  }
}

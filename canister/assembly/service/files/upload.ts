/**
 * One upload: what it is of, and which of its chunks are there. It has a folder of its own number with two files, what
 * has come (`content`) and this one (`state`), so that it is a matter of stable memory alone:
 *
 *     offset  bytes
 *          0      8   magic "LLAMAUP\x1a"
 *          8      4   layout version, 1
 *         12      4   phase
 *         16      8   bytes of the file
 *         24      8   bytes of a chunk
 *         32      8   bytes that are there
 *         40      8   when it was changed last, nanoseconds since 1970
 *         48     32   the announced SHA-256
 *         80      4   bytes of the file's path
 *         84      4   bytes of the text that says why it has failed
 *         88          the path, and the text
 *       8192          a bit for every chunk that is there
 *
 * The folders are in the system's tree, where nobody else writes. They were not in layouts 1 and 2 of stable memory, so
 * what a state says is checked whenever it is read.
 */
import { now } from '../../ic/clock';
import { Problem } from '../../problem';
import { File } from '../../storage/file';
import { createDirectory, createFile, openFile, remove, rename, stat } from '../../storage/file-system';
import { MAX_PATH } from '../../storage/path';
import { PAGE } from '../../storage/stable';
import { Tree } from '../../storage/tree';

/** The folder of the system's tree that uploads are in until they are done. */
export const UPLOADS: string = 'uploads';

export const RECEIVING: u32 = 0;
export const HASHING: u32 = 1;
export const DONE: u32 = 2;
export const FAILED: u32 = 3;

export const MAX_CHUNK: u64 = 2 << 20;
export const MAX_CHUNKS: u64 = 1 << 20;
/** More than stable memory can have (developer-docs: references/resource-limits). */
export const MAX_UPLOAD: u64 = 500 << 30;

/** "LLAMAUP" and a byte that ends a text file. */
const MAGIC: u64 = 0x1a_50_55_41_4d_41_4c_4c;
const VERSION: u32 = 1;
const HEADER: u32 = 88;
const BITS: u64 = 8192;
const MAX_REASON: u32 = 2048;
/** Bytes of the bitmap, and of content, that are read together. */
const PIECE: u32 = 4096;

const header: usize = memory.data(8192, 8);
const piece: usize = memory.data(4096, 8);

/** A range of bytes whose chunks are missing. */
@final
export class Range {
  constructor(
    readonly offset: u64,
    readonly size: u64,
  ) {}
}


@final
export class Upload {
  phase: u32 = RECEIVING;
  received: u64 = 0;
  changed: u64 = 0;
  reason: string = '';
  private state: File | null = null;

  constructor(
    readonly id: u64,
    readonly path: string,
    readonly size: u64,
    readonly chunkSize: u64,
    /** 64 hexadecimal digits, lower case. */
    readonly sha256: string,
  ) {}

  private static folderOf(id: u64): string {
    return `${UPLOADS}/${id.toString()}`;
  }

  private get folder(): string {
    return Upload.folderOf(this.id);
  }

  /** The upload with a number; null if there is none, or its state is invalid. */
  static open(id: u64): Upload | null {
    const file = openFile(`${Upload.folderOf(id)}/state`, Tree.System).value;
    if (file === null || file.read(0, header, BITS) < BITS) return null;
    if (load<u64>(header) != MAGIC || load<u32>(header, 8) != VERSION) return null;
    const size = load<u64>(header, 16);
    const chunkSize = load<u64>(header, 24);
    const pathSize = load<u32>(header, 80);
    const reasonSize = load<u32>(header, 84);
    if (size > MAX_UPLOAD || chunkSize == 0 || chunkSize > MAX_CHUNK) return null;
    if (pathSize > <u32>MAX_PATH || reasonSize > MAX_REASON) return null;
    let sha256 = '';
    for (let i = 0; i < 32; ++i) sha256 += (<u32>load<u8>(header + 48 + i)).toString(16).padStart(2, '0');
    const path = String.UTF8.decodeUnsafe(header + HEADER, pathSize);
    const upload = new Upload(id, path, size, chunkSize, sha256);
    upload.phase = load<u32>(header, 12);
    upload.received = load<u64>(header, 32);
    upload.changed = load<u64>(header, 40);
    upload.reason = String.UTF8.decodeUnsafe(header + HEADER + pathSize, reasonSize);
    upload.state = file;
    if (upload.count > MAX_CHUNKS || file.size != BITS + upload.bitBytes || upload.phase > FAILED) return null;
    return upload;
  }

  /** Creates its two files. Null, or why not; then neither exists. */
  create(): Problem | null {
    const opened = createFile(`${this.folder}/state`, BITS + this.bitBytes, Tree.System);
    const state = opened.value;
    if (state === null) return opened.problem;
    const content = createFile(`${this.folder}/content`, 0, Tree.System);
    let problem = content.problem;
    if (problem === null) problem = state.truncate(BITS + this.bitBytes);
    // Allocates all pages of the bitmap now, so that marking a chunk never fails.
    for (let at: u64 = 0; problem === null && at < BITS + this.bitBytes; at += PAGE) {
      store<u8>(piece, 0);
      problem = state.write(at, piece, 1);
    }
    this.state = state;
    if (problem === null) problem = this.save();
    // Its target directory, so that a lack of room shows now.
    if (problem === null) problem = this.makeDirectory();
    if (problem !== null) this.drop();
    return problem;
  }

  /** Writes the state except the bitmap. Null, or why not. */
  save(): Problem | null {
    this.changed = now();
    const path = String.UTF8.encode(this.path);
    let reason = String.UTF8.encode(this.reason);
    if (<u32>reason.byteLength > MAX_REASON) reason = String.UTF8.encode('its reason has no room here');
    memory.fill(header, 0, HEADER);
    store<u64>(header, MAGIC);
    store<u32>(header, VERSION, 8);
    store<u32>(header, this.phase, 12);
    store<u64>(header, this.size, 16);
    store<u64>(header, this.chunkSize, 24);
    store<u64>(header, this.received, 32);
    store<u64>(header, this.changed, 40);
    for (let i = 0; i < 32; ++i) store<u8>(header + 48 + i, <u8>parseInt(this.sha256.substr(2 * i, 2), 16));
    store<u32>(header, path.byteLength, 80);
    store<u32>(header, reason.byteLength, 84);
    memory.copy(header + HEADER, changetype<usize>(path), path.byteLength);
    memory.copy(header + HEADER + path.byteLength, changetype<usize>(reason), reason.byteLength);
    return this.state!.write(0, header, HEADER + path.byteLength + reason.byteLength);
  }

  /** Removes the upload, but not the file of its name. */
  drop(): void {
    Upload.remove(this.folder);
  }

  /** Removes an upload's folder with everything in it. */
  static remove(folder: string): void {
    remove(`${folder}/content`, Tree.System);
    remove(`${folder}/state`, Tree.System);
    remove(folder, Tree.System);
  }

  /** The received content; null if the upload is done, has failed, or was removed. */
  get content(): File | null {
    return openFile(`${this.folder}/content`, Tree.System).value;
  }

  /** Chunks of the file. */
  get count(): u64 {
    return (this.size + this.chunkSize - 1) / this.chunkSize;
  }

  private get bitBytes(): u64 {
    return (this.count + 7) >> 3;
  }

  /** Bytes of the chunk at an offset. */
  sizeAt(offset: u64): u64 {
    return min(this.chunkSize, this.size - offset);
  }

  private byteOf(chunk: u64): u8 {
    this.state!.read(BITS + (chunk >> 3), piece, 1);
    return load<u8>(piece);
  }

  has(chunk: u64): bool {
    return ((this.byteOf(chunk) >> (<u8>(chunk & 7))) & 1) != 0;
  }

  /** Whether the content has these bytes at an offset. */
  isSame(content: File, offset: u64, ptr: usize, size: u32): bool {
    for (let done: u32 = 0; done < size; done += PIECE) {
      const part = min(PIECE, size - done);
      if (content.read(offset + done, piece, part) < part) return false;
      if (memory.compare(piece, ptr + done, part) != 0) return false;
    }
    return true;
  }

  /** Stores a missing chunk. Null, or why not; then nothing has changed. */
  take(content: File, offset: u64, ptr: usize, size: u32): Problem | null {
    const problem = content.write(offset, ptr, size);
    if (problem !== null) return problem;
    const chunk = offset / this.chunkSize;
    const bit = <u8>(chunk & 7);
    const bits = this.byteOf(chunk) | (<u8>(1 << bit));
    store<u8>(piece, bits);
    this.received += size;
    // These pages exist, so neither write can fail.
    const unmarked = this.state!.write(BITS + (chunk >> 3), piece, 1);
    return unmarked === null ? this.save() : unmarked;
  }

  /** The first `limit` missing ranges. */
  missing(limit: i32): Range[] {
    const ranges: Range[] = [];
    const count = this.count;
    let start: u64 = 0;
    let isMissing = false;
    for (let chunk: u64 = 0; chunk < count; ++chunk) {
      const within = chunk % (8 * PIECE);
      if (within == 0) this.state!.read(BITS + (chunk >> 3), piece, PIECE);
      const byte = load<u8>(piece + <usize>(within >> 3));
      if (!isMissing && byte == 0xff && (chunk & 7) == 0) {
        chunk += 7;
        continue;
      }
      const is = ((byte >> (<u8>(chunk & 7))) & 1) == 0;
      if (is == isMissing) continue;
      if (!is) {
        ranges.push(new Range(start * this.chunkSize, (chunk - start) * this.chunkSize));
        if (ranges.length == limit) return ranges;
      }
      isMissing = is;
      start = chunk;
    }
    if (isMissing) ranges.push(new Range(start * this.chunkSize, this.size - start * this.chunkSize));
    return ranges;
  }

  /** Marks the upload as failed; its content is discarded. */
  fail(reason: string): void {
    remove(`${this.folder}/content`, Tree.System);
    this.phase = FAILED;
    this.reason = reason;
    this.save();
  }

  /** Moves the complete and hashed content to its path, if its SHA-256 is the announced one. */
  finish(content: File): void {
    const digest = content.sha256;
    if (digest === null || content.size != this.size) return this.fail('its content was changed by somebody else');
    if (digest != this.sha256) return this.fail(`the SHA-256 of what has come is ${digest}, not ${this.sha256}`);
    let problem = this.makeDirectory();
    if (problem === null) problem = rename(`${this.folder}/content`, this.path, Tree.System);
    if (problem !== null) return this.fail(problem.text);
    this.phase = DONE;
    this.save();
  }

  /** Makes the directory of its file. Null, or why not. */
  private makeDirectory(): Problem | null {
    const end = this.path.lastIndexOf('/');
    return end < 0 ? null : createDirectory(this.path.substring(0, end));
  }

  /** Why the content cannot be moved to its path, or null. */
  get obstacle(): Problem | null {
    const entry = stat(this.path);
    if (entry !== null && entry.isDirectory) {
      return new Problem(`it is a directory, and no file: ${this.path}`);
    }
    for (let end = this.path.indexOf('/'); end >= 0; end = this.path.indexOf('/', end + 1)) {
      const parent = stat(this.path.substring(0, end));
      if (parent !== null && !parent.isDirectory) {
        return new Problem(`${this.path.substring(0, end)} is a file, and no directory: ${this.path}`);
      }
    }
    return null;
  }
}

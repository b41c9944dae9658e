// Downloads one file from a server: NAME.part meanwhile, NAME once it is complete and verified.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { type FileHandle, open, rename, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LlamaError } from '@llama-canister/client';
import { formatBytes } from '../amounts.js';
import { makeFolder } from '../config/folder.js';
import { readJson, writeJson } from '../config/json-file.js';
import { unwritable } from './folder-errors.js';
import { causeOf, type Received, send } from './http.js';

/** A file as its server announces it. */
export interface RemoteFile {
  /** Its local name. */
  name: string;
  url: string;
  size?: number | undefined;
  /** 64 hexadecimal digits. */
  sha256?: string | undefined;
}

export interface DownloadOptions {
  signal: AbortSignal;
  token?: string | undefined;
  note: (text: string) => void;
  /** The phase, its completed bytes, and its total if that is known. */
  onProgress: (phase: 'checking' | 'receiving', bytes: number, total: number | undefined) => void;
  /** The error for an answer that is not the file, and that retrying would not change. */
  refusal: (response: Response) => LlamaError;
}

/** The file that a NAME.part belongs to: bytes of other files are not appended to it. */
interface Part {
  url: string;
  sha256?: string | undefined;
  etag?: string | undefined;
}

/** Attempts without receiving a byte. */
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;
const MAGIC = 'GGUF';

const sizeOf = async (path: string) => (await stat(path).catch(() => undefined))?.size ?? 0;

/** A file during its download: its place, its received bytes, and their hash. */
class Incoming {
  readonly target: string;
  readonly #file: RemoteFile;
  readonly #options: DownloadOptions;
  #hash: Hash = createHash('sha256');
  #handle: FileHandle | undefined;
  #part: Part;
  bytes = 0;
  total: number | undefined;

  constructor(file: RemoteFile, target: string, options: DownloadOptions) {
    this.target = target;
    this.#file = file;
    this.#options = options;
    this.total = file.size;
    this.#part = { url: file.url, sha256: file.sha256 };
  }

  get #path(): string {
    return `${this.target}.part`;
  }

  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  /** Continues an earlier run's part, if it belongs to the same file. */
  async resume(): Promise<void> {
    makeFolder(dirname(this.target));
    const there = await sizeOf(this.#path);
    const before = there > 0 ? (readPart(`${this.#path}.json`) ?? {}) : {};
    const same = before.sha256 !== undefined && before.sha256 === this.#file.sha256;
    const unchanged = this.#file.sha256 === undefined && before.url === this.#file.url && before.etag !== undefined;
    if (!(same || unchanged) || (this.total !== undefined && there > this.total)) {
      await this.restart();
      return;
    }
    this.#part = { ...this.#part, etag: before.etag };
    const { signal, onProgress } = this.#options;
    for await (const piece of createReadStream(this.#path, { highWaterMark: 1 << 20, signal })) {
      this.#hash.update(piece as Buffer);
      this.bytes += (piece as Buffer).length;
      onProgress('checking', this.bytes, there);
    }
    this.#handle = await open(this.#path, 'a');
  }

  /** Discards the received bytes. */
  async restart(): Promise<void> {
    await this.close();
    this.#handle = await open(this.#path, 'w');
    this.#hash = createHash('sha256');
    this.bytes = 0;
  }

  /** Headers that request the missing bytes. */
  get headers(): Record<string, string> {
    if (this.bytes === 0) return {};
    // Without a known hash, only the server can tell whether the file is still the same.
    const ifRange = this.#file.sha256 === undefined ? { 'if-range': this.#part.etag! } : {};
    return { range: `bytes=${this.bytes}-`, ...ifRange };
  }

  /**
   * Whether the answer continues the received bytes; if it is the whole file, it starts over. Errors: `refusal`,
   * `SIZE_DIFFERS`.
   */
  async accept({ response, first }: Received): Promise<boolean> {
    const { status, headers } = response;
    const [, start, all] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
    if (status === 416) {
      await this.restart();
      return false;
    }
    if (status !== 200 && status !== 206) throw this.#options.refusal(response);
    if (/^text\/html/i.test(headers.get('content-type') ?? '')) throw notGguf(this.#file, 'a page in HTML');
    if (status === 200 && this.bytes > 0) {
      this.#options.note('The server sends the file from the beginning: what was there is not gone on with.');
      await this.restart();
    }
    if (status === 206 && Number(start) !== this.bytes) {
      await this.restart();
      return false;
    }
    const length = headers.get('content-length');
    const total = all ?? (status === 200 && length !== null ? length : undefined);
    if (total !== undefined && this.total !== undefined && Number(total) !== this.total) {
      throw new LlamaError('transport', 'SIZE_DIFFERS', differs(this.#file, Number(total), this.total), {
        next: 'Something in between answers in its place (a proxy?), or the file has just changed: try again.',
      });
    }
    if (total !== undefined) this.total = Number(total);
    const etag = headers.get('etag');
    if (etag !== null && !etag.startsWith('W/')) this.#part.etag = etag;
    const linked = /^"?([0-9a-f]{64})"?$/.exec(first.get('x-linked-etag') ?? '')?.[1];
    if (this.#file.sha256 === undefined && linked !== undefined) this.#file.sha256 = this.#part.sha256 = linked;
    writeJson(`${this.#path}.json`, this.#part);
    await this.#checkRoom();
    return true;
  }

  async #checkRoom(): Promise<void> {
    if (this.total === undefined) return;
    const { bavail, bsize } = await statfs(dirname(this.target));
    const [free, needed] = [bavail * bsize, this.total - this.bytes];
    if (free < needed) {
      const why = `${formatBytes(needed)} are missing of ${this.#file.name}, and there is room for ${formatBytes(free)}`;
      throw unwritable(this.target, Object.assign(new Error(why), { code: 'ENOSPC' }));
    }
  }

  async write(piece: Uint8Array): Promise<void> {
    const head = Buffer.from(piece.subarray(0, Math.max(0, MAGIC.length - this.bytes))).toString('latin1');
    if (head !== MAGIC.slice(this.bytes, this.bytes + head.length)) throw notGguf(this.#file, `"${printable(head)}"`);
    await this.#handle!.write(piece);
    this.#hash.update(piece);
    this.bytes += piece.length;
    this.#options.onProgress('receiving', this.bytes, this.total);
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  /** Moves the file to its final place. Errors: `WRONG_HASH`. */
  async finish(): Promise<void> {
    await this.#handle?.sync();
    await this.close();
    const wanted = this.#file.sha256;
    if (wanted !== undefined && wanted !== this.sha256) {
      this.discard();
      throw new LlamaError(
        'trust',
        'WRONG_HASH',
        `${this.#file.name} came with SHA-256 ${this.sha256}, not ${wanted}`,
        {
          value: this.sha256,
          next: 'It was damaged during the transfer, and the local copy was deleted. Run the same command again to download it.',
        },
      );
    }
    await rename(this.#path, this.target);
    rmSync(`${this.#path}.json`, { force: true });
  }

  discard(): void {
    rmSync(this.#path, { force: true });
    rmSync(`${this.#path}.json`, { force: true });
  }
}

function readPart(path: string): Partial<Part> | undefined {
  try {
    return (readJson(path) as Partial<Part> | undefined) ?? undefined;
  } catch {
    // Without that record, the download starts over.
    return undefined;
  }
}

const differs = ({ name }: RemoteFile, is: number, was: number) => `${name} has ${is} bytes, and ${was} were announced`;

const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '?');

function notGguf({ name, url }: RemoteFile, begins: string): LlamaError {
  return new LlamaError('input', 'NOT_GGUF', `${name} is no GGUF file: what ${new URL(url).host} sends is ${begins}`, {
    value: url,
    next: 'Look at the address in a browser. A page that asks for a login needs a token: --token, or HF_TOKEN.',
  });
}

/** Downloads a file, continuing an earlier run. Errors: those of `send` and of `Incoming`, `CUT_OFF`. */
export async function download(
  file: RemoteFile,
  target: string,
  options: DownloadOptions,
): Promise<{ size: number; sha256: string }> {
  const incoming = new Incoming(file, target, options);
  try {
    await incoming.resume();
    await receive(file, incoming, options);
    const { bytes: size, sha256 } = incoming;
    await incoming.finish();
    return { size, sha256 };
  } catch (error) {
    const isWorthless = error instanceof LlamaError && error.code === 'NOT_GGUF';
    if (isWorthless || incoming.bytes === 0) incoming.discard();
    throw error instanceof LlamaError || options.signal.aborted ? error : unwritable(target, error);
  } finally {
    await incoming.close();
  }
}

async function receive(file: RemoteFile, incoming: Incoming, options: DownloadOptions): Promise<void> {
  const { signal, note, token } = options;
  for (let attempt = 0; incoming.total === undefined || incoming.bytes < incoming.total; ) {
    const before = incoming.bytes;
    const received = await send(file.url, { signal, headers: incoming.headers, token, note });
    let failed: unknown = new Error('the connection was closed before the whole file was received');
    try {
      if (await incoming.accept(received)) {
        await pour(received, incoming);
        if (incoming.total === undefined) return;
      }
    } catch (error) {
      if (signal.aborted || error instanceof LlamaError || isFileError(error)) throw error;
      failed = error;
    } finally {
      received.patience.end();
      await received.response.body?.cancel().catch(() => {});
    }
    if (incoming.total !== undefined && incoming.bytes >= incoming.total) break;
    attempt = incoming.bytes > before ? 1 : attempt + 1;
    if (attempt >= ATTEMPTS) throw cutOff(file, incoming, failed);
    note(`${file.name}: ${causeOf(failed)}; continuing at ${formatBytes(incoming.bytes)}.`);
    await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1), undefined, { signal });
  }
  if (incoming.bytes > incoming.total!) {
    throw new LlamaError('transport', 'SIZE_DIFFERS', differs(file, incoming.bytes, incoming.total!), {
      next: 'Try again; if that does not help, the server is at fault: choose another source.',
    });
  }
}

async function pour({ response, patience }: Received, incoming: Incoming): Promise<void> {
  const reader = response.body!.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      patience.heard();
      await incoming.write(value);
    }
  } finally {
    reader.releaseLock();
  }
}

/** Whether an error is about the disk, not about the connection. */
const isFileError = (error: unknown) =>
  ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'ENOENT'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );

function cutOff({ name }: RemoteFile, { bytes, total }: Incoming, cause: unknown): LlamaError {
  const of = total === undefined ? '' : ` of ${formatBytes(total)}`;
  return new LlamaError('transport', 'CUT_OFF', `${name} stopped at ${formatBytes(bytes)}${of}: ${causeOf(cause)}`, {
    value: bytes,
    next: 'The received part is kept: run the same command again to go on.',
    cause,
  });
}

import type { FileDetails, LlamaCanister } from './canister.js';
import { check, record, shown } from './checks/checked.js';
import {
  byteSource,
  callback,
  canisterShape,
  flag,
  maybe,
  number,
  signal as someSignal,
  text,
} from './checks/shapes.js';
import { LlamaError, throwIfAborted } from './errors.js';
import { takesAnyOrder, uploadParts } from './parallel-upload.js';
import { sha256 as anySha256 } from './sha256.js';
import type { ByteSource, IncrementalHash } from './source.js';
import { Rate, type UploadProgress } from './upload-progress.js';

/** Largest ingress message of an application subnet, in bytes. Source: dfinity/ic, MAX_INGRESS_BYTES_PER_MESSAGE_APP_SUBNET. */
const INGRESS_BYTES = 2 * 1024 * 1024;

/** Bytes of a chunk, so that its message with envelope, signature and names stays under the ingress limit. */
export const CHUNK_BYTES = 1_900_000;

/** Room that a message needs besides its chunk: envelope, delegation chain, Candid types and a long name. */
const LARGEST_CHUNK_BYTES = INGRESS_BYTES - 32 * 1024;

export interface UploadOptions {
  /**
   * Makes a SHA-256; the default is one in JavaScript, as for browsers. `@llama-canister/client/node` has Node's, which
   * is faster.
   */
  sha256?: () => IncrementalHash;
  /** The source's SHA-256 as 64 hexadecimal digits, where it is known: then the source is not read for it. */
  sha256Hex?: string;
  /** Bytes per message; default 1_900_000, about the most that a message takes. */
  chunkBytes?: number;
  /** Send everything again, even if the canister has the beginning. */
  restart?: boolean;
  onProgress?: (progress: UploadProgress) => void;
  signal?: AbortSignal;
}

const uploadOptions = record<UploadOptions>()({
  sha256: maybe(callback),
  sha256Hex: maybe(text),
  chunkBytes: maybe(number),
  restart: maybe(flag),
  onProgress: maybe(callback),
  signal: maybe(someSignal),
});

export interface UploadResult extends FileDetails {
  /** Bytes that this upload sent. */
  sent: number;
  /** Bytes that the canister already had and that were not sent again. */
  resumed: number;
}

function newHash(options: UploadOptions): IncrementalHash {
  return (options.sha256 ?? anySha256)();
}

function report(phase: UploadProgress['phase'], start: number, end: number, total: number, options: UploadOptions) {
  const rate = new Rate(start);
  return (bytes: number): void => {
    const perSecond = rate.add(bytes);
    const eta = perSecond > 0 ? (end - bytes) / perSecond : undefined;
    options.onProgress?.({ phase, bytes, total, rate: perSecond, eta });
  };
}

async function readExactly(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  const bytes = await source.read(offset, length);
  if (bytes.length === length) return bytes;
  throw new LlamaError('input', 'SOURCE_CHANGED', `the file became shorter while it was read, at ${offset} bytes`, {
    value: offset,
    next: 'Upload it again when nothing writes to it.',
  });
}

/**
 * How much of the source the canister has: the whole remote file if its hash is that of the source's beginning, else
 * nothing. The hash is left at that point.
 */
async function commonBeginning(
  remote: FileDetails | undefined,
  source: ByteSource,
  chunkBytes: number,
  options: UploadOptions,
): Promise<{ offset: number; hash: IncrementalHash }> {
  if (!remote || remote.size === 0 || remote.size > source.size || options.restart) {
    return { offset: 0, hash: newHash(options) };
  }
  const hash = newHash(options);
  const tell = report('hashing', 0, remote.size, source.size, options);
  for (let offset = 0; offset < remote.size; ) {
    throwIfAborted(options.signal);
    const length = Math.min(chunkBytes, remote.size - offset);
    hash.update(await readExactly(source, offset, length));
    offset += length;
    tell(offset);
  }
  if (hash.hex() === remote.sha256.toLowerCase()) return { offset: remote.size, hash };
  return { offset: 0, hash: newHash(options) };
}

/** The SHA-256 of a whole source. */
async function hashOf(source: ByteSource, chunkBytes: number, options: UploadOptions): Promise<string> {
  const hash = newHash(options);
  const tell = report('hashing', 0, source.size, source.size, options);
  for (let offset = 0; offset < source.size; ) {
    throwIfAborted(options.signal);
    const length = Math.min(chunkBytes, source.size - offset);
    hash.update(await readExactly(source, offset, length));
    offset += length;
    tell(offset);
  }
  return hash.hex();
}

/**
 * Sends a file to the canister, resuming an interrupted upload, and checks its SHA-256. If the file is already there,
 * it sends nothing. It sends several chunks at once if the canister takes them in any order, and one after another if
 * it does not, as llama_cpp_canister's.
 *
 * Errors: `BAD_CHUNK_BYTES`, `BAD_SHA256`, `SOURCE_CHANGED`, `UPLOAD_MISMATCH` and `UPLOAD_FAILED` if the canister ends up with other
 * bytes, and those of the canister.
 */
export async function upload(
  canister: LlamaCanister,
  name: string,
  source: ByteSource,
  options: UploadOptions = {},
): Promise<UploadResult> {
  check('upload: canister', canisterShape, canister);
  check('upload: name', text, name);
  check('upload: source', byteSource, source);
  check('upload: options', uploadOptions, options);
  const { chunkBytes = CHUNK_BYTES, signal, restart = false } = options;
  if (!Number.isInteger(chunkBytes) || chunkBytes < 1 || chunkBytes > LARGEST_CHUNK_BYTES) {
    const message = `chunks of ${chunkBytes} bytes: between 1 and ${LARGEST_CHUNK_BYTES} fit into a message`;
    throw new LlamaError('input', 'BAD_CHUNK_BYTES', message, { value: chunkBytes });
  }
  if (options.sha256Hex !== undefined && !/^[0-9a-f]{64}$/i.test(options.sha256Hex)) {
    throw new LlamaError('input', 'BAD_SHA256', `${shown(options.sha256Hex)} is no SHA-256`, {
      value: options.sha256Hex,
      next: 'Give 64 hexadecimal digits, or none.',
    });
  }
  const { size } = source;
  if (size === 0) throw new LlamaError('input', 'EMPTY_FILE', 'the file is empty', { value: name });

  const remote = await canister.fileDetails(name, { signal });
  if (!(await takesAnyOrder(canister, { signal })))
    return uploadInOrder(canister, name, source, chunkBytes, remote, options);
  const sha256 = options.sha256Hex?.toLowerCase() ?? (await hashOf(source, chunkBytes, options));
  if (!restart && remote?.size === size && remote.sha256.toLowerCase() === sha256) {
    return { name, size, sha256, sent: 0, resumed: size };
  }
  let tell: ((bytes: number) => void) | undefined;
  const { details, resumed } = await uploadParts(
    canister,
    name,
    {
      size,
      sha256,
      chunkBytes,
      // A requested size may be the most that gets through.
      largestChunkBytes: options.chunkBytes ?? LARGEST_CHUNK_BYTES,
      restart,
      read: (offset, length) => readExactly(source, offset, length),
      onSent: (bytes) => {
        tell ??= report('sending', bytes, size, size, options);
        tell(bytes);
      },
      onHashed: report('verifying', 0, size, size, options),
    },
    { signal },
  );
  return { ...details, sent: size - resumed, resumed };
}

/** The upload to canisters that take one chunk after another. */
async function uploadInOrder(
  canister: LlamaCanister,
  name: string,
  source: ByteSource,
  chunkBytes: number,
  remote: FileDetails | undefined,
  options: UploadOptions,
): Promise<UploadResult> {
  const { signal } = options;
  const { offset: start, hash } = await commonBeginning(remote, source, chunkBytes, options);
  const tell = report('sending', start, source.size, source.size, options);
  tell(start);
  let details = remote;
  for (let offset = start; offset < source.size; ) {
    throwIfAborted(signal);
    const chunk = await readExactly(source, offset, Math.min(chunkBytes, source.size - offset));
    hash.update(chunk);
    details = await canister.uploadChunk(name, offset, chunk, chunkBytes, { signal });
    offset += chunk.length;
    if (details.size !== offset) throw mismatch(name, `${details.size} bytes instead of ${offset}`, details);
    tell(offset);
  }
  const sha256 = hash.hex();
  if (details?.size !== source.size || details.sha256.toLowerCase() !== sha256) {
    throw mismatch(name, `SHA-256 ${details?.sha256} instead of ${sha256}`, details);
  }
  return { name, size: source.size, sha256, sent: source.size - start, resumed: start };
}

function mismatch(name: string, what: string, value: unknown): LlamaError {
  return new LlamaError('refused', 'UPLOAD_MISMATCH', `${name} on the canister has ${what}`, {
    value,
    next: 'Another upload to the same name may be under way; if not, upload it from the start (--restart).',
  });
}

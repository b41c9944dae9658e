import type { CallOptions, FileDetails, LlamaCanister } from './canister.js';
import { LlamaError, throwIfAborted } from './errors.js';
import type { UploadStatus } from './generated/llama.did.js';
import { delay } from './retry.js';

/** Chunks in flight at once: a consensus round takes a second or two, and the line should not idle meanwhile. */
const AT_ONCE = 6;
/** Chunks that are sent to a network on this machine before the canister is asked which of them it has. */
const DELIVERED_AT_ONCE = 16;
/** Rounds of sending missing chunks; more than one is needed only if another upload interferes. */
const MAX_ROUNDS = 1_000;
const POLL_MS = 500;

export interface Parts {
  /** Bytes of the file. */
  size: number;
  sha256: string;
  /** Bytes of a new upload's chunks, and the most for the chunks of a resumed upload. */
  chunkBytes: number;
  largestChunkBytes: number;
  read: (offset: number, length: number) => Promise<Uint8Array>;
  /** Send everything again. */
  restart: boolean;
  /** Called with the number of bytes that the canister has received. */
  onSent: (bytes: number) => void;
  /** Called with the number of bytes that the canister has hashed, once all are received. */
  onHashed: (bytes: number) => void;
}

/** Whether a canister takes chunks in any order; llama_cpp_canister's do not. */
export async function takesAnyOrder(canister: LlamaCanister, options: CallOptions): Promise<boolean> {
  try {
    await canister.call('upload_status', [{ upload: 0n }], options);
    return true;
  } catch (error) {
    if (error instanceof LlamaError && error.code === 'METHOD_NOT_FOUND') return false;
    throw error;
  }
}

/** Offsets of the chunks in a status's missing ranges. */
function* missingChunks({ missing, chunksize }: UploadStatus): Generator<number> {
  for (const { offset, size } of missing) {
    for (let at = offset; at < offset + size; at += chunksize) yield Number(at);
  }
}

/** Sends the missing chunks, several at once; after a failure it starts no more. */
async function sendMissing(
  canister: LlamaCanister,
  status: UploadStatus,
  parts: Parts,
  options: CallOptions,
): Promise<UploadStatus | undefined> {
  const offsets = missingChunks(status);
  const chunkBytes = Number(status.chunksize);
  let there = Number(status.received);
  let ended: UploadStatus | undefined;
  let failure: unknown;
  const work = async () => {
    for (const offset of offsets) {
      const chunk = await parts.read(offset, Math.min(chunkBytes, parts.size - offset));
      throwIfAborted(options.signal);
      const answer = await canister.uploadPart(status.upload, offset, chunk, options);
      there += chunk.length;
      parts.onSent(there);
      if (!('receiving' in answer.phase)) ended = answer;
      if (failure !== undefined) return;
    }
  };
  const workers = Array.from({ length: AT_ONCE }, () =>
    work().catch((error) => {
      failure ??= error;
      offsets.return(undefined);
    }),
  );
  await Promise.all(workers);
  if (failure !== undefined) throw failure;
  return ended;
}

/**
 * Sends the missing chunks without waiting for each answer. After some of them, the certified status says how many the
 * canister has; meanwhile the next ones are sent. Returns the last status: undefined if a chunk did not get through, whose
 * own call will say why.
 */
async function deliverMissing(
  canister: LlamaCanister,
  status: UploadStatus,
  parts: Parts,
  options: CallOptions,
): Promise<UploadStatus | undefined> {
  const chunkBytes = Number(status.chunksize);
  const offsets = [...missingChunks(status)];
  let last = Promise.resolve<UploadStatus | undefined>(status);
  for (let first = 0; first < offsets.length; first += DELIVERED_AT_ONCE) {
    const some = offsets.slice(first, first + DELIVERED_AT_ONCE);
    try {
      for (const offset of some) {
        throwIfAborted(options.signal);
        const chunk = await parts.read(offset, Math.min(chunkBytes, parts.size - offset));
        await canister.deliverPart(status.upload, offset, chunk, options);
      }
    } catch (error) {
      await last;
      if (error instanceof LlamaError && error.code === 'NOT_TAKEN') return undefined;
      throw error;
    }
    const before = await last;
    if (before === undefined) return undefined;
    last = canister.uploadStatus(status.upload, { ...options, certified: true }).then((now) => {
      if ('receiving' in now.phase && now.received <= before.received) return undefined;
      parts.onSent(Number(now.received));
      return now;
    });
    last.catch(() => {}); // It is awaited after the next chunks.
  }
  return last;
}

/**
 * Whether to keep the chunk size that an upload was begun with. Not if it exceeds what may be sent now, and not if it
 * is so small that the missing part takes more messages than the whole file in today's chunks.
 */
function isGoodNow({ chunksize, received }: UploadStatus, parts: Parts): boolean {
  const chunk = Number(chunksize);
  if (chunk > parts.largestChunkBytes && parts.size > parts.largestChunkBytes) return false;
  return Math.ceil((parts.size - Number(received)) / chunk) <= Math.ceil(parts.size / parts.chunkBytes);
}

/**
 * Sends a file in parallel chunks, resumes the same upload if one was begun, and waits until the canister has hashed
 * the file. Returns the file, and the bytes that the canister already had.
 *
 * Errors: `UPLOAD_FAILED` if the canister ends up with other bytes or cannot keep the file, and those of the canister.
 */
export async function uploadParts(
  canister: LlamaCanister,
  name: string,
  parts: Parts,
  options: CallOptions,
): Promise<{ details: FileDetails; resumed: number }> {
  const begin = () => canister.beginUpload(name, parts.size, parts.sha256, parts.chunkBytes, options);
  let status = await begin();
  if ('receiving' in status.phase && (parts.restart ? status.received > 0n : !isGoodNow(status, parts))) {
    await canister.cancelUpload(status.upload, options);
    status = await begin();
  }
  const resumed = 'done' in status.phase ? 0 : Number(status.received);
  parts.onSent(resumed);
  let deliver = canister.canDeliver;
  for (let round = 0; 'receiving' in status.phase; round++) {
    if (round === MAX_ROUNDS) throw failed(name, 'what was sent does not stay there', status);
    if (deliver) {
      const delivered = await deliverMissing(canister, status, parts, options);
      deliver = delivered !== undefined;
      status = delivered ?? (await canister.uploadStatus(status.upload, options));
      continue;
    }
    // A status lists only the first missing ranges. Beginning the same upload again returns the next ones.
    status = (await sendMissing(canister, status, parts, options)) ?? (await begin());
  }
  while ('hashing' in status.phase) {
    parts.onHashed(Number(status.hashed));
    await delay(POLL_MS, options.signal);
    status = await canister.uploadStatus(status.upload, options);
  }
  if ('failed' in status.phase) throw failed(name, status.phase.failed, status);
  return { details: { name: status.filename, size: Number(status.filesize), sha256: status.sha256 }, resumed };
}

function failed(name: string, why: string, value: unknown): LlamaError {
  return new LlamaError('refused', 'UPLOAD_FAILED', `${name} was not taken: ${why}`, {
    value,
    next: 'Upload it again when nothing writes to the file.',
  });
}

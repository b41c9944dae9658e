// Transfers whole files to and from a canister, and compares both sides.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import {
  type ByteSource,
  canisterFile,
  type LlamaCanister,
  LlamaError,
  type UploadResult,
  upload,
} from '@llama-canister/client';
import { openFile, sha256 } from '@llama-canister/client/node';
import { cannotWrite } from '../config/cannot-write.js';
import { makeFolder } from '../config/folder.js';
import type { Context } from '../context.js';
import { fileSha256 } from '../file-sha256.js';
import { ProgressBar } from '../progress.js';
import { UploadBars } from '../upload-bars.js';

/** Bytes per request; a query's reply may have 3 MiB. */
const PIECE = 1_000_000;
/** Pieces in flight at once. */
const AT_ONCE = 4;

/** An unfinished file here: its bytes so far, and their hash. */
interface Begun {
  file: FileHandle;
  hash: Hash;
  bytes: number;
}

/** Goes on with what an earlier command has left of a file; whether it fits the rest is seen by the hash at the end. */
async function begin(part: string, most: number, signal: AbortSignal): Promise<Begun> {
  const hash = createHash('sha256');
  const size = existsSync(part) ? (await stat(part)).size : 0;
  if (size === 0 || size > most) return { file: await open(part, 'w'), hash, bytes: 0 };
  for await (const piece of createReadStream(part, { highWaterMark: 1 << 20, signal })) hash.update(piece as Buffer);
  return { file: await open(part, 'a'), hash, bytes: size };
}

/** Receives the rest of a file. Returns the received bytes. */
async function receive({ file, hash, bytes: from }: Begun, source: ByteSource, bar: ProgressBar): Promise<number> {
  const started = performance.now();
  for (let at = from; at < source.size; at += PIECE * AT_ONCE) {
    const starts = Array.from({ length: AT_ONCE }, (_, i) => at + i * PIECE).filter((start) => start < source.size);
    const pieces = starts.map((start) => source.read(start, Math.min(PIECE, source.size - start)));
    for (const piece of await Promise.all(pieces)) {
      hash.update(piece);
      await file.write(piece);
    }
    const bytes = Math.min(source.size, at + PIECE * AT_ONCE);
    const rate = (bytes - from) / Math.max(0.1, (performance.now() - started) / 1000);
    bar.update({ bytes, total: source.size, rate, eta: (source.size - bytes) / rate });
  }
  return source.size - from;
}

/**
 * Downloads a file of the canister, or what is missing of it here. Errors: those of the canister, `WRONG_HASH`,
 * `CANNOT_WRITE`, `DISK_FULL`.
 *
 * @returns received bytes; 0 if the same file is already here
 */
export async function getFile(
  context: Context,
  canister: LlamaCanister,
  name: string,
  path: string,
): Promise<{ size: number; received: number; sha256: string }> {
  const { signal, output } = context;
  const source = await canisterFile(canister, name, signal);
  const { sha256: wanted } = (await canister.fileDetails(name, { signal }))!;
  const { size } = source;
  if (existsSync(path) && (await stat(path)).size === size && (await fileSha256(path, signal)) === wanted) {
    return { size, received: 0, sha256: wanted };
  }
  const part = `${path}.part`;
  const bar = new ProgressBar(output, `Receiving ${name}`, size > PIECE);
  try {
    makeFolder(dirname(path));
    const begun = await begin(part, size, signal);
    const received = await receive(begun, source, bar).finally(() => begun.file.close());
    const got = begun.hash.digest('hex');
    if (got !== wanted) {
      await rm(part, { force: true });
      throw new LlamaError('trust', 'WRONG_HASH', `${name} came with SHA-256 ${got}, and the canister says ${wanted}`, {
        next: 'It was changed meanwhile, or damaged during the transfer: get it again.',
      });
    }
    await rename(part, path);
    return { size, received, sha256: got };
  } catch (error) {
    if (signal.aborted) output.note('The received part is kept: run the same command again to go on.');
    if (error instanceof LlamaError || signal.aborted) throw error;
    throw cannotWrite(path, error, {
      elsewhere: 'or choose another folder',
      kept: 'The received part is kept: run the same command again to go on.',
    });
  } finally {
    bar.end();
  }
}

/** Sends a file, except the part that is already there. */
export async function putFile(
  context: Context,
  canister: LlamaCanister,
  path: string,
  name: string,
): Promise<UploadResult> {
  const source = await openFile(path);
  const bars = new UploadBars(context.output, basename(name));
  try {
    return await upload(canister, name, source, {
      sha256,
      signal: context.signal,
      onProgress: (progress) => bars.update(progress),
    });
  } finally {
    bars.end();
    await source.close();
  }
}

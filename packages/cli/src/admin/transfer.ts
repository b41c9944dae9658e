// Transfers whole files to and from a canister, and compares both sides.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { canisterFile, type LlamaCanister, LlamaError, type UploadResult, upload } from '@llama-canister/client';
import { openFile, sha256 } from '@llama-canister/client/node';
import type { Context } from '../context.js';
import { ProgressBar } from '../progress.js';
import { UploadBars } from '../upload-bars.js';

/** Bytes per request; a query's reply may have 3 MiB. */
const PIECE = 1_000_000;
/** Pieces in flight at once. */
const AT_ONCE = 4;

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/**
 * Downloads a file of the canister. Errors: those of the canister, `WRONG_HASH`, `CANNOT_WRITE`.
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
  if (existsSync(path) && (await stat(path)).size === source.size && (await sha256Of(path)) === wanted) {
    return { size: source.size, received: 0, sha256: wanted };
  }
  const part = `${path}.part`;
  const bar = new ProgressBar(output, `Receiving ${name}`, source.size > PIECE);
  const hash = createHash('sha256');
  const started = performance.now();
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(part, 'w');
    try {
      for (let at = 0; at < source.size; at += PIECE * AT_ONCE) {
        const starts = Array.from({ length: AT_ONCE }, (_, i) => at + i * PIECE).filter((start) => start < source.size);
        for (const piece of await Promise.all(
          starts.map((start) => source.read(start, Math.min(PIECE, source.size - start))),
        )) {
          hash.update(piece);
          await file.write(piece);
        }
        const bytes = Math.min(source.size, at + PIECE * AT_ONCE);
        const rate = bytes / Math.max(0.1, (performance.now() - started) / 1000);
        bar.update({ bytes, total: source.size, rate, eta: (source.size - bytes) / rate });
      }
    } finally {
      await file.close();
    }
    const got = hash.digest('hex');
    if (got !== wanted) {
      throw new LlamaError('trust', 'WRONG_HASH', `${name} came with SHA-256 ${got}, and the canister says ${wanted}`, {
        next: 'It was changed meanwhile, or damaged on the way: get it again.',
      });
    }
    await rename(part, path);
    return { size: source.size, received: source.size, sha256: got };
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    if (error instanceof LlamaError || signal.aborted) throw error;
    throw new LlamaError('input', 'CANNOT_WRITE', `${path} cannot be written: ${(error as Error).message}`, {
      value: path,
      next: 'Check the permissions of its folder and that the disk has room.',
      cause: error,
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

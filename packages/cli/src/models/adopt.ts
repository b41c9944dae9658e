// Adds a user's file to the cache as a model, under a name.
import { constants } from 'node:fs';
import { copyFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolder } from '../config/folder.js';
import { fileSha256 } from '../file-sha256.js';
import { modelFiles } from '../inspect/model-files.js';
import type { CachedFile, CachedModel, ModelCache } from './cache.js';
import { unwritable } from './folder-errors.js';

/**
 * Copies a model's files into the cache, sharing their bytes if the disk supports it. Errors: those of writing there.
 */
export async function adopt(cache: ModelCache, path: string, name: string, signal: AbortSignal): Promise<CachedModel> {
  const files: CachedFile[] = [];
  const folder = join(cache.folder, 'file', name);
  for (const each of modelFiles(path)) {
    const target = join(folder, basename(each));
    const part = `${target}.part`;
    try {
      makeFolder(dirname(target));
      await copyFile(each, part, constants.COPYFILE_FICLONE);
      await rename(part, target);
    } catch (error) {
      await rm(part, { force: true }).catch(() => {});
      throw unwritable(target, error);
    }
    files.push({ name: basename(each), size: (await stat(target)).size, sha256: await fileSha256(target, signal) });
  }
  const pulled = new Date().toISOString();
  const model = { source: `file:${resolve(path)}`, names: [name], files, pulled, path: join(folder, files[0]!.name) };
  cache.save(model);
  return model;
}

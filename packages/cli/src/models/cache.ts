// Pulled models. Each is in a folder below `models` that shows its origin, under its own name:
//   hf/OWNER/REPO/FILE.gguf             with the other parts of a split model beside it
//   FILE.gguf.model.json                its record: its names, its files and their hashes
//   FILE.gguf.part, .part.json, .lock   during the download
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import { readJson, writeJson } from '../config/json-file.js';
import { cacheFolder } from '../config/paths.js';
import { unwritable } from './folder-errors.js';

export interface CachedFile {
  name: string;
  size: number;
  /** 64 hexadecimal digits. */
  sha256: string;
}

/** A model in the cache. */
export interface CachedModel {
  /** The exact file, in the notation of `pull`. */
  source: string;
  /** Other names: those used to pull it, and those from `cp`. */
  names: string[];
  /** One, or the parts of a split model in order. */
  files: CachedFile[];
  /** When it was pulled, in ISO 8601. */
  pulled: string;
  /** The first file. */
  path: string;
}

const RECORD = '.model.json';

/** The record on the disk, without the path. */
type Record = Omit<CachedModel, 'path'>;

function isRecord(value: unknown): value is Record {
  const { source, names, files, pulled } = (value ?? {}) as Partial<Record>;
  if (typeof source !== 'string' || typeof pulled !== 'string' || !Array.isArray(names) || !Array.isArray(files)) {
    return false;
  }
  const isFile = ({ name, size, sha256 }: CachedFile) =>
    typeof name === 'string' && basename(name) === name && typeof size === 'number' && typeof sha256 === 'string';
  return names.every((name) => typeof name === 'string') && files.length > 0 && files.every(isFile);
}

/** The default short name of a model. */
export const shortName = ({ path }: Pick<CachedModel, 'path'>) =>
  basename(path)
    .replace(/\.gguf$/i, '')
    .replace(/-00001-of-\d{5}$/, '');

export const sizeOf = ({ files }: CachedModel) => files.reduce((sum, { size }) => sum + size, 0);

/** The models of a folder. */
export class ModelCache {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = join(folder, 'models');
  }

  /** All models, by their short names. A model with a file that was removed by hand is left out. */
  list(): CachedModel[] {
    if (!existsSync(this.folder)) return [];
    let entries: string[];
    try {
      entries = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    } catch (cause) {
      throw new LlamaError('input', 'CANNOT_READ', `${this.folder} cannot be read: ${(cause as Error).message}`, {
        value: this.folder,
        next: 'Check who owns it, or choose another folder: --cache FOLDER.',
        cause,
      });
    }
    return entries
      .filter((entry) => entry.endsWith(RECORD))
      .map((entry) => this.at(join(this.folder, entry.slice(0, -RECORD.length))))
      .filter((model) => model !== undefined)
      .sort((a, b) => shortName(a).localeCompare(shortName(b)));
  }

  /** The model with this first file; undefined if there is none, or if it is incomplete. */
  at(path: string): CachedModel | undefined {
    let value: unknown;
    try {
      value = readJson(`${path}${RECORD}`);
    } catch {
      // A damaged model is pulled again.
      return undefined;
    }
    if (!isRecord(value)) return undefined;
    return value.files.every(({ name }) => existsSync(join(dirname(path), name))) ? { ...value, path } : undefined;
  }

  /**
   * The model with a name: a given one, its source, or its file's name, with or without `.gguf`. Errors:
   * `AMBIGUOUS_NAME`.
   */
  find(name: string): CachedModel | undefined {
    const models = this.list();
    const given = models.find((model) => model.names.includes(name) || model.source === name);
    if (given) return given;
    const wanted = name.toLowerCase();
    const found = models.filter((model) =>
      [shortName(model), basename(model.path)].some((each) => each.toLowerCase() === wanted),
    );
    if (found.length < 2) return found[0];
    throw new LlamaError('input', 'AMBIGUOUS_NAME', `${found.length} local models have the name ${name}`, {
      value: name,
      next: `Say which one:\n${found.map(({ source }) => `  ${source}`).join('\n')}`,
    });
  }

  /** Saves a model's record. Errors: those of writing in its folder. */
  save({ path, ...record }: CachedModel): void {
    try {
      writeJson(`${path}${RECORD}`, record);
    } catch (error) {
      throw unwritable(path, (error as LlamaError).cause ?? error);
    }
  }

  /** Deletes a model's files, and folders that become empty. Errors: those of writing in its folder. */
  remove(model: CachedModel): void {
    const folder = dirname(model.path);
    try {
      // First the record, without which the files are no model.
      rmSync(`${model.path}${RECORD}`, { force: true });
      for (const { name } of model.files) rmSync(join(folder, name), { force: true });
    } catch (error) {
      throw unwritable(model.path, error);
    }
    for (let empty = folder; empty !== this.folder && empty.startsWith(this.folder); empty = dirname(empty)) {
      try {
        rmdirSync(empty);
      } catch {
        return;
      }
    }
  }
}

/** The cache of a command: the given folder, or the user's. */
export function modelCache({ options }: { options: { cache?: string | undefined } }): ModelCache {
  return new ModelCache(options.cache === undefined ? cacheFolder() : resolve(options.cache));
}

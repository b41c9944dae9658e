// Models that were pulled. Below the folder `models`, each in one that says where it is from, under its own name:
//   hf/OWNER/REPO/FILE.gguf             with the other parts of a split model beside it
//   FILE.gguf.model.json                what is known of it: the names that it goes by, its files and their hashes
//   FILE.gguf.part, .part.json, .lock   while it comes
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

/** A model that is here. */
export interface CachedModel {
  /** Exactly which file it is, as `pull` takes it. */
  source: string;
  /** Other names: those that it was pulled by, and those that `cp` gave it. */
  names: string[];
  /** One, or the parts of a split model in order. */
  files: CachedFile[];
  /** When it came, in ISO 8601. */
  pulled: string;
  /** The first file. */
  path: string;
}

const RECORD = '.model.json';

/** What is on the disk, the path apart. */
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

/** The short name that a model goes by without anybody giving it one. */
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

  /** All of them, by their short names. A file that was removed by hand takes its model with it. */
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

  /** The model whose first file this is; undefined where there is none, or not all of it. */
  at(path: string): CachedModel | undefined {
    let value: unknown;
    try {
      value = readJson(`${path}${RECORD}`);
    } catch {
      // Damaged: it is pulled again.
      return undefined;
    }
    if (!isRecord(value)) return undefined;
    return value.files.every(({ name }) => existsSync(join(dirname(path), name))) ? { ...value, path } : undefined;
  }

  /**
   * The model that goes by a name: one that it was given, its source, or its file's, with or without `.gguf`. Errors:
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
    throw new LlamaError('input', 'AMBIGUOUS_NAME', `${found.length} models here go by the name ${name}`, {
      value: name,
      next: `Say which one:\n${found.map(({ source }) => `  ${source}`).join('\n')}`,
    });
  }

  /** Keeps what is known of a model. Errors: those of writing in its folder. */
  save({ path, ...record }: CachedModel): void {
    try {
      writeJson(`${path}${RECORD}`, record);
    } catch (error) {
      throw unwritable(path, (error as LlamaError).cause ?? error);
    }
  }

  /** Deletes a model's files, and folders that have nothing more. Errors: those of writing in its folder. */
  remove(model: CachedModel): void {
    const folder = dirname(model.path);
    try {
      // First what makes a model of them.
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

/** The cache that a command uses: the folder that it was given, or the user's. */
export function modelCache({ options }: { options: { cache?: string | undefined } }): ModelCache {
  return new ModelCache(options.cache === undefined ? cacheFolder() : resolve(options.cache));
}

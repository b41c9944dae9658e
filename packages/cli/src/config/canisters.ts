import { join } from 'node:path';
import { Principal } from '@icp-sdk/core/principal';
import { LlamaError } from '@llama-canister/client';
import { readJson, writeJson } from './json-file.js';

/** What the project knows of a canister. */
export interface CanisterEntry {
  id: string;
  /** The file that was loaded last. */
  model?: string;
}

interface Mapping {
  /** The network's root key when the ids were written, hexadecimal: a local network that starts anew has another. */
  rootKey?: string;
  canisters: Record<string, CanisterEntry>;
}

/** Whether a text is a canister id, checksum included, rather than a name. */
export function isCanisterId(text: string): boolean {
  try {
    return Principal.fromText(text).toText() === text;
  } catch {
    return false;
  }
}

/** The project's canisters of one network by name: `.llama-canister/<network>.json`. */
export class Canisters {
  readonly folder: string;
  readonly #path: string;
  readonly #rootKey: string | undefined;

  constructor(folder: string, network: string, rootKey: string | undefined) {
    this.folder = folder;
    this.#path = join(folder, `${network}.json`);
    this.#rootKey = rootKey;
  }

  get(name: string): CanisterEntry | undefined {
    return this.#read().canisters[name];
  }

  /** The name that a canister goes by here. */
  nameOf(id: string): string | undefined {
    return Object.entries(this.#read().canisters).find(([, entry]) => entry.id === id)?.[0];
  }

  /** Remembers a canister, or more of it. */
  set(name: string, entry: CanisterEntry): void {
    const { canisters } = this.#read();
    canisters[name] = entry;
    const mapping: Mapping = { canisters };
    if (this.#rootKey !== undefined) mapping.rootKey = this.#rootKey;
    writeJson(this.#path, mapping);
  }

  #read(): Mapping {
    const value = readJson(this.#path);
    if (value === undefined) return { canisters: {} };
    if (!isMapping(value)) {
      throw new LlamaError('input', 'BAD_STATE_FILE', `${this.#path} is not a list of canisters`, {
        value: this.#path,
        next: 'Repair it or move it away.',
      });
    }
    // Another network has taken the place of the one whose canisters these were.
    return value.rootKey === this.#rootKey ? value : { canisters: {} };
  }
}

function isMapping(value: unknown): value is Mapping {
  if (typeof value !== 'object' || value === null) return false;
  const { canisters } = value as { canisters?: unknown };
  if (typeof canisters !== 'object' || canisters === null) return false;
  return Object.values(canisters).every((entry) => typeof (entry as CanisterEntry | null)?.id === 'string');
}

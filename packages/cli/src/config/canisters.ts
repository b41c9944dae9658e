import { join } from 'node:path';
import { Principal } from '@icp-sdk/core/principal';
import { LlamaError } from '@llama-canister/client';
import { checkWritable, readJson, writeJson } from './json-file.js';

/** An entry of the project's file of canisters. */
export interface CanisterEntry {
  id: string;
  /** The file that was loaded last. */
  model?: string;
}

/** An order to create a canister, kept until it is answered, so that a canister that was paid for is not lost. */
export interface Creation {
  /** Nanoseconds since 1970; the ledger identifies the order by it. */
  createdAt: string;
  cycles: string;
  /** The identity that ordered, as text. */
  owner: string;
}

interface Mapping {
  /** The network's root key when the ids were written, hexadecimal: a local network that starts over has another. */
  rootKey?: string;
  canisters: Record<string, CanisterEntry>;
  creations?: Record<string, Creation>;
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

  /** The name of a canister in this project. */
  nameOf(id: string): string | undefined {
    return Object.entries(this.#read().canisters).find(([, entry]) => entry.id === id)?.[0];
  }

  /** All that are known, by their names. */
  all(): (CanisterEntry & { name: string })[] {
    return Object.entries(this.#read().canisters)
      .map(([name, entry]) => ({ name, ...entry }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Remembers a canister, or more of it. */
  set(name: string, entry: CanisterEntry): void {
    const { canisters, creations } = this.#read();
    canisters[name] = entry;
    // The order is answered.
    if (creations) delete creations[name];
    this.#write(canisters, creations);
  }

  /** The unanswered order for this name. */
  creation(name: string): Creation | undefined {
    return this.#read().creations?.[name];
  }

  setCreation(name: string, creation: Creation | undefined): void {
    const { canisters, creations = {} } = this.#read();
    if (creation) creations[name] = creation;
    else delete creations[name];
    this.#write(canisters, creations);
  }

  /** Checks that names can be saved here. Errors: `CANNOT_WRITE`, `BAD_STATE_FILE`. */
  checkWritable(): void {
    this.#read();
    checkWritable(this.#path);
  }

  #write(canisters: Mapping['canisters'], creations: Mapping['creations']): void {
    const mapping: Mapping = { canisters };
    if (this.#rootKey !== undefined) mapping.rootKey = this.#rootKey;
    if (creations && Object.keys(creations).length > 0) mapping.creations = creations;
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
    // Another network has replaced the one of these canisters.
    return value.rootKey === this.#rootKey ? value : { canisters: {} };
  }
}

function isMapping(value: unknown): value is Mapping {
  if (typeof value !== 'object' || value === null) return false;
  const { canisters } = value as { canisters?: unknown };
  if (typeof canisters !== 'object' || canisters === null) return false;
  if (!Object.values((value as Partial<Mapping>).creations ?? {}).every(isCreation)) return false;
  return Object.values(canisters).every((entry) => typeof (entry as CanisterEntry | null)?.id === 'string');
}

function isCreation(value: unknown): value is Creation {
  if (typeof value !== 'object' || value === null) return false;
  const { createdAt, cycles, owner } = value as Partial<Creation>;
  return /^\d+$/.test(createdAt ?? '') && /^\d+$/.test(cycles ?? '') && typeof owner === 'string';
}

/**
 * What of a network outlives its process: values under keys. Whoever owns a value says when it has changed, and how it is
 * written down; when it is written is the store's business. Values are what structured cloning takes, and principals.
 */
export interface Store {
  /** The folder in which canisters keep their pages; undefined when nothing outlives the process. */
  readonly folder: string | undefined;

  /** The value of `key` has changed; `produce` is asked for it when it is written. Changes made without a macrotask in between are written together or not at all. */
  put(key: string, produce: () => unknown): void;

  /** There is no value of `key` any more. */
  drop(key: string): void;

  /** Resolves when everything that was put before is written. Rejects when it cannot be. */
  flush(): Promise<void>;

  /** What an earlier process left under keys that begin with `prefix`: the rest of each key, and its value. */
  restored(prefix: string): [rest: string, value: unknown][];

  /** Keeps bytes that many values may refer to, and names them by their SHA-256 in hex. */
  keepBlob(bytes: Uint8Array): string;

  /** Bytes that were kept. */
  blob(name: string): Uint8Array;

  /** Removes the pages of a canister that is gone, when that has been written. */
  removePages(canister: string): Promise<void>;

  /** Writes what is left and lets go of the folder. */
  close(): Promise<void>;
}

/** Keeps nothing: the network ends with its process. */
export class VolatileStore implements Store {
  readonly folder = undefined;
  put(): void {}
  drop(): void {}
  async flush(): Promise<void> {}
  restored(): [string, unknown][] {
    return [];
  }
  keepBlob(): string {
    return '';
  }
  blob(name: string): Uint8Array {
    throw new Error(`no blob ${name} is kept`);
  }
  async removePages(): Promise<void> {}
  async close(): Promise<void> {}
}

/**
 * The state of a network that outlives its process: values under keys. The owner of a value says when it has changed
 * and how it is serialised; the store decides when it is written. Values are those that structured cloning supports,
 * and principals.
 */
export interface Store {
  /** The folder for canisters' pages; undefined if nothing outlives the process. */
  readonly folder: string | undefined;

  /** Why the state can no longer be written. No message may run then: it would write over pages that the state refers to. */
  readonly failure: Error | undefined;

  /** The value of `key` has changed; `produce` is asked for it when it is written. Changes made without a macrotask in between are written together or not at all. */
  put(key: string, produce: () => unknown): void;

  /** Removes the value of `key`. */
  drop(key: string): void;

  /** Resolves when everything that was put before is written. Rejects when it cannot be. */
  flush(): Promise<void>;

  /** The values of an earlier process under keys that begin with `prefix`: the rest of each key, and its value. */
  restored(prefix: string): [rest: string, value: unknown][];

  /** Keeps bytes that many values may refer to, and names them by their SHA-256 in hex. */
  keepBlob(bytes: Uint8Array): string;

  /** Bytes that were kept. */
  blob(name: string): Uint8Array;

  /** Removes the pages of a canister that is gone, when that has been written. */
  removePages(canister: string): Promise<void>;

  /** Writes the remaining changes and unlocks the folder. */
  close(): Promise<void>;
}

/** Keeps nothing: the network ends with its process. */
export class VolatileStore implements Store {
  readonly folder = undefined;
  readonly failure = undefined;
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

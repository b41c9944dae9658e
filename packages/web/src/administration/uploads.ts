// Uploads a file to the canister, from the disk or from another host. An upload resumes by itself after a cut
// connection.
import {
  type ByteSource,
  blobSource,
  type IncrementalHash,
  type LlamaClient,
  sha256,
  type UploadProgress,
  type UploadResult,
  upload,
} from '@llama-canister/client';
import { signal } from '@preact/signals';
import { type Failure, failureOf, isAway } from '../chat/failure.js';
import { online } from '../chat/online.js';
import type { Store } from '../store/store.js';
import { fileUrl, urlSource } from './url-source.js';

/** What is kept of an upload in the browser, so that it can be resumed after a reload. */
export interface Begun {
  /** The file's name in the canister. */
  name: string;
  /** Undefined for a file of the disk, which the user has to choose again. */
  url?: string;
  size: number;
  /** Of the whole file, once it is known. */
  sha256?: string;
}

export interface Upload extends Begun {
  progress?: UploadProgress | undefined;
  /** Why the upload waits: the network is away, and it goes on by itself later. */
  waiting?: Failure | undefined;
  failure?: Failure | undefined;
  result?: UploadResult | undefined;
}

/** A hash that reports its digest, so that the file need not be read a second time. */
function telling(size: number, tell: (hex: string) => void): IncrementalHash {
  const hash = sha256();
  let read = 0;
  return {
    update: (bytes) => {
      hash.update(bytes);
      read += bytes.length;
    },
    hex: () => {
      const hex = hash.hex();
      if (read === size) tell(hex);
      return hex;
    },
  };
}

/** The uploads of this page to one canister, one at a time. */
export class Uploads {
  readonly current = signal<Upload | undefined>(undefined);
  readonly #llama: LlamaClient;
  readonly #store: Store;
  readonly #setting: string;
  #stop: AbortController | undefined;

  constructor(llama: LlamaClient, store: Store, network: string) {
    this.#llama = llama;
    this.#store = store;
    this.#setting = `upload to ${network} ${llama.canister.canisterId}`;
  }

  get isGoingOn(): boolean {
    return this.#stop !== undefined;
  }

  /** The upload during which the page was closed, if there is one. */
  begun(): Promise<Begun | undefined> {
    return this.#store.setting<Begun>(this.#setting);
  }

  /**
   * Uploads a file of the disk. Bytes that the canister already has are not sent again, if the SHA-256 shows that the
   * file is the same.
   */
  file(file: File, name: string): Promise<boolean> {
    return this.#run({ name, size: file.size }, async () => blobSource(file));
  }

  /**
   * Uploads a file of another host. `hex`: the file's SHA-256, if it is known; then the file is fetched once instead of
   * twice.
   */
  url(text: string, name: string, hex?: string): Promise<boolean> {
    const url = fileUrl(text);
    const begun: Begun = { name, url: url.href, size: 0, ...(hex === undefined ? {} : { sha256: hex }) };
    return this.#run(begun, (signal) => urlSource(url, signal));
  }

  async goOn(): Promise<boolean> {
    const begun = await this.begun();
    return begun?.url === undefined ? false : this.url(begun.url, begun.name, begun.sha256);
  }

  stop(): void {
    this.#stop?.abort();
  }

  /** Hides the upload, and does not resume it later. */
  async forget(): Promise<void> {
    this.current.value = undefined;
    await this.#store.set(this.#setting, undefined);
  }

  #note(change: Partial<Upload>): void {
    this.current.value = { ...this.current.value!, ...change };
  }

  /** Returns whether the canister has the whole file. */
  async #run(begun: Begun, open: (signal: AbortSignal) => Promise<ByteSource>): Promise<boolean> {
    if (this.#stop) return false;
    const stop = new AbortController();
    this.#stop = stop;
    const { signal } = stop;
    let known = begun;
    this.current.value = { ...begun };
    try {
      for (;;) {
        try {
          const source = await open(signal);
          known = { ...known, size: source.size };
          await this.#store.set(this.#setting, known);
          this.#note({ size: source.size, waiting: undefined });
          const result = await upload(this.#llama.canister, begun.name, source, {
            signal,
            onProgress: (progress) => this.#note({ progress, waiting: undefined }),
            ...(known.sha256 === undefined ? {} : { sha256Hex: known.sha256 }),
            sha256: () =>
              telling(source.size, (hex) => {
                known = { ...known, sha256: hex };
                void this.#store.set(this.#setting, known);
              }),
          });
          this.#note({ result });
          await this.#store.set(this.#setting, undefined);
          return true;
        } catch (error) {
          const failure = failureOf(error);
          if (signal.aborted || !isAway(failure)) {
            this.#note({ failure, progress: undefined, waiting: undefined });
            return false;
          }
          this.#note({ waiting: failure });
          await online(signal);
        }
      }
    } finally {
      this.#stop = undefined;
    }
  }
}

// A file on its way to the canister, from the disk or from another host: it goes on after a cut connection by itself.
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

/** What is written down of an upload, so that it is gone on with after a reload. */
export interface Begun {
  /** As the canister calls it. */
  name: string;
  /** A file of the disk has to be chosen again. */
  url?: string;
  size: number;
  /** Of all of it, once it is known. */
  sha256?: string;
}

export interface Upload extends Begun {
  progress?: UploadProgress | undefined;
  /** The network is away: it goes on by itself. */
  waiting?: Failure | undefined;
  failure?: Failure | undefined;
  result?: UploadResult | undefined;
}

/** One that tells what it has come to, so that a file need not be read for it again. */
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

/** The upload of this page to one canister. */
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

  /** One that the page was closed in the middle of. */
  begun(): Promise<Begun | undefined> {
    return this.#store.setting<Begun>(this.#setting);
  }

  /** What the canister has of the same file is not sent again; that it is the same one, its SHA-256 says. */
  file(file: File, name: string): Promise<boolean> {
    return this.#run({ name, size: file.size }, async () => blobSource(file));
  }

  /** `hex`: the file's SHA-256, where it is known; the file is then fetched once and not twice. */
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

  /** What has come of it is not shown any more, and it is not gone on with. */
  async forget(): Promise<void> {
    this.current.value = undefined;
    await this.#store.set(this.#setting, undefined);
  }

  #note(change: Partial<Upload>): void {
    this.current.value = { ...this.current.value!, ...change };
  }

  /** Returns whether the canister has all of it. */
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

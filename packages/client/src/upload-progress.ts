/** The progress of an upload. */
export interface UploadProgress {
  /**
   * `hashing`: the file is read for its SHA-256, or to be compared with the canister's; `sending`: the missing part is
   * sent; `verifying`: the canister computes the SHA-256 of what it has received.
   */
  phase: 'hashing' | 'sending' | 'verifying';
  /** Bytes of the file that are done, of `total`. */
  bytes: number;
  total: number;
  /** Bytes per second over the last seconds; 0 if unknown. */
  rate: number;
  /** Seconds to the end of the phase at this rate; undefined if unknown. */
  eta: number | undefined;
}

/** Seconds over which the rate is averaged. */
const MEMORY_SECONDS = 10;

/** The rate of a growing count over the last seconds. */
export class Rate {
  readonly #now: () => number;
  #samples: { seconds: number; count: number }[] = [];

  /** `now` gives seconds. */
  constructor(start: number, now: () => number = () => performance.now() / 1000) {
    this.#now = now;
    this.#samples.push({ seconds: now(), count: start });
  }

  /** Takes the current count; returns its growth per second. */
  add(count: number): number {
    const seconds = this.#now();
    this.#samples.push({ seconds, count });
    while (this.#samples.length > 2 && this.#samples[0]!.seconds < seconds - MEMORY_SECONDS) this.#samples.shift();
    const first = this.#samples[0]!;
    const elapsed = seconds - first.seconds;
    return elapsed > 0 ? (count - first.count) / elapsed : 0;
  }
}

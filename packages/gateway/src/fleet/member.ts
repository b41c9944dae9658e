// One of several canisters: whether it can be asked, and how many answers it has to compute.
import type { Answering, Ask, Backend, Delta, Model } from '../backend.js';
import { refusalOf } from '../failures.js';
import { Refusal } from '../refusal.js';

/**
 * For how long a canister's report is believed, and how long a canister that did not answer is left alone, in
 * milliseconds.
 */
const BELIEVED_MS = 2_000;
const LEFT_ALONE_MS = 5_000;
/** For how long a canister may take to report its models. */
const PATIENCE_MS = 5_000;

export interface MemberState {
  canister: string;
  up: boolean;
  /** Why it cannot be asked. */
  reason: string;
  /** Answers that this gateway is waiting for there. */
  open: number;
}

export class Member {
  readonly id: string;
  readonly backend: Backend;
  /** The models that it reported last. */
  models: Model[] = [];
  up = false;
  reason = 'it was not asked yet';
  open = 0;
  /** When it was last given an answer to compute; the least recent one is next among those with equal queues. */
  lastUsed = 0;
  /** How many answers the last answer here had to wait for, counting those of other callers and itself. */
  #ahead = 0;
  #next = 0;
  #looking: Promise<void> | undefined;

  constructor(id: string, backend: Backend) {
    this.id = id;
    this.backend = backend;
  }

  /** How many answers a new one would have to wait for. */
  get queue(): number {
    return this.open === 0 ? 0 : Math.max(this.open, this.#ahead);
  }

  get state(): MemberState {
    return { canister: this.id, up: this.up, reason: this.up ? '' : this.reason, open: this.open };
  }

  /** Asks whether it answers, if the last report is too old. Waits for the new report only if the last one failed. */
  async look(): Promise<void> {
    if (Date.now() >= this.#next) {
      this.#looking ??= this.#askModels().finally(() => {
        this.#looking = undefined;
      });
    }
    if (!this.up) await this.#looking;
  }

  async #askModels(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Refusal('unreachable', 'it does not answer')), PATIENCE_MS);
      });
      this.models = await Promise.race([this.backend.models(), late]);
      this.up = true;
      this.#next = Date.now() + BELIEVED_MS;
    } catch (error) {
      this.leave(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Leaves it alone for a while, because it did not answer. */
  leave(error: unknown): void {
    this.up = false;
    this.reason = refusalOf(error).message;
    this.#next = Date.now() + LEFT_ALONE_MS;
  }

  /** The member itself if it has a session with that name; undefined if not, and if it cannot tell. */
  async hasSession(session: string, signal: AbortSignal): Promise<this | undefined> {
    const has = await this.backend.hasSession?.(session, signal).catch(() => false);
    return has ? this : undefined;
  }

  /** Does some work, and counts it as an open answer until it is done. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.open++;
    this.lastUsed = Date.now();
    try {
      return await work();
    } finally {
      this.open--;
    }
  }

  /** Starts an answer, and counts it as open while it is being read. */
  async start(ask: Ask, signal: AbortSignal): Promise<Answering> {
    this.open++;
    this.lastUsed = Date.now();
    try {
      const answering = await this.backend.start(ask, signal);
      return Object.assign(this.#counted(answering), { reference: answering.reference });
    } catch (error) {
      this.open--;
      throw error;
    }
  }

  async *#counted(deltas: AsyncIterable<Delta>): AsyncGenerator<Delta> {
    try {
      for await (const delta of deltas) {
        if (delta.type === 'progress') this.#ahead = delta.place + 1;
        yield delta;
      }
    } finally {
      this.open--;
    }
  }
}

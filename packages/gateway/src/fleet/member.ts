// One of several canisters: whether it can be asked, and how much it has to do.
import type { Answering, Ask, Backend, Delta, Model } from '../backend.js';
import { refusalOf } from '../failures.js';
import { Refusal } from '../refusal.js';

/** How long what a canister said is believed, and how long one that did not answer is left alone, in milliseconds. */
const BELIEVED_MS = 2_000;
const LEFT_ALONE_MS = 5_000;
/** For an answer about its model. */
const PATIENCE_MS = 5_000;

export interface MemberState {
  canister: string;
  up: boolean;
  /** Why not. */
  reason: string;
  /** Answers that this gateway waits for there. */
  open: number;
}

export class Member {
  readonly id: string;
  readonly backend: Backend;
  /** What it has, as it said last. */
  models: Model[] = [];
  up = false;
  reason = 'it was not asked yet';
  open = 0;
  /** When it was last given something to do; for turns among those that have as much. */
  lastUsed = 0;
  /** Answers of everybody that the last one here had before it. */
  #ahead = 0;
  #next = 0;
  #looking: Promise<void> | undefined;

  constructor(id: string, backend: Backend) {
    this.id = id;
    this.backend = backend;
  }

  /** How many answers a new one would wait for. */
  get queue(): number {
    return this.open === 0 ? 0 : Math.max(this.open, this.#ahead);
  }

  get state(): MemberState {
    return { canister: this.id, up: this.up, reason: this.up ? '' : this.reason, open: this.open };
  }

  /** Looks whether it answers, if that was not done just now. Who knows something already does not wait. */
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

  /** It does not answer: it is left out for a while. */
  leave(error: unknown): void {
    this.up = false;
    this.reason = refusalOf(error).message;
    this.#next = Date.now() + LEFT_ALONE_MS;
  }

  /** Itself if it has a session of that name; undefined also where it does not say. */
  async hasSession(session: string, signal: AbortSignal): Promise<this | undefined> {
    const has = await this.backend.hasSession?.(session, signal).catch(() => false);
    return has ? this : undefined;
  }

  /** The same, counted here as long as the answer is read. */
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

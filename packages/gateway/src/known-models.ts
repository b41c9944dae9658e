// The last report of the models, for callers that must not wait for the canister: monitors that ask every few seconds.
import type { Backend, Model } from './backend.js';
import { refusalOf } from './failures.js';
import { Refusal } from './refusal.js';

/** A report older than this is asked for again, in milliseconds. */
const FRESH_MS = 2_000;
/** The longest time that a caller waits for a new report. */
const PATIENCE_MS = 1_000;
/** If no new report comes, one up to this age is still used. */
const BELIEVED_MS = 10_000;

export class KnownModels {
  readonly #backend: Backend;
  #news: { at: number; models: Model[] } | { at: number; failure: Refusal } | undefined;
  #asking: Promise<void> | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** The models, within a second. Errors: a Refusal if the canister does not answer. */
  async now(): Promise<Model[]> {
    if (this.#news === undefined || Date.now() - this.#news.at >= FRESH_MS) {
      this.#asking ??= this.#ask();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS);
      });
      await Promise.race([this.#asking, late]).finally(() => clearTimeout(timer));
    }
    const news = this.#news;
    if (news !== undefined && 'failure' in news) throw news.failure;
    if (news !== undefined && Date.now() - news.at < BELIEVED_MS) return news.models;
    throw new Refusal('unavailable', 'the canister has not answered so far', { retryAfter: 5 });
  }

  async #ask(): Promise<void> {
    try {
      this.#news = { models: await this.#backend.models(), at: Date.now() };
    } catch (error) {
      const { message, code } = refusalOf(error);
      this.#news = { failure: new Refusal('unavailable', message, { code, retryAfter: 5 }), at: Date.now() };
    } finally {
      this.#asking = undefined;
    }
  }
}

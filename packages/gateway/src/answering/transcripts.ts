// Answers that can be read again for a while, by their id and only with the key that asked for them.
import { randomBytes } from 'node:crypto';
import { Refusal } from '../refusal.js';
import { Transcript } from './transcript.js';

/** How long an ended answer can still be read. */
const KEPT_MS = 3_600_000;
/** Beyond this number, the oldest ended ones are removed. */
const MOST = 1_000;
const MOST_CHARACTERS = 64 * 2 ** 20;

/** Random, because the id alone gives access within one key. */
export const randomId = (prefix: string): string => `${prefix}${randomBytes(18).toString('base64url')}`;

export class Transcripts {
  readonly #all = new Map<string, Transcript>();

  begin(id: string, owner: string, kept: boolean): Transcript {
    this.#clean();
    const transcript = new Transcript(id, owner, kept);
    this.#all.set(id, transcript);
    return transcript;
  }

  has(id: string): boolean {
    return this.#all.has(id);
  }

  find(id: string, owner: string): Transcript {
    const found = this.#all.get(id);
    if (found === undefined || found.owner !== owner) {
      throw new Refusal(
        'not-found',
        `there is no stream "${id.slice(0, 100)}"; one that has ended is kept for an hour`,
      );
    }
    return found;
  }

  /** Removes an answer that could not be begun. */
  drop(id: string): void {
    this.#all.delete(id);
  }

  /** The number of answers that have not ended. */
  get open(): number {
    return [...this.#all.values()].filter(({ ended }) => !ended).length;
  }

  /** Lets transcripts that can be found after a restart go on without readers, and cancels the others. */
  keepWhatCanBeFound(): void {
    for (const transcript of this.#all.values()) {
      if (transcript.canBeFound) transcript.kept = true;
      else transcript.cancel();
    }
  }

  cancelAll(): void {
    for (const transcript of this.#all.values()) transcript.cancel();
  }

  #clean(): void {
    const old = Date.now() - KEPT_MS;
    let count = this.#all.size + 1;
    let characters = [...this.#all.values()].reduce((sum, { size }) => sum + size, 0);
    for (const { id, ended, endedAt, size } of this.#all.values()) {
      if (!ended || (endedAt >= old && count <= MOST && characters <= MOST_CHARACTERS)) continue;
      this.#all.delete(id);
      count--;
      characters -= size;
    }
  }
}

// What one key may use: requests a minute, requests at the same time, and tokens a day.
import { Refusal } from '../refusal.js';
import type { ApiKey } from './keys.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

interface Taken {
  /** When the requests of the last minute came, in milliseconds. */
  requests: number[];
  open: number;
  day: number;
  tokens: number;
}

export class Limits {
  readonly #taken = new Map<string, Taken>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  #of(name: string): Taken {
    const day = Math.floor(this.#now() / DAY_MS);
    let taken = this.#taken.get(name);
    if (taken === undefined) {
      taken = { requests: [], open: 0, day, tokens: 0 };
      this.#taken.set(name, taken);
    }
    if (taken.day !== day) Object.assign(taken, { day, tokens: 0 });
    return taken;
  }

  /** Lets a request in, or throws. The function that it returns has to be called when the request is over. */
  enter({ name, requestsPerMinute, tokensPerDay, concurrent }: ApiKey): () => void {
    const now = this.#now();
    const taken = this.#of(name);
    taken.requests = taken.requests.filter((at) => at > now - MINUTE_MS);
    if (requestsPerMinute !== undefined && taken.requests.length >= requestsPerMinute) {
      throw limited(`${requestsPerMinute} requests a minute`, taken.requests[0]! + MINUTE_MS - now);
    }
    if (concurrent !== undefined && taken.open >= concurrent) throw limited(`${concurrent} requests at a time`, 1_000);
    if (tokensPerDay !== undefined && taken.tokens >= tokensPerDay) {
      throw limited(`${tokensPerDay} tokens a day`, (taken.day + 1) * DAY_MS - now);
    }
    taken.requests.push(now);
    taken.open++;
    let isOver = false;
    return () => {
      if (!isOver) taken.open--;
      isOver = true;
    };
  }

  used(name: string, tokens: number): void {
    this.#of(name).tokens += tokens;
  }
}

function limited(what: string, ms: number): Refusal {
  const retryAfter = Math.max(1, Math.ceil(ms / 1000));
  return new Refusal('limited', `this key has ${what}; try again in ${retryAfter} s`, {
    code: 'rate_limit_exceeded',
    retryAfter,
  });
}

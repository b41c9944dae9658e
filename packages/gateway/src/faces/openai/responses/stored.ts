// Responses that can be gone on with (previous_response_id), or asked for again, for a while.
import { invalid, Refusal } from '../../../refusal.js';
import type { Item } from './items.js';

/** The oldest go first. */
const MOST = 1_000;
const MOST_CHARACTERS = 64 * 2 ** 20;

export interface StoredResponse {
  /** Who may have it. */
  owner: string;
  /** All that was said up to its end, instructions apart. */
  items: Item[];
  /** What this one's request added. */
  input: Item[];
  /** As its interface has it; changes until it has ended. */
  response: { id: string };
}

export class StoredResponses {
  readonly #all = new Map<string, StoredResponse & { size: number }>();
  /** Ids of responses that have an item, by the item's id. */
  readonly #having = new Map<string, string>();
  #characters = 0;

  keep(stored: StoredResponse): void {
    this.forget(stored.response.id);
    const size = JSON.stringify(stored.items).length;
    this.#all.set(stored.response.id, { ...stored, size });
    this.#characters += size;
    for (const { id } of stored.items) if (typeof id === 'string') this.#having.set(id, stored.response.id);
    for (const id of this.#all.keys()) {
      if (this.#all.size <= MOST && this.#characters <= MOST_CHARACTERS) break;
      this.forget(id);
    }
  }

  /** An item of a response of theirs. */
  item(id: string, owner: string): Item | undefined {
    const response = this.#all.get(this.#having.get(id) ?? '');
    return response?.owner === owner ? response.items.find((item) => item.id === id) : undefined;
  }

  /** @param param  the field that named it */
  find(id: string, owner: string, param?: string): StoredResponse {
    const found = this.#all.get(id);
    if (found === undefined || found.owner !== owner) {
      const why = `there is no response "${id.slice(0, 100)}"; send the whole conversation instead`;
      // As OpenAI has it: what is asked for is not there, what is gone on with is wrong.
      if (param !== undefined) throw invalid(param, why, 'previous_response_not_found');
      throw new Refusal('not-found', why, { code: 'response_not_found' });
    }
    return found;
  }

  forget(id: string): void {
    const found = this.#all.get(id);
    this.#characters -= found?.size ?? 0;
    for (const item of found?.items ?? []) {
      if (this.#having.get(String(item.id)) === id) this.#having.delete(String(item.id));
    }
    this.#all.delete(id);
  }
}

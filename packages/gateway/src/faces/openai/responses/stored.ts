// Responses that can be continued (previous_response_id) or read again for a while.
import { invalid, Refusal } from '../../../refusal.js';
import type { StoredResponse } from '../../../state/state.js';
import type { Item } from './items.js';

/** Beyond this number, the oldest are removed. */
const MOST = 1_000;
const MOST_CHARACTERS = 64 * 2 ** 20;

/** Where responses are kept beyond a restart of the gateway. */
interface Keeper {
  keepResponse(response: StoredResponse): void;
  forgetResponse(id: string): void;
  responses(): StoredResponse[];
}

export class StoredResponses {
  readonly #all = new Map<string, StoredResponse & { size: number }>();
  /** The id of the response that has an item, by the item's id. */
  readonly #having = new Map<string, string>();
  /** Responses of an earlier gateway whose answer is known, but not the question. */
  readonly #answersOnly = new Set<string>();
  /** Responses of an earlier gateway whose end has not been read yet: the items before the answer. */
  readonly #unfinished = new Map<string, Item[]>();
  readonly #keeper: Keeper | undefined;
  #characters = 0;

  constructor(keeper?: Keeper) {
    this.#keeper = keeper;
    for (const each of keeper?.responses() ?? []) {
      this.#put(each);
      if (each.response.status === 'in_progress') this.#unfinished.set(each.response.id, each.items);
    }
  }

  /** Whether the response is known and needs no more reading from the canister. */
  has(id: string): boolean {
    return this.#all.has(id) && !this.#unfinished.has(id);
  }

  /** Keeps a response of an earlier gateway. If its question is not known, it can be read, but not continued. */
  keepAnswer(response: StoredResponse['response'], owner: string): void {
    const before = this.#unfinished.get(response.id);
    const known = this.#all.get(response.id);
    if (before !== undefined && known !== undefined) {
      this.keep({ ...known, items: [...before, ...((response.output as Item[] | undefined) ?? [])], response });
      if (response.status === 'in_progress') this.#unfinished.set(response.id, before);
      return;
    }
    if (known !== undefined && !this.#answersOnly.has(response.id)) return;
    this.keep({ owner, items: [], input: [], response });
    this.#answersOnly.add(response.id);
  }

  keep(stored: StoredResponse): void {
    this.#keeper?.keepResponse(stored);
    this.#put(stored);
  }

  #put(stored: StoredResponse): void {
    this.forget(stored.response.id);
    const size = JSON.stringify(stored.items).length;
    this.#all.set(stored.response.id, { ...stored, size });
    this.#characters += size;
    for (const { id } of stored.items) if (typeof id === 'string') this.#having.set(id, stored.response.id);
    for (const id of this.#all.keys()) {
      if (this.#all.size <= MOST && this.#characters <= MOST_CHARACTERS) break;
      this.forget(id);
      this.#keeper?.forgetResponse(id);
    }
  }

  /** An item of a response that belongs to this owner. */
  item(id: string, owner: string): Item | undefined {
    const response = this.#all.get(this.#having.get(id) ?? '');
    return response?.owner === owner ? response.items.find((item) => item.id === id) : undefined;
  }

  /** @param param  the field with this id; undefined if the id is in the path */
  find(id: string, owner: string, param?: string): StoredResponse {
    const found = this.#all.get(id);
    if (found === undefined || found.owner !== owner) {
      const why = `there is no response "${id.slice(0, 100)}"; send the whole conversation instead`;
      // As at OpenAI, an unknown id in the path is "not found", and one in a field is an invalid field.
      if (param !== undefined) throw invalid(param, why, 'previous_response_not_found');
      throw new Refusal('not-found', why, { code: 'response_not_found' });
    }
    if (param !== undefined && this.#answersOnly.has(id)) {
      const why = `the conversation of "${id}" was not stored before the gateway was restarted; send the whole conversation`;
      throw invalid(param, why, 'previous_response_not_found');
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
    this.#answersOnly.delete(id);
    this.#unfinished.delete(id);
  }
}

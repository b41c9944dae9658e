// All conversations: listing, finding, exporting and importing them.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Conversation, Message } from '../conversations/model.js';
import { matches } from '../conversations/search.js';
import { exported, imported } from '../conversations/transfer.js';
import type { Change, Store } from '../store/store.js';

export class Library {
  readonly #store: Store;
  readonly #conversations = signal<readonly Conversation[]>([]);
  /** The ids of conversations that match the search; undefined if nothing is searched for. */
  readonly found = signal<ReadonlySet<string> | undefined>(undefined);
  #wanted = '';

  constructor(store: Store) {
    this.#store = store;
    store.listen((change) => void this.#note(change));
  }

  /** Sorted by their last change, the newest first. */
  get conversations(): ReadonlySignal<readonly Conversation[]> {
    return this.#conversations;
  }

  async load(): Promise<void> {
    this.#conversations.value = await this.#store.conversations();
  }

  async #note(change: Change): Promise<void> {
    if (change.of === 'everything') await this.load();
    if (change.of !== 'conversation') return;
    const changed = await this.#store.conversation(change.conversation);
    const others = this.#conversations.value.filter(({ id }) => id !== change.conversation);
    const at = changed ? others.findIndex(({ updated }) => updated <= changed.updated) : -1;
    if (changed) others.splice(at < 0 ? others.length : at, 0, changed);
    this.#conversations.value = others;
  }

  async search(wanted: string): Promise<void> {
    this.#wanted = wanted;
    if (wanted.trim() === '') {
      this.found.value = undefined;
      return;
    }
    const messages = await this.#store.allMessages();
    if (this.#wanted !== wanted) return;
    const of = new Map<string, Message[]>();
    for (const message of messages) {
      const known = of.get(message.conversation);
      if (known) known.push(message);
      else of.set(message.conversation, [message]);
    }
    const found = this.#conversations.value.filter((each) => matches(wanted, each, of.get(each.id) ?? []));
    this.found.value = new Set(found.map(({ id }) => id));
  }

  rename(id: string, title: string): Promise<void> {
    return this.#store.change(id, (conversation) => {
      conversation.title = title;
    });
  }

  remove(id: string): Promise<void> {
    return this.#store.remove(id);
  }

  removeAll(): Promise<void> {
    return this.#store.removeAll();
  }

  /** All conversations as the text of a file. */
  async export(): Promise<string> {
    const [conversations, messages] = await Promise.all([this.#store.conversations(), this.#store.allMessages()]);
    return exported({ conversations, messages }, new Date());
  }

  /** Returns the number of conversations in the file. Errors: TransferError. */
  async import(text: string): Promise<number> {
    const transfer = imported(text, await this.#store.allMessages());
    await this.#store.import(transfer);
    return transfer.conversations.length;
  }
}

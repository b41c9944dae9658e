import type { Conversation, Message } from '../conversations/model.js';
import type { Transfer } from '../conversations/transfer.js';
import { type Database, openDatabase } from './database.js';

/** What has changed, so that every tab can show it. */
export type Change =
  | { of: 'conversation'; conversation: string }
  | { of: 'message'; conversation: string; message: string }
  | { of: 'everything' }
  | { of: 'setting'; name: string };

type Listener = (change: Change) => void;

/** The part of BroadcastChannel that is used here. */
interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

/**
 * The conversations that this browser keeps. Each change reads and writes in one transaction, so that nothing is lost
 * if two tabs write at once.
 */
export class Store {
  readonly #database: Database;
  readonly #channel: Channel;
  readonly #listeners = new Set<Listener>();

  private constructor(database: Database, channel: Channel) {
    this.#database = database;
    this.#channel = channel;
    channel.onmessage = ({ data }) => this.#tell(data as Change);
  }

  static async open(name = 'llama-canister'): Promise<Store> {
    return new Store(await openDatabase(name), new BroadcastChannel(name));
  }

  close(): void {
    this.#channel.close();
    this.#database.close();
  }

  /** Calls the listener with every change, including those of other tabs. Returns a function that ends this. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  #changed(change: Change): void {
    this.#channel.postMessage(change);
    this.#tell(change);
  }

  /** Sorted by their last change, the newest first. */
  async conversations(): Promise<Conversation[]> {
    return (await this.#database.getAll('conversations')).sort((one, other) => other.updated - one.updated);
  }

  conversation(id: string): Promise<Conversation | undefined> {
    return this.#database.get('conversations', id);
  }

  messages(conversation: string): Promise<Message[]> {
    return this.#database.getAllFromIndex('messages', 'conversation', conversation);
  }

  message(id: string): Promise<Message | undefined> {
    return this.#database.get('messages', id);
  }

  allMessages(): Promise<Message[]> {
    return this.#database.getAll('messages');
  }

  /** Adds a conversation with its messages. */
  async add(conversation: Conversation, messages: readonly Message[] = []): Promise<void> {
    const writing = this.#database.transaction(['conversations', 'messages'], 'readwrite');
    void writing.objectStore('conversations').put(conversation);
    for (const message of messages) void writing.objectStore('messages').put(message);
    await writing.done;
    this.#changed({ of: 'conversation', conversation: conversation.id });
  }

  /** Changes the stored conversation. Does nothing if it was deleted. */
  async change(id: string, how: (conversation: Conversation) => void): Promise<void> {
    const writing = this.#database.transaction('conversations', 'readwrite');
    const conversation = await writing.store.get(id);
    if (conversation) {
      how(conversation);
      await writing.store.put(conversation);
    }
    await writing.done;
    if (conversation) this.#changed({ of: 'conversation', conversation: id });
  }

  /** Adds messages; the last one is shown then. Does nothing if their conversation was deleted. */
  async say(
    conversation: string,
    messages: readonly Message[],
    how: (conversation: Conversation) => void,
  ): Promise<void> {
    const writing = this.#database.transaction(['conversations', 'messages'], 'readwrite');
    const found = await writing.objectStore('conversations').get(conversation);
    if (found) {
      for (const message of messages) void writing.objectStore('messages').put(message);
      found.leaf = messages.at(-1)?.id ?? found.leaf;
      how(found);
      await writing.objectStore('conversations').put(found);
    }
    await writing.done;
    if (found) this.#changed({ of: 'conversation', conversation });
  }

  /** Changes the stored message, and returns it; undefined if it was deleted. */
  async changeMessage(id: string, how: (message: Message) => void): Promise<Message | undefined> {
    const writing = this.#database.transaction('messages', 'readwrite');
    const message = await writing.store.get(id);
    if (message) {
      how(message);
      await writing.store.put(message);
    }
    await writing.done;
    if (message) this.#changed({ of: 'message', conversation: message.conversation, message: id });
    return message;
  }

  /** Deletes messages; the conversation shows `leaf` afterwards. */
  async removeMessages(conversation: string, ids: readonly string[], leaf: string | null): Promise<void> {
    const writing = this.#database.transaction(['conversations', 'messages'], 'readwrite');
    for (const id of ids) void writing.objectStore('messages').delete(id);
    const found = await writing.objectStore('conversations').get(conversation);
    if (found) await writing.objectStore('conversations').put({ ...found, leaf });
    await writing.done;
    this.#changed({ of: 'conversation', conversation });
  }

  async remove(conversation: string): Promise<void> {
    const writing = this.#database.transaction(['conversations', 'messages'], 'readwrite');
    void writing.objectStore('conversations').delete(conversation);
    const keys = await writing.objectStore('messages').index('conversation').getAllKeys(conversation);
    for (const key of keys) void writing.objectStore('messages').delete(key);
    await writing.done;
    this.#changed({ of: 'conversation', conversation });
  }

  async removeAll(): Promise<void> {
    const writing = this.#database.transaction(['conversations', 'messages'], 'readwrite');
    void writing.objectStore('conversations').clear();
    void writing.objectStore('messages').clear();
    await writing.done;
    this.#changed({ of: 'everything' });
  }

  /** Stores the content of a file, all of it or nothing. It replaces conversations and messages with the same ids. */
  async import({ conversations, messages }: Transfer): Promise<void> {
    const writing = this.#database.transaction(['conversations', 'messages'], 'readwrite');
    try {
      for (const each of conversations) void writing.objectStore('conversations').put(each);
      for (const each of messages) void writing.objectStore('messages').put(each);
    } catch (error) {
      writing.abort();
      await writing.done.catch(() => {});
      throw error;
    }
    await writing.done;
    this.#changed({ of: 'everything' });
  }

  /** Stores another device's version of a conversation, with exactly its messages. */
  async replace({
    conversation,
    messages,
  }: {
    conversation: Conversation;
    messages: readonly Message[];
  }): Promise<void> {
    const writing = this.#database.transaction(['conversations', 'messages'], 'readwrite');
    const kept = writing.objectStore('messages');
    const ids = new Set(messages.map(({ id }) => id));
    for (const key of await kept.index('conversation').getAllKeys(conversation.id)) {
      if (!ids.has(key)) void kept.delete(key);
    }
    void writing.objectStore('conversations').put(conversation);
    for (const message of messages) void kept.put(message);
    await writing.done;
    this.#changed({ of: 'conversation', conversation: conversation.id });
  }

  setting<T>(name: string): Promise<T | undefined> {
    return this.#database.get('settings', name) as Promise<T | undefined>;
  }

  async set(name: string, value: unknown): Promise<void> {
    await this.#database.put('settings', value, name);
    this.#changed({ of: 'setting', name });
  }

  /**
   * Sets a value unless there is one, and returns the one that is stored; if two tabs do so at once, both get the same.
   */
  async setOnce<T>(name: string, value: T): Promise<T> {
    const writing = this.#database.transaction('settings', 'readwrite');
    const known = (await writing.store.get(name)) as T | undefined;
    if (known === undefined) await writing.store.put(value, name);
    await writing.done;
    return known ?? value;
  }
}

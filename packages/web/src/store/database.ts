// What the browser keeps: an IndexedDB with conversations, their messages, and settings of the page.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Conversation, Message } from '../conversations/model.js';

interface Schema extends DBSchema {
  conversations: { key: string; value: Conversation };
  messages: { key: string; value: Message; indexes: { conversation: string } };
  settings: { key: string; value: unknown };
}

export type Database = IDBPDatabase<Schema>;

/** Each message has a record of its own, so that two tabs do not overwrite each other's messages. */
export function openDatabase(name: string): Promise<Database> {
  return openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('conversations', { keyPath: 'id' });
      database.createObjectStore('messages', { keyPath: 'id' }).createIndex('conversation', 'conversation');
      database.createObjectStore('settings');
    },
    // A newer page in another tab needs another layout.
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
  });
}

// What all parts of the page share.
import { signal } from '@preact/signals';
import { type ComponentType, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Chat } from '../chat/chat.js';
import type { Connections } from '../chat/connections.js';
import type { Keeping } from '../chat/keeping.js';
import type { Library } from '../chat/library.js';
import type { KnownPlaces } from '../chat/places.js';
import type { Standing } from '../chat/standing.js';
import type { Store } from '../store/store.js';
import type { Section } from './route.js';

export interface App {
  /** Loads the administration, which is above all of this and a late chunk. */
  administration: () => Promise<ComponentType<{ section: Section }>>;
  store: Store;
  library: Library;
  chat: Chat;
  places: KnownPlaces;
  connections: Connections;
  standing: Standing;
  keeping: Keeping;
}

const context = createContext<App | undefined>(undefined);
export const AppProvider = context.Provider;

export function useApp(): App {
  return useContext(context)!;
}

/** The dialog that is open. */
export const dialog = signal<'settings' | 'conversation' | 'shortcuts' | undefined>(undefined);
/** Whether the list of conversations is shown where there is no room beside it. */
export const isListOpen = signal(false);
/** Whether the list is hidden where there is room for it. */
export const isListHidden = signal(false);
/** What is said to who cannot see the page. */
export const announcement = signal('');
/** The message that is being edited. */
export const editing = signal<string | undefined>(undefined);
export const isOnline = signal(navigator.onLine);
addEventListener('online', () => {
  isOnline.value = true;
});
addEventListener('offline', () => {
  isOnline.value = false;
});

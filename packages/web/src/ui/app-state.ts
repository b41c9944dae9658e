// What all parts of the page share.
import { signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Chat } from '../chat/chat.js';
import type { Connections } from '../chat/connections.js';
import type { Library } from '../chat/library.js';
import type { KnownPlaces } from '../chat/places.js';
import type { Standing } from '../chat/standing.js';
import type { Store } from '../store/store.js';

export interface App {
  store: Store;
  library: Library;
  chat: Chat;
  places: KnownPlaces;
  connections: Connections;
  standing: Standing;
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

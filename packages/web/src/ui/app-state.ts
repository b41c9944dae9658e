// State that all parts of the page share.
import { signal } from '@preact/signals';
import { type ComponentType, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Chat } from '../chat/chat.js';
import type { Connections } from '../chat/connections.js';
import { type Failure, failureOf } from '../chat/failure.js';
import type { Keeping } from '../chat/keeping.js';
import type { Library } from '../chat/library.js';
import type { KnownPlaces } from '../chat/places.js';
import type { Standing } from '../chat/standing.js';
import type { Store } from '../store/store.js';
import type { Section } from './route.js';

export interface App {
  /** Loads the administration. It is a late chunk of a higher layer, which may not be imported here. */
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
/** Whether the list of conversations is shown over the page, on screens with no room beside it. */
export const isListOpen = signal(false);
/** Whether the list is hidden although there is room for it. */
export const isListHidden = signal(false);
/** A text for screen readers. */
export const announcement = signal('');
/** What failed that nothing else reports: a change that the browser could not store, for example. */
export const trouble = signal<Failure | undefined>(undefined);
addEventListener('unhandledrejection', ({ reason }) => {
  trouble.value = failureOf(reason);
});
/** Where the keyboard goes on when what had the focus is gone: to the messages, or to the field for questions. */
export function toContent(): void {
  document.querySelector<HTMLElement>('.messages, .administration, #composer')?.focus();
}
/** The message that is being edited. */
export const editing = signal<string | undefined>(undefined);
export const isOnline = signal(navigator.onLine);
addEventListener('online', () => {
  isOnline.value = true;
});
addEventListener('offline', () => {
  isOnline.value = false;
});

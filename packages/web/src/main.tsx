import { render } from 'preact';
import { Chat } from './chat/chat.js';
import { Connections } from './chat/connections.js';
import { Keeping } from './chat/keeping.js';
import { Library } from './chat/library.js';
import { KnownPlaces } from './chat/places.js';
import { Standing } from './chat/standing.js';
import { servedPlaces } from './network/served.js';
import { Store } from './store/store.js';
import { texts } from './texts.js';
import { type App, AppProvider } from './ui/app-state.js';
import { loadMarkdown } from './ui/late-markdown.js';
import { Page } from './ui/page.js';

const root = document.getElementById('page')!;

async function open(): Promise<App> {
  if (!isSecureContext) throw new Error(texts.insecure);
  const [store, served] = await Promise.all([
    Store.open().catch((error: Error) => {
      throw new Error(texts.noStorage(error.message));
    }),
    servedPlaces(new URL(location.href), document.cookie).catch((error: Error) => {
      throw new Error(texts.badPlaces(error.message));
    }),
  ]);
  const places = new KnownPlaces(store, served);
  const connections = new Connections(store, () => places.all.peek(), new URL(location.href));
  const chat = new Chat(store, connections, places);
  const app: App = {
    ...{ store, places, connections, chat, library: new Library(store), standing: new Standing(connections) },
    keeping: new Keeping(store, connections),
    administration: () => import('./administration/view.js').then(({ Administration }) => Administration),
  };
  await Promise.all([places.load(), chat.load(), app.library.load()]);
  return app;
}

open().then(
  (app) => {
    render(
      <AppProvider value={app}>
        <Page />
      </AppProvider>,
      root,
    );
    loadMarkdown();
  },
  (error) => render(<p role="alert">{error instanceof Error ? error.message : String(error)}</p>, root),
);

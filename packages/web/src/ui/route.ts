// Where in the page one is: in the address, so that back, reload and links work.
import { signal } from '@preact/signals';

export type Route = { at: 'new' } | { at: 'conversation'; id: string };

function routeOf(hash: string): Route {
  const id = /^#\/c\/([\w-]{1,64})$/.exec(hash)?.[1];
  return id === undefined ? { at: 'new' } : { at: 'conversation', id };
}

export const route = signal<Route>(routeOf(location.hash));
addEventListener('hashchange', () => {
  route.value = routeOf(location.hash);
});

export const hrefOf = (id: string | undefined): string => (id === undefined ? '#/' : `#/c/${id}`);

/** `isReplaced`: back does not lead to where one was. */
export function go(id: string | undefined, isReplaced = false): void {
  if (isReplaced) history.replaceState(null, '', hrefOf(id));
  else if (location.hash !== hrefOf(id)) history.pushState(null, '', hrefOf(id));
  route.value = routeOf(location.hash);
}

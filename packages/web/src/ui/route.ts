// Which part of the page is shown. It is in the address, so that back, reload and links work.
import { signal } from '@preact/signals';

/** The parts of the administration. */
export const sections = ['overview', 'models', 'files', 'jobs', 'access', 'limits', 'prices', 'logs'] as const;
export type Section = (typeof sections)[number];

export type Route = { at: 'new' } | { at: 'conversation'; id: string } | { at: 'administration'; section: Section };

function routeOf(hash: string): Route {
  const [, administered, name] = /^#\/(administration)(?:\/(\w+))?$/.exec(hash) ?? [];
  if (administered) return { at: 'administration', section: sections.find((each) => each === name) ?? 'overview' };
  const id = /^#\/c\/([\w-]{1,64})$/.exec(hash)?.[1];
  return id === undefined ? { at: 'new' } : { at: 'conversation', id };
}

export const route = signal<Route>(routeOf(location.hash));
addEventListener('hashchange', () => {
  route.value = routeOf(location.hash);
});

export const hrefOf = (id: string | undefined): string => (id === undefined ? '#/' : `#/c/${id}`);

export const sectionHref = (section: Section): string => `#/administration/${section}`;

/** `isReplaced`: the back button does not lead to the part that was shown before. */
export function go(id: string | undefined, isReplaced = false): void {
  if (isReplaced) history.replaceState(null, '', hrefOf(id));
  else if (location.hash !== hrefOf(id)) history.pushState(null, '', hrefOf(id));
  route.value = routeOf(location.hash);
}

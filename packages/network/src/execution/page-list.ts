/** Pages of a canister's memory in its file: their numbers, slots and checksums, as they are kept. */

export const pageBytes = 65536;

/** Heap or stable memory: pages of both lie in the same file. */
export const Space = { heap: 0, stable: 1 } as const;
export type Space = (typeof Space)[keyof typeof Space];

/** Locations of pages with the CRC-32 of their content: four numbers each, space, page, slot and checksum. */
export type PageList = Uint32Array;
const listed = 4;

export interface ListedPage {
  space: Space;
  page: number;
  slot: number;
  checksum: number;
}

export function* pagesIn(list: PageList): Generator<ListedPage> {
  for (let i = 0; i < list.length; i += listed) {
    yield { space: list[i] as Space, page: list[i + 1]!, slot: list[i + 2]!, checksum: list[i + 3]! };
  }
}

export function pageList(pages: readonly ListedPage[]): PageList {
  const list = new Uint32Array(pages.length * listed);
  pages.forEach(({ space, page, slot, checksum }, i) => {
    list.set([space, page, slot, checksum], i * listed);
  });
  return list;
}

export const describePage = (space: Space, page: number) =>
  `page ${page} of the ${space === Space.heap ? 'heap' : 'stable memory'}`;

/**
 * Maps a canister's pages to the slots of its page file, with a checksum for each. It is stored in groups, so that a
 * message rewrites only a few entries.
 */
import { type PageList, pagesIn, type Space } from '../execution/page-list.js';

/** Pages in a group. */
export const groupPages = 256;

export class PageTable {
  /**
   * By `space/number of the group`: slot + 1 of each page, 0 for pages that were never written; behind these 256 numbers
   * the CRC-32 of each page.
   */
  readonly groups = new Map<string, Uint32Array>();

  /** Takes over new locations of pages; returns the changed groups. */
  merge(pages: PageList): Set<string> {
    const changed = new Set<string>();
    for (const { space, page, slot, checksum } of pagesIn(pages)) {
      const name = `${space}/${Math.floor(page / groupPages)}`;
      let group = this.groups.get(name);
      if (group === undefined) {
        group = new Uint32Array(2 * groupPages);
        this.groups.set(name, group);
      }
      group[page % groupPages] = slot + 1;
      group[groupPages + (page % groupPages)] = checksum;
      changed.add(name);
    }
    return changed;
  }

  list(): PageList {
    const pages: number[] = [];
    for (const [name, group] of this.groups) {
      for (const { space, page, slot, checksum } of pagesOfGroup(name, group)) pages.push(space, page, slot, checksum);
    }
    return Uint32Array.from(pages);
  }
}

/** The pages of a group that were ever written. */
export function* pagesOfGroup(name: string, group: Uint32Array) {
  const [space, number] = name.split('/').map(Number) as [Space, number];
  for (let i = 0; i < groupPages; i++) {
    if (group[i]! === 0) continue;
    yield { space, page: number * groupPages + i, slot: group[i]! - 1, checksum: group[groupPages + i]! };
  }
}

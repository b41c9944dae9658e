/** In which slots of its page file a canister's pages lie, in groups, so that a message changes what is noted of few. */
import type { PageList } from '../execution/page-file.js';

/** Pages in a group. */
const groupPages = 256;

export class PageTable {
  /** By `space/number of the group`: slot + 1 of each page, 0 for pages that were never written. */
  readonly groups = new Map<string, Uint32Array>();

  /** Takes over where pages lie now; returns the groups that have changed. */
  merge(pages: PageList): Set<string> {
    const changed = new Set<string>();
    for (let i = 0; i < pages.length; i += 3) {
      const page = pages[i + 1]!;
      const name = `${pages[i]}/${Math.floor(page / groupPages)}`;
      let group = this.groups.get(name);
      if (group === undefined) {
        group = new Uint32Array(groupPages);
        this.groups.set(name, group);
      }
      group[page % groupPages] = pages[i + 2]! + 1;
      changed.add(name);
    }
    return changed;
  }

  list(): PageList {
    const pages: number[] = [];
    for (const [name, group] of this.groups) {
      const [space, number] = name.split('/').map(Number);
      group.forEach((slot, i) => {
        if (slot > 0) pages.push(space!, number! * groupPages + i, slot - 1);
      });
    }
    return Uint32Array.from(pages);
  }
}

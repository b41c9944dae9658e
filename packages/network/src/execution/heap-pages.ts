/** The pages of a canister's heap in its file, for the process that continues after this one. */
import { crc32 } from 'node:zlib';
import type { Heap } from './heap.js';
import { describePage, type ListedPage, pageBytes, Space } from './page-list.js';
import type { SlotFile } from './slot-file.js';

type Place = Pick<ListedPage, 'slot' | 'checksum'>;

export class HeapPages {
  private readonly file: SlotFile;
  private readonly places = new Map<number, Place>();

  constructor(file: SlotFile) {
    this.file = file;
  }

  /** Reads the heap of an earlier process. Throws if a page is damaged. */
  restore(listed: Iterable<ListedPage>, heap: Heap): void {
    for (const { page, slot, checksum } of listed) {
      this.places.set(page, { slot, checksum });
      const content = heap.view(page * pageBytes, pageBytes);
      const fits = this.file.read(slot, content) && crc32(content) === checksum;
      if (!fits) throw new Error(`${describePage(Space.heap, page)} is damaged on disk`);
    }
  }

  /** Writes the pages that a message has changed. Throws ExecutionError if they cannot be written. */
  write(heap: Heap): ListedPage[] {
    const pages = heap.unsavedPages();
    const slots = this.file.write(pages.map(([, content]) => content));
    return pages.map(([page, content], i) => {
      this.release(page);
      const place = { slot: slots[i]!, checksum: crc32(content) };
      this.places.set(page, place);
      return { space: Space.heap, page, ...place };
    });
  }

  /** The old slot is written again by the next message at the earliest, when the new one has been recorded. */
  private release(page: number): void {
    const place = this.places.get(page);
    if (place !== undefined) this.file.release(place.slot);
  }

  /** All pages of the heap. */
  list(): ListedPage[] {
    return [...this.places].map(([page, place]) => ({ space: Space.heap, page, ...place }));
  }

  /** Of its pages, the heap has only these from now on. */
  keepOnly(kept: ReadonlySet<number>): void {
    for (const page of [...this.places.keys()]) {
      if (kept.has(page)) continue;
      this.release(page);
      this.places.delete(page);
    }
  }
}

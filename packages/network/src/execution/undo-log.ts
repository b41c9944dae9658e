/** Pages as they were before a message wrote to them, in memory that threads share. */

const pageSize = 65536;
/** No engine has larger ones that can grow. */
const arenaPages = 2 ** 31 / pageSize;
/** Number of pages whose buffers are kept between messages. */
const keptPages = 64;

type Growable = SharedArrayBuffer & { readonly growable: boolean; grow(bytes: number): void };
const GrowableBuffer = SharedArrayBuffer as unknown as new (
  bytes: number,
  options: { maxByteLength: number },
) => Growable;

export class UndoLog {
  /** Pages that are saved: slots 0 to this. */
  length = 0;
  private readonly maxPages: number;
  private arenas: Growable[] = [];

  constructor(maxPages: number) {
    this.maxPages = maxPages;
    this.renew();
  }

  private renew(): void {
    const arenas = Math.ceil(this.maxPages / arenaPages);
    this.arenas = Array.from({ length: arenas }, () => new GrowableBuffer(0, { maxByteLength: arenaPages * pageSize }));
  }

  get buffers(): SharedArrayBuffer[] {
    return this.arenas;
  }

  /** Saves a page; returns its slot. */
  save(content: Uint8Array): number {
    const slot = this.length++;
    const arena = this.arenas[Math.floor(slot / arenaPages)]!;
    const end = ((slot % arenaPages) + 1) * pageSize;
    if (arena.byteLength < end) {
      const room = Math.min(Math.max(end, 2 * arena.byteLength), arenaPages * pageSize);
      arena.grow(room);
    }
    savedPage(this.arenas, slot).set(content);
    return slot;
  }

  page(slot: number): Uint8Array {
    return savedPage(this.arenas, slot);
  }

  /**
   * Forgets the saved pages; readers may read them until the next page is saved. Returns whether the buffers were
   * replaced.
   */
  clear(): boolean {
    const isLarge = this.length > keptPages;
    this.length = 0;
    if (isLarge) this.renew();
    return isLarge;
  }
}

export function savedPage(arenas: readonly SharedArrayBuffer[], slot: number): Uint8Array {
  return new Uint8Array(arenas[Math.floor(slot / arenaPages)]!, (slot % arenaPages) * pageSize, pageSize);
}

/** The slots that were read or written last, and buffers of pages that are used again. */

const pageSize = 65536;
/** Pages that are cached, and buffers that are kept for the next ones: 16 MiB each. */
const cachedPages = 256;
const spareBuffers = 256;

export class PageCache {
  /** In the order of their last use. */
  private readonly slots = new Map<number, Uint8Array>();
  private readonly spare: Uint8Array[] = [];

  /** Room for a page; its content is not cleared. */
  buffer(): Uint8Array {
    return this.spare.pop() ?? new Uint8Array(pageSize);
  }

  /** A buffer is not needed any more. */
  giveBack(buffer: Uint8Array): void {
    if (this.spare.length < spareBuffers) this.spare.push(buffer);
  }

  get(slot: number): Uint8Array | undefined {
    const content = this.slots.get(slot);
    if (content === undefined) return undefined;
    this.slots.delete(slot);
    this.slots.set(slot, content);
    return content;
  }

  /** Takes over a buffer with the content of a slot. */
  put(slot: number, content: Uint8Array): void {
    this.forget(slot);
    if (this.slots.size >= cachedPages) this.forget(this.slots.keys().next().value!);
    this.slots.set(slot, content);
  }

  /** The slot is about to be written, or was given up. */
  forget(slot: number): void {
    const content = this.slots.get(slot);
    if (content === undefined) return;
    this.slots.delete(slot);
    this.giveBack(content);
  }

  clear(): void {
    for (const slot of [...this.slots.keys()]) this.forget(slot);
  }
}

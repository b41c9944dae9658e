import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from './compile.js';

const PAGE = 65536;

interface Heap {
  memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  release(ptr: number): void;
  allocatedBytes(): bigint;
  availableBytes(): bigint;
  memoryPages(): number;
  hold(count: number, bytes: number): number;
  held(): number;
}

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await WebAssembly.compile(await compile('testing/heap.ts', '-O1'));
});

function fresh(): Heap {
  const instance = new WebAssembly.Instance(module, { env: { abort: () => {} } });
  const heap = instance.exports as unknown as Heap;
  return {
    ...heap,
    allocate: (bytes) => heap.allocate(bytes) >>> 0,
    memoryPages: () => heap.memoryPages() >>> 0,
  };
}

describe('the page heap', () => {
  it('gives aligned extents that never overlap, and reuses released ones', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.nat(20 * PAGE),
            fc.nat(30).map((n) => -n - 1),
          ),
          { maxLength: 120 },
        ),
        (operations) => {
          const heap = fresh();
          const live: { ptr: number; bytes: number }[] = [];
          for (const operation of operations) {
            if (operation < 0) {
              const [gone] = live.splice(-operation % Math.max(1, live.length), 1);
              if (gone) heap.release(gone.ptr);
            } else {
              const ptr = heap.allocate(operation);
              expect(ptr % PAGE).toBe(0);
              expect(ptr).toBeGreaterThan(0);
              expect(ptr + operation).toBeLessThanOrEqual(heap.memoryPages() * PAGE);
              for (const other of live) {
                const apart = ptr + Math.max(operation, 1) <= other.ptr || other.ptr + Math.max(other.bytes, 1) <= ptr;
                expect(apart).toBe(true);
              }
              live.push({ ptr, bytes: operation });
            }
            const pages = live.reduce((sum, { bytes }) => sum + Math.max(1, Math.ceil(bytes / PAGE)), 0);
            expect(heap.allocatedBytes()).toBe(BigInt(pages * PAGE));
          }
          const before = heap.memoryPages();
          const available = heap.availableBytes();
          for (const { ptr } of live) heap.release(ptr);
          // Everything is merged again: one extent as large as all together fits without growing.
          const all = Number(heap.availableBytes() - BigInt((65536 - before) * PAGE));
          expect(heap.availableBytes() - available).toBe(
            BigInt(live.reduce((s, l) => s + Math.max(1, Math.ceil(l.bytes / PAGE)), 0) * PAGE),
          );
          if (all > 0) expect(heap.allocate(all)).toBeGreaterThan(0);
          expect(heap.memoryPages()).toBe(before);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes the smallest extent that fits and grows only by the missing part', () => {
    const heap = fresh();
    const [a, b, c, d] = [8, 1, 3, 1].map((pages) => heap.allocate(pages * PAGE)) as [number, number, number, number];
    heap.release(a);
    heap.release(c);
    expect(heap.allocate(2 * PAGE)).toBe(c);
    expect(heap.allocate(8 * PAGE)).toBe(a);
    heap.release(d);
    const before = heap.memoryPages();
    // The last page of c and d have merged.
    expect(heap.allocate(5 * PAGE)).toBe(d - PAGE);
    expect(heap.memoryPages()).toBe(before + 3);
    expect(b).toBeGreaterThan(0);
  });

  it('reaches the end of 4 GiB and answers 0 beyond it', () => {
    const heap = fresh();
    const rest = Number(heap.availableBytes());
    const all = heap.allocate(rest);
    expect(all + rest).toBe(2 ** 32);
    expect(heap.allocate(1)).toBe(0);
    expect(heap.allocate(0xffffffff)).toBe(0);
    heap.release(all);
    expect(heap.allocate(PAGE)).toBe(all);
    expect(heap.memoryPages()).toBe(65536);
  });

  it('ignores a release of any address but the start of a used extent', () => {
    const heap = fresh();
    const ptr = heap.allocate(3 * PAGE);
    for (const wrong of [0, 1, ptr + 1, ptr + PAGE, 2 ** 32 - PAGE]) heap.release(wrong);
    expect(heap.allocatedBytes()).toBe(BigInt(3 * PAGE));
    heap.release(ptr);
    heap.release(ptr);
    expect(heap.allocatedBytes()).toBe(0n);
  });

  it('stays whole when every page is an extent of its own', () => {
    const heap = fresh();
    const extents: number[] = [];
    // Memory grows once, because growing by a page takes the embedder long.
    heap.release(heap.allocate(Number(heap.availableBytes())));
    for (let ptr = heap.allocate(1); ptr; ptr = heap.allocate(1)) extents.push(ptr);
    expect(extents.length).toBeGreaterThan(65_000);
    for (let i = 1; i < extents.length - 1; i += 2) heap.release(extents[i]!);
    expect(heap.allocate(2 * PAGE)).toBe(0);
    expect(heap.allocate(PAGE)).toBeGreaterThan(0);
    for (const ptr of extents) heap.release(ptr);
    expect(heap.allocatedBytes()).toBe(0n);
    expect(heap.allocate(extents.length * PAGE)).toBeGreaterThan(0);
  });

  it('uses its reserve if nothing else fits, but not for a size that could never fit', () => {
    const heap = fresh();
    const held = heap.hold(3, 5 * PAGE);
    const rest = heap.allocate(Number(heap.availableBytes()));
    expect(held).toBe(3);
    expect(rest).toBeGreaterThan(0);
    // Larger than the three together, so none of them is released.
    expect(heap.allocate(16 * PAGE)).toBe(0);
    expect(heap.held()).toBe(3);
    expect(heap.allocate(4 * PAGE)).toBeGreaterThan(0);
    expect(heap.held()).toBe(2);
    expect(heap.allocate(PAGE)).toBeGreaterThan(0);
    expect(heap.held()).toBe(2);
    expect(heap.allocate(10 * PAGE)).toBeGreaterThan(0);
    expect(heap.held()).toBe(0);
    expect(heap.allocate(PAGE)).toBe(0);
  });
});

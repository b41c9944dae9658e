/** ic0: stable memory, in its 64-bit and its 32-bit form. */
import { largeBulk } from '../../wasm/helpers.js';
import { stableOutOfBounds, stableTooBigFor32Bit } from '../errors.js';
import type { Execution } from '../execution.js';
import { assertCanPayForMemory } from '../freezing.js';
import type { Current } from './message.js';

const pageSize = 65536;
const max32BitPages = 65536;

export function stableCalls(current: Current) {
  /** Charges the bytes like any bulk operator, then copies between heap and stable memory. */
  const transfer = (name: string, heapAddress: number, offset: number, size: number, write: boolean) => {
    const execution = current();
    const large = size >= largeBulk;
    if (large) execution.bulkBegin(size);
    execution.enter(name, large ? 0 : size);
    if (size === 0) return;
    const { stable, heap } = execution;
    if (!name.startsWith('stable64') && stable.pages > max32BitPages) throw stableTooBigFor32Bit();
    if (offset + size > stable.size) throw stableOutOfBounds();
    execution.touchStable(offset, size, write);
    execution.touchHeapForStable(heapAddress, size, !write);
    if (write) stable.write(offset, heap.view(heapAddress, size));
    else stable.read(offset, heap.view(heapAddress, size));
    if (large) execution.bulkEnd();
  };

  const grow = (execution: Execution, pages: number, maximum: number): number => {
    const { stable } = execution;
    const before = stable.pages;
    if ((before + pages) * pageSize > execution.limits.stableMemoryBytes || before + pages > maximum) return -1;
    if (execution.keepsWrites) assertCanPayForMemory(execution, pages * pageSize);
    stable.pages = before + pages;
    return before;
  };

  // Impossibly large sizes stay impossibly large as numbers.
  const wide = (value: bigint) => Number(BigInt.asUintN(64, value));

  return {
    stable_size(): number {
      const execution = current();
      execution.enter('stable_size');
      if (execution.stable.pages > max32BitPages) throw stableTooBigFor32Bit();
      return execution.stable.pages;
    },
    stable_grow(pages: number): number {
      const execution = current();
      execution.enter('stable_grow');
      if (execution.stable.pages > max32BitPages) throw stableTooBigFor32Bit();
      return grow(execution, pages, max32BitPages);
    },
    stable_read(destination: number, offset: number, size: number): void {
      transfer('stable_read', destination, offset, size, false);
    },
    stable_write(offset: number, source: number, size: number): void {
      transfer('stable_write', source, offset, size, true);
    },
    stable64_size(): bigint {
      const execution = current();
      execution.enter('stable64_size');
      return BigInt(execution.stable.pages);
    },
    stable64_grow(pages: bigint): bigint {
      const execution = current();
      execution.enter('stable64_grow');
      return BigInt(grow(execution, wide(pages), Number.POSITIVE_INFINITY));
    },
    stable64_read(destination: bigint, offset: bigint, size: bigint): void {
      transfer('stable64_read', wide(destination), wide(offset), wide(size), false);
    },
    stable64_write(offset: bigint, source: bigint, size: bigint): void {
      transfer('stable64_write', wide(source), wide(offset), wide(size), true);
    },
  };
}

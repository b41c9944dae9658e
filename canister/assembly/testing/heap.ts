/** The heap's functions as exports, for canister/test/heap.test.ts, and a reserve. */
import { Reserve, allocate, release, setReserve } from '../memory/heap';

export { allocate, allocatedBytes, availableBytes, release } from '../memory/heap';

class Held extends Reserve {
  readonly extents: usize[] = [];
  each: usize = 0;

  get bytes(): u64 {
    return <u64>this.extents.length * this.each;
  }

  giveUp(): bool {
    if (this.extents.length == 0) return false;
    release(this.extents.shift());
    return true;
  }
}

const reserve = new Held();

/** Makes the heap's reserve hold `count` extents of `bytes` bytes. Returns how many it holds. */
export function hold(count: i32, bytes: usize): i32 {
  setReserve(reserve);
  reserve.each = bytes;
  for (let i = 0; i < count; ++i) reserve.extents.push(allocate(bytes));
  return reserve.extents.length;
}

export function held(): i32 {
  return reserve.extents.length;
}

export function memoryPages(): u32 {
  return <u32>memory.size();
}

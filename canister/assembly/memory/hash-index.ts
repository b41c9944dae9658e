import { allocate, release } from './heap';

/** Slots that one look-up may visit. Half-full tables have far shorter runs; this stops hashes chosen to collide. */
const MAX_PROBES: u32 = 1024;
const FEWEST: u32 = 256;
const SLOT: usize = 16;

/** A well-mixed hash of a hash and another word. */
// @ts-ignore: decorator
@inline
export function mix(hash: u64, word: u64): u64 {
  const scrambled = (hash + 0x632be59bd9b4e019) * 0x9e3779b97f4a7c15;
  const product = (scrambled ^ (scrambled >> 32) ^ word) * 0xbf58476d1ce4e5b9;
  return product ^ (product >> 29);
}

/**
 * Numbers by the hash of what they stand for, in raw memory:
 *
 *     slots   [ hash: u64 | number + 1: u32, 0 if free | unused: u32 ] * capacity     linear probing
 *
 * It does not know what was hashed: `find` and `next` go through the candidates, and whoever asks compares.
 */
@final
export class HashIndex {
  private slots: usize = 0;
  private capacity: u32 = 0;
  private count: u32 = 0;
  private sought: u64 = 0;
  private at: u32 = 0;
  private probes: u32 = 0;

  /** The first number entered with a hash; -1 if there is none. */
  find(hash: u64): i32 {
    this.sought = hash;
    this.at = <u32>(hash >> 32);
    this.probes = 0;
    return this.next();
  }

  /** The next number with the hash given to `find`; -1 if there is none. */
  next(): i32 {
    if (this.capacity == 0) return -1;
    for (; this.probes < MAX_PROBES; ++this.probes, ++this.at) {
      const slot = this.slots + <usize>(this.at & (this.capacity - 1)) * SLOT;
      const entry = load<u32>(slot, 8);
      if (entry == 0) return -1;
      if (load<u64>(slot) != this.sought) continue;
      ++this.at;
      ++this.probes;
      return entry - 1;
    }
    return -1;
  }

  /** Enters a number. False if memory is short or the hashes are chosen to collide. */
  insert(hash: u64, value: u32): bool {
    if (this.count >= this.capacity >> 1 && !this.grow()) return false;
    ++this.count;
    return this.enter(hash, value);
  }

  private enter(hash: u64, value: u32): bool {
    let at = <u32>(hash >> 32);
    for (let probes: u32 = 0; probes < MAX_PROBES; ++probes, ++at) {
      const slot = this.slots + <usize>(at & (this.capacity - 1)) * SLOT;
      if (load<u32>(slot, 8) != 0) continue;
      store<u64>(slot, hash);
      store<u32>(slot, value + 1, 8);
      return true;
    }
    return false;
  }

  private grow(): bool {
    const before = this.slots;
    const capacity = this.capacity;
    const larger = max(FEWEST, 2 * capacity);
    const slots = allocate(<usize>larger * SLOT);
    if (slots == 0) return false;
    memory.fill(slots, 0, <usize>larger * SLOT);
    this.slots = slots;
    this.capacity = larger;
    let isThere = true;
    for (let i: u32 = 0; i < capacity && isThere; ++i) {
      const slot = before + <usize>i * SLOT;
      if (load<u32>(slot, 8) != 0) isThere = this.enter(load<u64>(slot), load<u32>(slot, 8) - 1);
    }
    release(before);
    return isThere;
  }

  /** Forgets all numbers. */
  clear(): void {
    this.count = 0;
    if (this.capacity > 0) memory.fill(this.slots, 0, <usize>this.capacity * SLOT);
  }

  dispose(): void {
    release(this.slots);
    this.slots = 0;
    this.capacity = this.count = 0;
  }
}

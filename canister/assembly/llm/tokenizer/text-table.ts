/**
 * A hash table from text to number, in raw memory that its owner provides, for texts that lie in memory anyway.
 *
 *     slots   [ number + 1: u32, 0 if free | upper half of the hash: u32 ] * capacity     linear probing
 *
 * The table knows texts by number only: the text of a number is asked from a directory of addresses, and its length is
 * the u32 eight bytes before it (a GGUF string's own length field).
 */

/** Most slots that one look-up may visit. Half-full tables of a million have runs below 100; stops chosen collisions. */
const MAX_PROBES: u32 = 512;

const SLOT: usize = 8;

/** Slots for `count` texts: a power of two, at most half full. */
export function textTableCapacity(count: u32): u32 {
  let capacity: u32 = 16;
  while (capacity < 2 * count) capacity <<= 1;
  return capacity;
}

export function textTableBytes(count: u32): usize {
  return <usize>textTableCapacity(count) * SLOT;
}

// @ts-ignore: decorator
@inline
function mix(h: u64, word: u64): u64 {
  const m = (h ^ word) * 0x9e3779b97f4a7c15;
  return m ^ (m >> 29);
}

/** Hash of `length` bytes, eight at a time. */
export function hashText(ptr: usize, length: u32): u64 {
  let h: u64 = length;
  if (length >= 8) {
    const last = ptr + length - 8;
    for (; ptr < last; ptr += 8) h = mix(h, load<u64>(ptr));
    return mix(h, load<u64>(last)) * 0xbf58476d1ce4e5b9;
  }
  let word: u64 = 0;
  if (length >= 4) word = ((<u64>load<u32>(ptr)) << 32) | load<u32>(ptr + length - 4);
  else if (length > 0)
    word = load<u8>(ptr) | ((<u64>load<u8>(ptr + (length >> 1))) << 8) | ((<u64>load<u8>(ptr + length - 1)) << 16);
  return mix(h, word) * 0xbf58476d1ce4e5b9;
}

/** Whether `length` bytes at `a` and `b` are the same. */
export function sameText(a: usize, b: usize, length: u32): bool {
  if (length >= 8) {
    const last = <usize>length - 8;
    for (let i: usize = 0; i < last; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false;
    return load<u64>(a + last) == load<u64>(b + last);
  }
  if (length >= 4) {
    const last = <usize>length - 4;
    return load<u32>(a) == load<u32>(b) && load<u32>(a + last) == load<u32>(b + last);
  }
  for (let i: usize = 0; i < length; ++i) if (load<u8>(a + i) != load<u8>(b + i)) return false;
  return true;
}

export class TextTable {
  private readonly mask: u32;

  /**
   * @param slots     `textTableBytes(count)` bytes, which are cleared
   * @param directory address of the u32 address of text 0, followed by those of the other numbers
   */
  constructor(
    private readonly slots: usize,
    private readonly directory: usize,
    count: u32,
  ) {
    this.mask = textTableCapacity(count) - 1;
    memory.fill(slots, 0, textTableBytes(count));
  }

  /** Enters text `number` of the directory; of equal texts the last entered is found. False if the table is attacked. */
  insert(number: u32): bool {
    const ptr: usize = load<u32>(this.directory + <usize>number * 4);
    const length = load<u32>(ptr - 8);
    const hash = hashText(ptr, length);
    const slot = this.probe(ptr, length, hash);
    if (slot == 0) return false;
    store<u32>(slot, number + 1);
    store<u32>(slot, <u32>(hash >> 32), 4);
    return true;
  }

  /** Number of the text, or -1. */
  find(ptr: usize, length: u32): i32 {
    const slot = this.probe(ptr, length, hashText(ptr, length));
    return slot == 0 ? -1 : <i32>(load<u32>(slot) - 1);
  }

  /** The text's slot, or else the free slot for it; 0 if neither is near. */
  private probe(ptr: usize, length: u32, hash: u64): usize {
    const upper = <u32>(hash >> 32);
    let at = <u32>hash;
    for (let probes: u32 = 0; probes < MAX_PROBES; ++probes, ++at) {
      const slot = this.slots + <usize>(at & this.mask) * SLOT;
      const entry = load<u32>(slot);
      if (entry == 0) return slot;
      if (load<u32>(slot, 4) != upper) continue;
      const text: usize = load<u32>(this.directory + <usize>(entry - 1) * 4);
      if (load<u32>(text - 8) == length && sameText(text, ptr, length)) return slot;
    }
    return 0;
  }
}

/**
 * How many tokens were evaluated for whom in this hour. In the heap: an upgrade forgets it, as the next hour does.
 *
 *     table   [ bytes of the principal, 0 = free: u8 | principal: 29 bytes | reserved: 2 | tokens: u64 ] * capacity
 *
 * Open addressing over a power of two of places, at most half of them taken.
 */
import { now } from '../ic/clock';
import { Principal } from '../ic/principal';
import { allocate, release } from '../llm/heap';

const HOUR: u64 = 3_600_000_000_000;
const MINUTE: u64 = 60_000_000_000;
const ENTRY: usize = 40;
const TOKENS: usize = 32;
/** Places of the smallest table: 64 KiB. */
const FIRST_CAPACITY: u32 = 1 << 10;
const MAX_CAPACITY: u32 = 1 << 20;

let table: usize = 0;
let capacity: u32 = 0;
let count: u32 = 0;
let hour: u64 = 0;

/** Forgets the last hour. */
function turn(): void {
  const current = now() / HOUR;
  if (current == hour) return;
  hour = current;
  release(table);
  table = 0;
  capacity = 0;
  count = 0;
}

/** FNV-1a. */
function hashOf(ptr: usize, size: u32): u32 {
  let hash: u32 = 0x811c9dc5;
  for (let i: u32 = 0; i < size; ++i) hash = (hash ^ load<u8>(ptr + i)) * 0x01000193;
  return hash;
}

/** Whether a place is taken by another principal. */
function isOthers(i: u32, ptr: usize, size: u32): bool {
  const entry = table + <usize>i * ENTRY;
  const known = <u32>load<u8>(entry);
  return known != 0 && (known != size || memory.compare(entry + 1, ptr, size) != 0);
}

/** The place of a principal, or the free one where it would be. There is always a free one. */
function place(ptr: usize, size: u32): usize {
  let i = hashOf(ptr, size) & (capacity - 1);
  while (isOthers(i, ptr, size)) i = (i + 1) & (capacity - 1);
  return table + <usize>i * ENTRY;
}

/** Makes room for one more; false if there is none. */
function reserve(): bool {
  if (count + 1 <= capacity >>> 1) return true;
  const larger = max<u32>(FIRST_CAPACITY, capacity << 1);
  if (larger > MAX_CAPACITY) return false;
  const bytes = <usize>larger * ENTRY;
  const ptr = allocate(bytes);
  if (ptr == 0) return false;
  for (let i: u32 = 0; i < larger; ++i) store<u8>(ptr + <usize>i * ENTRY, 0);
  const old = table;
  const oldCapacity = capacity;
  table = ptr;
  capacity = larger;
  for (let i: u32 = 0; i < oldCapacity; ++i) {
    const entry = old + <usize>i * ENTRY;
    const size = load<u8>(entry);
    if (size > 0) memory.copy(place(entry + 1, size), entry, ENTRY);
  }
  release(old);
  return true;
}

/** Tokens that were evaluated for somebody in this hour. */
export function tokensOf(who: Principal): u64 {
  turn();
  if (capacity == 0) return 0;
  const entry = place(who.ptr, who.size);
  return load<u8>(entry) == 0 ? 0 : load<u64>(entry, TOKENS);
}

/** Adds to them. With more callers in an hour than there is room for, those that come last go uncounted. */
export function noteTokens(who: Principal, tokens: u64): void {
  turn();
  // A principal without bytes is the management canister's, which calls nobody.
  if (who.size == 0) return;
  if (capacity == 0 && !reserve()) return;
  let entry = place(who.ptr, who.size);
  if (load<u8>(entry) == 0) {
    if (!reserve()) return;
    entry = place(who.ptr, who.size);
    store<u8>(entry, <u8>who.size);
    memory.copy(entry + 1, who.ptr, who.size);
    store<u64>(entry, 0, TOKENS);
    ++count;
  }
  store<u64>(entry, load<u64>(entry, TOKENS) + tokens, TOKENS);
}

/** Whole minutes until the next hour begins, at least one. */
export function minutesLeft(): u64 {
  const left = HOUR - (now() % HOUR);
  return (left + MINUTE - 1) / MINUTE;
}

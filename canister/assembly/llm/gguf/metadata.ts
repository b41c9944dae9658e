import { Code, Problem } from '../../problem';
import { ByteSource } from '../bytes';
import { allocate, release } from '../../memory/heap';
import {
  MAX_KEPT_KEY_BYTES,
  MAX_KEY_BYTES,
  MAX_METADATA_ENTRIES,
  MAX_NUMBERS,
  MAX_SHORT_TEXT_BYTES,
  MAX_TEXT_BYTES,
} from './limits';
import { HeaderReader } from './reader';
import { MetadataEntry, parseEntry, skipEntry } from './metadata-entry';
import { BOOL, FLOAT32, FLOAT64, STRING, isInteger, loadInteger, valueBytes } from './value-types';

/**
 * The key-value pairs of a GGUF file.
 *
 * Getters never stop: an absent key gives the fallback, and so does a key of another type or range, whose problem is
 * kept in `problem` (the first one). So a loader reads all values it wants and then checks `problem` once.
 */
export class Metadata {
  problem: Problem | null = null;
  private readonly entries: Map<string, MetadataEntry> = new Map();

  constructor(private readonly source: ByteSource) {}

  get size(): i32 {
    return this.entries.size;
  }

  /** Reads `count` pairs; a problem is left in `reader.problem`. */
  parse(reader: HeaderReader, count: u64): void {
    if (count > MAX_METADATA_ENTRIES) {
      reader.fail(`the file claims ${count} metadata keys; at most ${MAX_METADATA_ENTRIES} are accepted`);
    }
    for (let i: u64 = 0; i < count && reader.ok; ++i) {
      reader.item(i);
      const before = reader.position;
      const key = reader.text(MAX_KEY_BYTES, 'metadata key', MAX_KEPT_KEY_BYTES);
      // An empty text takes the eight bytes of its length.
      if (reader.ok && reader.position == before + 8) reader.failAt('metadata key', ' is empty');
      reader.name = key;
      const isKept = key.length > 0;
      if (reader.ok && isKept && this.entries.has(key)) reader.failAt('metadata key', ' is there twice');
      if (isKept) {
        const entry = parseEntry(reader);
        if (reader.ok) this.entries.set(key, entry);
      } else {
        skipEntry(reader);
      }
    }
    reader.endItems();
  }

  has(key: string): bool {
    return this.entries.has(key);
  }

  /** The entry of a key, for values that are read straight from the file; null if absent. */
  find(key: string): MetadataEntry | null {
    if (!this.entries.has(key)) return null;
    const entry = this.entries.get(key);
    entry.isAskedFor = true;
    return entry;
  }

  /** Overrides a key's value, or adds the key if the file lacks it. */
  give(key: string, entry: MetadataEntry): void {
    this.entries.set(key, entry);
  }

  /** Whether a key's value is an override. */
  isOverridden(key: string): bool {
    return this.entries.has(key) && this.entries.get(key).given !== null;
  }

  /** Whether a getter has read the key's value. */
  isAskedFor(key: string): bool {
    return this.entries.has(key) && this.entries.get(key).isAskedFor;
  }

  /** Keeps a problem that was found elsewhere, unless it is null. */
  refuse(problem: Problem | null): void {
    if (this.problem === null) this.problem = problem;
  }

  /** Keeps a problem of the metadata, unless there already is one. */
  fail(reason: string, code: Code = Code.INVALID): void {
    if (this.problem === null) this.problem = new Problem(reason, code);
  }

  private wrong(key: string, entry: MetadataEntry, expected: string): void {
    this.fail(`metadata key "${key}" is ${entry.describe()}, not ${expected}`);
  }

  /** An integer of any width in [low, high]. */
  integer(key: string, fallback: i64, low: i64, high: i64): i64 {
    const entry = this.find(key);
    if (entry == null) return fallback;
    if (entry.isArray || !isInteger(entry.type)) {
      this.wrong(key, entry, 'an integer');
      return fallback;
    }
    const value = <i64>entry.bits;
    if (value < low || value > high) {
      this.fail(`metadata key "${key}" is ${value}; ${low} to ${high} is accepted`);
      return fallback;
    }
    return value;
  }

  /** An integer of any width that fits u32. */
  u32(key: string, fallback: u32): u32 {
    return <u32>this.integer(key, fallback, 0, u32.MAX_VALUE);
  }

  /** As `u32`, for a required key. */
  requireU32(key: string): u32 {
    this.require(key);
    return this.u32(key, 0);
  }

  /** A floating-point number of either width. */
  f32(key: string, fallback: f32): f32 {
    const entry = this.find(key);
    if (entry == null) return fallback;
    if (!entry.isArray && entry.type == FLOAT32) return reinterpret<f32>(<u32>entry.bits);
    if (!entry.isArray && entry.type == FLOAT64) return <f32>reinterpret<f64>(entry.bits);
    this.wrong(key, entry, 'a floating-point number');
    return fallback;
  }

  flag(key: string, fallback: bool): bool {
    const entry = this.find(key);
    if (entry == null) return fallback;
    if (!entry.isArray && entry.type == BOOL) return entry.bits != 0;
    this.wrong(key, entry, 'a bool');
    return fallback;
  }

  /** A string, cut to its first KiB; ill-formed UTF-8 is decoded without an error. */
  text(key: string, fallback: string): string {
    const entry = this.textEntry(key);
    return entry == null ? fallback : this.decode(key, entry, min(entry.bytes, MAX_SHORT_TEXT_BYTES), fallback);
  }

  /** A string of up to 1 MiB. */
  longText(key: string, fallback: string): string {
    const entry = this.textEntry(key);
    if (entry == null) return fallback;
    if (entry.bytes > MAX_TEXT_BYTES) {
      this.fail(`metadata key "${key}" has ${entry.bytes} bytes of text; at most ${MAX_TEXT_BYTES} are accepted`);
      return fallback;
    }
    return this.decode(key, entry, entry.bytes, fallback);
  }

  private textEntry(key: string): MetadataEntry | null {
    const entry = this.find(key);
    if (entry != null && (entry.isArray || entry.type != STRING)) {
      this.wrong(key, entry, 'a string');
      return null;
    }
    return entry;
  }

  /** The first `bytes` bytes of a text. */
  private decode(key: string, entry: MetadataEntry, bytes: u64, fallback: string): string {
    const ptr = this.fetch(key, entry, bytes);
    if (ptr == 0) return fallback;
    // Do not cut a character in two.
    let end = <usize>bytes;
    if (bytes < entry.bytes) while (end > 0 && (load<u8>(ptr + end - 1) & 0xc0) == 0x80) --end;
    if (bytes < entry.bytes && end > 0 && load<u8>(ptr + end - 1) >= 0xc0) --end;
    const value = String.UTF8.decodeUnsafe(ptr, end);
    release(ptr);
    return value;
  }

  /** As `text`, for a required key. */
  requireText(key: string): string {
    this.require(key);
    return this.text(key, '');
  }

  /** An array of integers of any width, or of bools; empty if the key is absent. */
  integers(key: string): StaticArray<i64> {
    const entry = this.find(key);
    if (entry == null) return new StaticArray<i64>(0);
    if (!entry.isArray || !(isInteger(entry.type) || entry.type == BOOL)) {
      this.wrong(key, entry, 'an array of integers');
      return new StaticArray<i64>(0);
    }
    const ptr = this.fetchNumbers(key, entry);
    if (ptr == 0) return new StaticArray<i64>(0);
    const values = new StaticArray<i64>(<i32>entry.count);
    const width = valueBytes(entry.type);
    for (let i = 0; i < values.length; ++i) values[i] = loadInteger(entry.type, ptr + <usize>i * width);
    release(ptr);
    return values;
  }

  /** An array of f32; empty if the key is absent. */
  floats(key: string): StaticArray<f32> {
    const entry = this.find(key);
    if (entry == null) return new StaticArray<f32>(0);
    if (!entry.isArray || entry.type != FLOAT32) {
      this.wrong(key, entry, 'an array of f32');
      return new StaticArray<f32>(0);
    }
    const ptr = this.fetchNumbers(key, entry);
    if (ptr == 0) return new StaticArray<f32>(0);
    const values = new StaticArray<f32>(<i32>entry.count);
    for (let i = 0; i < values.length; ++i) values[i] = load<f32>(ptr + <usize>i * 4);
    release(ptr);
    return values;
  }

  /** Keeps a problem if a required key is absent. */
  require(key: string): void {
    if (!this.entries.has(key)) this.fail(`metadata key "${key}" is missing`);
  }

  private fetchNumbers(key: string, entry: MetadataEntry): usize {
    if (entry.count > MAX_NUMBERS) {
      this.fail(`metadata key "${key}" has ${entry.count} elements; at most ${MAX_NUMBERS} are accepted`);
      return 0;
    }
    return this.fetch(key, entry);
  }

  /** Copies a value of at most a few MiB into an extent that the caller releases; 0 on failure. */
  private fetch(key: string, entry: MetadataEntry, bytes: u64 = entry.bytes): usize {
    const ptr = allocate(<usize>bytes);
    if (ptr == 0) this.fail(`no memory is left to read metadata key "${key}"`, Code.HEAP_FULL);
    else if (entry.given !== null) memory.copy(ptr, changetype<usize>(entry.given!), <usize>bytes);
    else if (bytes > 0) this.source.read(entry.offset, ptr, <u32>bytes);
    return ptr;
  }
}

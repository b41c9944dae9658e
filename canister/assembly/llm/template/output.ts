import { allocate, release } from '../../memory/heap';
import { Arena } from './arena';
import { bytesOf, lengthOf, mixedText, plainText, runOf, runsOf } from './texts';

/** Bytes of a rendered text, and of all the texts at once that go into one: the tokenizer's limit. */
const MAX_OUTPUT: u32 = 4 << 20;
const FIRST_BYTES: u32 = 1 << 16;

/**
 * Buffer for texts: the rendered text itself, and above it, as on a stack, the result of a macro, a block or a filter,
 * which is taken off as a text of its own.
 */
@final
export class Output {
  bytes: usize = 0;
  length: u32 = 0;
  /** As a text's runs (texts.ts). */
  runs: usize = 0;
  runCount: u32 = 0;
  isFull: bool = false;
  private capacity: u32 = 0;
  private runCapacity: u32 = 0;

  /** Makes room for more bytes; false if there is none: then nothing may be written. */
  private reserve(more: u32): bool {
    if (more <= this.capacity - this.length) return true;
    if (more > MAX_OUTPUT - this.length) {
      this.isFull = true;
      return false;
    }
    const capacity = max(FIRST_BYTES, min(MAX_OUTPUT, 2 * (this.length + more)));
    const bytes = grown(this.bytes, this.length, capacity);
    if (bytes == 0) {
      this.isFull = true;
      return false;
    }
    this.bytes = bytes;
    this.capacity = capacity;
    return true;
  }

  /** Sets the source of the following text. False if there is no memory. */
  private source(isTemplate: bool): bool {
    const count = this.runCount;
    if (count > 0) {
      const last = load<u32>(this.runs + ((<usize>count - 1) << 2));
      if ((last & 1) == u32(isTemplate)) return true;
    }
    if (count == this.runCapacity) {
      const capacity = max<u32>(1 << 14, 2 * count);
      const runs = grown(this.runs, count << 2, capacity << 2);
      if (runs == 0) {
        this.isFull = true;
        return false;
      }
      this.runs = runs;
      this.runCapacity = capacity;
    }
    store<u32>(this.runs + ((<usize>count) << 2), (this.length << 1) | u32(isTemplate));
    this.runCount = count + 1;
    return true;
  }

  write(bytes: usize, length: u32, isTemplate: bool): void {
    if (length == 0 || !this.reserve(length) || !this.source(isTemplate)) return;
    memory.copy(this.bytes + this.length, bytes, length);
    this.length += length;
  }

  writeByte(byte: u32, isTemplate: bool): void {
    if (!this.reserve(1) || !this.source(isTemplate)) return;
    store<u8>(this.bytes + this.length, byte);
    ++this.length;
  }

  /** Writes an ASCII text. */
  writeWord(word: string, isTemplate: bool): void {
    for (let i = 0; i < word.length; ++i) this.writeByte(word.charCodeAt(i), isTemplate);
  }

  writeText(text: usize): void {
    this.writePart(text, 0, lengthOf(text));
  }

  /** The bytes from `from` to `to` of a text, each with its source. */
  writePart(text: usize, from: u32, to: u32): void {
    const bytes = bytesOf(text);
    const runs = runsOf(text);
    if (runs == 1) {
      this.write(bytes + from, to - from, (runOf(text, 0) & 1) != 0);
      return;
    }
    for (let i: u32 = 0; i < runs; ++i) {
      const run = runOf(text, i);
      const begin = max(from, run >> 1);
      const end = min(to, i + 1 < runs ? runOf(text, i + 1) >> 1 : lengthOf(text));
      if (begin < end) this.write(bytes + begin, end - begin, (run & 1) != 0);
    }
  }

  /** Takes off everything after length `from`, as a text. */
  take(from: u32, texts: Arena): usize {
    const length = this.length - from;
    let bytes: usize = 0;
    if (length > 0) bytes = texts.take(length);
    if (bytes == 0) {
      this.cut(from);
      return plainText(texts, 0, 0, true);
    }
    memory.copy(bytes, this.bytes + from, length);
    const whole = plainText(texts, bytes, length, true);
    let first = this.runCount - 1;
    while (this.run(first) >> 1 > from) --first;
    const count = this.runCount - first;
    if (count == 1) {
      store<u32>(whole, this.run(first) & 1, 8);
      this.cut(from);
      return whole;
    }
    const runs = texts.take((<usize>count) << 2);
    if (runs == 0) {
      this.cut(from);
      return plainText(texts, 0, 0, true);
    }
    for (let i: u32 = 0; i < count; ++i) {
      const run = this.run(first + i);
      store<u32>(runs + ((<usize>i) << 2), i == 0 ? run & 1 : run - (from << 1));
    }
    this.cut(from);
    return mixedText(texts, bytes, length, runs, count);
  }

  /** Drops everything after length `from`. */
  cut(from: u32): void {
    this.length = from;
    while (this.runCount > 0 && this.run(this.runCount - 1) >> 1 >= from) --this.runCount;
  }

  run(index: u32): u32 {
    return load<u32>(this.runs + ((<usize>index) << 2));
  }

  dispose(): void {
    release(this.bytes);
    release(this.runs);
    this.bytes = this.runs = 0;
    this.length = this.runCount = this.capacity = this.runCapacity = 0;
  }
}

/** A larger extent with the content of a smaller one, which is released; 0, with nothing changed, without memory. */
function grown(extent: usize, length: u32, capacity: u32): usize {
  const larger = allocate(capacity);
  if (larger == 0) return 0;
  if (length > 0) memory.copy(larger, extent, length);
  release(extent);
  return larger;
}

/** Passes the text of an answer up to the first stop text; a possible beginning of one waits. */
import { Span } from '../../memory/span';
import { Event, Events } from '../chat-format/events';
import { Table } from '../../memory/table';

/** Most waiting bytes: the longest stop text has fewer, and no piece of text is longer. */
const MOST_WAITING: u32 = 4 << 20;


@final
export class StopFilter {
  /** The text that was found; null if none was. */
  found: Span | null = null;
  /** Bytes that were passed. */
  passed: u64 = 0;
  /** The first bytes, known already, that are not reported again. */
  known: u64 = 0;
  private readonly waiting: Table = new Table(1, MOST_WAITING);

  constructor(
    private readonly stops: Span[],
    private readonly events: Events,
  ) {}

  /** Whether there are stop texts. */
  get mayFind(): bool {
    return this.stops.length > 0;
  }

  /** Takes more of the text; false if there is no room for it. */
  take(ptr: usize, size: u32): bool {
    if (this.found !== null) return true;
    if (this.stops.length == 0) {
      this.pass(ptr, size);
      return true;
    }
    const at = this.waiting.append(size);
    if (at < 0) return false;
    memory.copy(this.waiting.row(at), ptr, size);
    this.advance(false);
    return true;
  }

  /** Passes the waiting text: nothing follows that could continue it. */
  flush(): void {
    if (this.waiting.count > 0) this.advance(true);
  }

  private advance(isEnd: bool): void {
    const waiting = this.waiting;
    const size = waiting.count;
    const length = this.certain(waiting.ptr, size, isEnd);
    this.pass(waiting.ptr, length);
    memory.copy(waiting.ptr, waiting.ptr + length, size - length);
    waiting.count = this.found === null ? size - length : 0;
  }

  /** How much of a text precedes the first stop text and cannot be part of one. */
  private certain(ptr: usize, size: u32, isEnd: bool): u32 {
    const stops = this.stops;
    for (let at: u32 = 0; at < size; ++at) {
      let mayBegin = false;
      for (let i = 0; i < stops.length; ++i) {
        const stop = stops[i];
        const part = min(stop.size, size - at);
        if (memory.compare(ptr + at, stop.ptr, part) != 0) continue;
        if (part < stop.size) {
          mayBegin = true;
          continue;
        }
        this.found = stop;
        return at;
      }
      if (mayBegin && !isEnd) return at;
    }
    return size;
  }

  private pass(ptr: usize, size: u32): void {
    const skipped = <u32>min<u64>(size, this.known - min(this.known, this.passed));
    this.passed += size;
    if (size > skipped) this.events.add(Event.Text, 0, ptr + skipped, size - skipped);
  }

  dispose(): void {
    this.waiting.dispose();
  }
}

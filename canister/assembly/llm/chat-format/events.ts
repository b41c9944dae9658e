import { Table } from '../../memory/table';

/** The kind of a part of an answer. */
export const enum Event {
  /** Text of the answer. */
  Text,
  /** The model's thinking. */
  Thinking,
  /** A call begins: the name of the function, a zero byte, the id. */
  Call,
  /** More of the call's arguments, which together are JSON of an object. */
  Arguments,
  /** The call is whole. */
  CallEnd,
  /** The begun call must not be used: it was cut off or turned out to be none; its text follows as text. */
  CallDropped,
  /** A token and its probability, in the format of its sender. */
  Token,
}

const ROW: u32 = 16;
/** Most bytes of waiting events and their text. */
const MOST_BYTES: u32 = 4 << 20;
const MOST_EVENTS: u32 = 1 << 18;

/**
 * Events in their order, until they are cleared:
 *
 *     rows   [ kind | call | first byte | bytes: u32 ] * n      calls count from 0 in an answer
 *     text   [ u8 ] * n                                         whole characters
 */
@final
export class Events {
  /** Some events found no room. */
  isFull: bool = false;
  private readonly rows: Table = new Table(ROW, MOST_EVENTS);
  private readonly text: Table = new Table(1, MOST_BYTES);

  get count(): u32 {
    return this.rows.count;
  }

  kind(index: u32): Event {
    return load<u32>(this.rows.row(index));
  }

  /** Number of the call that an event is about. */
  call(index: u32): u32 {
    return load<u32>(this.rows.row(index), 4);
  }

  /** Address and bytes of an event's text, valid until more events come. */
  bytes(index: u32): usize {
    return this.text.row(load<u32>(this.rows.row(index), 8));
  }

  length(index: u32): u32 {
    return load<u32>(this.rows.row(index), 12);
  }

  /** Adds an event; one that continues the text of the last event is merged with it. */
  add(kind: Event, call: u32, bytes: usize, length: u32): void {
    if (length == 0 && (kind == Event.Text || kind == Event.Thinking || kind == Event.Arguments)) return;
    const from = this.text.append(length);
    if (from < 0) {
      this.isFull = true;
      return;
    }
    memory.copy(this.text.row(from), bytes, length);
    const count = this.rows.count;
    if (
      count > 0 &&
      this.kind(count - 1) == kind &&
      kind != Event.Call &&
      kind != Event.Token &&
      this.call(count - 1) == call
    ) {
      const last = this.rows.row(count - 1);
      store<u32>(last, load<u32>(last, 12) + length, 12);
      return;
    }
    const at = this.rows.append(1);
    if (at < 0) {
      this.isFull = true;
      return;
    }
    const row = this.rows.row(at);
    store<u32>(row, kind);
    store<u32>(row, call, 4);
    store<u32>(row, from, 8);
    store<u32>(row, length, 12);
  }

  addString(kind: Event, call: u32, text: string): void {
    const encoded = String.UTF8.encode(text);
    this.add(kind, call, changetype<usize>(encoded), encoded.byteLength);
  }

  /** Bytes of text of all events. */
  get size(): u32 {
    return this.text.count;
  }

  /** Forgets all events. */
  clear(): void {
    this.rows.count = this.text.count = 0;
  }

  dispose(): void {
    this.rows.dispose();
    this.text.dispose();
  }
}

import { CallReader } from './call-reader';
import { Event, Events } from './events';

const NAME_BYTES: i32 = 9;
const ALPHABET: string = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** The calls of an answer that events have told of, the last of them perhaps in part. */
@final
export class ToldCalls {
  /** Calls that have begun. */
  private count: u32 = 0;
  /** Bytes of arguments that have been told of a call that is not whole; -1 if it has not begun. */
  private told: i32 = -1;

  constructor(
    private readonly events: Events,
    /** Ids of calls are made of it where the model writes none. */
    private readonly idSeed: u64,
  ) {}

  /** Whether a call has been told of that is not whole. */
  get isOpen(): bool {
    return this.told >= 0;
  }

  /** Tells what is new of the call that was read. */
  tell(reader: CallReader): void {
    if (this.told < 0) {
      const id = reader.id.length > 0 ? reader.id : this.idOf(this.count);
      this.events.addString(Event.Call, this.count, `${reader.name}\0${id}`);
      this.told = 0;
      ++this.count;
    }
    const encoded = String.UTF8.encode(reader.arguments);
    const from = changetype<usize>(encoded) + <usize>this.told;
    this.events.add(Event.Arguments, this.count - 1, from, encoded.byteLength - this.told);
    this.told = encoded.byteLength;
  }

  /** The call is whole. */
  end(): void {
    this.events.add(Event.CallEnd, this.count - 1, 0, 0);
    this.told = -1;
  }

  /** The call that has been told of, if one is not whole, was none. */
  drop(): void {
    if (this.told >= 0) this.events.add(Event.CallDropped, this.count - 1, 0, 0);
    this.told = -1;
  }

  /** An id of letters and digits: nine, as some templates want it. */
  private idOf(call: u32): string {
    let id = '';
    let hash = (this.idSeed ^ (<u64>call + 1)) * 0x9e3779b97f4a7c15;
    for (let i = 0; i < NAME_BYTES; ++i) {
      hash = (hash ^ (hash >> 29)) * 0xbf58476d1ce4e5b9;
      id += ALPHABET.charAt(<i32>((hash >> 33) % 62));
    }
    return id;
  }
}

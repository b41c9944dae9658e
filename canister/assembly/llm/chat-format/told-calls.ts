import { CallReader } from './call-reader';
import { Event, Events } from './events';

const NAME_BYTES: i32 = 9;
const ALPHABET: string = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** The calls of an answer that were reported as events; the last one may be unfinished. */
@final
export class ToldCalls {
  /** Calls that have begun. */
  private count: u32 = 0;
  /** Bytes of an unfinished call's arguments that were reported; -1 if no call has begun. */
  private told: i32 = -1;

  constructor(
    private readonly events: Events,
    /** Seed for ids of calls if the model writes none. */
    private readonly idSeed: u64,
  ) {}

  /** Whether an unfinished call was reported. */
  get isOpen(): bool {
    return this.told >= 0;
  }

  /** Reports the new part of the call that was read. */
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

  /** The call is complete. */
  end(): void {
    this.events.add(Event.CallEnd, this.count - 1, 0, 0);
    this.told = -1;
  }

  /** The reported call, if unfinished, was none. */
  drop(): void {
    if (this.told >= 0) this.events.add(Event.CallDropped, this.count - 1, 0, 0);
    this.told = -1;
  }

  /** An id of nine letters and digits, because some templates require that. */
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

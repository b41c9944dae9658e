/** JSON (RFC 8259) as a tree, for texts that callers send: what is none is refused with the place. */
import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode } from '../tokenizer/utf8';

export const NULL: i32 = 0;
export const BOOLEAN: i32 = 1;
export const NUMBER: i32 = 2;
export const STRING: i32 = 3;
export const ARRAY: i32 = 4;
export const OBJECT: i32 = 5;

/** Values within values: bounds the recursion of whoever walks the tree. */
const MAX_DEPTH: i32 = 64;
/** Members of one object, each of whose names is compared with all others. */
const MAX_MEMBERS: i32 = 1024;

/** A value of any kind. */
@final
export class Json {
  /** Of an array, or of an object by `keys`. */
  readonly items: Json[] = [];
  readonly keys: string[] = [];

  constructor(
    readonly kind: i32,
    /** A string's characters; the source text of everything else that has no items. */
    readonly text: string = '',
  ) {}

  get isTrue(): bool {
    return this.kind == BOOLEAN && this.text == 'true';
  }

  get isFalse(): bool {
    return this.kind == BOOLEAN && this.text == 'false';
  }

  /** The member of an object, or null. */
  member(key: string): Json | null {
    const index = this.keys.indexOf(key);
    return index < 0 ? null : this.items[index];
  }

  /** Whether both are the same JSON value; numbers by value, members in any order. */
  equals(other: Json): bool {
    if (this.kind != other.kind || this.items.length != other.items.length) return false;
    if (this.kind == NUMBER) return parseFloat(this.text) == parseFloat(other.text);
    if (this.kind < ARRAY) return this.text == other.text;
    for (let i = 0; i < this.items.length; ++i) {
      const match = this.kind == ARRAY ? other.items[i] : other.member(this.keys[i]);
      if (match === null || !this.items[i].equals(match)) return false;
    }
    return true;
  }
}

/** Reads one value. */
@final
export class JsonParser {
  /** What is wrong, and where; empty if nothing is. */
  error: string = '';
  private readonly start: usize;
  private at: usize;
  private readonly end: usize;

  /** @param text `bytes` bytes of UTF-8 */
  constructor(text: usize, bytes: u32) {
    this.start = this.at = text;
    this.end = text + bytes;
  }

  /** The value that the whole text is; means nothing if `error` is set. */
  parse(): Json {
    const value = this.value(0);
    this.skipSpace();
    if (this.at < this.end) this.fail('nothing may follow the value');
    return value;
  }

  private fail(reason: string): Json {
    if (this.error.length == 0) this.error = `it is no JSON: ${reason}, at byte ${this.at - this.start}`;
    this.at = this.end;
    return new Json(NULL);
  }

  private skipSpace(): void {
    for (; this.at < this.end; ++this.at) {
      const byte = load<u8>(this.at);
      if (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09) return;
    }
  }

  /** The next byte, or 0 at the end. */
  private get next(): u32 {
    return this.at < this.end ? load<u8>(this.at) : 0;
  }

  /** Passes over a byte if it is the next. */
  private take(byte: u32): bool {
    if (this.next != byte || this.at == this.end) return false;
    ++this.at;
    return true;
  }

  private value(depth: i32): Json {
    this.skipSpace();
    if (depth > MAX_DEPTH) return this.fail(`more than ${MAX_DEPTH} values within one another`);
    const byte = this.next;
    if (byte == 0x7b) return this.object(depth);
    if (byte == 0x5b) return this.array(depth);
    if (byte == 0x22) return new Json(STRING, this.string());
    if (byte == 0x2d || byte - 0x30 < 10) return this.number();
    if (this.word('true')) return new Json(BOOLEAN, 'true');
    if (this.word('false')) return new Json(BOOLEAN, 'false');
    if (this.word('null')) return new Json(NULL, 'null');
    return this.fail('a value is missing');
  }

  private word(word: string): bool {
    const length = <usize>word.length;
    if (length > this.end - this.at) return false;
    for (let i: usize = 0; i < length; ++i) if (load<u8>(this.at + i) != word.charCodeAt(<i32>i)) return false;
    this.at += length;
    return true;
  }

  private object(depth: i32): Json {
    const object = new Json(OBJECT);
    ++this.at;
    this.skipSpace();
    if (this.take(0x7d)) return object;
    do {
      this.skipSpace();
      if (this.next != 0x22) return this.fail('the name of a member is missing');
      const key = this.string();
      if (object.keys.length == MAX_MEMBERS) return this.fail(`an object has more than ${MAX_MEMBERS} members`);
      if (object.keys.includes(key)) return this.fail(`the member "${key}" is there twice`);
      this.skipSpace();
      if (!this.take(0x3a)) return this.fail('":" is missing');
      object.keys.push(key);
      object.items.push(this.value(depth + 1));
      this.skipSpace();
    } while (this.take(0x2c));
    return this.take(0x7d) ? object : this.fail('"}" is missing');
  }

  private array(depth: i32): Json {
    const array = new Json(ARRAY);
    ++this.at;
    this.skipSpace();
    if (this.take(0x5d)) return array;
    do {
      array.items.push(this.value(depth + 1));
      this.skipSpace();
    } while (this.take(0x2c));
    return this.take(0x5d) ? array : this.fail('"]" is missing');
  }

  private digits(): bool {
    const from = this.at;
    while (this.next - 0x30 < 10) ++this.at;
    return this.at > from;
  }

  private number(): Json {
    const from = this.at;
    this.take(0x2d);
    if (!this.take(0x30) && !this.digits()) return this.fail('a digit is missing');
    if (this.take(0x2e) && !this.digits()) return this.fail('a digit is missing');
    if ((this.next | 0x20) == 0x65) {
      ++this.at;
      if (!this.take(0x2b)) this.take(0x2d);
      if (!this.digits()) return this.fail('a digit is missing');
    }
    return new Json(NUMBER, String.UTF8.decodeUnsafe(from, this.at - from));
  }

  private string(): string {
    const units: u16[] = [];
    ++this.at;
    while (!this.take(0x22)) {
      const byte = this.next;
      if (byte < 0x20) {
        this.fail('a string is not ended, or has a control character');
        return '';
      }
      if (byte == 0x5c) {
        if (!this.escape(units)) return '';
        continue;
      }
      const decoded = decode(this.at, this.end);
      const point = decoded & DECODED_CODE_POINT;
      if (point == 0xfffd && byte != 0xef) {
        this.fail('a string is no UTF-8');
        return '';
      }
      this.at += decoded >> DECODED_LENGTH_SHIFT;
      if (point > 0xffff) units.push(<u16>(0xd7c0 + (point >> 10)));
      units.push(point > 0xffff ? <u16>(0xdc00 + (point & 0x3ff)) : <u16>point);
    }
    return String.fromCharCodes(units.map<i32>((unit) => <i32>unit));
  }

  private escape(units: u16[]): bool {
    const code = this.at + 1 < this.end ? <u32>load<u8>(this.at, 1) : 0;
    const index = SIMPLE_ESCAPES.indexOf(String.fromCharCode(code));
    if (index >= 0) {
      this.at += 2;
      units.push(<u16>SIMPLE_VALUES.charCodeAt(index));
      return true;
    }
    if (code != 0x75 || this.end - this.at < 6) {
      this.fail('there is no such escape');
      return false;
    }
    let unit: u32 = 0;
    for (let i: usize = 2; i < 6; ++i) {
      const digit = HEX.indexOf(String.fromCharCode(load<u8>(this.at + i) | 0x20));
      if (digit < 0) {
        this.fail('there is no such escape');
        return false;
      }
      unit = unit * 16 + digit;
    }
    this.at += 6;
    units.push(<u16>unit);
    return true;
  }
}

const SIMPLE_ESCAPES: string = '"\\/bfnrt';
const SIMPLE_VALUES: string = '"\\/\b\f\n\r\t';
const HEX: string = '0123456789abcdef';

import { Problem } from '../problem';
import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode } from '../utf8';
import { ARRAY, BOOLEAN, JsonDocument, NOWHERE, NULL, NUMBER, OBJECT, STRING } from './document';

/** Nesting depth; bounds the recursion of all code that walks the tree. */
const MAX_DEPTH: i32 = 64;

/** Parses JSON (RFC 8259) into a document. Anything else is refused with the place of the error. */
@final
export class JsonParser {
  private problem: Problem | null = null;
  private readonly start: usize;
  private at: usize;
  private readonly end: usize;
  /** Place and length of the string that was read last. */
  private place: u32 = 0;
  private length: u32 = 0;

  /** @param text `bytes` bytes of UTF-8, which have to stay as long as the document is used */
  constructor(
    private readonly document: JsonDocument,
    text: usize,
    bytes: u32,
  ) {
    this.start = this.at = text;
    this.end = text + bytes;
  }

  /** Parses the whole text, which has to be one value. Null, or the problem and its place. */
  parse(): Problem | null {
    this.value(0, NOWHERE);
    this.skipSpace();
    if (this.at < this.end) this.fail('nothing may follow the value');
    return this.problem;
  }

  private fail(reason: string): u32 {
    if (this.problem === null) this.problem = new Problem(`it is no JSON: ${reason}, at byte ${this.at - this.start}`);
    this.at = this.end;
    return NOWHERE;
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

  /** Skips a byte if it is the next one. Returns whether it was. */
  private take(byte: u32): bool {
    if (this.next != byte || this.at == this.end) return false;
    ++this.at;
    return true;
  }

  /** Reads a value; its node. */
  private value(depth: i32, parent: u32): u32 {
    this.skipSpace();
    if (depth > MAX_DEPTH) return this.fail(`more than ${MAX_DEPTH} values within one another`);
    const byte = this.next;
    if (byte == 0x7b) return this.object(depth, parent);
    if (byte == 0x5b) return this.array(depth, parent);
    if (byte == 0x22) return this.string() ? this.add(STRING, this.place, this.length, parent) : NOWHERE;
    if (byte == 0x2d || byte - 0x30 < 10) return this.number(parent);
    if (this.word('true')) return this.add(BOOLEAN, 1, 0, parent);
    if (this.word('false')) return this.add(BOOLEAN, 0, 0, parent);
    if (this.word('null')) return this.add(NULL, 0, 0, parent);
    return this.fail('a value is missing');
  }

  private add(kind: u32, text: usize, length: u32, parent: u32): u32 {
    const node = this.document.add(kind, text, length, parent);
    return node == NOWHERE ? this.fail('it is too large for the memory that is left') : node;
  }

  private word(word: string): bool {
    const length = <usize>word.length;
    if (length > this.end - this.at) return false;
    for (let i: usize = 0; i < length; ++i) if (load<u8>(this.at + i) != word.charCodeAt(<i32>i)) return false;
    this.at += length;
    return true;
  }

  private object(depth: i32, parent: u32): u32 {
    const document = this.document;
    const object = this.add(OBJECT, 0, 0, parent);
    ++this.at;
    this.skipSpace();
    if (this.take(0x7d)) return object;
    let last = NOWHERE;
    do {
      this.skipSpace();
      if (this.next != 0x22) return this.fail('the name of a member is missing');
      if (!this.string()) return NOWHERE;
      const place = this.place;
      const length = this.length;
      this.skipSpace();
      if (!this.take(0x3a)) return this.fail('":" is missing');
      const member = this.value(depth + 1, object);
      if (member == NOWHERE) return NOWHERE;
      document.setName(member, place, length);
      const name = document.name(member);
      if (document.member(object, name, length) != NOWHERE) {
        return this.fail(`the member "${document.shown(name, length)}" is there twice`);
      }
      document.link(member, last);
      if (!document.enter(member)) return this.fail('there is no room for the names of its members');
      last = member;
      this.skipSpace();
    } while (this.take(0x2c));
    return this.take(0x7d) ? object : this.fail('"}" is missing');
  }

  private array(depth: i32, parent: u32): u32 {
    const array = this.add(ARRAY, 0, 0, parent);
    ++this.at;
    this.skipSpace();
    if (this.take(0x5d)) return array;
    let last = NOWHERE;
    do {
      const item = this.value(depth + 1, array);
      if (item == NOWHERE) return NOWHERE;
      this.document.link(item, last);
      last = item;
      this.skipSpace();
    } while (this.take(0x2c));
    return this.take(0x5d) ? array : this.fail('"]" is missing');
  }

  private digits(): bool {
    const from = this.at;
    while (this.next - 0x30 < 10) ++this.at;
    return this.at > from;
  }

  private number(parent: u32): u32 {
    const from = this.at;
    this.take(0x2d);
    if (!this.take(0x30) && !this.digits()) return this.fail('a digit is missing');
    if (this.take(0x2e) && !this.digits()) return this.fail('a digit is missing');
    if ((this.next | 0x20) == 0x65) {
      ++this.at;
      if (!this.take(0x2b)) this.take(0x2d);
      if (!this.digits()) return this.fail('a digit is missing');
    }
    return this.add(NUMBER, from, <u32>(this.at - from), parent);
  }

  /** Reads a string into the points of the document; false if it is malformed. */
  private string(): bool {
    const place = this.document.pointCount;
    /** The first half of a surrogate pair whose other half may follow as an escape. */
    let half: u32 = 0;
    ++this.at;
    while (!this.take(0x22)) {
      const byte = this.next;
      if (byte < 0x20) return this.refuse('a string is not ended, or has a control character');
      let point: u32 = 0;
      if (byte == 0x5c) {
        const unit = this.escape();
        if (unit < 0) return false;
        point = unit;
      } else {
        const decoded = decode(this.at, this.end);
        point = decoded & DECODED_CODE_POINT;
        const length = decoded >> DECODED_LENGTH_SHIFT;
        if ((length == 1 && byte >= 0x80) || (point & 0xfff800) == 0xd800) return this.refuse('a string is no UTF-8');
        this.at += length;
      }
      if (half != 0 && byte == 0x5c && (point & 0xfffc00) == 0xdc00) {
        point = 0x10000 + ((half - 0xd800) << 10) + (point - 0xdc00);
        half = 0;
      } else if (half != 0) {
        if (!this.document.addPoint(half)) return this.refuse(NO_ROOM);
        half = 0;
      }
      if (byte == 0x5c && (point & 0xfffc00) == 0xd800) half = point;
      else if (!this.document.addPoint(point)) return this.refuse(NO_ROOM);
    }
    if (half != 0 && !this.document.addPoint(half)) return this.refuse(NO_ROOM);
    this.place = place;
    this.length = this.document.pointCount - place;
    return true;
  }

  private refuse(reason: string): bool {
    this.fail(reason);
    return false;
  }

  /** Reads an escape. Its UTF-16 unit, or -1 with a problem. */
  private escape(): i32 {
    const code: u32 = this.at + 1 < this.end ? load<u8>(this.at, 1) : 0;
    this.at += 2;
    switch (code) {
      case 0x22:
      case 0x5c:
      case 0x2f:
        return code;
      case 0x62:
        return 0x08;
      case 0x66:
        return 0x0c;
      case 0x6e:
        return 0x0a;
      case 0x72:
        return 0x0d;
      case 0x74:
        return 0x09;
      default:
    }
    this.at -= 2;
    let unit: i32 = 0;
    if (code != 0x75 || this.end - this.at < 6) return this.fail('there is no such escape');
    for (let i: usize = 2; i < 6; ++i) {
      const byte: u32 = load<u8>(this.at + i);
      const letter = byte | 0x20;
      if (byte - 0x30 < 10) unit = (unit << 4) | (byte - 0x30);
      else if (letter - 0x61 < 6) unit = (unit << 4) | (letter - 0x57);
      else return this.fail('there is no such escape');
    }
    this.at += 6;
    return unit;
  }
}

const NO_ROOM: string = 'it is too large for the memory that is left';

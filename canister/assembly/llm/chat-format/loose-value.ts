import { quoted } from '../../json/quoted';
import { scanValue } from './json-scan';
import { Literal, NOTHING } from './literal';
import { END, NO, Pending } from './pending';
import { isNameCharacter } from './tools';

/** Most nesting of values. */
const MAX_DEPTH: u32 = 64;

/**
 * Reads a value from models that do not write JSON, and converts it to JSON: texts in either kind of quotes or between
 * marks, Python's `True`, `False` and `None`, member names with or without quotes. It reads JSON, too.
 */
@final
export class LooseValue {
  /** The last value that was read. */
  json: string = '';

  /** @param quote the mark around texts; NOTHING if they have quotes only */
  constructor(private readonly quote: Literal) {}

  /**
   * The place after the value that begins at `at`, ignoring white space; NO if there is none, MORE if it is unfinished.
   */
  read(text: Pending, at: i32): i32 {
    this.json = '';
    return this.value(text, text.skipSpace(at), 0);
  }

  private value(text: Pending, at: i32, depth: u32): i32 {
    const byte = text.byte(at);
    if (byte == END) return text.atEnd;
    if (byte == 0x5b || byte == 0x7b) return depth == MAX_DEPTH ? NO : this.list(text, at, byte == 0x7b, depth);
    if (byte - 0x30 < 10 || byte == 0x2d) {
      const end = scanValue(text, at);
      if (end >= 0) this.json += text.slice(at, end);
      return end;
    }
    const string = this.string(text, at);
    return string == NO ? this.word(text, at) : string;
  }

  private list(text: Pending, at: i32, isObject: bool, depth: u32): i32 {
    const close: u32 = isObject ? 0x7d : 0x5d;
    this.json += isObject ? '{' : '[';
    for (let isFirst = true; ; isFirst = false) {
      at = text.skipSpace(at + 1);
      if (text.byte(at) == END) return text.atEnd;
      // A trailing comma is allowed.
      if (text.byte(at) == close) break;
      if (!isFirst) this.json += ', ';
      if (isObject) {
        at = this.name(text, at);
        if (at < 0) return at;
        at = text.skipSpace(at);
        if (text.byte(at) == END) return text.atEnd;
        if (text.byte(at) != 0x3a) return NO;
        this.json += ': ';
        at = text.skipSpace(at + 1);
      }
      at = this.value(text, at, depth + 1);
      if (at < 0) return at;
      at = text.skipSpace(at);
      if (text.byte(at) == END) return text.atEnd;
      if (text.byte(at) == close) break;
      if (text.byte(at) != 0x2c) return NO;
    }
    this.json += isObject ? '}' : ']';
    return at + 1;
  }

  private name(text: Pending, at: i32): i32 {
    const string = this.string(text, at);
    if (string != NO) return string;
    const end = wordEnd(text, at);
    if (end == at) return NO;
    this.json += quoted(text.slice(at, end));
    return end;
  }

  private word(text: Pending, at: i32): i32 {
    const end = wordEnd(text, at);
    if (end > at && text.byte(end) == END && !text.isFinal) return text.atEnd;
    const word = text.slice(at, end).toLowerCase();
    if (word != 'true' && word != 'false' && word != 'null' && word != 'none') return NO;
    this.json += word == 'none' ? 'null' : word;
    return end;
  }

  /** Reads a text; NO if there is none. */
  private string(text: Pending, at: i32): i32 {
    const byte = text.byte(at);
    if (byte == 0x22 || byte == 0x27) return this.inQuotes(text, at + 1, byte);
    if (this.quote.isEmpty) return NO;
    const from = text.match(this.quote, at);
    if (from < 0) return from;
    const end = text.find(this.quote, from);
    if (end < 0) return end;
    for (let i = from; i < end; ++i) if (text.isControl(i)) return NO;
    const behind = text.behind;
    this.json += quoted(text.slice(from, end));
    return behind;
  }

  private inQuotes(text: Pending, at: i32, mark: u32): i32 {
    let made = '';
    let from = at;
    for (; ; ++at) {
      let byte = text.byte(at);
      if (byte == END) return text.atEnd;
      if (byte > 0xff) return NO;
      if (byte == mark) break;
      if (byte != 0x5c) continue;
      made += text.slice(from, at);
      byte = text.byte(++at);
      if (byte == END) return text.atEnd;
      if (byte > 0xff) return NO;
      const digits = byte == 0x75 ? 4 : byte == 0x78 ? 2 : 0;
      if (digits > 0) {
        const unit = hexadecimal(text, at + 1, digits);
        if (unit < 0) return unit;
        made += String.fromCharCode(unit);
        at += digits;
        from = at + 1;
        continue;
      }
      const plain = 'nrtbf'.indexOf(String.fromCharCode(byte));
      if (plain >= 0) {
        made += '\n\r\t\b\f'.charAt(plain);
        from = at + 1;
        continue;
      }
      // Python keeps the backslash before any other character.
      const isEscaped = byte == 0x5c || byte == 0x2f || byte == 0x22 || byte == 0x27;
      from = isEscaped ? at : at - 1;
    }
    this.json += quoted(made + text.slice(from, at));
    return at + 1;
  }
}

function wordEnd(text: Pending, at: i32): i32 {
  while (isNameCharacter(text.byte(at))) ++at;
  return at;
}

/** The number of hexadecimal digits; NO or MORE. */
function hexadecimal(text: Pending, at: i32, digits: i32): i32 {
  let number = 0;
  for (let i = 0; i < digits; ++i) {
    const byte = text.byte(at + i);
    if (byte == END) return text.atEnd;
    const letter = (byte | 0x20) - 0x61;
    if (byte - 0x30 >= 10 && letter >= 6) return NO;
    number = (number << 4) | (letter < 6 ? letter + 10 : byte - 0x30);
  }
  return number;
}

/** JSON of a text that is a Python value; empty if it is none. */
export function jsonOfPython(value: string): string {
  const encoded = String.UTF8.encode(value);
  const text = new Pending();
  text.isFinal = true;
  let json = '';
  if (text.append(changetype<usize>(encoded), encoded.byteLength, false)) {
    const loose = new LooseValue(NOTHING);
    const end = loose.read(text, 0);
    if (end >= 0 && text.skipSpace(end) == text.length) json = loose.json;
  }
  text.dispose();
  return json;
}

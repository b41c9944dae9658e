import { Problem } from '../../problem';
import { Table } from '../../memory/table';
import { AFTER_SURROGATES, BEFORE_SURROGATES, LAST_POINT } from './automata';
import { CharacterClasses } from './character-classes';
import { addCategory, addDot, addShorthand, categoryOf, isShorthand } from './shorthands';

/** Kinds of nodes of a pattern. */
export const EMPTY: u32 = 0;
/** A character of a class; left: its number. */
export const OF_CLASS: u32 = 1;
/** Left, then right. */
export const SEQUENCE: u32 = 2;
/** Left or right. */
export const EITHER: u32 = 3;
/** Left, repeated. */
export const REPEATED: u32 = 4;
/** The beginning and the end of the text. */
export const BEGINNING: u32 = 5;
export const ENDING: u32 = 6;
/** What follows begins with left, or does not. */
export const AHEAD: u32 = 7;
export const NOT_AHEAD: u32 = 8;

/** Repetitions without bound. */
export const UNBOUNDED: u32 = u32.MAX_VALUE;
const MAX_REPETITIONS: u32 = 65536;
const MAX_DEPTH: u32 = 64;
const MAX_NODES: u32 = 1 << 16;
const NONE: u32 = u32.MAX_VALUE;

/**
 * Reads a pattern as JSON Schema has them: regular expressions of ECMA-262 with the flag u, of which what no finite
 * automaton can tell is refused by name. Where the flag would forbid an escape that is not needed, it is taken.
 *
 *     nodes   [ kind: u32 | left: u32 | right or least: u32 | most: u32 ] * n
 */
@final
export class Pattern {
  /** What is not supported or wrong; null if nothing is. */
  problem: Problem | null = null;
  /** The node of the whole. */
  root: u32 = 0;
  readonly classes: CharacterClasses = new CharacterClasses();
  private readonly nodes: Table = new Table(16, MAX_NODES);
  private at: u32 = 0;
  /** Whether there was room for all ranges of classes so far. */
  private hasRoom: bool = true;

  /** @param text [ code point: u32 ] * length */
  constructor(
    private readonly text: usize,
    private readonly length: u32,
  ) {
    this.root = this.alternatives(0);
    if (this.ok && this.at < length) this.fail('a ")" closes nothing');
  }

  get ok(): bool {
    return this.problem === null;
  }

  kind(node: u32): u32 {
    return load<u32>(this.nodes.row(node));
  }

  left(node: u32): u32 {
    return load<u32>(this.nodes.row(node), 4);
  }

  right(node: u32): u32 {
    return load<u32>(this.nodes.row(node), 8);
  }

  most(node: u32): u32 {
    return load<u32>(this.nodes.row(node), 12);
  }

  private fail(reason: string): u32 {
    if (this.ok) this.problem = new Problem(`${reason} (at character ${this.at + 1} of the pattern)`);
    this.at = this.length;
    return 0;
  }

  private add(kind: u32, left: u32 = 0, right: u32 = 0, most: u32 = 0): u32 {
    const node = this.nodes.append(1);
    if (node < 0) return this.fail('it is too large');
    const row = this.nodes.row(node);
    store<u32>(row, kind);
    store<u32>(row, left, 4);
    store<u32>(row, right, 8);
    store<u32>(row, most, 12);
    return node;
  }

  /** The character at a distance; NONE behind the end. */
  private peek(distance: u32 = 0): u32 {
    return this.at + distance < this.length ? load<u32>(this.text + ((<usize>(this.at + distance)) << 2)) : NONE;
  }

  private take(point: u32): bool {
    if (this.peek() != point) return false;
    ++this.at;
    return true;
  }

  private alternatives(depth: u32): u32 {
    if (depth > MAX_DEPTH) return this.fail(`groups are nested more than ${MAX_DEPTH} deep`);
    let node = this.sequence(depth);
    while (this.take(0x7c)) node = this.add(EITHER, node, this.sequence(depth));
    return node;
  }

  private sequence(depth: u32): u32 {
    let node = NONE;
    for (let next = this.peek(); next != NONE && next != 0x7c && next != 0x29; next = this.peek()) {
      const item = this.repetitions(this.item(depth));
      node = node == NONE ? item : this.add(SEQUENCE, node, item);
    }
    return node == NONE ? this.add(EMPTY) : node;
  }

  private item(depth: u32): u32 {
    const point = this.peek();
    ++this.at;
    switch (point) {
      case 0x5e:
        return this.add(BEGINNING);
      case 0x24:
        return this.add(ENDING);
      case 0x28:
        return this.group(depth);
      case 0x2e:
        this.classes.begin();
        return this.endClass(addDot(this.classes), false);
      case 0x5b:
        return this.set();
      case 0x5c:
        return this.escaped();
      case 0x2a:
      case 0x2b:
      case 0x3f:
        --this.at;
        return this.fail('there is nothing to be repeated');
      default:
        return this.single(point);
    }
  }

  private single(point: u32): u32 {
    this.classes.begin();
    return this.endClass(this.classes.add(point, point), false);
  }

  private endClass(isThere: bool, negated: bool): u32 {
    const number = isThere ? this.classes.end(negated) : -1;
    return number < 0 ? this.fail('its classes of characters are too large') : this.add(OF_CLASS, number);
  }

  private group(depth: u32): u32 {
    let kind = EMPTY;
    if (this.take(0x3f)) {
      const next = this.peek();
      ++this.at;
      if (next == 0x3d) kind = AHEAD;
      else if (next == 0x21) kind = NOT_AHEAD;
      else if (next == 0x3c) {
        if (this.peek() == 0x3d || this.peek() == 0x21) return this.fail('lookbehind, (?<= and (?<!, is not supported');
        while (this.peek() != NONE && this.peek() != 0x3e) ++this.at;
        if (!this.take(0x3e)) return this.fail('the name of a group does not end');
      } else if (next != 0x3a) return this.fail('groups with flags are not supported');
    }
    const node = this.alternatives(depth + 1);
    if (!this.take(0x29)) return this.fail('a group is not closed');
    return kind == EMPTY ? node : this.add(kind, node);
  }

  /** The item with the repetitions that are behind it; lazy ones match the same texts. */
  private repetitions(item: u32): u32 {
    let least: u32 = 0;
    let most = UNBOUNDED;
    const from = this.at;
    if (this.take(0x3f)) most = 1;
    else if (this.take(0x2b)) least = 1;
    else if (!this.take(0x2a)) {
      if (this.peek() != 0x7b) return item;
      if (this.peek(1) == 0x2c) return this.fail('repetitions need a lower bound, as in {0,3}');
      if (this.peek(1) - 0x30 > 9) return item;
      ++this.at;
      least = most = this.number();
      if (this.take(0x2c)) most = this.peek() == 0x7d ? UNBOUNDED : this.number();
      if (!this.ok || !this.take(0x7d)) {
        this.at = from;
        return this.fail('these repetitions are none');
      }
      if (most < least) return this.fail('the bounds of repetitions are out of order');
    }
    this.take(0x3f);
    if (this.ok && this.kind(item) >= BEGINNING) return this.fail('an assertion is not to be repeated');
    return this.add(REPEATED, item, least, most);
  }

  private number(): u32 {
    let value: u32 = 0;
    if (this.peek() - 0x30 > 9) this.fail('a number is missing');
    for (; this.peek() - 0x30 <= 9; ++this.at) {
      value = value * 10 + (this.peek() - 0x30);
      if (value > MAX_REPETITIONS) this.fail(`repetitions are counted to ${MAX_REPETITIONS}`);
    }
    return value;
  }

  /** What is behind a backslash outside of brackets. */
  private escaped(): u32 {
    const letter = this.peek();
    if (letter == 0x62 || letter == 0x42) return this.fail('word boundaries, \\b and \\B, are not supported');
    if (letter - 0x31 < 9 || letter == 0x6b) return this.fail('references to groups are not supported');
    this.classes.begin();
    const isThere = this.addEscaped(letter);
    return this.endClass(isThere, false);
  }

  /** Adds a class that is named, or one character; false, and a problem or no room. */
  private addEscaped(letter: u32): bool {
    if (isShorthand(letter)) {
      ++this.at;
      return addShorthand(this.classes, letter);
    }
    if (letter == 0x70 || letter == 0x50) return this.addProperty(letter == 0x50);
    const point = this.escapedPoint();
    return this.ok && this.classes.add(point, point);
  }

  /** \p{name} */
  private addProperty(negated: bool): bool {
    ++this.at;
    let name = '';
    if (this.take(0x7b)) {
      while (this.peek() < 0x80 && this.peek() != 0x7d) {
        name += String.fromCharCode(this.peek());
        ++this.at;
        if (name.length > 64) break;
      }
      this.take(0x7d);
    }
    for (let i = 0; i < PREFIXES.length; ++i) {
      if (name.startsWith(PREFIXES[i])) name = name.substring(PREFIXES[i].length);
    }
    const category = categoryOf(name);
    if (category == 0) this.fail(`of Unicode's properties only L, N, P, S and M are supported, not "${name}"`);
    return category != 0 && addCategory(this.classes, category, negated);
  }

  /** The character that an escape stands for. */
  private escapedPoint(): u32 {
    const letter = this.peek();
    ++this.at;
    switch (letter) {
      case 0x74:
        return 0x09;
      case 0x6e:
        return 0x0a;
      case 0x76:
        return 0x0b;
      case 0x66:
        return 0x0c;
      case 0x72:
        return 0x0d;
      case 0x30:
        return this.peek() - 0x30 > 9 ? 0 : this.fail('octal escapes are not supported');
      case 0x63:
        if ((this.peek() | 0x20) - 0x61 > 25) return this.fail('there is no such escape');
        return load<u32>(this.text + (usize(this.at++) << 2)) & 31;
      case 0x78:
        return this.hexadecimal(2);
      case 0x75:
        return this.unicode();
      default:
    }
    const isName = (letter | 0x20) - 0x61 < 26 || letter - 0x30 < 10;
    if (letter == NONE || isName) {
      --this.at;
      return this.fail('there is no such escape');
    }
    return letter;
  }

  private unicode(): u32 {
    if (this.take(0x7b)) {
      let point: u32 = 0;
      while (this.peek() != 0x7d && this.ok && point <= LAST_POINT) point = (point << 4) | this.hexadecimal(1);
      if (!this.take(0x7d) || point > LAST_POINT) return this.fail('there is no such character');
      return point;
    }
    const unit = this.hexadecimal(4);
    if ((unit & 0xfc00) != 0xd800 || this.peek() != 0x5c || this.peek(1) != 0x75) return unit;
    this.at += 2;
    const other = this.hexadecimal(4);
    if (this.ok && (other & 0xfc00) != 0xdc00) return this.fail('half of a pair of \\u escapes is missing');
    return 0x10000 + ((unit & 0x3ff) << 10) + (other & 0x3ff);
  }

  private hexadecimal(digits: u32): u32 {
    let value: u32 = 0;
    for (let i: u32 = 0; i < digits; ++i, ++this.at) {
      const point = this.peek();
      const letter = point | 0x20;
      if (point - 0x30 < 10) value = (value << 4) | (point - 0x30);
      else if (point != NONE && letter - 0x61 < 6) value = (value << 4) | (letter - 0x57);
      else return this.fail('hexadecimal digits are missing');
    }
    return value;
  }

  /** [...], whose bracket has been passed. */
  private set(): u32 {
    const negated = this.take(0x5e);
    this.classes.begin();
    while (this.ok && this.hasRoom && !this.take(0x5d)) {
      const first = this.setPoint();
      if (first == NONE) continue;
      let last = first;
      if (this.peek() == 0x2d && this.peek(1) != 0x5d && this.peek(1) != NONE) {
        ++this.at;
        last = this.setPoint();
        if (last == NONE) return this.fail('a range of characters ends with a class');
        if (last < first) return this.fail('a range of characters is out of order');
      }
      this.hasRoom = this.classes.add(first, last);
    }
    return this.endClass(this.hasRoom, negated);
  }

  /** A character of a set; NONE if it was a whole class, which has been added. */
  private setPoint(): u32 {
    const point = this.peek();
    if (point == NONE) {
      this.fail('a class of characters is not closed');
      return NONE;
    }
    ++this.at;
    if (point != 0x5c) return point;
    const letter = this.peek();
    if (letter == 0x62) {
      ++this.at;
      return 0x08;
    }
    if (!isShorthand(letter) && letter != 0x70 && letter != 0x50) return this.escapedPoint();
    this.hasRoom = this.addEscaped(letter);
    return NONE;
  }

  dispose(): void {
    this.nodes.dispose();
    this.classes.dispose();
  }
}

const PREFIXES: StaticArray<string> = ['General_Category=', 'gc='];

/** Makes a class of all characters; its number, or -1. */
export function anyCharacter(classes: CharacterClasses): i32 {
  classes.begin();
  const isThere = classes.add(0, BEFORE_SURROGATES) && classes.add(AFTER_SURROGATES, LAST_POINT);
  return isThere ? classes.end(false) : -1;
}

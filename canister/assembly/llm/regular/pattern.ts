import { Problem } from '../../problem';
import { Table } from '../../memory/table';
import { AFTER_SURROGATES, BEFORE_SURROGATES, LAST_POINT } from './automata';
import { CharacterClasses } from './character-classes';
import { NONE, PatternScanner } from './pattern-scanner';
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
/** Lookahead: the continuation begins with left, or does not. */
export const AHEAD: u32 = 7;
export const NOT_AHEAD: u32 = 8;

/** Repetitions without bound. */
export const UNBOUNDED: u32 = u32.MAX_VALUE;
const MAX_DEPTH: u32 = 64;
const MAX_NODES: u32 = 1 << 16;

/**
 * Reads a pattern of JSON Schema: a regular expression of ECMA-262 with the flag u. Features beyond finite automata are
 * refused by name. An unnecessary escape, which the flag would forbid, is accepted.
 *
 *     nodes   [ kind: u32 | left: u32 | right or least: u32 | most: u32 ] * n
 */
@final
export class Pattern {
  /** The node of the whole. */
  root: u32 = 0;
  readonly classes: CharacterClasses = new CharacterClasses();
  private readonly nodes: Table = new Table(16, MAX_NODES);
  private readonly scanner: PatternScanner;
  /** Whether there was room for all ranges of classes so far. */
  private hasRoom: bool = true;

  /** @param text [ code point: u32 ] * length */
  constructor(text: usize, length: u32) {
    const scanner = new PatternScanner(text, length);
    this.scanner = scanner;
    this.root = this.alternatives(0);
    if (scanner.ok && !scanner.atEnd) scanner.fail('a ")" closes nothing');
  }

  /** The unsupported or wrong part; null if there is none. */
  get problem(): Problem | null {
    return this.scanner.problem;
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

  private add(kind: u32, left: u32 = 0, right: u32 = 0, most: u32 = 0): u32 {
    const node = this.nodes.append(1);
    if (node < 0) return this.scanner.fail('it is too large');
    const row = this.nodes.row(node);
    store<u32>(row, kind);
    store<u32>(row, left, 4);
    store<u32>(row, right, 8);
    store<u32>(row, most, 12);
    return node;
  }

  private alternatives(depth: u32): u32 {
    if (depth > MAX_DEPTH) return this.scanner.fail(`groups are nested more than ${MAX_DEPTH} deep`);
    let node = this.sequence(depth);
    while (this.scanner.take(0x7c)) node = this.add(EITHER, node, this.sequence(depth));
    return node;
  }

  private sequence(depth: u32): u32 {
    let node = NONE;
    for (let next = this.scanner.peek(); next != NONE && next != 0x7c && next != 0x29; next = this.scanner.peek()) {
      const item = this.repetitions(this.item(depth));
      node = node == NONE ? item : this.add(SEQUENCE, node, item);
    }
    return node == NONE ? this.add(EMPTY) : node;
  }

  private item(depth: u32): u32 {
    const scanner = this.scanner;
    const point = scanner.peek();
    ++scanner.at;
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
        --scanner.at;
        return scanner.fail('there is nothing to be repeated');
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
    return number < 0 ? this.scanner.fail('its classes of characters are too large') : this.add(OF_CLASS, number);
  }

  private group(depth: u32): u32 {
    const scanner = this.scanner;
    let kind = EMPTY;
    if (scanner.take(0x3f)) {
      const next = scanner.peek();
      ++scanner.at;
      if (next == 0x3d) kind = AHEAD;
      else if (next == 0x21) kind = NOT_AHEAD;
      else if (next == 0x3c) {
        if (scanner.peek() == 0x3d || scanner.peek() == 0x21)
          return scanner.fail('lookbehind, (?<= and (?<!, is not supported');
        while (scanner.peek() != NONE && scanner.peek() != 0x3e) ++scanner.at;
        if (!scanner.take(0x3e)) return scanner.fail('the name of a group does not end');
      } else if (next != 0x3a) return scanner.fail('groups with flags are not supported');
    }
    const node = this.alternatives(depth + 1);
    if (!scanner.take(0x29)) return scanner.fail('a group is not closed');
    return kind == EMPTY ? node : this.add(kind, node);
  }

  /** The item with the repetitions that are behind it; lazy ones match the same texts. */
  private repetitions(item: u32): u32 {
    const scanner = this.scanner;
    let least: u32 = 0;
    let most = UNBOUNDED;
    const from = scanner.at;
    if (scanner.take(0x3f)) most = 1;
    else if (scanner.take(0x2b)) least = 1;
    else if (!scanner.take(0x2a)) {
      if (scanner.peek() != 0x7b) return item;
      if (scanner.peek(1) == 0x2c) return scanner.fail('repetitions need a lower bound, as in {0,3}');
      if (scanner.peek(1) - 0x30 > 9) return item;
      ++scanner.at;
      least = most = scanner.number();
      if (scanner.take(0x2c)) most = scanner.peek() == 0x7d ? UNBOUNDED : scanner.number();
      if (!scanner.ok || !scanner.take(0x7d)) {
        scanner.at = from;
        return scanner.fail('these repetitions are none');
      }
      if (most < least) return scanner.fail('the bounds of repetitions are out of order');
    }
    scanner.take(0x3f);
    if (scanner.ok && this.kind(item) >= BEGINNING) return scanner.fail('an assertion is not to be repeated');
    return this.add(REPEATED, item, least, most);
  }

  /** The rest of an escape outside of brackets, after the backslash. */
  private escaped(): u32 {
    const scanner = this.scanner;
    const letter = scanner.peek();
    if (letter == 0x62 || letter == 0x42) return scanner.fail('word boundaries, \\b and \\B, are not supported');
    if (letter - 0x31 < 9 || letter == 0x6b) return scanner.fail('references to groups are not supported');
    this.classes.begin();
    const isThere = this.addEscaped(letter);
    return this.endClass(isThere, false);
  }

  /** Adds a class that is named, or one character; false, and a problem or no room. */
  private addEscaped(letter: u32): bool {
    const scanner = this.scanner;
    if (isShorthand(letter)) {
      ++scanner.at;
      return addShorthand(this.classes, letter);
    }
    if (letter == 0x70 || letter == 0x50) return this.addProperty(letter == 0x50);
    const point = scanner.escapedPoint();
    return scanner.ok && this.classes.add(point, point);
  }

  /** \p{name} */
  private addProperty(negated: bool): bool {
    const scanner = this.scanner;
    ++scanner.at;
    let name = '';
    if (scanner.take(0x7b)) {
      while (scanner.peek() < 0x80 && scanner.peek() != 0x7d) {
        name += String.fromCharCode(scanner.peek());
        ++scanner.at;
        if (name.length > 64) break;
      }
      scanner.take(0x7d);
    }
    for (let i = 0; i < PREFIXES.length; ++i) {
      if (name.startsWith(PREFIXES[i])) name = name.substring(PREFIXES[i].length);
    }
    const category = categoryOf(name);
    if (category == 0) scanner.fail(`of Unicode's properties only L, N, P, S and M are supported, not "${name}"`);
    return category != 0 && addCategory(this.classes, category, negated);
  }

  /** [...], after its opening bracket. */
  private set(): u32 {
    const scanner = this.scanner;
    const negated = scanner.take(0x5e);
    this.classes.begin();
    while (scanner.ok && this.hasRoom && !scanner.take(0x5d)) {
      const first = this.setPoint();
      if (first == NONE) continue;
      let last = first;
      if (scanner.peek() == 0x2d && scanner.peek(1) != 0x5d && scanner.peek(1) != NONE) {
        ++scanner.at;
        last = this.setPoint();
        if (last == NONE) return scanner.fail('a range of characters ends with a class');
        if (last < first) return scanner.fail('a range of characters is out of order');
      }
      this.hasRoom = this.classes.add(first, last);
    }
    return this.endClass(this.hasRoom, negated);
  }

  /** A character of a set; NONE for a whole class, which has been added. */
  private setPoint(): u32 {
    const scanner = this.scanner;
    const point = scanner.peek();
    if (point == NONE) {
      scanner.fail('a class of characters is not closed');
      return NONE;
    }
    ++scanner.at;
    if (point != 0x5c) return point;
    const letter = scanner.peek();
    if (letter == 0x62) {
      ++scanner.at;
      return 0x08;
    }
    if (!isShorthand(letter) && letter != 0x70 && letter != 0x50) return scanner.escapedPoint();
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

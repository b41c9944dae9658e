import { NUMBER, STRING, ARRAY, BOOLEAN, JsonDocument, NOWHERE, OBJECT } from '../../json/document';
import { NOTHING } from '../regular/automata';
import { Texts } from '../regular/texts';
import { AutomatonRules } from './automaton-rules';
import { Conversion } from './conversion';
import {
  CONST,
  ENUM,
  MULTIPLE_OF,
  NULLABLE,
  OF_ANY,
  OF_ARRAY,
  OF_NULL,
  OF_OBJECT,
  TYPE,
  bitsOf,
  declaredTypes,
  kindsOf,
  nameOfWord,
} from './keywords';
import { Members } from './members';
import { NumberLimits } from './numbers';
import { StringLimits } from './strings';

/** Values that items that differ may have. */
const MAX_UNIQUE: u32 = 256;

/** Bits of the kinds of values that the types of a part allow: of all, if there are none. */
export function typesOf(to: Conversion, part: u32): u32 {
  let bits = OF_ANY;
  for (let i: u32 = 0; i < to.count(part) && to.ok; ++i) {
    const type = to.member(part, i, TYPE);
    if (type == NOWHERE) continue;
    let declared = declaredTypes(to.document, type);
    if (declared == 0) to.fail(to.schema(part, i), 'type is no name of a type of JSON and no list of them');
    if (to.isYes(to.member(part, i, NULLABLE))) declared |= OF_NULL;
    bits &= declared;
  }
  return bits;
}

/** The list of values of an entry, or its only value; NOWHERE if missing. */
function listOf(to: Conversion, part: u32, index: u32): u32 {
  const constant = to.member(part, index, CONST);
  return constant != NOWHERE ? constant : to.member(part, index, ENUM);
}

/** Whether a part lists its values. */
export function listsValues(to: Conversion, part: u32): bool {
  for (let i: u32 = 0; i < to.count(part); ++i) if (listOf(to, part, i) != NOWHERE) return true;
  return false;
}

/** Writes the values that parts list by `const` and `enum`, without those that the other keywords exclude. */
@final
export class ListedValues {
  private part: u32 = 0;
  private types: u32 = 0;
  private strings: StringLimits | null = null;
  private numbers: NumberLimits | null = null;

  constructor(
    private readonly to: Conversion,
    private readonly rules: AutomatonRules,
  ) {}

  /** Writes the values as an alternative of a rule. */
  write(part: u32, rule: u32): void {
    const to = this.to;
    this.begin(part);
    const texts = new Texts();
    for (let at = this.firstValue(); at != NOWHERE && to.ok; at = this.nextValue(at)) {
      if (this.fits(at)) texts.end(this.spell(texts, texts.root, at));
    }
    const automaton = texts.automaton(to.automata);
    to.check(to.place(part));
    if (!to.ok) return;
    if (automaton == NOTHING)
      return to.contradict(to.place(part), 'nothing is allowed here: no value is left of those listed');
    const base = to.writer.base;
    to.writer.rule(this.rules.of(automaton, false));
    to.writer.rule(to.primitives.space);
    to.writer.give(rule, base);
  }

  /** Adds the values to a list of members, each once, all of them optional. */
  addMembers(part: u32, members: Members): void {
    const to = this.to;
    this.begin(part);
    for (let at = this.firstValue(); at != NOWHERE && to.ok; at = this.nextValue(at)) {
      if (!this.fits(at) || this.isBefore(at)) continue;
      if (members.count == MAX_UNIQUE)
        return to.fail(to.place(part), `uniqueItems is supported for ${MAX_UNIQUE} values`);
      const texts = new Texts();
      texts.end(this.spell(texts, texts.root, at));
      const automaton = texts.automaton(to.automata);
      to.check(to.place(part));
      if (!to.ok) return;
      const rule = to.writer.newRule();
      const base = to.writer.base;
      to.writer.rule(this.rules.of(automaton, false));
      to.writer.rule(to.primitives.space);
      to.writer.give(rule, base);
      members.add(rule, false);
    }
  }

  /** Whether the same value is listed before. */
  private isBefore(value: u32): bool {
    for (let at = this.firstValue(); at != value; at = this.nextValue(at)) if (this.isSame(at, value)) return true;
    return false;
  }

  private begin(part: u32): void {
    this.part = part;
    this.types = typesOf(this.to, part);
    this.strings = null;
    this.numbers = null;
    for (let i: u32 = 0; i < this.to.count(part); ++i) {
      const values = this.to.member(part, i, ENUM);
      if (values == NOWHERE || this.to.document.kind(values) == ARRAY) continue;
      this.to.fail(this.to.schema(part, i), 'enum is no list');
    }
  }

  /** The entry that the values are taken from: the first with a list. */
  private get lister(): u32 {
    let lister: u32 = 0;
    while (lister + 1 < this.to.count(this.part) && listOf(this.to, this.part, lister) == NOWHERE) ++lister;
    return lister;
  }

  private firstValue(): u32 {
    const constant = this.to.member(this.part, this.lister, CONST);
    return constant != NOWHERE ? constant : this.to.document.first(this.to.member(this.part, this.lister, ENUM));
  }

  private nextValue(value: u32): u32 {
    const document = this.to.document;
    return document.kind(document.parent(value)) == ARRAY ? document.next(value) : NOWHERE;
  }

  /** Whether a value fits all that the part says. */
  private fits(value: u32): bool {
    const to = this.to;
    const document = to.document;
    const kind = document.kind(value);
    const isWhole = kind == NUMBER && to.decimals.isWhole(to.number(value));
    if ((bitsOf(kind, isWhole) & this.types) == 0) return false;
    for (let i: u32 = 0; i < to.count(this.part) && to.ok; ++i) {
      if (!this.isListed(value, i)) return false;
      if (kind >= ARRAY) this.refuseOthers(i, kind == ARRAY ? OF_ARRAY : OF_OBJECT);
      if (kind == NUMBER && to.member(this.part, i, MULTIPLE_OF) != NOWHERE) {
        to.fail(to.schema(this.part, i), 'multipleOf beside a list of values is not supported');
      }
    }
    if (kind == STRING) {
      if (this.strings === null) this.strings = new StringLimits(to, this.part);
      return this.strings!.allows(document.text(value), document.length(value));
    }
    if (kind != NUMBER) return true;
    if (this.numbers === null) this.numbers = new NumberLimits(to, this.part, false);
    return this.numbers!.allows(to.number(value));
  }

  /** Whether a value is on the list of an entry, if that has one. */
  private isListed(value: u32, index: u32): bool {
    const to = this.to;
    const constant = to.member(this.part, index, CONST);
    if (constant != NOWHERE && constant != value && !this.isSame(constant, value)) return false;
    const list = to.member(this.part, index, ENUM);
    if (list == NOWHERE || to.document.parent(value) == list) return true;
    for (let at = to.document.first(list); at != NOWHERE && to.automata.spend(1); at = to.document.next(at)) {
      if (this.isSame(at, value)) return true;
    }
    to.check(to.schema(this.part, index));
    return false;
  }

  private isSame(a: u32, b: u32): bool {
    const to = this.to;
    if (to.document.kind(a) != NUMBER || to.document.kind(b) != NUMBER) return to.document.equals(a, b);
    return to.decimals.compare(to.number(a), to.number(b)) == 0;
  }

  /** Refuses keywords for objects or arrays beside a list that contains one. */
  private refuseOthers(index: u32, kinds: u32): void {
    const to = this.to;
    const schema = to.schema(this.part, index);
    if (schema == NOWHERE || to.document.kind(schema) != OBJECT) return;
    for (let at = to.document.first(schema); at != NOWHERE; at = to.document.next(at)) {
      const word = to.document.word(at);
      if (kindsOf(word) != kinds) continue;
      to.fail(schema, `the keyword "${nameOfWord(word)}" is not supported beside such a list of values`);
    }
  }

  /** Spells a value in JSON's shortest form, starting at a place; returns the end. */
  private spell(texts: Texts, from: u32, value: u32): u32 {
    const document = this.to.document;
    const kind = document.kind(value);
    if (kind == NUMBER) {
      let place = from;
      for (let i: u32 = 0; i < document.length(value); ++i)
        place = texts.step(place, load<u8>(document.text(value) + i));
      return place;
    }
    if (kind == STRING) return spellString(texts, from, document.text(value), document.length(value));
    if (kind < ARRAY)
      return spellAscii(texts, from, kind == BOOLEAN ? (document.isTrue(value) ? 'true' : 'false') : 'null');
    let place = texts.step(from, kind == OBJECT ? 0x7b : 0x5b);
    for (let at = document.first(value); at != NOWHERE; at = document.next(at)) {
      if (at != document.first(value)) place = texts.step(place, 0x2c);
      if (kind == OBJECT) {
        place = texts.step(spellString(texts, place, document.name(at), document.nameLength(at)), 0x3a);
      }
      place = this.spell(texts, place, at);
    }
    return texts.step(place, kind == OBJECT ? 0x7d : 0x5d);
  }
}

function spellAscii(texts: Texts, from: u32, text: string): u32 {
  let place = from;
  for (let i = 0; i < text.length; ++i) place = texts.step(place, text.charCodeAt(i));
  return place;
}

/** Spells a string with the escapes that it cannot do without. */
function spellString(texts: Texts, from: u32, points: usize, length: u32): u32 {
  let place = texts.step(from, 0x22);
  for (let i: u32 = 0; i < length; ++i) {
    const point = load<u32>(points + ((<usize>i) << 2));
    const isHalf = (point & 0xfff800) == 0xd800;
    if (point >= 0x20 && point != 0x22 && point != 0x5c && point != 0x7f && !isHalf) {
      place = texts.step(place, point);
      continue;
    }
    place = texts.step(place, 0x5c);
    const letter = shortEscape(point);
    if (letter != 0) {
      place = texts.step(place, letter);
      continue;
    }
    place = texts.step(place, 0x75);
    for (let shift: i32 = 12; shift >= 0; shift -= 4) {
      const digit = (point >> shift) & 15;
      place = texts.step(place, digit < 10 ? 0x30 + digit : 0x57 + digit);
    }
  }
  return texts.step(place, 0x22);
}

function shortEscape(point: u32): u32 {
  switch (point) {
    case 0x08:
      return 0x62;
    case 0x09:
      return 0x74;
    case 0x0a:
      return 0x6e;
    case 0x0c:
      return 0x66;
    case 0x0d:
      return 0x72;
    case 0x22:
    case 0x5c:
      return point;
    default:
      return 0;
  }
}

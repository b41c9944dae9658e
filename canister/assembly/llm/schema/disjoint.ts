/** Whether two schemas can match the same value, as far as that can be seen. */
import { HashIndex } from '../../memory/hash-index';
import { ARRAY, NOWHERE, NUMBER, OBJECT, STRING, hashPoints, samePoints } from '../../json/document';
import { NOTHING } from '../regular/automata';
import { Conversion } from './conversion';
import {
  ALL_OF,
  ANY_OF,
  MAX_ITEMS,
  MIN_ITEMS,
  OF_ARRAY,
  OF_NUMBER,
  OF_OBJECT,
  OF_STRING,
  ONE_OF,
  PROPERTIES,
  REF,
  REQUIRED,
  member,
} from './keywords';
import { firstValue, nextValue } from './listed-values';
import { forbidsOthers, propertyOf, writesNoOthers } from './named-properties';
import { NumberLimits } from './numbers';
import { kindsOfSchema } from './schema-kinds';
import { StringLimits } from './strings';

/** Schemas within schemas that are looked into. */
const MAX_DEPTH: i32 = 8;
/** Schemas that are looked at for one oneOf: stops comparisons that multiply. */
const MAX_LOOKS: u32 = 1 << 19;

/** Compares the schemas of one oneOf. */
@final
export class Disjoint {
  private looks: u32 = 0;
  /** Limits of strings and numbers by schema, kept for the many comparisons. */
  private readonly strings: Map<u32, StringLimits> = new Map();
  private readonly numbers: Map<u32, NumberLimits> = new Map();
  /** The name of a property that tells the alternatives apart, a string; NOWHERE if none is named. */
  discriminator: u32 = NOWHERE;

  constructor(private readonly to: Conversion) {}

  /** Whether so much was looked at that nothing more can be told. */
  get isTired(): bool {
    return this.looks > MAX_LOOKS;
  }

  /**
   * Whether all schemas of a list require one property, with disjoint lists of values: generators write tagged unions
   * in this way, and this check needs no comparison of each pair.
   */
  areTagged(list: u32): bool {
    const document = this.to.document;
    const properties = member(document, this.target(document.first(list)), PROPERTIES);
    if (properties == NOWHERE || document.kind(properties) != OBJECT) return false;
    for (let at = document.first(properties); at != NOWHERE; at = document.next(at)) {
      if (++this.looks > MAX_LOOKS) return false;
      if (firstValue(document, at) == NOWHERE) continue;
      if (this.tellsApart(list, document.name(at), document.nameLength(at))) return true;
    }
    return false;
  }

  /** The schema that another is nothing but a reference to, or itself. */
  private target(schema: u32): u32 {
    const reference = member(this.to.document, schema, REF);
    if (reference == NOWHERE || this.to.document.kind(reference) != STRING) return schema;
    const target = this.to.references.resolve(reference);
    return target == NOWHERE ? schema : target;
  }

  private tellsApart(list: u32, name: usize, length: u32): bool {
    const document = this.to.document;
    const values = new HashIndex();
    let areApart = true;
    for (let at = document.first(list); at != NOWHERE && areApart; at = document.next(at)) {
      const schema = this.target(at);
      const property = propertyOf(document, schema, name, length);
      areApart =
        property != NOWHERE &&
        kindsOfSchema(this.to, schema, true) == OF_OBJECT &&
        this.asksFor(schema, name, length) &&
        firstValue(document, property) != NOWHERE;
      if (!areApart) break;
      for (let value = firstValue(document, property); value != NOWHERE; value = nextValue(document, value)) {
        const hash = document.kind(value) == STRING ? hashPoints(document.text(value), document.length(value)) : 0;
        ++this.looks;
        // Two values of one hash are taken for the same: then the schemas are compared in full.
        areApart = areApart && hash != 0 && values.find(hash) < 0 && values.insert(hash, 0);
      }
    }
    values.dispose();
    return areApart;
  }

  /** Whether objects of a schema have a property with a name. */
  private asksFor(schema: u32, name: usize, length: u32): bool {
    const document = this.to.document;
    const named = this.discriminator;
    if (named != NOWHERE && document.length(named) == length && samePoints(document.text(named), name, length))
      return true;
    const required = member(document, schema, REQUIRED);
    if (required == NOWHERE || document.kind(required) != ARRAY) return false;
    for (let at = document.first(required); at != NOWHERE; at = document.next(at)) {
      const isText = document.kind(at) == STRING && document.length(at) == length;
      if (isText && samePoints(document.text(at), name, length)) return true;
    }
    return false;
  }

  /** Whether nothing that is written for `left` matches `right`: an answer of no may be wrong, one of yes is not. */
  areApart(left: u32, right: u32, depth: i32 = 0): bool {
    if (++this.looks > MAX_LOOKS || depth > MAX_DEPTH) return false;
    const document = this.to.document;
    if (document.isFalse(left) || document.isFalse(right)) return true;
    if (document.kind(left) != OBJECT || document.kind(right) != OBJECT) return false;
    const kinds = kindsOfSchema(this.to, left, true) & kindsOfSchema(this.to, right, false);
    if (kinds == 0 || this.isByParts(left, right, depth, true) || this.isByParts(right, left, depth, false))
      return true;
    return this.areValuesApart(left, right) || (kinds & ~this.apartOf(left, right, kinds, depth)) == 0;
  }

  /** Whether the schemas that a schema refers to or consists of are disjoint from another. */
  private isByParts(schema: u32, other: u32, depth: i32, isLeft: bool): bool {
    const document = this.to.document;
    const reference = member(document, schema, REF);
    if (reference != NOWHERE && document.kind(reference) == STRING) {
      const target = this.to.references.resolve(reference);
      if (target != NOWHERE && this.ordered(target, other, depth, isLeft)) return true;
    }
    const all = member(document, schema, ALL_OF);
    if (all != NOWHERE && document.kind(all) == ARRAY) {
      for (let at = document.first(all); at != NOWHERE; at = document.next(at)) {
        if (this.ordered(at, other, depth, isLeft)) return true;
      }
    }
    return (
      this.areAllApart(member(document, schema, ANY_OF), other, depth, isLeft) ||
      this.areAllApart(member(document, schema, ONE_OF), other, depth, isLeft)
    );
  }

  private areAllApart(list: u32, other: u32, depth: i32, isLeft: bool): bool {
    const document = this.to.document;
    if (list == NOWHERE || document.kind(list) != ARRAY) return false;
    for (let at = document.first(list); at != NOWHERE; at = document.next(at)) {
      if (!this.ordered(at, other, depth, isLeft)) return false;
    }
    return true;
  }

  private ordered(schema: u32, other: u32, depth: i32, isLeft: bool): bool {
    return isLeft ? this.areApart(schema, other, depth + 1) : this.areApart(other, schema, depth + 1);
  }

  /** Whether both list values and the lists are disjoint. */
  private areValuesApart(left: u32, right: u32): bool {
    const document = this.to.document;
    const first = firstValue(document, left);
    const other = firstValue(document, right);
    if (first == NOWHERE || other == NOWHERE) return false;
    for (let a = first; a != NOWHERE; a = nextValue(document, a)) {
      for (let b = other; b != NOWHERE; b = nextValue(document, b)) {
        if (++this.looks > MAX_LOOKS || this.isSame(a, b)) return false;
      }
    }
    return true;
  }

  private isSame(a: u32, b: u32): bool {
    const to = this.to;
    if (to.document.kind(a) != NUMBER || to.document.kind(b) != NUMBER) return to.document.equals(a, b);
    return to.decimals.compare(to.number(a), to.number(b)) == 0;
  }

  /** Those of the common kinds in which they match different values. */
  private apartOf(left: u32, right: u32, kinds: u32, depth: i32): u32 {
    let apart: u32 = 0;
    if ((kinds & OF_OBJECT) != 0 && this.areObjectsApart(left, right, depth)) apart |= OF_OBJECT;
    if ((kinds & OF_ARRAY) != 0 && this.areArraysApart(left, right)) apart |= OF_ARRAY;
    if ((kinds & OF_STRING) != 0 && this.areStringsApart(left, right)) apart |= OF_STRING;
    if ((kinds & OF_NUMBER) != 0 && this.areNumbersApart(left, right)) apart |= OF_NUMBER;
    return apart;
  }

  private areObjectsApart(left: u32, right: u32, depth: i32): bool {
    return this.isApartBy(left, right, depth, true) || this.isApartBy(right, left, depth, false);
  }

  /** Whether a property that one schema requires excludes its objects from the other. */
  private isApartBy(schema: u32, other: u32, depth: i32, isLeft: bool): bool {
    const document = this.to.document;
    const named = this.discriminator;
    if (named != NOWHERE) {
      const name = document.text(named);
      if (this.isNameApart(schema, other, name, document.length(named), depth, isLeft)) return true;
    }
    const required = member(document, schema, REQUIRED);
    if (required == NOWHERE || document.kind(required) != ARRAY) return false;
    for (let at = document.first(required); at != NOWHERE; at = document.next(at)) {
      if (document.kind(at) != STRING || ++this.looks > MAX_LOOKS) return false;
      if (this.isNameApart(schema, other, document.text(at), document.length(at), depth, isLeft)) return true;
    }
    return false;
  }

  /**
   * Whether objects of a schema, all with a property, are excluded from the other, because it has other values for the
   * property or forbids it.
   */
  private isNameApart(schema: u32, other: u32, name: usize, length: u32, depth: i32, isLeft: bool): bool {
    const document = this.to.document;
    const property = propertyOf(document, schema, name, length);
    const its = propertyOf(document, other, name, length);
    if (its == NOWHERE) return isLeft ? forbidsOthers(document, other) : writesNoOthers(document, other);
    // If the left schema's objects have the property at all, its value matches its schema; the same holds for the right
    // one.
    if (property == NOWHERE) return false;
    const named = this.discriminator;
    this.discriminator = NOWHERE;
    const areApart = this.ordered(property, its, depth, isLeft);
    this.discriminator = named;
    return areApart;
  }

  private areArraysApart(left: u32, right: u32): bool {
    return this.isAbove(left, right) || this.isAbove(right, left);
  }

  /** Whether arrays of one schema always have more items than those of another. */
  private isAbove(schema: u32, other: u32): bool {
    const document = this.to.document;
    const least = member(document, schema, MIN_ITEMS);
    const most = member(document, other, MAX_ITEMS);
    if (least == NOWHERE || most == NOWHERE) return false;
    if (document.kind(least) != NUMBER || document.kind(most) != NUMBER) return false;
    return this.to.decimals.compare(this.to.number(least), this.to.number(most)) > 0;
  }

  private isPlain(schema: u32): bool {
    const document = this.to.document;
    for (let at = document.first(schema); at != NOWHERE; at = document.next(at)) {
      const word = document.word(at);
      if (word == REF || word == ALL_OF || word == ANY_OF || word == ONE_OF) return false;
    }
    return true;
  }

  private stringsOf(schema: u32): StringLimits {
    if (!this.strings.has(schema)) {
      this.to.begin();
      this.to.addEntry(schema << 3);
      this.strings.set(schema, new StringLimits(this.to, this.to.part()));
    }
    return this.strings.get(schema);
  }

  private numbersOf(schema: u32): NumberLimits {
    if (!this.numbers.has(schema)) {
      this.to.begin();
      this.to.addEntry(schema << 3);
      this.numbers.set(schema, new NumberLimits(this.to, this.to.part(), false));
    }
    return this.numbers.get(schema);
  }

  private areStringsApart(left: u32, right: u32): bool {
    const to = this.to;
    if (!this.isPlain(left) || !this.isPlain(right)) return false;
    const listed = this.listedStringsApart(left, right);
    if (listed >= 0) return listed != 0;
    const a = this.stringsOf(left);
    const b = this.stringsOf(right);
    if (!to.ok || a.isEmpty || b.isEmpty) return false;
    if (a.most >= 0 && b.least > a.most) return true;
    if (b.most >= 0 && a.least > b.most) return true;
    if (!a.hasAutomaton || !b.hasAutomaton) return false;
    this.looks += 512;
    return to.patterns.both(a.automaton, b.automaton) == NOTHING && to.automata.ok;
  }

  /**
   * 1 if none of the strings listed by one schema matches the other, 0 if some does; -1 unless exactly one has a list.
   */
  private listedStringsApart(left: u32, right: u32): i32 {
    const to = this.to;
    const document = to.document;
    const isLeft = firstValue(document, left) != NOWHERE;
    if (isLeft == (firstValue(document, right) != NOWHERE)) return isLeft ? 0 : -1;
    const limits = this.stringsOf(isLeft ? right : left);
    if (!to.ok) return 0;
    for (let at = firstValue(document, isLeft ? left : right); at != NOWHERE; at = nextValue(document, at)) {
      if (document.kind(at) == STRING && limits.allows(document.text(at), document.length(at))) return 0;
    }
    return 1;
  }

  private areNumbersApart(left: u32, right: u32): bool {
    const to = this.to;
    if (!this.isPlain(left) || !this.isPlain(right)) return false;
    const a = this.numbersOf(left);
    const b = this.numbersOf(right);
    return to.ok && (a.isBelow(b) || b.isBelow(a));
  }
}

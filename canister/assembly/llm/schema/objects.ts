import { HashIndex } from '../../memory/hash-index';
import { ARRAY, NOWHERE, OBJECT, STRING, hashPoints, samePoints } from '../../json/document';
import { NOTHING } from '../regular/automata';
import { ofLengths } from '../regular/lengths';
import { difference, intersection } from '../regular/product';
import { Texts } from '../regular/texts';
import { Table } from '../../memory/table';
import { AutomatonRules, writeCharacter } from './automaton-rules';
import { Conversion } from './conversion';
import {
  ADDITIONAL_PROPERTIES,
  ANY_OF,
  CONST,
  ENUM,
  MAX_PROPERTIES,
  MIN_PROPERTIES,
  ONE_OF,
  PATTERN_PROPERTIES,
  PROPERTIES,
  PROPERTY_NAMES,
  REQUIRED,
  UNEVALUATED_PROPERTIES,
} from './keywords';
import { listsValues } from './listed';
import { Members } from './members';
import { StringLimits } from './strings';

/** Patterns of names in one object: what they share is told apart, which may double with each. */
const MAX_PATTERNS: u32 = 16;
/** Classes of names that patterns tell apart. */
const MAX_CLASSES: u32 = 64;

/** Writes the objects that a part allows as an alternative of a rule. */
export function writeObject(to: Conversion, rules: AutomatonRules, part: u32, rule: u32): void {
  const writer = new ObjectWriter(to, rules, part);
  writer.write(rule);
  writer.dispose();
}

/**
 * The properties that schemas of objects name come in their order; others follow where a schema says what they are, or
 * where none names any.
 *
 *     names    [ text: u32 | length: u32 | has to be there: u32 ] * n        of `properties`, `required`, `propertyNames`
 *     patterns [ entry: u32 | automaton: u32 | schema: u32 | matches: u32 ] * n    of patternProperties
 */
@final
class ObjectWriter {
  private readonly names: Table = new Table(12, 1 << 20);
  private readonly index: HashIndex = new HashIndex();
  private readonly patterns: Table = new Table(16, MAX_PATTERNS);
  /** What names have to be; NOTHING if they may be any. */
  private nameAutomaton: u32 = NOTHING;
  /** Whether propertyNames lists the names. */
  private areListed: bool = false;
  /** Whether some schema says what other properties are, and whether one says that there are none. */
  private isOpen: bool = false;
  private isClosed: bool = false;
  /** Rule of the members that have no name of their own; alternatives are added as they are found. */
  private extra: i32 = -1;
  private classes: u32 = 0;
  private readonly members: Members;

  constructor(
    private readonly to: Conversion,
    private readonly rules: AutomatonRules,
    private readonly part: u32,
  ) {
    this.members = new Members(to);
    const count = to.count(part);
    for (let i: u32 = 0; i < count && to.ok; ++i) this.lookAtProperties(i);
    for (let i: u32 = 0; i < count && to.ok; ++i) this.lookAtRequired(i);
    if (to.ok) this.lookAtNames();
    for (let i: u32 = 0; i < count && to.ok; ++i) this.lookAtOthers(i);
  }

  private find(text: usize, length: u32): i32 {
    for (let at = this.index.find(hashPoints(text, length)); at >= 0; at = this.index.next()) {
      const row = this.names.row(at);
      if (load<u32>(row, 4) == length && samePoints(load<u32>(row), text, length)) return at;
    }
    return -1;
  }

  /** Notes a name, and whether it has to be there. */
  private note(text: usize, length: u32, isRequired: bool): void {
    let at = this.find(text, length);
    if (at < 0) {
      at = this.names.append(1);
      if (at < 0 || !this.index.insert(hashPoints(text, length), at)) {
        return this.to.fail(this.to.place(this.part), 'no memory is left for its properties');
      }
      store<u32>(this.names.row(at), <u32>text);
      store<u32>(this.names.row(at), length, 4);
      store<u32>(this.names.row(at), 0, 8);
    }
    if (isRequired) store<u32>(this.names.row(at), 1, 8);
  }

  private lookAtProperties(index: u32): void {
    const to = this.to;
    const document = to.document;
    const properties = to.member(this.part, index, PROPERTIES);
    if (properties == NOWHERE) return;
    if (document.kind(properties) != OBJECT) return to.fail(to.schema(this.part, index), 'properties is no object');
    for (let at = document.first(properties); at != NOWHERE && to.ok; at = document.next(at)) {
      this.note(document.name(at), document.nameLength(at), false);
    }
  }

  private lookAtRequired(index: u32): void {
    const to = this.to;
    const document = to.document;
    const needed = to.neededName(this.part, index);
    if (needed != NOWHERE) return this.note(document.text(needed), document.length(needed), true);
    const required = to.member(this.part, index, REQUIRED);
    if (required == NOWHERE) return;
    const schema = to.schema(this.part, index);
    if (document.kind(required) != ARRAY) return to.fail(schema, 'required is no list');
    for (let at = document.first(required); at != NOWHERE && to.ok; at = document.next(at)) {
      if (document.kind(at) != STRING) return to.fail(schema, 'required is no list of names');
      this.note(document.text(at), document.length(at), true);
    }
  }

  /** Finds out what propertyNames says of all schemas together. */
  private lookAtNames(): void {
    const to = this.to;
    to.begin();
    let isThere = false;
    for (let i: u32 = 0; i < to.count(this.part) && to.ok; ++i) {
      const names = to.member(this.part, i, PROPERTY_NAMES);
      if (names == NOWHERE) continue;
      isThere = true;
      to.addSchema(names);
    }
    if (!isThere || !to.ok) return;
    const part = to.part();
    if (to.isNeverPart(part)) {
      this.isClosed = true;
      this.areListed = true;
      return;
    }
    for (let i: u32 = 0; i < to.count(part) && to.ok; ++i) this.refuseChoices(to.schema(part, i));
    const limits = new StringLimits(to, part);
    if (!to.ok) return;
    if (limits.hasAutomaton) this.nameAutomaton = limits.automaton;
    else if (!limits.isAny) this.nameAutomaton = ofLengths(to.automata, limits.least, limits.most);
    to.check(to.place(part));
    if (listsValues(to, part)) this.listNames(part, limits);
  }

  /** Names are either listed or have limits; what else a schema may say is refused. */
  private refuseChoices(schema: u32): void {
    const to = this.to;
    for (let at = to.document.first(schema); at != NOWHERE; at = to.document.next(at)) {
      const word = to.document.word(at);
      if (word == ANY_OF || word == ONE_OF) to.fail(at, 'alternatives of names are not supported');
    }
  }

  /** The names that propertyNames lists are properties as others are. */
  private listNames(part: u32, limits: StringLimits): void {
    const to = this.to;
    const document = to.document;
    this.areListed = true;
    for (let i: u32 = 0; i < to.count(part) && to.ok; ++i) {
      const list = to.member(part, i, ENUM);
      const constant = to.member(part, i, CONST);
      if (list != NOWHERE && document.kind(list) != ARRAY) return to.fail(to.schema(part, i), 'enum is no list');
      if (list == NOWHERE && constant == NOWHERE) continue;
      const one = new Texts();
      let at = constant != NOWHERE ? constant : document.first(list);
      for (; at != NOWHERE && to.ok; at = constant != NOWHERE ? NOWHERE : document.next(at)) {
        if (document.kind(at) != STRING || !limits.allows(document.text(at), document.length(at))) continue;
        one.add(document.text(at), document.length(at));
        this.note(document.text(at), document.length(at), false);
      }
      const automaton = one.automaton(to.automata);
      this.nameAutomaton =
        this.nameAutomaton == NOTHING ? automaton : intersection(to.automata, this.nameAutomaton, automaton);
      to.check(to.schema(part, i));
    }
  }

  private lookAtOthers(index: u32): void {
    const to = this.to;
    const document = to.document;
    const schema = to.schema(this.part, index);
    const additional = to.member(this.part, index, ADDITIONAL_PROPERTIES);
    if (additional != NOWHERE) {
      if (document.isFalse(additional)) this.isClosed = true;
      else this.isOpen = true;
    }
    const unevaluated = to.member(this.part, index, UNEVALUATED_PROPERTIES);
    if (unevaluated != NOWHERE && !document.isTrue(unevaluated)) {
      if (!document.isFalse(unevaluated)) {
        return to.fail(schema, 'unevaluatedProperties is supported as true or false only');
      }
      this.isUnevaluated = true;
    }
    const patterns = to.member(this.part, index, PATTERN_PROPERTIES);
    if (patterns == NOWHERE) return;
    if (document.kind(patterns) != OBJECT) return to.fail(schema, 'patternProperties is no object');
    for (let at = document.first(patterns); at != NOWHERE && to.ok; at = document.next(at)) {
      const automaton = to.patterns.of(document.name(at), document.nameLength(at));
      to.check(at);
      const row = this.patterns.append(1);
      if (row < 0) return to.fail(schema, `an object has more than ${MAX_PATTERNS} patterns of names`);
      store<u32>(this.patterns.row(row), index);
      store<u32>(this.patterns.row(row), automaton, 4);
      store<u32>(this.patterns.row(row), at, 8);
    }
  }

  /** Whether some schema allows only properties that schemas speak of. */
  private isUnevaluated: bool = false;

  /** Notes which patterns match a name. */
  private match(text: usize, length: u32): void {
    for (let i: u32 = 0; i < this.patterns.count; ++i) {
      const automaton = load<u32>(this.patterns.row(i), 4);
      const matches = automaton != NOTHING && this.to.automata.accepts(automaton, text, length);
      store<u32>(this.patterns.row(i), u32(matches), 12);
    }
  }

  /** Adds what a schema says about a property that some of its patterns match; whether any does. */
  private addPatterns(entry: u32): bool {
    let isMatched = false;
    for (let i: u32 = 0; i < this.patterns.count; ++i) {
      const row = this.patterns.row(i);
      if (load<u32>(row) != entry || load<u32>(row, 12) == 0) continue;
      isMatched = true;
      this.to.addSchema(load<u32>(row, 8));
    }
    return isMatched;
  }

  /** The rule of the value of a property with a name; one without alternatives if there can be none. */
  private valueOf(text: usize, length: u32): u32 {
    const to = this.to;
    const document = to.document;
    this.match(text, length);
    to.begin();
    let isSpokenOf = false;
    for (let i: u32 = 0; i < to.count(this.part) && to.ok; ++i) {
      const properties = to.member(this.part, i, PROPERTIES);
      const property = properties == NOWHERE ? NOWHERE : document.member(properties, text, length);
      if (property != NOWHERE) to.addSchema(property);
      const isMatched = this.addPatterns(i) || property != NOWHERE;
      const additional = to.member(this.part, i, ADDITIONAL_PROPERTIES);
      if (!isMatched && additional != NOWHERE) to.addSchema(additional);
      if (isMatched || additional != NOWHERE) isSpokenOf = true;
    }
    const isNever = !this.isName(text, length) || (this.isUnevaluated && !isSpokenOf);
    if (!isNever) return to.ruleOf(to.part());
    if (to.reason === null) {
      to.note(to.place(this.part), `the property "${document.shown(text, length)}" cannot be there`);
    }
    return to.writer.newRule();
  }

  /** Whether propertyNames allows a name. */
  private isName(text: usize, length: u32): bool {
    if (this.nameAutomaton == NOTHING) return !this.areListed;
    return this.to.automata.accepts(this.nameAutomaton, text, length);
  }

  write(rule: u32): void {
    const to = this.to;
    const writer = to.writer;
    const place = to.place(this.part);
    const members = this.members;
    members.least = max<i64>(0, to.countOf(this.part, MIN_PROPERTIES, true));
    members.most = to.countOf(this.part, MAX_PROPERTIES, false);
    let required: i64 = 0;
    for (let i: u32 = 0; i < this.names.count && to.ok; ++i) {
      const row = this.names.row(i);
      const text = <usize>load<u32>(row);
      const length = load<u32>(row, 4);
      const value = this.valueOf(text, length);
      const pair = writer.newRule();
      const base = writer.base;
      this.writeName(text, length);
      writer.rule(value);
      writer.give(pair, base);
      const isRequired = load<u32>(this.names.row(i), 8) != 0;
      members.add(pair, isRequired);
      if (isRequired) ++required;
    }
    if (to.ok) this.writeOthers();
    if (this.extra >= 0) members.extra = this.extra;
    if (!to.ok) return;
    const most = <i64>this.names.count + (this.extra >= 0 ? 1 : 0);
    if (members.least > most) {
      return to.contradict(place, `minProperties is above ${most}, so many as can be told apart`);
    }
    if (members.most >= 0 && max(members.least, required) > members.most) {
      return to.contradict(place, 'maxProperties is below minProperties or the number of those required');
    }
    members.write('{', '}', rule, place);
  }

  private writeName(text: usize, length: u32): void {
    const writer = this.to.writer;
    writer.text('"');
    for (let i: u32 = 0; i < length; ++i) writeCharacter(writer, load<u32>(text + ((<usize>i) << 2)));
    writer.text('"');
    this.writeColon();
  }

  private writeColon(): void {
    this.to.writer.rule(this.to.primitives.space);
    this.to.writer.text(':');
    this.to.writer.rule(this.to.primitives.space);
  }

  /** Writes the properties that have no name of their own, a class of names after another. */
  private writeOthers(): void {
    const to = this.to;
    if (this.areListed) return;
    const isAny = this.names.count == 0 && this.patterns.count == 0;
    const mayBeOther = !this.isClosed && (this.isOpen || (isAny && !this.isUnevaluated));
    if (!mayBeOther && this.patterns.count == 0) return;
    if (isAny && this.nameAutomaton == NOTHING) return this.writeClass(NOTHING, true);
    let automaton = this.nameAutomaton == NOTHING ? ofLengths(to.automata, 0, -1) : this.nameAutomaton;
    if (this.names.count > 0) {
      const texts = new Texts();
      for (let i: u32 = 0; i < this.names.count; ++i) {
        const row = this.names.row(i);
        texts.add(load<u32>(row), load<u32>(row, 4));
      }
      automaton = difference(to.automata, automaton, texts.automaton(to.automata));
    }
    to.check(to.place(this.part));
    this.split(automaton, 0, false, mayBeOther);
  }

  /** Tells names apart by the patterns from one on. */
  private split(automaton: u32, pattern: u32, isMatched: bool, mayBeOther: bool): void {
    const to = this.to;
    if (automaton == NOTHING || !to.ok) return;
    if (pattern == this.patterns.count) {
      if (++this.classes > MAX_CLASSES) to.fail(to.place(this.part), 'patterns of names overlap too much');
      else if (isMatched || mayBeOther) this.writeClass(automaton, mayBeOther);
      return;
    }
    const row = this.patterns.row(pattern);
    const matched = load<u32>(row, 4);
    store<u32>(row, 1, 12);
    this.split(intersection(to.automata, automaton, matched), pattern + 1, true, mayBeOther);
    store<u32>(row, 0, 12);
    this.split(difference(to.automata, automaton, matched), pattern + 1, isMatched, mayBeOther);
    to.check(to.place(this.part));
  }

  /** Writes the properties whose names an automaton accepts, or of any name if it is NOTHING. */
  private writeClass(automaton: u32, mayBeOther: bool): void {
    const to = this.to;
    const writer = to.writer;
    to.begin();
    for (let i: u32 = 0; i < to.count(this.part) && to.ok; ++i) {
      const additional = to.member(this.part, i, ADDITIONAL_PROPERTIES);
      if (!this.addPatterns(i) && additional != NOWHERE) to.addSchema(additional);
    }
    const part = to.part();
    if (to.isNeverPart(part)) return;
    const value = to.ruleOf(part);
    if (this.extra < 0) this.extra = writer.newRule();
    const base = writer.base;
    if (automaton == NOTHING) {
      writer.rule(to.primitives.string);
      writer.text(':');
      writer.rule(to.primitives.space);
    } else {
      writer.text('"');
      writer.rule(this.rules.of(automaton, true));
      writer.text('"');
      this.writeColon();
    }
    writer.rule(value);
    writer.give(this.extra, base);
  }

  dispose(): void {
    this.names.dispose();
    this.index.dispose();
    this.patterns.dispose();
    this.members.dispose();
  }
}

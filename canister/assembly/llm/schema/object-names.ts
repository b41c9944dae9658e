import { HashIndex } from '../../memory/hash-index';
import { ARRAY, NOWHERE, OBJECT, STRING, hashPoints, samePoints } from '../../json/document';
import { NOTHING } from '../regular/automata';
import { ofLengths } from '../regular/lengths';
import { intersection } from '../regular/product';
import { Texts } from '../regular/texts';
import { Table } from '../../memory/table';
import { Conversion } from './conversion';
import {
  ADDITIONAL_PROPERTIES,
  ANY_OF,
  CONST,
  ENUM,
  ONE_OF,
  PATTERN_PROPERTIES,
  PROPERTIES,
  PROPERTY_NAMES,
  REQUIRED,
  UNEVALUATED_PROPERTIES,
} from './keywords';
import { listsValues } from './listed';
import { StringLimits } from './strings';

/**
 * Patterns of names in one object: their intersections are distinguished, and each pattern may double the number of
 * these.
 */
const MAX_PATTERNS: u32 = 16;

/**
 * The limits of a part's schemas for the names of an object's properties.
 *
 *     rows     [ text: u32 | length: u32 | is required: u32 ] * n        of `properties`, `required`, `propertyNames`
 *     patterns [ entry: u32 | automaton: u32 | schema: u32 | matches: u32 ] * n    of patternProperties
 */
@final
export class ObjectNames {
  private readonly rows: Table = new Table(12, 1 << 20);
  private readonly index: HashIndex = new HashIndex();
  private readonly patterns: Table = new Table(16, MAX_PATTERNS);
  /** The allowed names; NOTHING if they may be any. */
  automaton: u32 = NOTHING;
  /** Whether propertyNames lists the names. */
  areListed: bool = false;
  /** Whether some schema describes other properties, and whether one forbids them. */
  isOpen: bool = false;
  isClosed: bool = false;
  /** Whether some schema allows only properties that schemas speak of. */
  isUnevaluated: bool = false;

  constructor(
    private readonly to: Conversion,
    private readonly part: u32,
  ) {
    const count = to.count(part);
    for (let i: u32 = 0; i < count && to.ok; ++i) this.lookAtProperties(i);
    for (let i: u32 = 0; i < count && to.ok; ++i) this.lookAtRequired(i);
    if (to.ok) this.lookAtNames();
    for (let i: u32 = 0; i < count && to.ok; ++i) this.lookAtOthers(i);
  }

  get count(): u32 {
    return this.rows.count;
  }

  /** The code points of a name. */
  text(index: u32): usize {
    return <usize>load<u32>(this.rows.row(index));
  }

  /** How many code points a name has. */
  length(index: u32): u32 {
    return load<u32>(this.rows.row(index), 4);
  }

  isRequired(index: u32): bool {
    return load<u32>(this.rows.row(index), 8) != 0;
  }

  get patternCount(): u32 {
    return this.patterns.count;
  }

  /** The automaton of a pattern. */
  patternAutomaton(index: u32): u32 {
    return load<u32>(this.patterns.row(index), 4);
  }

  /** Says whether a pattern matches the names that are looked at. */
  setMatch(index: u32, matches: bool): void {
    store<u32>(this.patterns.row(index), u32(matches), 12);
  }

  private find(text: usize, length: u32): i32 {
    for (let at = this.index.find(hashPoints(text, length)); at >= 0; at = this.index.next()) {
      const row = this.rows.row(at);
      if (load<u32>(row, 4) == length && samePoints(load<u32>(row), text, length)) return at;
    }
    return -1;
  }

  /** Notes a name, and whether it has to be there. */
  private note(text: usize, length: u32, isRequired: bool): void {
    let at = this.find(text, length);
    if (at < 0) {
      at = this.rows.append(1);
      if (at < 0 || !this.index.insert(hashPoints(text, length), at)) {
        return this.to.fail(this.to.place(this.part), 'no memory is left for its properties');
      }
      store<u32>(this.rows.row(at), <u32>text);
      store<u32>(this.rows.row(at), length, 4);
      store<u32>(this.rows.row(at), 0, 8);
    }
    if (isRequired) store<u32>(this.rows.row(at), 1, 8);
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

  /** Combines the propertyNames of all schemas. */
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
    if (limits.hasAutomaton) this.automaton = limits.automaton;
    else if (!limits.isAny) this.automaton = ofLengths(to.automata, limits.least, limits.most);
    to.check(to.place(part));
    if (listsValues(to, part)) this.listNames(part, limits);
  }

  /** Names are either listed or limited; other keywords are refused. */
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
      this.automaton = this.automaton == NOTHING ? automaton : intersection(to.automata, this.automaton, automaton);
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

  /** Marks the patterns that match a name. */
  match(text: usize, length: u32): void {
    for (let i: u32 = 0; i < this.patterns.count; ++i) {
      const automaton = load<u32>(this.patterns.row(i), 4);
      const matches = automaton != NOTHING && this.to.automata.accepts(automaton, text, length);
      this.setMatch(i, matches);
    }
  }

  /** Adds the schemas of the patterns that match a property; returns whether there are any. */
  addPatterns(entry: u32): bool {
    let isMatched = false;
    for (let i: u32 = 0; i < this.patterns.count; ++i) {
      const row = this.patterns.row(i);
      if (load<u32>(row) != entry || load<u32>(row, 12) == 0) continue;
      isMatched = true;
      this.to.addSchema(load<u32>(row, 8));
    }
    return isMatched;
  }

  /** Whether propertyNames allows a name. */
  allows(text: usize, length: u32): bool {
    if (this.automaton == NOTHING) return !this.areListed;
    return this.to.automata.accepts(this.automaton, text, length);
  }

  dispose(): void {
    this.rows.dispose();
    this.index.dispose();
    this.patterns.dispose();
  }
}

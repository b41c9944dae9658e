import { NOWHERE } from '../../json/document';
import { NOTHING } from '../regular/automata';
import { ofLengths } from '../regular/lengths';
import { difference, intersection } from '../regular/product';
import { Texts } from '../regular/texts';
import { AutomatonRules, writeCharacter } from './automaton-rules';
import { Conversion } from './conversion';
import { ADDITIONAL_PROPERTIES, MAX_PROPERTIES, MIN_PROPERTIES, PROPERTIES } from './keywords';
import { Members } from './members';
import { ObjectNames } from './object-names';

/** Classes of names that patterns tell apart. */
const MAX_CLASSES: u32 = 64;

/** Writes the objects that a part allows as an alternative of a rule. */
export function writeObject(to: Conversion, rules: AutomatonRules, part: u32, rule: u32): void {
  const writer = new ObjectWriter(to, rules, part);
  writer.write(rule);
  writer.dispose();
}

/**
 * Named properties come in the order of their schemas; others follow if a schema describes them, or if none names any.
 */
@final
class ObjectWriter {
  /** Rule of the members that have no name of their own; alternatives are added as they are found. */
  private extra: i32 = -1;
  private classes: u32 = 0;
  private readonly names: ObjectNames;
  private readonly members: Members;

  constructor(
    private readonly to: Conversion,
    private readonly rules: AutomatonRules,
    private readonly part: u32,
  ) {
    this.members = new Members(to);
    this.names = new ObjectNames(to, part);
  }

  /** The rule of the value of a property with a name; one without alternatives if there can be none. */
  private valueOf(text: usize, length: u32): u32 {
    const to = this.to;
    const document = to.document;
    this.names.match(text, length);
    to.begin();
    let isSpokenOf = false;
    for (let i: u32 = 0; i < to.count(this.part) && to.ok; ++i) {
      const properties = to.member(this.part, i, PROPERTIES);
      const property = properties == NOWHERE ? NOWHERE : document.member(properties, text, length);
      if (property != NOWHERE) to.addSchema(property);
      const isMatched = this.names.addPatterns(i) || property != NOWHERE;
      const additional = to.member(this.part, i, ADDITIONAL_PROPERTIES);
      if (!isMatched && additional != NOWHERE) to.addSchema(additional);
      if (isMatched || additional != NOWHERE) isSpokenOf = true;
    }
    const isNever = !this.names.allows(text, length) || (this.names.isUnevaluated && !isSpokenOf);
    if (!isNever) return to.ruleOf(to.part());
    if (to.reason === null) {
      to.note(to.place(this.part), `the property "${document.shown(text, length)}" cannot be there`);
    }
    return to.writer.newRule();
  }

  write(rule: u32): void {
    const to = this.to;
    const writer = to.writer;
    const place = to.place(this.part);
    const members = this.members;
    const names = this.names;
    members.least = max<i64>(0, to.countOf(this.part, MIN_PROPERTIES, true));
    members.most = to.countOf(this.part, MAX_PROPERTIES, false);
    let required: i64 = 0;
    for (let i: u32 = 0; i < names.count && to.ok; ++i) {
      const text = names.text(i);
      const length = names.length(i);
      const value = this.valueOf(text, length);
      const pair = writer.newRule();
      const base = writer.base;
      this.writeName(text, length);
      writer.rule(value);
      writer.give(pair, base);
      const isRequired = names.isRequired(i);
      members.add(pair, isRequired);
      if (isRequired) ++required;
    }
    if (to.ok) this.writeOthers();
    if (this.extra >= 0) members.extra = this.extra;
    if (!to.ok) return;
    const most = <i64>names.count + (this.extra >= 0 ? 1 : 0);
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
    const names = this.names;
    if (names.areListed) return;
    const isAny = names.count == 0 && names.patternCount == 0;
    const mayBeOther = !names.isClosed && (names.isOpen || (isAny && !names.isUnevaluated));
    if (!mayBeOther && names.patternCount == 0) return;
    if (isAny && names.automaton == NOTHING) return this.writeClass(NOTHING, true);
    let automaton = names.automaton == NOTHING ? ofLengths(to.automata, 0, -1) : names.automaton;
    if (names.count > 0) {
      const texts = new Texts();
      for (let i: u32 = 0; i < names.count; ++i) texts.add(names.text(i), names.length(i));
      automaton = difference(to.automata, automaton, texts.automaton(to.automata));
    }
    to.check(to.place(this.part));
    this.split(automaton, 0, false, mayBeOther);
  }

  /** Tells names apart by the patterns from one on. */
  private split(automaton: u32, pattern: u32, isMatched: bool, mayBeOther: bool): void {
    const to = this.to;
    if (automaton == NOTHING || !to.ok) return;
    if (pattern == this.names.patternCount) {
      if (++this.classes > MAX_CLASSES) to.fail(to.place(this.part), 'patterns of names overlap too much');
      else if (isMatched || mayBeOther) this.writeClass(automaton, mayBeOther);
      return;
    }
    const matched = this.names.patternAutomaton(pattern);
    this.names.setMatch(pattern, true);
    this.split(intersection(to.automata, automaton, matched), pattern + 1, true, mayBeOther);
    this.names.setMatch(pattern, false);
    this.split(difference(to.automata, automaton, matched), pattern + 1, isMatched, mayBeOther);
    to.check(to.place(this.part));
  }

  /** Writes the properties with names that an automaton accepts, or with any name if it is NOTHING. */
  private writeClass(automaton: u32, mayBeOther: bool): void {
    const to = this.to;
    const writer = to.writer;
    to.begin();
    for (let i: u32 = 0; i < to.count(this.part) && to.ok; ++i) {
      const additional = to.member(this.part, i, ADDITIONAL_PROPERTIES);
      if (!this.names.addPatterns(i) && additional != NOWHERE) to.addSchema(additional);
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
    this.members.dispose();
  }
}

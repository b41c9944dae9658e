import { Problem } from '../../problem';
import { Rules } from '../grammar/rules';
import { ARRAY, JsonDocument, NOWHERE, OBJECT, ROOT, STRING, isAscii } from '../../json/document';
import { writeArray } from './arrays';
import { AutomatonRules } from './automaton-rules';
import { CHOSEN_ANY, CHOSEN_ONE, Conversion } from './conversion';
import { Disjoint } from './disjoint';
import {
  ANY_OF,
  DISCRIMINATOR,
  OF_ANY,
  OF_ARRAY,
  OF_BOOLEAN,
  OF_FRACTION,
  OF_INTEGER,
  OF_NULL,
  OF_NUMBER,
  OF_OBJECT,
  OF_STRING,
  ONE_OF,
  TYPE,
  nameOfWord,
} from './keywords';
import { ListedValues, listsValues, typesOf } from './listed';
import { NumberRules } from './numbers';
import { writeObject } from './objects';
import { impliedBy } from './schema-kinds';
import { writeString } from './strings';

/** Maximum number of schemas of one oneOf, which are compared with one another, and of one anyOf. */
const MAX_ONE_OF: u32 = 256;
const MAX_ANY_OF: u32 = 4096;
/** Kinds of values in the order of their alternatives. */
const KINDS: StaticArray<u32> = [OF_OBJECT, OF_ARRAY, OF_STRING, OF_NUMBER, OF_INTEGER, OF_BOOLEAN, OF_NULL];

/**
 * Writes the rules of schemas of one document. Every text that a rule accepts is a value that its schema allows, but
 * some allowed values have no accepted text. docs/grammars.md lists the supported keywords.
 */
@final
export class SchemaRules {
  private readonly to: Conversion;
  private readonly automata: AutomatonRules;
  private readonly numbers: NumberRules;
  private readonly values: ListedValues;
  private written: u32 = 0;

  constructor(document: JsonDocument, rules: Rules) {
    const to = new Conversion(document, rules);
    const automata = new AutomatonRules(to.automata, to.writer);
    this.to = to;
    this.automata = automata;
    this.numbers = new NumberRules(to, automata);
    this.values = new ListedValues(to, automata);
  }

  /** The problem and its place in a schema; null if there is none. */
  get problem(): Problem | null {
    return this.to.problem;
  }

  /** Why some part of a schema allows nothing, if none is wrong. */
  get reason(): Problem | null {
    return this.to.reason;
  }

  /** The rule of any object. */
  get anyObject(): u32 {
    return this.to.primitives.object;
  }

  /** The rule of a schema; meaningless if there is a problem. */
  ruleOf(schema: u32): u32 {
    const to = this.to;
    const rule = to.ruleOfSchema(schema);
    while (to.ok) {
      const part = to.nextPart(this.written);
      if (part == NOWHERE) break;
      ++this.written;
      this.write(part, to.ruleOf(part));
      to.check(to.place(part));
      to.refuse(ROOT, to.writer.problem);
    }
    return rule;
  }

  /** Writes the rule of a part: by its alternatives, by its values, or by kind. */
  private write(part: u32, rule: u32): void {
    const to = this.to;
    for (let i: u32 = 0; i < to.count(part); ++i) {
      const entry = to.entry(part, i);
      const any = to.member(part, i, ANY_OF);
      if (any != NOWHERE && (entry & CHOSEN_ANY) == 0) return this.choose(part, i, any, CHOSEN_ANY, rule);
      const one = to.member(part, i, ONE_OF);
      if (one != NOWHERE && (entry & CHOSEN_ONE) == 0) return this.choose(part, i, one, CHOSEN_ONE, rule);
    }
    if (listsValues(to, part)) return this.values.write(part, rule);
    const types = this.types(part);
    if (!to.ok) return;
    if (types == 0) return to.contradict(to.place(part), 'nothing is allowed here: the types have none in common');
    for (let i = 0; i < KINDS.length && to.ok; ++i) {
      if ((types & KINDS[i]) != KINDS[i] || (KINDS[i] == OF_INTEGER && (types & OF_FRACTION) != 0)) continue;
      this.writeKind(KINDS[i], part, rule);
    }
  }

  /** The kinds that a part allows; without a type those of its keywords, because authors mean no others. */
  private types(part: u32): u32 {
    const to = this.to;
    const types = typesOf(to, part);
    let implied: u32 = 0;
    for (let i: u32 = 0; i < to.count(part); ++i) {
      const schema = to.schema(part, i);
      if (to.member(part, i, TYPE) != NOWHERE) return types;
      if (schema == NOWHERE) {
        implied |= OF_OBJECT;
        continue;
      }
      for (let at = to.document.first(schema); at != NOWHERE; at = to.document.next(at)) {
        implied |= impliedBy(to.document, at);
      }
    }
    return implied == 0 ? types : types & implied;
  }

  /** Writes a part as alternatives, one for each schema of a list. */
  private choose(part: u32, index: u32, list: u32, chosen: u32, rule: u32): void {
    const to = this.to;
    const document = to.document;
    const schema = to.schema(part, index);
    const name = nameOfWord(document.word(list));
    const most = chosen == CHOSEN_ONE ? MAX_ONE_OF : MAX_ANY_OF;
    if (document.kind(list) != ARRAY || document.length(list) == 0) {
      return to.fail(schema, `${name} is no list of schemas`);
    }
    if (document.length(list) > most) return to.fail(schema, `${name} has more than ${most} schemas`);
    const discriminator = this.discriminator(part, index);
    if (chosen == CHOSEN_ONE) this.compare(list, discriminator);
    const writer = to.writer;
    for (let at = document.first(list); at != NOWHERE && to.ok; at = document.next(at)) {
      // A choice that leads back to itself without a character in between has no value.
      if (to.has(part, at)) continue;
      to.begin();
      for (let i: u32 = 0; i < to.count(part); ++i) {
        to.addEntry(i == index ? to.entry(part, i) | chosen : to.entry(part, i));
      }
      if (discriminator != NOWHERE) to.addName(discriminator);
      to.addSchema(at);
      const base = writer.base;
      writer.rule(to.ruleOf(to.part()));
      writer.give(rule, base);
    }
  }

  /** The name of the property that tells alternatives apart, a string; NOWHERE if none is named. */
  private discriminator(part: u32, index: u32): u32 {
    const to = this.to;
    const discriminator = to.member(part, index, DISCRIMINATOR);
    if (discriminator == NOWHERE || to.document.kind(discriminator) != OBJECT) return NOWHERE;
    let at = to.document.first(discriminator);
    for (; at != NOWHERE; at = to.document.next(at)) {
      const isName = isAscii(to.document.name(at), to.document.nameLength(at), 'propertyName');
      if (isName && to.document.kind(at) == STRING) return at;
    }
    return NOWHERE;
  }

  /**
   * Refuses a oneOf if a value might match two of its schemas: it has to match exactly one, which no grammar can count.
   */
  private compare(list: u32, discriminator: u32): void {
    const to = this.to;
    const document = to.document;
    const disjoint = new Disjoint(to);
    disjoint.discriminator = discriminator;
    if (disjoint.areTagged(list)) return;
    let i = 0;
    for (let left = document.first(list); left != NOWHERE && to.ok; left = document.next(left), ++i) {
      let j = 0;
      for (let right = document.first(list); right != NOWHERE && to.ok; right = document.next(right), ++j) {
        if (left == right || disjoint.areApart(left, right)) continue;
        const schema = document.parent(list);
        if (disjoint.isTired)
          to.fail(schema, 'the schemas of oneOf are too many or too large to be compared; anyOf is taken');
        to.fail(
          schema,
          `a value may match both schemas ${min(i, j)} and ${max(i, j)} of oneOf; anyOf is taken, or types that differ`,
        );
      }
    }
  }

  /** Writes the values of a kind that a part allows as alternatives of a rule. */
  private writeKind(kind: u32, part: u32, rule: u32): void {
    const to = this.to;
    if (kind == OF_OBJECT) return writeObject(to, this.automata, part, rule);
    if (kind == OF_ARRAY) return writeArray(to, this.values, part, rule);
    if (kind == OF_STRING) return writeString(to, this.automata, part, rule);
    if (kind == OF_NUMBER || kind == OF_INTEGER) return this.numbers.write(part, kind == OF_INTEGER, rule);
    const base = to.writer.base;
    to.writer.rule(kind == OF_BOOLEAN ? to.primitives.boolean : to.primitives.null);
    to.writer.give(rule, base);
  }

  dispose(): void {
    this.automata.dispose();
    this.numbers.dispose();
    this.to.dispose();
  }
}

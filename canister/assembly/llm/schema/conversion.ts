import { Code, Problem } from '../../problem';
import { RuleWriter } from '../grammar/rule-writer';
import { HashIndex, mix } from '../../memory/hash-index';
import { ARRAY, BOOLEAN, JsonDocument, NOWHERE, NUMBER, OBJECT, STRING } from '../../json/document';
import { Automata } from '../regular/automata';
import { Decimals } from '../regular/decimals';
import { Rules } from '../grammar/rules';
import { Table } from '../../memory/table';
import { ALL_OF, ANY_OF, DISCRIMINATOR, NOT, ONE_OF, REF, isAssertion, member, nameOfWord } from './keywords';
import { Draft, MAX_ENTRIES } from './draft';
import { Patterns } from './patterns';
import { Primitives } from './primitives';
import { References } from './references';

/** Steps already taken for a schema of a part: an alternative of its anyOf, or of its oneOf, has been chosen. */
export const CHOSEN_ANY: u32 = 1;
export const CHOSEN_ONE: u32 = 2;
/** No schema but a string: the name of a property that has to be there. */
const NEEDED_NAME: u32 = 4;
const FLAG_BITS: u32 = 3;

/** Maximum depth of the recursion through references and allOf. */
const MAX_DEPTH: i32 = 256;

/** Maximum number of parts, including combinations of alternatives. */
const MAX_PARTS: u32 = 1 << 16;

const PART_BYTES: u32 = 16;
const COUNT: usize = 4;
const RULE: usize = 8;
const STATE: usize = 12;
/** A part may turn out to allow nothing without the schema being wrong, since other alternatives may be left. */
const MAY_FAIL: u32 = 1;
/** Nothing is allowed, as the schema says. */
const NEVER: u32 = 2;

/**
 * A schema during its conversion to rules. A value always has to match several schemas at once (through `$ref`,
 * `allOf`, chosen alternatives, properties that several of them have): such a set is a part, and each part becomes one
 * rule.
 *
 *     entries [ schema << 3 | steps taken: u32 ] * n      contiguous for each part, in the order of discovery
 *     parts   [ first entry: u32 | entries: u32 | rule + 1: u32 | state: u32 ] * n
 *     queue   [ part: u32 ] * n             parts whose rules have still to be written
 *
 * The first problem is kept, with its place in the schema. This file only collects; the files beside it write the rules
 * for each kind of value.
 */
@final
export class Conversion {
  /** The problem and its place in the schema; null if there is none. */
  problem: Problem | null = null;
  /** The reason why some part allows nothing, if that was no problem by itself. */
  reason: Problem | null = null;
  readonly automata: Automata;
  readonly decimals: Decimals = new Decimals();
  readonly writer: RuleWriter;
  readonly primitives: Primitives;
  readonly references: References;
  readonly patterns: Patterns;
  /** Whether the part that is being written may fail. */
  private mayFail: bool = false;
  private readonly parts: Table = new Table(PART_BYTES, MAX_PARTS);
  /** Each with the entry beside it that would be there if they were sorted. */
  private readonly entries: Table = new Table(8, MAX_ENTRIES);
  private readonly queue: Table = new Table(4, MAX_PARTS);
  private readonly index: HashIndex = new HashIndex();
  private readonly draft: Draft = new Draft();
  private never: i32 = -1;

  constructor(
    readonly document: JsonDocument,
    rules: Rules,
  ) {
    const automata = new Automata();
    const primitives = new Primitives(rules);
    this.automata = automata;
    this.writer = new RuleWriter(rules);
    this.primitives = primitives;
    this.references = new References(document);
    this.patterns = new Patterns(automata);
    this.problem = primitives.problem;
    if (!this.draft.open(document.count)) {
      this.problem = new Problem('no memory is left for the schema', Code.HEAP_FULL);
    }
  }

  get ok(): bool {
    return this.problem === null;
  }

  /** Keeps a problem at a place of the schema, unless there already is one. */
  fail(node: u32, reason: string): void {
    if (this.ok) this.problem = new Problem(`${this.document.path(node)}: ${reason}`);
  }

  /** Keeps a problem that was found elsewhere, if there is one. */
  refuse(node: u32, problem: Problem | null): void {
    if (problem !== null && this.ok) this.problem = problem.of(this.document.path(node));
  }

  /** Notes that an automaton could not be made, if so. */
  check(node: u32): void {
    this.refuse(node, this.automata.problem);
  }

  /** Notes that nothing is allowed at a place: a problem, unless other alternatives may be left. */
  contradict(node: u32, reason: string): void {
    if (!this.mayFail) this.fail(node, reason);
    else this.note(node, reason);
  }

  /** Notes why nothing is allowed at a place, unless it was noted of another one before. */
  note(node: u32, reason: string): void {
    if (this.reason === null) this.reason = new Problem(`${this.document.path(node)}: ${reason}`);
  }

  /** Begins to put a part together. */
  begin(): void {
    this.draft.begin();
  }

  /** Adds an entry of another part. */
  addEntry(entry: u32): void {
    if ((entry & 7) == 0) this.draft.mark(entry >> FLAG_BITS);
    this.push(entry);
  }

  /** Adds the name of a property that has to be there, a string. */
  addName(node: u32): void {
    this.push((node << FLAG_BITS) | NEEDED_NAME);
  }

  private push(entry: u32): void {
    if (!this.draft.push(entry)) this.fail(entry >> FLAG_BITS, TOO_MANY);
  }

  /** Adds a schema and behind it all that it leads to by `$ref` and `allOf`. */
  addSchema(schema: u32): void {
    this.addDeep(schema, 0);
  }

  private addDeep(schema: u32, depth: i32): void {
    const document = this.document;
    if (depth > MAX_DEPTH) return this.fail(schema, `references and allOf lead on more than ${MAX_DEPTH} times`);
    if (!this.ok || !this.addFresh(schema)) return;
    const reference = member(document, schema, REF);
    if (reference != NOWHERE) this.addReference(reference, depth);
    const all = member(document, schema, ALL_OF);
    if (all == NOWHERE) return;
    if (document.kind(all) != ARRAY || document.length(all) == 0) this.fail(schema, 'allOf is no list of schemas');
    for (let at = document.first(all); at != NOWHERE && this.ok; at = document.next(at)) this.addDeep(at, depth + 1);
  }

  private addReference(reference: u32, depth: i32): void {
    const document = this.document;
    if (document.kind(reference) != STRING) return this.fail(document.parent(reference), '$ref is no text');
    const target = this.references.resolve(reference);
    if (target != NOWHERE) return this.addDeep(target, depth + 1);
    const name = document.shown(document.text(reference), document.length(reference));
    this.fail(document.parent(reference), `"$ref": "${name}" leads to no part of this schema`);
  }

  /** Adds a schema that is not in the draft, unless it allows everything; whether it was added. */
  private addFresh(schema: u32): bool {
    const document = this.document;
    if (document.isTrue(schema) || !this.draft.mark(schema)) return false;
    if (document.isFalse(schema)) this.draft.isNever = true;
    else if (document.kind(schema) != OBJECT) this.fail(schema, 'a schema is an object, true or false');
    else if (document.length(schema) > 0) this.look(schema);
    this.push(schema << FLAG_BITS);
    return this.ok;
  }

  /** Looks at the keywords of a schema, once, and at its `not`. */
  private look(schema: u32): void {
    const document = this.document;
    const isNew = this.draft.look(schema);
    for (let at = document.first(schema); at != NOWHERE && this.ok; at = document.next(at)) {
      const word = document.word(at);
      if (word == 0 && isNew) {
        const name = document.shown(document.name(at), document.nameLength(at));
        this.fail(schema, `the keyword "${name}" is not supported`);
      }
      if (word != NOT) continue;
      // Generators write "never" as `not` of a schema that allows everything.
      const isAll = document.isTrue(at) || (document.kind(at) == OBJECT && document.length(at) == 0);
      if (isAll) this.draft.isNever = true;
      else this.fail(schema, 'the keyword "not" is supported only as {"not": {}}, which allows nothing');
    }
  }

  /** The part that was put together; a new one if it is. 0, and a problem, if there is no room. */
  part(): u32 {
    const draft = this.draft;
    if (!draft.sort()) this.fail(0, TOO_MANY);
    const met = draft.met;
    const count = draft.count;
    let hash: u64 = count;
    for (let i: u32 = 0; i < count; ++i) hash = mix(hash, draft.entry(i));
    for (let at = this.index.find(hash); at >= 0; at = this.index.next()) if (this.isDraft(at, count)) return at;
    const part = this.parts.append(1);
    const first = this.entries.append(count);
    if (part < 0 || first < 0 || !this.index.insert(hash, part)) {
      this.fail(0, TOO_MANY);
      return 0;
    }
    let chosen = false;
    let asserting = 0;
    for (let i: u32 = 0; i < count; ++i) {
      const entry = draft.entry(i);
      store<u32>(this.entries.row(first + i), entry, 4);
      if ((entry & (CHOSEN_ANY | CHOSEN_ONE)) != 0) chosen = true;
      if ((entry & NEEDED_NAME) == 0 && this.asserts(entry >> FLAG_BITS)) ++asserting;
    }
    let next: u32 = first;
    for (let i: u32 = 0; i < met && next < <u32>first + count; ++i) {
      const entry = draft.metEntry(i);
      if (met == count || !this.isMet(first, next, entry)) store<u32>(this.entries.row(next++), entry);
    }
    const mayFail = asserting > 1 && (chosen || this.mayFail);
    const row = this.parts.row(part);
    store<u32>(row, first);
    store<u32>(row, count, COUNT);
    store<u32>(row, 0, RULE);
    store<u32>(row, (mayFail ? MAY_FAIL : 0) | (draft.isNever ? NEVER : 0), STATE);
    return part;
  }

  private isMet(first: u32, end: u32, entry: u32): bool {
    for (let i = first; i < end; ++i) if (load<u32>(this.entries.row(i)) == entry) return true;
    return false;
  }

  private isDraft(part: u32, count: u32): bool {
    if (this.count(part) != count) return false;
    const first = load<u32>(this.parts.row(part));
    for (let i: u32 = 0; i < count; ++i) {
      if (load<u32>(this.entries.row(first + i), 4) != this.draft.entry(i)) return false;
    }
    return true;
  }

  /** Whether a schema says something about values by itself. */
  private asserts(schema: u32): bool {
    const document = this.document;
    if (document.kind(schema) != OBJECT) return false;
    for (let at = document.first(schema); at != NOWHERE; at = document.next(at)) {
      if (isAssertion(document.word(at))) return true;
    }
    return false;
  }

  /** Entries of a part. */
  count(part: u32): u32 {
    return load<u32>(this.parts.row(part), COUNT);
  }

  entry(part: u32, index: u32): u32 {
    return load<u32>(this.entries.row(load<u32>(this.parts.row(part)) + index));
  }

  /** Whether a schema is in a part as it stands. */
  has(part: u32, schema: u32): bool {
    for (let i: u32 = 0; i < this.count(part); ++i) if (this.entry(part, i) == schema << FLAG_BITS) return true;
    return false;
  }

  /** The schema of an entry; NOWHERE if it is a name. */
  schema(part: u32, index: u32): u32 {
    const entry = this.entry(part, index);
    return (entry & NEEDED_NAME) != 0 ? NOWHERE : entry >> FLAG_BITS;
  }

  /** The name of a property that has to be there, of an entry; NOWHERE if it is a schema. */
  neededName(part: u32, index: u32): u32 {
    const entry = this.entry(part, index);
    return (entry & NEEDED_NAME) != 0 ? entry >> FLAG_BITS : NOWHERE;
  }

  /** The schema that errors about a part refer to: the first in the text of those with keywords. */
  place(part: u32): u32 {
    let place: u32 = 0;
    for (let i: u32 = 0; i < this.count(part); ++i) {
      const schema = this.schema(part, i);
      if (schema == NOWHERE) continue;
      if (this.asserts(schema)) return schema;
      if (place == 0) place = schema;
    }
    return place;
  }

  /** The member of an entry's schema for a keyword; NOWHERE if missing. */
  member(part: u32, index: u32, word: u32): u32 {
    const schema = this.schema(part, index);
    return schema == NOWHERE ? NOWHERE : member(this.document, schema, word);
  }

  isNeverPart(part: u32): bool {
    return (load<u32>(this.parts.row(part), STATE) & NEVER) != 0;
  }

  /** The rule of a part. */
  ruleOf(part: u32): u32 {
    // A part that found no room has no row.
    if (!this.ok) return 0;
    if (this.isNeverPart(part)) {
      if (this.never < 0) this.never = this.writer.newRule();
      this.note(this.place(part), 'nothing is allowed here');
      return this.never;
    }
    const row = this.parts.row(part);
    if (load<u32>(row, RULE) == 0) {
      const isAny = this.count(part) == 0;
      store<u32>(row, (isAny ? this.primitives.value : this.writer.newRule()) + 1, RULE);
      const at = isAny ? 0 : this.queue.append(1);
      if (at < 0) this.fail(0, TOO_MANY);
      else if (!isAny) store<u32>(this.queue.row(at), part);
    }
    return load<u32>(row, RULE) - 1;
  }

  /** The rule of a single schema. */
  ruleOfSchema(schema: u32): u32 {
    this.begin();
    this.addSchema(schema);
    return this.ruleOf(this.part());
  }

  /** Takes a part whose rule has to be written; NOWHERE if there is none. */
  nextPart(index: u32): u32 {
    if (index >= this.queue.count) return NOWHERE;
    const part = load<u32>(this.queue.row(index));
    this.mayFail = (load<u32>(this.parts.row(part), STATE) & MAY_FAIL) != 0;
    return part;
  }

  /** A count: a part's greatest value of the keyword if `isLeast`, otherwise the least one; -1 if missing. */
  countOf(part: u32, word: u32, isLeast: bool): i64 {
    let count: i64 = -1;
    for (let i: u32 = 0; i < this.count(part); ++i) {
      const node = this.member(part, i, word);
      if (node == NOWHERE) continue;
      const one = this.counted(node, word);
      count = count < 0 ? one : isLeast ? max(count, one) : min(count, one);
    }
    return count;
  }

  private counted(node: u32, word: u32): i64 {
    const decimals = this.decimals;
    const number = this.document.kind(node) == NUMBER ? this.number(node) : NOWHERE;
    let count: i64 = 0;
    if (
      number == NOWHERE ||
      decimals.isNegative(number) ||
      !decimals.isWhole(number) ||
      decimals.exponent(number) > 10
    ) {
      this.fail(this.document.parent(node), `${nameOfWord(word)} is no number of something`);
    } else {
      for (let i = 0; i < decimals.wholeDigits(number); ++i) count = count * 10 + decimals.digit(number, i);
    }
    return count;
  }

  /** The decimal of a number. */
  number(node: u32): u32 {
    return this.decimals.of(this.document.text(node), this.document.length(node));
  }

  /** Whether a member says yes; an error if it is neither true nor false. */
  isYes(node: u32): bool {
    if (node == NOWHERE) return false;
    if (this.document.kind(node) == BOOLEAN) return this.document.isTrue(node);
    this.fail(this.document.parent(node), `${nameOfWord(this.document.word(node))} is neither true nor false`);
    return false;
  }

  dispose(): void {
    this.automata.dispose();
    this.decimals.dispose();
    this.writer.dispose();
    this.references.dispose();
    this.patterns.dispose();
    this.parts.dispose();
    this.entries.dispose();
    this.queue.dispose();
    this.index.dispose();
    this.draft.dispose();
  }
}

const TOO_MANY: string = 'alternatives of several schemas make too many together';

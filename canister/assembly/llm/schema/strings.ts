import { UNBOUNDED } from '../grammar/rule-writer';
import { NOWHERE, STRING } from '../../json/document';
import { NOTHING } from '../regular/automata';
import { AutomatonRules } from './automaton-rules';
import { Conversion } from './conversion';
import { encodingOf, formatOf, numberFormatOf, patternOfEncoding, patternOfFormat } from './formats';
import { CONTENT_ENCODING, FORMAT, MAX_LENGTH, MIN_LENGTH, PATTERN } from './keywords';

/** A part's limits for strings. */
@final
export class StringLimits {
  /** Characters at least, and at most, UNBOUNDED if there is no bound. */
  readonly least: i64;
  readonly most: i64;
  /** Whether anything but lengths is said, and the automaton of the strings that fit all of it, lengths included. */
  hasAutomaton: bool = false;
  automaton: u32 = NOTHING;
  /** The same without lengths. */
  private unbounded: u32 = NOTHING;
  /** Whether no string fits. */
  isEmpty: bool = false;

  constructor(
    private readonly to: Conversion,
    private readonly part: u32,
  ) {
    this.least = max<i64>(0, to.countOf(part, MIN_LENGTH, true));
    this.most = to.countOf(part, MAX_LENGTH, false);
    for (let i: u32 = 0; i < to.count(part) && to.ok; ++i) this.addSchema(i);
    if (this.most != UNBOUNDED && this.least > this.most) {
      this.isEmpty = true;
      to.contradict(to.place(part), 'minLength is above maxLength');
    } else if (this.hasAutomaton && to.ok) this.addLengths();
  }

  private addSchema(index: u32): void {
    const to = this.to;
    const document = to.document;
    const pattern = to.member(this.part, index, PATTERN);
    const schema = to.schema(this.part, index);
    let byPattern = NOTHING;
    if (pattern != NOWHERE) {
      if (document.kind(pattern) != STRING) return to.fail(schema, 'pattern is no text');
      byPattern = to.patterns.of(document.text(pattern), document.length(pattern));
      const problem = to.automata.problem;
      if (problem !== null) return to.refuse(schema, problem.of('pattern'));
      if (byPattern == NOTHING) return this.contradict('the pattern matches no text');
      this.add(byPattern, 'no text has all of these patterns and formats');
    }
    const encoding = to.member(this.part, index, CONTENT_ENCODING);
    if (encoding != NOWHERE) this.addNamed(encoding, true, pattern, byPattern);
    const format = to.member(this.part, index, FORMAT);
    if (format != NOWHERE) this.addNamed(format, false, pattern, byPattern);
  }

  /**
   * Adds the limits of a format or an encoding. A pattern in the same schema is the generator's own form of the format.
   * So the pattern is used if no text matches both, and a format with a pattern may be unknown.
   */
  private addNamed(node: u32, isEncoding: bool, pattern: u32, byPattern: u32): void {
    const to = this.to;
    const schema = to.document.parent(node);
    if (to.document.kind(node) != STRING)
      return to.fail(schema, `${isEncoding ? 'contentEncoding' : 'format'} is no text`);
    const name = to.document.shown(to.document.text(node), to.document.length(node));
    const place = isEncoding ? encodingOf(name.toLowerCase()) : formatOf(name);
    if (place < 0) {
      if (this.hasPattern() || (!isEncoding && numberFormatOf(name) >= 0)) return;
      const what = isEncoding ? 'encoding' : 'format';
      return to.fail(schema, `the ${what} "${name}" is not supported; a pattern beside it is what counts`);
    }
    const text = isEncoding ? patternOfEncoding(place) : patternOfFormat(place);
    if (text.length == 0) return;
    const automaton = to.patterns.ofNamed(place, isEncoding);
    if (pattern != NOWHERE && to.patterns.both(byPattern, automaton) == NOTHING) return to.check(schema);
    this.add(automaton, 'no text has all of these patterns and formats');
  }

  /** Whether some schema has a pattern. */
  private hasPattern(): bool {
    for (let i: u32 = 0; i < this.to.count(this.part); ++i) {
      if (this.to.member(this.part, i, PATTERN) != NOWHERE) return true;
    }
    return false;
  }

  private add(automaton: u32, reason: string): void {
    const to = this.to;
    if (this.isEmpty) return;
    this.automaton = this.hasAutomaton ? to.patterns.both(this.automaton, automaton) : automaton;
    this.hasAutomaton = true;
    to.check(to.place(this.part));
    if (to.ok && this.automaton == NOTHING) this.contradict(reason);
  }

  private addLengths(): void {
    this.unbounded = this.automaton;
    if (this.isEmpty || (this.least == 0 && this.most == UNBOUNDED)) return;
    const to = this.to;
    this.automaton = to.patterns.ofLength(this.automaton, this.least, this.most);
    to.check(to.place(this.part));
    if (to.ok && this.automaton == NOTHING) this.contradict('no text has these patterns or formats and this length');
  }

  private contradict(reason: string): void {
    this.isEmpty = true;
    this.hasAutomaton = true;
    this.to.contradict(this.to.place(this.part), reason);
  }

  /** Whether any string fits. */
  get isAny(): bool {
    return !this.hasAutomaton && this.least == 0 && this.most == UNBOUNDED;
  }

  /** Whether a string fits, [ code point: u32 ] * length. */
  allows(text: usize, length: u32): bool {
    if (this.isEmpty || <i64>length < this.least || (this.most != UNBOUNDED && <i64>length > this.most)) return false;
    return !this.hasAutomaton || this.to.automata.accepts(this.unbounded, text, length);
  }
}

/** Writes the strings that a part allows as an alternative of a rule. */
export function writeString(to: Conversion, rules: AutomatonRules, part: u32, rule: u32): void {
  const limits = new StringLimits(to, part);
  if (!to.ok || limits.isEmpty) return;
  const writer = to.writer;
  const base = writer.base;
  if (limits.isAny) writer.rule(to.primitives.string);
  else {
    writer.text('"');
    if (limits.hasAutomaton) writer.rule(rules.of(limits.automaton, true));
    else writer.repeated(to.primitives.char, limits.least, limits.most);
    writer.text('"');
    writer.rule(to.primitives.space);
  }
  writer.give(rule, base);
}

import { Problem } from '../../problem';
import { RuleWriter } from '../grammar/rule-writer';
import { CLASS, Rules, TOKEN } from '../grammar/rules';
import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode } from '../../utf8';
import { Tokenizer } from '../tokenizer/tokenizer';
import { DIGITS, KEY, Literal, NO_TOKEN, WORD } from './literal';

/** Most characters of an id. */
const MAX_ID: i64 = 64;

/** Writes rules for the texts of a format. A rule that is passed as the continuation is written after the text. */
@final
export class FormatRules {
  readonly writer: RuleWriter;
  private digits: i32 = -1;
  private idCharacter: i32 = -1;
  private blank: i32 = -1;

  constructor(
    readonly rules: Rules,
    private readonly tokenizer: Tokenizer,
  ) {
    this.writer = new RuleWriter(rules);
  }

  /** Null, or the problem. */
  get problem(): Problem | null {
    return this.writer.problem;
  }

  /** Writes a literal. False if it ends the answer: nothing may follow then. */
  literal(literal: Literal, key: string = '', word: string = ''): bool {
    return this.literalFrom(literal, 0, key, word);
  }

  /** Writes a literal from its byte `from` on. */
  literalFrom(literal: Literal, from: i32, key: string = '', word: string = ''): bool {
    const bytes = literal.bytes;
    const writer = this.writer;
    for (let at = from; at < bytes.length;) {
      const token = literal.tokenAt(at);
      if (token != NO_TOKEN) {
        if (this.tokenizer.isEndOfGeneration(token)) return false;
        writer.element(TOKEN, token);
        at += this.tokenizer.vocabulary.length(token);
        continue;
      }
      const byte = bytes[at];
      if (byte == DIGITS) {
        writer.repeated(this.digitRule(), 1, 3);
        ++at;
      } else if (byte == WORD || byte == KEY) {
        this.text(byte == WORD ? word : key);
        ++at;
      } else {
        const begin = changetype<usize>(bytes);
        const decoded = decode(begin + at, begin + bytes.length);
        writer.point(decoded & DECODED_CODE_POINT);
        at += decoded >> DECODED_LENGTH_SHIFT;
      }
    }
    return true;
  }

  /** Writes a text. */
  text(text: string): void {
    for (let i = 0; i < text.length; ++i) {
      const point = text.codePointAt(i);
      if (point > 0xffff) ++i;
      this.writer.point(point);
    }
  }

  /** Writes the range of white space that models put between marks. */
  space(): void {
    if (this.blank < 0) {
      const classes = this.rules.classes;
      classes.begin();
      classes.add(0x0a, 0x0a);
      classes.add(0x20, 0x20);
      this.blank = this.ruleOfClass(classes.end(false));
    }
    this.writer.repeated(this.blank, 0, 2);
  }

  /** Writes a call's number, as templates and models form it. */
  id(): void {
    if (this.idCharacter < 0) {
      const classes = this.rules.classes;
      classes.begin();
      classes.add(0x30, 0x39);
      classes.add(0x41, 0x5a);
      classes.add(0x61, 0x7a);
      classes.add(0x5f, 0x5f);
      classes.add(0x2d, 0x2d);
      this.idCharacter = this.ruleOfClass(classes.end(false));
    }
    this.writer.repeated(this.idCharacter, 1, MAX_ID);
  }

  private digitRule(): u32 {
    if (this.digits < 0) {
      const classes = this.rules.classes;
      classes.begin();
      classes.add(0x30, 0x39);
      this.digits = this.ruleOfClass(classes.end(false));
    }
    return this.digits;
  }

  private ruleOfClass(number: i32): u32 {
    const writer = this.writer;
    const rule = writer.newRule();
    const base = writer.base;
    writer.element(CLASS, number);
    writer.give(rule, base);
    return rule;
  }

  /**
   * The rule of any text up to a mark, the mark, and then `next`. If the mark begins with a control token, that token
   * alone decides; otherwise its characters do, wherever they are. The mark may not be empty.
   *
   * @param mayEnd   the text may end without the mark
   * @param passed   control tokens that may stand in the text; no others may
   * @param strict   characters of the mark that nothing else may begin with
   */
  until(mark: Literal, next: u32, mayEnd: bool, passed: i32[], strict: i32 = i32.MAX_VALUE): u32 {
    if (mark.tokenAt(0) == NO_TOKEN) return this.untilText(mark, next, mayEnd, passed, strict);
    const writer = this.writer;
    const rule = this.anything(mayEnd, passed);
    const base = writer.base;
    this.literal(mark);
    writer.rule(next);
    writer.give(rule, base);
    return rule;
  }

  /** A rule of any character, or of a control token of a list, repeated; it may end if `mayEnd`. */
  anything(mayEnd: bool, passed: i32[]): u32 {
    const writer = this.writer;
    const classes = this.rules.classes;
    classes.begin();
    const any = classes.end(true);
    const rule = writer.newRule();
    const base = writer.base;
    writer.element(CLASS, any);
    writer.rule(rule);
    writer.give(rule, base);
    for (let i = 0; i < passed.length; ++i) this.giveToken(rule, passed[i], rule);
    if (mayEnd) writer.give(rule, writer.base);
    return rule;
  }

  /** Adds an alternative to a rule: a token, then another rule. */
  private giveToken(rule: u32, token: i32, next: u32): void {
    const writer = this.writer;
    const base = writer.base;
    writer.element(TOKEN, token);
    writer.rule(next);
    writer.give(rule, base);
  }

  /** An automaton that finds the mark (Knuth, Morris, Pratt): one rule for each number of matched characters. */
  private untilText(mark: Literal, next: u32, mayEnd: bool, passed: i32[], strict: i32): u32 {
    const points = pointsOf(mark.text);
    const writer = this.writer;
    const states: u32[] = [];
    for (let i = 0; i < points.length; ++i) states.push(writer.newRule());
    const classes = this.rules.classes;
    classes.begin();
    for (let i = 0; i < points.length; ++i) classes.add(points[i], points[i]);
    const others = classes.end(true);
    for (let state = 0; state < points.length; ++state) {
      const rule = states[state];
      for (let i = 0; i < points.length; ++i) {
        if (points.indexOf(points[i]) != i || (state >= strict && points[i] != points[state])) continue;
        const base = writer.base;
        writer.point(points[i]);
        const behind = longestStart(points, state, points[i]);
        writer.rule(behind == points.length ? next : states[behind]);
        writer.give(rule, base);
      }
      if (state >= strict) continue;
      const base = writer.base;
      writer.element(CLASS, others);
      writer.rule(states[0]);
      writer.give(rule, base);
      for (let i = 0; i < passed.length; ++i) this.giveToken(rule, passed[i], states[0]);
      if (mayEnd) writer.give(rule, writer.base);
    }
    return states[0];
  }

  /**
   * Adds alternatives to a rule: any text that does not begin with a brace, apart from white space, and then the rule.
   */
  otherwise(rule: u32, passed: i32[]): void {
    const writer = this.writer;
    const classes = this.rules.classes;
    classes.begin();
    classes.add(0x09, 0x0d);
    classes.add(0x20, 0x20);
    const blank = classes.end(false);
    classes.begin();
    classes.add(0x09, 0x0d);
    classes.add(0x20, 0x20);
    classes.add(0x7b, 0x7b);
    const first = classes.end(true);
    const rest = this.anything(true, passed);
    for (let i = 0; i < passed.length; ++i) this.giveToken(rule, passed[i], rule);
    let base = writer.base;
    writer.element(CLASS, blank);
    writer.rule(rule);
    writer.give(rule, base);
    base = writer.base;
    writer.element(CLASS, first);
    writer.rule(rest);
    writer.give(rule, base);
  }

  /** A rule with one alternative, the one that was written since `base`. */
  made(base: u32): u32 {
    const rule = this.writer.newRule();
    this.writer.give(rule, base);
    return rule;
  }

  /** The empty rule. */
  nothing(): u32 {
    return this.made(this.writer.base);
  }

  dispose(): void {
    this.writer.dispose();
  }
}

function pointsOf(text: string): i32[] {
  const points: i32[] = [];
  for (let i = 0; i < text.length; ++i) {
    const point = text.codePointAt(i);
    if (point > 0xffff) ++i;
    points.push(point);
  }
  return points;
}

/** The length of the longest beginning of `points` that ends its first `state` characters followed by `point`. */
function longestStart(points: i32[], state: i32, point: i32): i32 {
  for (let length = state + 1; length > 0; --length) {
    if (points[length - 1] != point) continue;
    let isSame = true;
    for (let i = 0; i < length - 1 && isSame; ++i) isSame = points[i] == points[state - length + 1 + i];
    if (isSame) return length;
  }
  return 0;
}

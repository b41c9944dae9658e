import { Code, Problem } from '../../problem';
import { Tokenizer } from '../tokenizer/tokenizer';
import { GbnfScanner, isDigit, isNewline, isWord } from './gbnf-scanner';
import { MAX_DEPTH, MAX_ELEMENTS, MAX_GRAMMAR_BYTES, MAX_REPETITIONS } from './limits';
import { whyRecursive } from './left-recursion';
import { dropEndless } from './productive';
import { PendingElements, UNBOUNDED } from './pending-elements';
import { RuleNames } from './rule-names';
import { CHARACTER, CLASS, NOWHERE, OTHER_TOKEN, RULE, Rules, TOKEN } from './rules';

/**
 * Reads GBNF, llama.cpp's notation (llama.cpp, grammars/README.md):
 *
 *     grammar     { name ::= alternatives newline }          the text matches the rule "root"; # begins a comment
 *     alternatives  sequence { | sequence }
 *     sequence    { item [ * | + | ? | {m} | {m,} | {m,n} ] }
 *     item        "text"  [a-z]  [^a-z]  .  name  ( alternatives )  <token>  <[id]>  !<token>  !<[id]>
 *     escapes     \n \r \t \\ \" \[ \] \- \xHH \uHHHH \UHHHHHHHH
 *
 * A newline ends a rule unless it is in parentheses, after ::= or after |. If a rule is defined twice, the last
 * definition counts. llama.cpp ignores a bound of more than 2000 repetitions; here it is kept.
 */
@final
export class GbnfParser {
  private readonly names: RuleNames = new RuleNames();
  private readonly scanner: GbnfScanner = new GbnfScanner();
  private readonly pending: PendingElements;

  constructor(
    private readonly rules: Rules,
    /** Finds the tokens that a grammar names; null if there is none. */
    private readonly tokenizer: Tokenizer | null,
  ) {
    this.pending = new PendingElements(rules);
  }

  /** Reads a whole grammar, `bytes` bytes at `text`, into the rules. Null, or the problem with its line. */
  parse(text: usize, bytes: u32): Problem | null {
    let problem = this.define(text, bytes);
    if (problem === null) problem = this.check();
    this.dispose();
    return problem;
  }

  /** Reads some of the rules; `ruleOf` finds them until `dispose`. Null, or the problem. */
  define(text: usize, bytes: u32): Problem | null {
    if (bytes > MAX_GRAMMAR_BYTES) {
      return new Problem(`the grammar has ${bytes} bytes; at most ${MAX_GRAMMAR_BYTES} are accepted`);
    }
    if (!this.names.open(bytes)) return noMemory();
    const scanner = this.scanner;
    scanner.open(text, bytes);
    scanner.skipSpace(true);
    while (scanner.ok && !scanner.atEnd) this.parseRule();
    return scanner.problem;
  }

  /** Number of the rule of a name, or -1. */
  ruleOf(name: string): i32 {
    const text = String.UTF8.encode(name);
    return this.names.find(changetype<usize>(text), text.byteLength);
  }

  dispose(): void {
    this.names.dispose();
    this.pending.dispose();
  }

  /** The problem that only shows at the end, or null. */
  private check(): Problem | null {
    const rules = this.rules;
    for (let rule: u32 = 0; rule < rules.count; ++rule) {
      if (rules.firstAlternative(rule) != NOWHERE) continue;
      return new Problem(`the grammar has no rule "${this.names.nameOf(rule)}", which another names`);
    }
    const root = this.ruleOf('root');
    if (root < 0) return new Problem('the grammar has no rule "root", which the text is made by');
    rules.root = root;
    const why = whyRecursive(rules, this.names);
    return why !== null || dropEndless(rules) ? why : noMemory();
  }

  private fail(what: string): void {
    this.scanner.fail(what);
  }

  private push(kind: u32, value: u32): void {
    if (!this.pending.push(kind, value)) this.fail(TOO_LARGE);
  }

  /** `name ::= alternatives` and the newlines after it. */
  private parseRule(): void {
    const scanner = this.scanner;
    const rule = this.parseName();
    if (rule < 0) return;
    scanner.skipSpace(false);
    if (!scanner.expect(0x3a, '"::="') || !scanner.expect(0x3a, '"::="') || !scanner.expect(0x3d, '"::="')) return;
    scanner.skipSpace(true);
    this.rules.clear(rule);
    this.parseAlternatives(rule, 0);
    if (!scanner.ok) return;
    if (!scanner.atEnd && !isNewline(scanner.next)) return this.fail('the end of the rule was expected');
    scanner.skipSpace(true);
  }

  /** Number of the rule named at the scanner; -1, and a problem, if there is no name. */
  private parseName(): i32 {
    const name = this.scanner.at;
    const length = this.scanner.skipWord();
    if (length == 0) {
      this.fail('the name of a rule was expected (letters, digits and -)');
      return -1;
    }
    const known = this.names.find(name, length);
    if (known >= 0) return known;
    const rule = this.rules.addRule();
    if (rule < 0) this.fail(TOO_LARGE);
    else if (!this.names.add(name, length, rule)) this.fail('there is no room for another name');
    return rule;
  }

  private parseAlternatives(rule: u32, depth: i32): void {
    for (;;) {
      const base = this.pending.count;
      this.parseSequence(depth);
      if (!this.scanner.ok) return;
      if (!this.pending.moveTo(rule, base)) return this.fail(TOO_LARGE);
      if (this.scanner.next != 0x7c) return;
      ++this.scanner.at;
      this.scanner.skipSpace(true);
    }
  }

  private parseSequence(depth: i32): void {
    const scanner = this.scanner;
    // The beginning of the item that a repetition applies to.
    let item = this.pending.count;
    for (;;) {
      const before = this.pending.count;
      switch (scanner.next) {
        case 0x22:
          this.parseText();
          item = before;
          break;
        case 0x5b:
          this.parseClass();
          item = before;
          break;
        case 0x3c:
        case 0x21:
          this.parseToken();
          item = before;
          break;
        case 0x28:
          this.parseGroup(depth);
          item = before;
          break;
        case 0x2e:
          ++scanner.at;
          this.rules.classes.begin();
          this.endClass(true);
          item = before;
          break;
        case 0x2a:
          ++scanner.at;
          this.repeat(item, 0, UNBOUNDED);
          break;
        case 0x2b:
          ++scanner.at;
          this.repeat(item, 1, UNBOUNDED);
          break;
        case 0x3f:
          ++scanner.at;
          this.repeat(item, 0, 1);
          break;
        case 0x7b:
          this.parseRepetitions(item, depth > 0);
          break;
        default: {
          if (!isWord(scanner.next)) return;
          const rule = this.parseName();
          if (rule >= 0) this.push(RULE, rule);
          item = before;
        }
      }
      if (!scanner.ok) return;
      scanner.skipSpace(depth > 0);
    }
  }

  private parseText(): void {
    const scanner = this.scanner;
    ++scanner.at;
    while (scanner.ok && scanner.next != 0x22) {
      const point = scanner.takeCharacter();
      if (scanner.ok) this.push(CHARACTER, point);
    }
    ++scanner.at;
  }

  private parseClass(): void {
    const scanner = this.scanner;
    ++scanner.at;
    const negated = scanner.next == 0x5e;
    if (negated) ++scanner.at;
    if (scanner.next == 0x5d) return this.fail('the class of characters is empty');
    const classes = this.rules.classes;
    classes.begin();
    while (scanner.ok && scanner.next != 0x5d) {
      const first = scanner.takeCharacter();
      let last = first;
      if (scanner.ok && scanner.next == 0x2d && scanner.second != 0x5d) {
        ++scanner.at;
        last = scanner.takeCharacter();
      }
      if (scanner.ok && !classes.add(first, last)) this.fail(TOO_LARGE);
    }
    if (!scanner.ok) return;
    ++scanner.at;
    this.endClass(negated);
  }

  private endClass(negated: bool): void {
    const number = this.rules.classes.end(negated);
    if (number < 0) this.fail(TOO_LARGE);
    else this.push(CLASS, number);
  }

  /** `<token>` or `<[id]>`, or any other with "!" before it. */
  private parseToken(): void {
    const scanner = this.scanner;
    const kind = scanner.next == 0x21 ? OTHER_TOKEN : TOKEN;
    if (kind == OTHER_TOKEN) ++scanner.at;
    const from = scanner.at;
    if (!scanner.expect(0x3c, '"<"')) return;
    const tokenizer = this.tokenizer;
    if (tokenizer == null) return this.fail('tokens can only be named where there is a vocabulary');
    let id: i64 = -1;
    if (scanner.next == 0x5b) {
      ++scanner.at;
      id = scanner.takeNumber(u32.MAX_VALUE);
      if (!scanner.ok || !scanner.expect(0x5d, '"]"') || !scanner.expect(0x3e, '">"')) return;
    } else {
      while (!scanner.atEnd && scanner.next != 0x3e) ++scanner.at;
      if (!scanner.expect(0x3e, '">"')) return;
      const problem = tokenizer.encode(from, <u32>(scanner.at - from), false, true);
      if (problem === null && tokenizer.count == 1) id = load<i32>(tokenizer.tokens);
    }
    if (id < 0 || id >= <i64>tokenizer.size) {
      scanner.at = from;
      return this.fail('this is not one token of the vocabulary');
    }
    this.push(kind, <u32>id);
  }

  private parseGroup(depth: i32): void {
    if (depth >= MAX_DEPTH) return this.fail(`groups are nested more than ${MAX_DEPTH} deep`);
    ++this.scanner.at;
    this.scanner.skipSpace(true);
    const rule = this.rules.addRule();
    if (rule < 0) return this.fail(TOO_LARGE);
    this.parseAlternatives(rule, depth + 1);
    if (this.scanner.ok && this.scanner.expect(0x29, '")"')) this.push(RULE, rule);
  }

  /** `{m}`, `{m,}` or `{m,n}`. */
  private parseRepetitions(item: u32, newlines: bool): void {
    const scanner = this.scanner;
    ++scanner.at;
    scanner.skipSpace(newlines);
    const least = scanner.takeNumber(MAX_REPETITIONS);
    let most = least;
    scanner.skipSpace(newlines);
    if (scanner.ok && scanner.next == 0x2c) {
      ++scanner.at;
      scanner.skipSpace(newlines);
      most = isDigit(scanner.next) ? scanner.takeNumber(MAX_REPETITIONS) : UNBOUNDED;
      scanner.skipSpace(newlines);
    }
    if (!scanner.ok || !scanner.expect(0x7d, '"}"')) return;
    if (most < least) return this.fail(`at least ${least} and at most ${most} repetitions are none at all`);
    this.repeat(item, least, most);
  }

  /** Repeats the pending elements from `item` on. */
  private repeat(item: u32, least: u32, most: u32): void {
    if (this.pending.count == item) this.fail('there is nothing to be repeated');
    else if (!this.pending.repeat(item, least, most)) this.fail(TOO_LARGE);
  }
}

const TOO_LARGE: string = `it is too large: with its repetitions written out it has more than ${MAX_ELEMENTS} elements`;

function noMemory(): Problem {
  return new Problem('no memory is left for the grammar', Code.HEAP_FULL);
}

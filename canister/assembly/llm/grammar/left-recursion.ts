import { Code, Problem } from '../../problem';
import { allocate, release } from '../../memory/heap';
import { RuleNames } from './rule-names';
import { END, NOWHERE, RULE, Rules } from './rules';

/**
 * Why a grammar cannot be followed from left to right: a rule that begins with itself, possibly after something that
 * may be empty, would make its stack grow without a character. Null if there is no such rule.
 *
 * A rule may begin with itself if nothing follows (`( "a"* )*` is made of such rules): that leads back to the same
 * stack. So a cycle of the graph "begins with" is refused only if one of its edges has something after it.
 */
export function whyRecursive(rules: Rules, names: RuleNames): Problem | null {
  const search = new Search(rules);
  if (!search.open()) return new Problem('no memory is left for the grammar', Code.HEAP_FULL);
  search.findEmpty();
  const culprit = search.findCycle();
  search.dispose();
  if (culprit < 0) return null;
  const name = names.nameOf(culprit);
  return new Problem(
    name.length == 0
      ? 'the grammar is left-recursive: a group or a repetition begins with itself'
      : `the grammar is left-recursive: the rule "${name}" begins with itself`,
  );
}

/** The end of a list. */
const LAST: u32 = u32.MAX_VALUE;


@final
class Search {
  private extent: usize = 0;
  /** Whether a rule can be empty: [ u32 ] * rules */
  private empty: usize = 0;
  /**
   * The first mention of a rule among those that decide whether an alternative can be empty, and the next: [ u32 ] *
   * rules, * elements
   */
  private mentions: usize = 0;
  private nextMention: usize = 0;
  /** Elements of an alternative that are not known to be empty, at its first element: [ u32 ] * elements */
  private undecided: usize = 0;
  /** Rule and first element of an alternative, by any of its elements: [ rule: u32 | first: u32 ] * elements */
  private owner: usize = 0;
  /** Tarjan's numbers: [ order of visit + 1: u32 | lowest reachable: u32 | component + 1: u32 ] * rules */
  private numbers: usize = 0;
  /** [ rule: u32 | alternative: u32 | element: u32 ] * rules, and [ rule: u32 ] * rules */
  private path: usize = 0;
  private waiting: usize = 0;

  constructor(private readonly rules: Rules) {}

  open(): bool {
    const rules = <usize>this.rules.count;
    const elements = <usize>this.rules.elementCount;
    const bytes = rules * 36 + elements * 16;
    this.extent = allocate(bytes);
    if (this.extent == 0) return false;
    memory.fill(this.extent, 0, bytes);
    this.empty = this.extent;
    this.mentions = this.empty + rules * 4;
    this.numbers = this.mentions + rules * 4;
    this.path = this.numbers + rules * 12;
    this.waiting = this.path + rules * 12;
    this.nextMention = this.waiting + rules * 4;
    this.undecided = this.nextMention + elements * 4;
    this.owner = this.undecided + elements * 4;
    memory.fill(this.mentions, 0xff, rules * 4);
    return true;
  }

  dispose(): void {
    release(this.extent);
  }

  private isEmpty(rule: u32): bool {
    return load<u32>(this.empty + ((<usize>rule) << 2)) != 0;
  }

  /** Finds the rules that can be empty: each alternative counts down its elements that are found to be. */
  findEmpty(): void {
    const rules = this.rules;
    let known: u32 = 0;
    for (let rule: u32 = 0; rule < rules.count; ++rule) {
      for (let a = rules.firstAlternative(rule); a != NOWHERE; a = rules.nextAlternative(a)) {
        const first = rules.start(a);
        let element = first;
        while (rules.kind(element) == RULE) ++element;
        // An alternative with a character in it is never empty.
        if (rules.kind(element) != END) continue;
        if (element == first) known = this.note(rule, known);
        store<u32>(this.undecided + ((<usize>first) << 2), element - first);
        for (; element > first; --element) this.mention(element - 1, rule, first);
      }
    }
    while (known > 0) {
      const rule = load<u32>(this.waiting + ((<usize>--known) << 2));
      let element = load<u32>(this.mentions + ((<usize>rule) << 2));
      for (; element != LAST; element = load<u32>(this.nextMention + ((<usize>element) << 2))) {
        const owner = this.owner + ((<usize>element) << 3);
        const count = this.undecided + ((<usize>load<u32>(owner, 4)) << 2);
        store<u32>(count, load<u32>(count) - 1);
        if (load<u32>(count) == 0) known = this.note(load<u32>(owner), known);
      }
    }
  }

  /** Marks a rule as possibly empty, once; returns how many rules remain to be followed up. */
  private note(rule: u32, known: u32): u32 {
    if (this.isEmpty(rule)) return known;
    store<u32>(this.empty + ((<usize>rule) << 2), 1);
    store<u32>(this.waiting + ((<usize>known) << 2), rule);
    return known + 1;
  }

  private mention(element: u32, rule: u32, first: u32): void {
    const head = this.mentions + ((<usize>this.rules.value(element)) << 2);
    store<u32>(this.nextMention + ((<usize>element) << 2), load<u32>(head));
    store<u32>(head, element);
    store<u32>(this.owner + ((<usize>element) << 3), rule);
    store<u32>(this.owner + ((<usize>element) << 3), first, 4);
  }

  /** A rule of a cycle that grows, or -1. The components are Tarjan's (1972), found without recursion. */
  findCycle(): i32 {
    const rules = this.rules;
    let visits: u32 = 0;
    let waiting: u32 = 0;
    let components: u32 = 0;
    for (let root: u32 = 0; root < rules.count; ++root) {
      if (load<u32>(this.number(root)) != 0) continue;
      let depth: u32 = 1;
      waiting = this.enter(root, 0, ++visits, waiting);
      while (depth > 0) {
        const step = this.path + usize(depth - 1) * 12;
        const rule = load<u32>(step);
        const element = this.nextFirst(step);
        if (element != LAST) {
          const next = rules.value(element);
          if (load<u32>(this.number(next)) == 0) waiting = this.enter(next, depth++, ++visits, waiting);
          else if (load<u32>(this.number(next), 8) == 0) this.lower(rule, load<u32>(this.number(next)));
          continue;
        }
        const number = this.number(rule);
        if (load<u32>(number) == load<u32>(number, 4)) {
          ++components;
          let member: u32;
          do {
            member = load<u32>(this.waiting + ((<usize>--waiting) << 2));
            store<u32>(this.number(member), components, 8);
          } while (member != rule);
        }
        if (--depth > 0) this.lower(load<u32>(step - 12), load<u32>(number, 4));
      }
    }
    return this.findGrowing();
  }

  private number(rule: u32): usize {
    return this.numbers + <usize>rule * 12;
  }

  private lower(rule: u32, reachable: u32): void {
    const number = this.number(rule);
    store<u32>(number, min(load<u32>(number, 4), reachable), 4);
  }

  private enter(rule: u32, depth: u32, visit: u32, waiting: u32): u32 {
    const step = this.path + <usize>depth * 12;
    const first = this.rules.firstAlternative(rule);
    store<u32>(step, rule);
    store<u32>(step, first, 4);
    store<u32>(step, first == NOWHERE ? 0 : this.rules.start(first), 8);
    store<u32>(this.number(rule), visit);
    store<u32>(this.number(rule), visit, 4);
    store<u32>(this.waiting + ((<usize>waiting) << 2), rule);
    return waiting + 1;
  }

  /** The next rule that a rule can begin with, as an element, or LAST; advances the step. */
  private nextFirst(step: usize): u32 {
    const rules = this.rules;
    let alternative = load<u32>(step, 4);
    let element = load<u32>(step, 8);
    while (alternative != NOWHERE) {
      if (rules.kind(element) == RULE) {
        // What follows can only be a beginning if this can be empty.
        let after = element + 1;
        if (!this.isEmpty(rules.value(element))) while (rules.kind(after) != END) ++after;
        store<u32>(step, alternative, 4);
        store<u32>(step, after, 8);
        return element;
      }
      alternative = rules.nextAlternative(alternative);
      if (alternative != NOWHERE) element = rules.start(alternative);
    }
    store<u32>(step, NOWHERE, 4);
    return LAST;
  }

  /** A rule that begins with a rule of its own component and continues after it, or -1. */
  private findGrowing(): i32 {
    const rules = this.rules;
    for (let rule: u32 = 0; rule < rules.count; ++rule) {
      const component = load<u32>(this.number(rule), 8);
      for (let a = rules.firstAlternative(rule); a != NOWHERE; a = rules.nextAlternative(a)) {
        for (let element = rules.start(a); rules.kind(element) == RULE; ++element) {
          const next = rules.value(element);
          if (rules.kind(element + 1) != END && load<u32>(this.number(next), 8) == component) return rule;
          if (!this.isEmpty(next)) break;
        }
      }
    }
    return -1;
  }
}

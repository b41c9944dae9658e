import { allocate, release } from '../../memory/heap';
import { END, NOWHERE, RULE, Rules } from './rules';

/**
 * Removes the alternatives that match no text, because a rule in them never ends or has no alternative: a text that
 * began with one could not be completed. False if memory is short.
 */
export function dropEndless(rules: Rules): bool {
  const search = new Search(rules);
  if (!search.open()) return false;
  search.find();
  search.drop();
  search.dispose();
  return true;
}

/** No more mentions. */
const LAST: u32 = u32.MAX_VALUE;


@final
class Search {
  private extent: usize = 0;
  /** Whether a rule matches any text: [ u32 ] * rules */
  private makes: usize = 0;
  /** The first mention of a rule, and the next one: [ u32 ] * rules, * elements */
  private mentions: usize = 0;
  private nextMention: usize = 0;
  /** Rules of an alternative that are not known to match a text, at its first element: [ u32 ] * elements */
  private undecided: usize = 0;
  /** Rule and first element of the alternative of an element: [ u32 | u32 ] * elements */
  private owner: usize = 0;
  /** Rules that are known to match a text and whose mentions are still to be followed: [ u32 ] * rules */
  private waiting: usize = 0;
  private known: u32 = 0;

  constructor(private readonly rules: Rules) {}

  open(): bool {
    const rules = <usize>this.rules.count;
    const elements = <usize>this.rules.elementCount;
    const bytes = rules * 12 + elements * 16;
    this.extent = allocate(bytes);
    if (this.extent == 0) return false;
    memory.fill(this.extent, 0, bytes);
    this.makes = this.extent;
    this.mentions = this.makes + rules * 4;
    this.waiting = this.mentions + rules * 4;
    this.nextMention = this.waiting + rules * 4;
    this.undecided = this.nextMention + elements * 4;
    this.owner = this.undecided + elements * 4;
    memory.fill(this.mentions, 0xff, rules * 4);
    return true;
  }

  find(): void {
    const rules = this.rules;
    for (let rule: u32 = 0; rule < rules.count; ++rule) {
      for (let a = rules.firstAlternative(rule); a != NOWHERE; a = rules.nextAlternative(a)) {
        const first = rules.start(a);
        let count: u32 = 0;
        for (let element = first; rules.kind(element) != END; ++element) {
          if (rules.kind(element) != RULE) continue;
          ++count;
          this.mention(element, rule, first);
        }
        store<u32>(this.undecided + ((<usize>first) << 2), count);
        if (count == 0) this.note(rule);
      }
    }
    while (this.known > 0) {
      const rule = load<u32>(this.waiting + (usize(--this.known) << 2));
      let element = load<u32>(this.mentions + ((<usize>rule) << 2));
      for (; element != LAST; element = load<u32>(this.nextMention + ((<usize>element) << 2))) {
        const owner = this.owner + ((<usize>element) << 3);
        const count = this.undecided + ((<usize>load<u32>(owner, 4)) << 2);
        store<u32>(count, load<u32>(count) - 1);
        if (load<u32>(count) == 0) this.note(load<u32>(owner));
      }
    }
  }

  private note(rule: u32): void {
    const mark = this.makes + ((<usize>rule) << 2);
    if (load<u32>(mark) != 0) return;
    store<u32>(mark, 1);
    store<u32>(this.waiting + (usize(this.known++) << 2), rule);
  }

  private mention(element: u32, rule: u32, first: u32): void {
    const head = this.mentions + ((<usize>this.rules.value(element)) << 2);
    store<u32>(this.nextMention + ((<usize>element) << 2), load<u32>(head));
    store<u32>(head, element);
    store<u32>(this.owner + ((<usize>element) << 3), rule);
    store<u32>(this.owner + ((<usize>element) << 3), first, 4);
  }

  /** Drops the alternatives in which some rule is undecided. */
  drop(): void {
    const rules = this.rules;
    for (let rule: u32 = 0; rule < rules.count; ++rule) {
      let kept = NOWHERE;
      let a = rules.firstAlternative(rule);
      rules.clear(rule);
      while (a != NOWHERE) {
        const next = rules.nextAlternative(a);
        if (load<u32>(this.undecided + ((<usize>rules.start(a)) << 2)) == 0) {
          rules.append(rule, a, kept);
          kept = a;
        }
        a = next;
      }
    }
  }

  dispose(): void {
    release(this.extent);
  }
}

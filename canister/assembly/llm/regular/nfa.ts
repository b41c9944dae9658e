import { HashIndex } from '../../memory/hash-index';
import { Table } from '../../memory/table';
import { Automata, NOTHING } from './automata';
import { determinize } from './determinize';
import {
  AHEAD,
  BEGINNING,
  EITHER,
  EMPTY,
  ENDING,
  NOT_AHEAD,
  OF_CLASS,
  Pattern,
  REPEATED,
  SEQUENCE,
  UNBOUNDED,
  anyCharacter,
} from './pattern';
import { ACCEPT, AT_BEGINNING, AT_END, Nfa, SPLIT, STEP } from './nfa-states';
import { difference, intersection } from './product';

/**
 * The automaton of the texts that a pattern matches somewhere, as JSON Schema has it: NOTHING with a problem in `automata`
 * if it cannot be made, NOTHING alone if it matches no text.
 *
 * @param text [ code point: u32 ] * length
 */
export function ofPattern(automata: Automata, text: usize, length: u32): u32 {
  const pattern = new Pattern(text, length);
  let automaton = NOTHING;
  const problem = pattern.problem;
  if (problem === null) automaton = new PatternCompiler(automata, pattern).compile();
  else automata.fail(problem.text);
  pattern.dispose();
  return automaton;
}

/**
 * Makes a nondeterministic automaton of a pattern, from its end to its beginning: each part is given its continuation.
 */
@final
class PatternCompiler {
  private readonly nfa: Nfa;
  /** Unbounded repetitions under construction: their continuation is not complete yet. */
  private loops: u32 = 0;

  constructor(
    private readonly automata: Automata,
    private readonly pattern: Pattern,
  ) {
    this.nfa = new Nfa(pattern.classes);
  }

  compile(): u32 {
    const nfa = this.nfa;
    const any = anyCharacter(nfa.classes);
    const matched = this.node(this.pattern.root, nfa.add(ACCEPT, 0, 0));
    // The match may begin anywhere.
    const start = nfa.add(SPLIT, matched, 0);
    nfa.setRight(start, nfa.add(STEP, any, start));
    let automaton = NOTHING;
    if (nfa.isFull || any < 0) this.automata.fail('a pattern is too large');
    if (this.automata.ok) automaton = determinize(this.automata, nfa, start, true);
    nfa.dispose();
    return automaton;
  }

  /** The first state of a node's match, continued by `next`. */
  private node(node: u32, next: u32): u32 {
    const pattern = this.pattern;
    const nfa = this.nfa;
    // The parts of a sequence hang on the left.
    while (pattern.kind(node) == SEQUENCE) {
      const last = pattern.right(node);
      node = pattern.left(node);
      const isAhead = pattern.kind(last) == AHEAD || pattern.kind(last) == NOT_AHEAD;
      next = isAhead ? this.ahead(last, next, this.isBeginning(node)) : this.node(last, next);
    }
    if (nfa.isFull || !this.automata.ok) return next;
    switch (pattern.kind(node)) {
      case EMPTY:
        return next;
      case OF_CLASS:
        return nfa.add(STEP, pattern.left(node), next);
      case BEGINNING:
        return nfa.add(AT_BEGINNING, next, 0);
      case ENDING:
        return nfa.add(AT_END, next, 0);
      case EITHER: {
        let ways = this.node(pattern.right(node), next);
        let at = pattern.left(node);
        for (; pattern.kind(at) == EITHER; at = pattern.left(at)) {
          ways = nfa.add(SPLIT, this.node(pattern.right(at), next), ways);
        }
        return nfa.add(SPLIT, this.node(at, next), ways);
      }
      case REPEATED:
        return this.repeated(pattern.left(node), pattern.right(node), pattern.most(node), next);
      default:
        return this.ahead(node, next, false);
    }
  }

  /** Whether a node's match ends at the beginning of the text: "^", and lookahead after it. */
  private isBeginning(node: u32): bool {
    const pattern = this.pattern;
    let last = node;
    for (; pattern.kind(node) == SEQUENCE; node = pattern.left(node)) {
      last = pattern.right(node);
      if (pattern.kind(last) != AHEAD && pattern.kind(last) != NOT_AHEAD) return pattern.kind(last) == BEGINNING;
      last = pattern.left(node);
    }
    return pattern.kind(last) == BEGINNING;
  }

  private repeated(item: u32, least: u32, most: u32, next: u32): u32 {
    const nfa = this.nfa;
    let state = next;
    if (most == UNBOUNDED) {
      state = nfa.add(SPLIT, next, next);
      ++this.loops;
      nfa.setLeft(state, this.node(item, state));
      --this.loops;
    } else {
      for (let i = least; i < most && !nfa.isFull && this.automata.ok; ++i) {
        state = nfa.add(SPLIT, this.node(item, state), next);
      }
    }
    for (let i: u32 = 0; i < least && !nfa.isFull && this.automata.spend(1); ++i) state = this.node(item, state);
    return state;
  }

  /** Lookahead at the beginning of the continuation: makes both automata and combines them. */
  private ahead(node: u32, next: u32, atBeginning: bool): u32 {
    const item = this.pattern.left(node);
    const negated = this.pattern.kind(node) == NOT_AHEAD;
    const automata = this.automata;
    const nfa = this.nfa;
    if (this.loops > 0) return automata.fail('lookahead within a repetition without bound is not supported');
    const looked = determinize(automata, nfa, this.node(item, nfa.add(ACCEPT, 0, 0)), atBeginning);
    const follows = determinize(automata, nfa, next, atBeginning);
    const both = negated ? difference(automata, follows, looked) : intersection(automata, follows, looked);
    return both == NOTHING ? nfa.add(STEP, nfa.emptyClass(), next) : this.embed(both);
  }

  /** Copies an automaton's states; returns the first. */
  private embed(automaton: u32): u32 {
    const automata = this.automata;
    const nfa = this.nfa;
    /** State of the nfa + 1 for each state of the automaton: [ u32 ] * n; states are taken in the order they are met. */
    const todo = new Table(8, u32.MAX_VALUE);
    const index = new HashIndex();
    const first = this.place(automaton, todo, index);
    for (let i: u32 = 0; i < todo.count && !nfa.isFull && automata.ok; ++i) {
      const state = load<u32>(todo.row(i));
      const place = load<u32>(todo.row(i), 4);
      // The state becomes a chain of choices: the end of the text, if it accepts, and every edge.
      let ways = automata.isAccepting(state) ? nfa.add(AT_END, nfa.add(ACCEPT, 0, 0), 0) : NOTHING;
      for (let edge = automata.firstEdge(state), end = edge + automata.edgeCount(state); edge < end; ++edge) {
        automata.spend(1);
        const step = nfa.add(STEP, nfa.rangeClass(automata.firstOf(edge), automata.lastOf(edge)), 0);
        nfa.setRight(step, this.place(automata.targetOf(edge), todo, index));
        ways = ways == NOTHING ? step : nfa.add(SPLIT, step, ways);
      }
      nfa.setLeft(place, ways);
      nfa.setRight(place, ways);
    }
    todo.dispose();
    index.dispose();
    return first;
  }

  private place(state: u32, todo: Table, index: HashIndex): u32 {
    const hash = <u64>state * 0x9e3779b97f4a7c15;
    for (let at = index.find(hash); at >= 0; at = index.next()) {
      if (load<u32>(todo.row(at)) == state) return load<u32>(todo.row(at), 4);
    }
    const place = this.nfa.add(SPLIT, 0, 0);
    const at = todo.append(1);
    if (at < 0 || !index.insert(hash, at)) {
      this.automata.fail('no memory is left for the patterns');
      return place;
    }
    store<u32>(todo.row(at), state);
    store<u32>(todo.row(at), place, 4);
    return place;
  }
}

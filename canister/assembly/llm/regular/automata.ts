import { Problem } from '../../problem';
import { allocate, release } from '../../memory/heap';
import { Table } from '../../memory/table';

/** No state: the automaton has not been made, or accepts nothing. */
export const NOTHING: u32 = u32.MAX_VALUE;
export const LAST_POINT: u32 = 0x10ffff;
/** Code points that are no characters, the halves of pairs, lie between these. */
export const BEFORE_SURROGATES: u32 = 0xd7ff;
export const AFTER_SURROGATES: u32 = 0xe000;

const STATE_BYTES: u32 = 12;
const EDGES: usize = 4;
const ACCEPTING: usize = 8;
const EDGE_BYTES: u32 = 12;
const LAST: usize = 4;
const TARGET: usize = 8;

/** States of all automata of one conversion: 1.5 MiB. */
export const MAX_AUTOMATON_STATES: u32 = 1 << 17;
/** Their edges: 6 MiB. */
const MAX_EDGES: u32 = 1 << 19;
/** Steps of work on automata of one conversion, some 300 instructions each: stops patterns that multiply. */
const MAX_STEPS: u32 = 1 << 22;

/**
 * Deterministic finite automata over code points, all in one pool. An automaton is known by its first state.
 *
 *     states  [ first edge: u32 | edges: u32 | accepting: u32 ] * n
 *     edges   [ first code point: u32 | last: u32 | state: u32 ] * n     of a state in a row, ascending and disjoint
 *
 * An automaton is made from its first state on: `addState` for states in any number, then `open` and `addEdge` for each
 * of them in the order of their numbers. Every automaton but NOTHING accepts some text, and from every state of it that
 * is reached one that accepts can be: `finish` sees to that.
 */
@final
export class Automata {
  /** Why an automaton could not be made; null if all could. */
  problem: Problem | null = null;
  private steps: u32 = 0;
  private readonly states: Table = new Table(STATE_BYTES, MAX_AUTOMATON_STATES);
  private readonly edges: Table = new Table(EDGE_BYTES, MAX_EDGES);

  get ok(): bool {
    return this.problem === null;
  }

  /** Keeps a problem, unless there already is one. */
  fail(reason: string): u32 {
    if (this.ok) this.problem = new Problem(reason);
    return NOTHING;
  }

  /** Counts work; false, and a problem, once it has been too much. */
  spend(steps: u32): bool {
    this.steps += steps;
    if (this.steps < MAX_STEPS) return this.ok;
    this.fail('patterns and bounds take too much work together');
    return false;
  }

  get count(): u32 {
    return this.states.count;
  }

  /** A new state without edges; 0, and a problem, if there is no room. */
  addState(accepting: bool): u32 {
    const state = this.states.append(1);
    if (state < 0) {
      this.fail(TOO_LARGE);
      return 0;
    }
    const row = this.states.row(state);
    store<u32>(row, this.edges.count);
    store<u32>(row, 0, EDGES);
    store<u32>(row, u32(accepting), ACCEPTING);
    return state;
  }

  /** Begins a state's edges. */
  open(state: u32): void {
    store<u32>(this.states.row(state), this.edges.count);
  }

  /** Adds an edge to the state that was opened last; edges come in ascending order. */
  addEdge(state: u32, first: u32, last: u32, target: u32): void {
    const row = this.states.row(state);
    const count = load<u32>(row, EDGES);
    if (count > 0) {
      const before = this.edges.row(this.edges.count - 1);
      if (load<u32>(before, TARGET) == target && load<u32>(before, LAST) + 1 == first) {
        store<u32>(before, last, LAST);
        return;
      }
    }
    const edge = this.edges.append(1);
    if (edge < 0) {
      this.fail(TOO_LARGE);
      return;
    }
    const at = this.edges.row(edge);
    store<u32>(at, first);
    store<u32>(at, last, LAST);
    store<u32>(at, target, TARGET);
    store<u32>(this.states.row(state), count + 1, EDGES);
  }

  /** Adds edges for all characters. */
  addAny(state: u32, target: u32): void {
    this.addEdge(state, 0, BEFORE_SURROGATES, target);
    this.addEdge(state, AFTER_SURROGATES, LAST_POINT, target);
  }

  isAccepting(state: u32): bool {
    return load<u32>(this.states.row(state), ACCEPTING) != 0;
  }

  accept(state: u32): void {
    store<u32>(this.states.row(state), 1, ACCEPTING);
  }

  edgeCount(state: u32): u32 {
    return load<u32>(this.states.row(state), EDGES);
  }

  firstEdge(state: u32): u32 {
    return load<u32>(this.states.row(state));
  }

  firstOf(edge: u32): u32 {
    return load<u32>(this.edges.row(edge));
  }

  lastOf(edge: u32): u32 {
    return load<u32>(this.edges.row(edge), LAST);
  }

  targetOf(edge: u32): u32 {
    return load<u32>(this.edges.row(edge), TARGET);
  }

  /** The state after a code point, or NOTHING. */
  after(state: u32, point: u32): u32 {
    let low = this.firstEdge(state);
    const end = low + this.edgeCount(state);
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.lastOf(middle) < point) low = middle + 1;
      else high = middle;
    }
    return low < end && this.firstOf(low) <= point ? this.targetOf(low) : NOTHING;
  }

  /** Whether an automaton accepts a text, [ code point: u32 ] * length. */
  accepts(automaton: u32, points: usize, length: u32): bool {
    let state = automaton;
    for (let i: u32 = 0; i < length && state != NOTHING; ++i) {
      state = this.after(state, load<u32>(points + ((<usize>i) << 2)));
    }
    return state != NOTHING && this.isAccepting(state);
  }

  /**
   * Finishes the last automaton: drops the edges that lead to no accepting state. Returns it, or NOTHING if it accepts
   * nothing.
   */
  finish(automaton: u32): u32 {
    if (!this.ok) return NOTHING;
    const states = this.states.count - automaton;
    const firstEdge = this.firstEdge(automaton);
    const edges = this.edges.count - firstEdge;
    if (!this.spend(states + edges)) return NOTHING;
    // [ sources before this state's: u32 ] * (states + 1), [ source: u32 ] * edges, [ useful: u32 ] * states, list: same
    const workspace = allocate((<usize>(3 * states + edges + 2)) << 2);
    if (workspace == 0) return this.fail(NO_MEMORY);
    const places = workspace;
    const sources = places + ((<usize>(states + 2)) << 2);
    const useful = sources + ((<usize>edges) << 2);
    const list = useful + ((<usize>states) << 2);
    memory.fill(places, 0, (<usize>(states + 2)) << 2);
    memory.fill(useful, 0, (<usize>states) << 2);
    for (let edge = firstEdge; edge < firstEdge + edges; ++edge) {
      const place = places + ((<usize>(this.targetOf(edge) - automaton)) << 2);
      store<u32>(place, load<u32>(place, 8) + 1, 8);
    }
    for (let i: u32 = 0; i <= states; ++i) {
      const place = places + ((<usize>i) << 2);
      store<u32>(place, load<u32>(place) + load<u32>(place, 4), 4);
    }
    let waiting: u32 = 0;
    for (let i: u32 = 0; i < states; ++i) {
      const state = automaton + i;
      for (let edge = this.firstEdge(state), end = edge + this.edgeCount(state); edge < end; ++edge) {
        const place = places + ((<usize>(this.targetOf(edge) - automaton)) << 2);
        const at = load<u32>(place, 4);
        store<u32>(sources + ((<usize>at) << 2), i);
        store<u32>(place, at + 1, 4);
      }
      if (!this.isAccepting(state)) continue;
      store<u32>(useful + ((<usize>i) << 2), 1);
      store<u32>(list + (usize(waiting++) << 2), i);
    }
    // The sources of state i now lie from places[i] to places[i + 1].
    while (waiting > 0) {
      const i = load<u32>(list + (usize(--waiting) << 2));
      const place = places + ((<usize>i) << 2);
      for (let at = load<u32>(place), end = load<u32>(place, 4); at < end; ++at) {
        const source = load<u32>(sources + ((<usize>at) << 2));
        const flag = useful + ((<usize>source) << 2);
        if (load<u32>(flag) != 0) continue;
        store<u32>(flag, 1);
        store<u32>(list + (usize(waiting++) << 2), source);
      }
    }
    for (let i: u32 = 0; i < states; ++i) this.dropEdges(automaton + i, automaton, useful);
    const isSomething = load<u32>(useful) != 0;
    release(workspace);
    return isSomething ? automaton : NOTHING;
  }

  private dropEdges(state: u32, automaton: u32, useful: usize): void {
    const first = this.firstEdge(state);
    const end = first + this.edgeCount(state);
    let kept = first;
    for (let edge = first; edge < end; ++edge) {
      if (load<u32>(useful + ((<usize>(this.targetOf(edge) - automaton)) << 2)) == 0) continue;
      if (kept != edge) memory.copy(this.edges.row(kept), this.edges.row(edge), EDGE_BYTES);
      ++kept;
    }
    store<u32>(this.states.row(state), kept - first, EDGES);
  }

  dispose(): void {
    this.states.dispose();
    this.edges.dispose();
  }
}

const TOO_LARGE: string = `patterns and bounds make more than ${MAX_AUTOMATON_STATES} states`;
const NO_MEMORY: string = 'no memory is left for the patterns';

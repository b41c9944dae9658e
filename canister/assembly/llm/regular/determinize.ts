import { allocate, release } from '../../memory/heap';
import { HashIndex, mix } from '../../memory/hash-index';
import { heapify, sortHeap } from '../sampling/selection';
import { Table } from '../../memory/table';
import { Alphabet } from './alphabet';
import { Automata, MAX_AUTOMATON_STATES, NOTHING } from './automata';
import { ACCEPT, AT_BEGINNING, AT_END, Nfa, SPLIT, STEP } from './nfa-states';

/**
 * A deterministic automaton for a nondeterministic one from a state on, either at the beginning of the text or anywhere
 * in it; it is a problem if the difference matters.
 */
export function determinize(automata: Automata, nfa: Nfa, start: u32, atBeginning: bool): u32 {
  if (!automata.ok || nfa.isFull) return automata.fail('a pattern is too large');
  const work = new Determinizer(automata, nfa);
  const automaton = work.make(start, atBeginning);
  work.dispose();
  return automaton;
}

/**
 * The construction by subsets (Rabin, Scott 1959): a state stands for a set of states of the other automaton.
 *
 *     sets    [ first member: u32 | members: u32 ] * states
 *     members [ state of the other: u32 ] * n     contiguous for each set, only those that need a character or the end
 *
 * If ACCEPT is a member, no other member matters, so all such sets are one.
 */
@final
class Determinizer {
  private readonly sets: Table = new Table(8, MAX_AUTOMATON_STATES);
  private readonly members: Table = new Table(4, 1 << 21);
  private readonly index: HashIndex = new HashIndex();
  /** States found for the next set, [ u64 ] * n, and those still to be looked at, [ u32 ] * n. */
  private readonly found: Table = new Table(8, 1 << 18);
  private readonly todo: Table = new Table(4, 1 << 18);
  private readonly alphabet: Alphabet;
  /** The last round that visited each state: [ u32 ] * states of the other. */
  private marks: usize = 0;
  private round: u32 = 0;
  private accepts: bool = false;
  /** Whether the states that are being found may be at the beginning of the text or not. */
  private isAnywhere: bool = false;
  private automaton: u32 = 0;

  constructor(
    private readonly automata: Automata,
    private readonly nfa: Nfa,
  ) {
    this.alphabet = new Alphabet(nfa.classes);
  }

  make(start: u32, atBeginning: bool): u32 {
    const automata = this.automata;
    const bytes = (<usize>this.nfa.count) << 2;
    this.marks = allocate(bytes);
    if (this.marks == 0) return automata.fail(NO_MEMORY);
    memory.fill(this.marks, 0, bytes);
    this.useClasses(start);
    if (this.alphabet.isFull) return automata.fail('the classes of a pattern are too large');
    this.automaton = automata.count;
    this.begin();
    this.isAnywhere = !atBeginning;
    this.reach(start, atBeginning);
    this.isAnywhere = false;
    this.addSet(atBeginning);
    const targets = allocate((<usize>this.alphabet.count + 1) << 2);
    if (targets == 0) return automata.fail(NO_MEMORY);
    for (let i: u32 = 0; i < this.sets.count && automata.ok; ++i) this.follow(i, targets);
    release(targets);
    return automata.ok ? automata.finish(this.automaton) : NOTHING;
  }

  /** Tells the alphabet of the classes of all states that are reached. */
  private useClasses(start: u32): void {
    const nfa = this.nfa;
    const classes = new HashIndex();
    this.begin();
    this.push(start);
    while (this.todo.count > 0) {
      const state = this.pop();
      const kind = nfa.kind(state);
      if (kind == ACCEPT) continue;
      if (kind == STEP) {
        const hash = mix(0, nfa.left(state));
        if (classes.find(hash) < 0) {
          this.alphabet.use(nfa.left(state));
          if (!classes.insert(hash, nfa.left(state))) this.alphabet.isFull = true;
        }
      } else this.push(nfa.left(state));
      if (kind == STEP || kind == SPLIT) this.push(nfa.right(state));
    }
    classes.dispose();
    this.alphabet.make();
  }

  private begin(): void {
    this.found.count = 0;
    this.todo.count = 0;
    this.accepts = false;
    ++this.round;
  }

  private push(state: u32): void {
    const mark = this.marks + ((<usize>state) << 2);
    if (load<u32>(mark) == this.round) return;
    store<u32>(mark, this.round);
    const at = this.todo.append(1);
    if (at < 0) this.automata.fail(NO_MEMORY);
    else store<u32>(this.todo.row(at), state);
  }

  private pop(): u32 {
    return load<u32>(this.todo.row(--this.todo.count));
  }

  /** Finds the states that are reached from one without a character. */
  private reach(start: u32, atBeginning: bool): void {
    const nfa = this.nfa;
    this.push(start);
    while (this.todo.count > 0 && this.automata.spend(1)) {
      const state = this.pop();
      const kind = nfa.kind(state);
      if (kind == SPLIT) {
        this.push(nfa.left(state));
        this.push(nfa.right(state));
      } else if (kind == AT_BEGINNING) {
        if (atBeginning) this.push(nfa.left(state));
        else if (this.isAnywhere) this.automata.fail('"^" in or behind a lookahead is not supported');
      } else {
        if (kind == ACCEPT) this.accepts = true;
        const at = this.found.append(1);
        if (at < 0) this.automata.fail(NO_MEMORY);
        else store<u64>(this.found.row(at), state);
      }
    }
  }

  /** The state of the set that was found, a new one if it is. */
  private addSet(isFirst: bool): u32 {
    const found = this.found;
    if (this.accepts) {
      found.count = 1;
      store<u64>(found.row(0), u64.MAX_VALUE);
    }
    heapify(found.ptr, found.count);
    sortHeap(found.ptr, found.count);
    let hash: u64 = found.count;
    for (let i: u32 = 0; i < found.count; ++i) hash = mix(hash, load<u64>(found.row(i)));
    // At the beginning the same states may accept more.
    for (let at = isFirst ? -1 : this.index.find(hash); at >= 0; at = this.index.next()) {
      if (this.isFound(at)) return this.automaton + at;
    }
    const set = this.sets.append(1);
    const first = this.members.append(found.count);
    if (set < 0 || first < 0 || (!isFirst && !this.index.insert(hash, set))) {
      this.automata.fail(NO_MEMORY);
      return this.automaton;
    }
    for (let i: u32 = 0; i < found.count; ++i) {
      store<u32>(this.members.row(first + i), <u32>load<u64>(found.row(i)));
    }
    store<u32>(this.sets.row(set), first);
    store<u32>(this.sets.row(set), found.count, 4);
    return this.automata.addState(this.accepts || this.mayEnd(isFirst));
  }

  private isFound(set: u32): bool {
    const first = load<u32>(this.sets.row(set));
    const count = load<u32>(this.sets.row(set), 4);
    if (count != this.found.count) return false;
    for (let i: u32 = 0; i < count; ++i) {
      if (load<u32>(this.members.row(first + i)) != <u32>load<u64>(this.found.row(i))) return false;
    }
    return true;
  }

  /** Whether the states that were found accept the end of the text. */
  private mayEnd(atBeginning: bool): bool {
    const nfa = this.nfa;
    const count = this.found.count;
    this.todo.count = 0;
    ++this.round;
    for (let i: u32 = 0; i < count; ++i) this.push(<u32>load<u64>(this.found.row(i)));
    while (this.todo.count > 0 && this.automata.spend(1)) {
      const state = this.pop();
      const kind = nfa.kind(state);
      if (kind == ACCEPT) return true;
      if (kind == STEP || (kind == AT_BEGINNING && !atBeginning)) continue;
      this.push(nfa.left(state));
      if (kind == SPLIT) this.push(nfa.right(state));
    }
    return false;
  }

  /** Makes the edges of the state of a set. */
  private follow(set: u32, targets: usize): void {
    const automata = this.automata;
    const nfa = this.nfa;
    const state = this.automaton + set;
    const first = load<u32>(this.sets.row(set));
    const count = load<u32>(this.sets.row(set), 4);
    if (count == 1 && load<u32>(this.members.row(first)) == u32.MAX_VALUE) {
      automata.open(state);
      return automata.addAny(state, state);
    }
    for (let symbol: u32 = 0; symbol < this.alphabet.count && automata.spend(1 + count); ++symbol) {
      const character = this.alphabet.characterOf(symbol);
      this.begin();
      for (let i: u32 = 0; i < count; ++i) {
        const member = load<u32>(this.members.row(first + i));
        if (nfa.kind(member) != STEP || !nfa.classes.has(nfa.left(member), character)) continue;
        this.reach(nfa.right(member), false);
      }
      store<u32>(targets + ((<usize>symbol) << 2), this.found.count == 0 ? NOTHING : this.addSet(false));
    }
    automata.open(state);
    const stretches = this.alphabet.stretches;
    for (let i: u32 = 0; i < stretches.count && automata.spend(1); ++i) {
      const row = stretches.row(i);
      const target = load<u32>(targets + ((<usize>load<u32>(row, 8)) << 2));
      if (target != NOTHING) automata.addEdge(state, load<u32>(row), load<u32>(row, 4), target);
    }
  }

  dispose(): void {
    this.sets.dispose();
    this.members.dispose();
    this.index.dispose();
    this.found.dispose();
    this.todo.dispose();
    this.alphabet.dispose();
    release(this.marks);
  }
}

const NO_MEMORY: string = 'no memory is left for the patterns';

import { HashIndex, mix } from '../../memory/hash-index';
import { Table } from '../../memory/table';
import { Automata, MAX_AUTOMATON_STATES, NOTHING } from './automata';

/** The automaton of the texts that both accept; NOTHING if there are none. */
export function intersection(automata: Automata, left: u32, right: u32): u32 {
  if (left == NOTHING || right == NOTHING) return NOTHING;
  return product.of(automata, left, right, false);
}

/** The automaton of the texts that the left one accepts and the right one does not; NOTHING if there are none. */
export function difference(automata: Automata, left: u32, right: u32): u32 {
  if (left == NOTHING || right == NOTHING) return left;
  return product.of(automata, left, right, true);
}

/** Pairs of the states of both automata; for a difference, the right one may have no state left. */
@final
class Product {
  /** [ left state: u32 | right state or NOTHING: u32 ] * states of the product */
  private readonly pairs: Table = new Table(8, MAX_AUTOMATON_STATES);
  private readonly index: HashIndex = new HashIndex();
  private start: u32 = 0;
  private leavesOut: bool = false;

  of(automata: Automata, left: u32, right: u32, leavesOut: bool): u32 {
    this.leavesOut = leavesOut;
    this.start = automata.count;
    this.state(automata, left, right);
    for (let i: u32 = 0; i < this.pairs.count && automata.ok; ++i) {
      const row = this.pairs.row(i);
      automata.open(this.start + i);
      this.follow(automata, this.start + i, load<u32>(row), load<u32>(row, 4));
    }
    this.pairs.dispose();
    this.index.dispose();
    return automata.ok ? automata.finish(this.start) : NOTHING;
  }

  private state(automata: Automata, left: u32, right: u32): u32 {
    const hash = mix(left, right);
    for (let at = this.index.find(hash); at >= 0; at = this.index.next()) {
      const row = this.pairs.row(at);
      if (load<u32>(row) == left && load<u32>(row, 4) == right) return this.start + at;
    }
    const pair = this.pairs.append(1);
    if (pair < 0 || !this.index.insert(hash, pair)) {
      automata.fail('no memory is left for the patterns');
      return this.start;
    }
    store<u32>(this.pairs.row(pair), left);
    store<u32>(this.pairs.row(pair), right, 4);
    const isRight = right != NOTHING && automata.isAccepting(right);
    return automata.addState(automata.isAccepting(left) && isRight != this.leavesOut);
  }

  private follow(automata: Automata, state: u32, left: u32, right: u32): void {
    let other = right == NOTHING ? 0 : automata.firstEdge(right);
    const end = right == NOTHING ? 0 : other + automata.edgeCount(right);
    for (let edge = automata.firstEdge(left), last = edge + automata.edgeCount(left); edge < last; ++edge) {
      let from = automata.firstOf(edge);
      const to = automata.lastOf(edge);
      const target = automata.targetOf(edge);
      while (from <= to && automata.spend(1)) {
        while (other < end && automata.lastOf(other) < from) ++other;
        const first = other < end ? automata.firstOf(other) : u32.MAX_VALUE;
        if (first > from) {
          // A stretch that the right one has no edge for.
          const until = min(to, first - 1);
          if (this.leavesOut) automata.addEdge(state, from, until, this.state(automata, target, NOTHING));
          from = until + 1;
        } else {
          const until = min(to, automata.lastOf(other));
          automata.addEdge(state, from, until, this.state(automata, target, automata.targetOf(other)));
          from = until + 1;
        }
      }
    }
  }
}

/** The only one: products are made one after another, and each would be garbage that is not collected within a message. */
const product: Product = new Product();

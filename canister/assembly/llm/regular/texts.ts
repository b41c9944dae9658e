import { allocate, release } from '../../memory/heap';
import { HashIndex, mix } from '../../memory/hash-index';
import { heapify, sortHeap } from '../sampling/selection';
import { Table } from '../../memory/table';
import { Automata, MAX_AUTOMATON_STATES, NOTHING } from './automata';

/** A text ends at a node. */
const ENDS: u32 = 1 << 31;

/**
 * Collects texts and makes the automaton that accepts them and no others, a trie of them:
 *
 *     nodes   [ first child: u32 | next sibling: u32 | code point, the highest bit if a text ends: u32 | parent: u32 ] * n
 *
 * The root is the first node.
 */
@final
export class Texts {
  private readonly nodes: Table = new Table(16, MAX_AUTOMATON_STATES);
  /** Children by parent and code point. */
  private readonly children: HashIndex = new HashIndex();
  private failed: bool = false;

  constructor() {
    this.node(0, NOTHING, NOTHING);
  }

  private node(point: u32, sibling: u32, parent: u32): u32 {
    const node = this.nodes.append(1);
    if (node < 0) {
      this.failed = true;
      return 0;
    }
    const row = this.nodes.row(node);
    store<u32>(row, NOTHING);
    store<u32>(row, sibling, 4);
    store<u32>(row, point, 8);
    store<u32>(row, parent, 12);
    return node;
  }

  private pointOf(node: u32): u32 {
    return load<u32>(this.nodes.row(node), 8) & ~ENDS;
  }

  /** The beginning of every text. */
  get root(): u32 {
    return 0;
  }

  /** The place after a code point. */
  step(from: u32, point: u32): u32 {
    if (this.failed) return this.root;
    const hash = mix(from, point);
    for (let at = this.children.find(hash); at >= 0; at = this.children.next()) {
      if (this.pointOf(at) == point && load<u32>(this.nodes.row(at), 12) == from) return at;
    }
    const child = this.node(point, load<u32>(this.nodes.row(from)), from);
    store<u32>(this.nodes.row(from), child);
    if (!this.children.insert(hash, child)) this.failed = true;
    return child;
  }

  /** Ends a text. */
  end(place: u32): void {
    const row = this.nodes.row(place);
    store<u32>(row, load<u32>(row, 8) | ENDS, 8);
  }

  /** Adds a text, [ code point: u32 ] * length. */
  add(points: usize, length: u32): void {
    let place = this.root;
    for (let i: u32 = 0; i < length; ++i) place = this.step(place, load<u32>(points + ((<usize>i) << 2)));
    this.end(place);
  }

  /** The automaton; the texts are forgotten. */
  automaton(automata: Automata): u32 {
    const start = automata.count;
    const count = this.nodes.count;
    const sorting = allocate((<usize>count) << 3);
    if (this.failed || sorting == 0) automata.fail('the texts that it lists are too long together');
    for (let i: u32 = 0; i < count && automata.ok; ++i) {
      automata.addState((load<u32>(this.nodes.row(i), 8) & ENDS) != 0);
    }
    for (let i: u32 = 0; i < count && automata.spend(4); ++i) {
      let children: u32 = 0;
      for (let at = load<u32>(this.nodes.row(i)); at != NOTHING; at = load<u32>(this.nodes.row(at), 4)) {
        // Sorted the greatest first, so that the least code point is the greatest number.
        store<u64>(sorting + (usize(children++) << 3), ((<u64>~this.pointOf(at)) << 32) | at);
      }
      heapify(sorting, children);
      sortHeap(sorting, children);
      automata.open(start + i);
      for (let child: u32 = 0; child < children; ++child) {
        const pair = load<u64>(sorting + ((<usize>child) << 3));
        const point = ~(<u32>(pair >> 32));
        automata.addEdge(start + i, point, point, start + <u32>pair);
      }
    }
    release(sorting);
    this.dispose();
    return automata.ok ? automata.finish(start) : NOTHING;
  }

  dispose(): void {
    this.nodes.dispose();
    this.children.dispose();
  }
}

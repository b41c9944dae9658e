import { allocate, release } from '../../memory/heap';
import { Automata, NOTHING } from './automata';
import { intersection } from './product';

/** States that counting the characters of a text may take. */
const COUNTED_STATES: i64 = 8192;

/** The automaton of all texts of `least` to `most` characters, without bound if `most` is negative. */
export function ofLengths(automata: Automata, least: i64, most: i64): u32 {
  const counted = most < 0 ? least : most;
  if (counted > COUNTED_STATES) {
    return automata.fail(`lengths beside patterns and formats, and of names, are counted to ${COUNTED_STATES}`);
  }
  const start = automata.count;
  for (let i: i64 = 0; i <= counted; ++i) automata.addState(i >= least);
  for (let i: u32 = 0; i <= <u32>counted && automata.spend(1); ++i) {
    automata.open(start + i);
    if (i < <u32>counted) automata.addAny(start + i, start + i + 1);
    else if (most < 0) automata.addAny(start + i, start + i);
  }
  return automata.ok ? automata.finish(start) : NOTHING;
}

/**
 * The texts of an automaton with `least` to `most` characters. If counting to `most` would take too many states, a
 * lower limit applies, and the longest texts are left out.
 */
export function ofTheseLengths(automata: Automata, automaton: u32, least: i64, most: i64): u32 {
  if (automaton == NOTHING) return NOTHING;
  const extent = new Extent(automata, automaton);
  const longest = extent.longest;
  const states = <i64>extent.states;
  const shortest = extent.shortest;
  extent.dispose();
  if (shortest >= least) least = 0;
  if (longest >= 0 && most >= longest) most = -1;
  if (least == 0 && most < 0) return automaton;
  if (most >= 0) most = min(most, max(max(least, shortest), COUNTED_STATES / max<i64>(1, states)));
  const counted = ofLengths(automata, least, most);
  return counted == NOTHING ? NOTHING : intersection(automata, automaton, counted);
}

/** How long the texts of an automaton are, found by going through its states once for each length. */
@final
class Extent {
  /** Characters of the shortest text, and of the longest, -1 if there is none. */
  shortest: i64 = -1;
  longest: i64 = -1;
  /** States of the automaton. */
  states: u32 = 0;
  /** Place of each state in the list + 1, by its number: [ u32 ] * n; and the list of those that are reached. */
  private places: usize = 0;
  private list: usize = 0;
  /** Edges into each state that have not been followed, by its place, and the longest way to it: [ u32 ] * n each. */
  private open: usize = 0;
  private ways: usize = 0;

  constructor(
    private readonly automata: Automata,
    private readonly automaton: u32,
  ) {
    const bytes = (<usize>automata.count) << 2;
    this.places = allocate(4 * bytes);
    this.list = this.places + bytes;
    this.open = this.list + bytes;
    this.ways = this.open + bytes;
    if (this.places == 0) automata.fail('no memory is left for the patterns');
    else this.find(bytes);
  }

  private find(bytes: usize): void {
    memory.fill(this.places, 0, bytes);
    this.reach();
    this.findLongest();
  }

  private listed(place: u32): u32 {
    return load<u32>(this.list + ((<usize>place) << 2));
  }

  /** Lists all states, those first that are reached by fewer characters. */
  private reach(): void {
    const automata = this.automata;
    this.note(this.automaton);
    let level: u32 = 1;
    let length: i64 = 0;
    for (let i: u32 = 0; i < this.states && automata.spend(1); ++i) {
      if (i == level) {
        ++length;
        level = this.states;
      }
      const state = this.listed(i);
      if (this.shortest < 0 && automata.isAccepting(state)) this.shortest = length;
      for (let edge = automata.firstEdge(state), end = edge + automata.edgeCount(state); edge < end; ++edge) {
        const place = this.note(automata.targetOf(edge));
        const count = this.open + ((<usize>place) << 2);
        store<u32>(count, load<u32>(count) + 1);
      }
    }
  }

  /** The place of a state in the list. */
  private note(state: u32): u32 {
    const slot = this.places + ((<usize>state) << 2);
    if (load<u32>(slot) == 0) {
      store<u32>(this.list + ((<usize>this.states) << 2), state);
      store<u32>(this.open + ((<usize>this.states) << 2), 0);
      store<u32>(this.ways + ((<usize>this.states) << 2), 0);
      store<u32>(slot, ++this.states);
    }
    return load<u32>(slot) - 1;
  }

  /** Follows the edges of each state once all that lead to it have been: of a circle none is. */
  private findLongest(): void {
    const automata = this.automata;
    const ready = allocate((<usize>(this.states + 1)) << 2);
    if (ready == 0) {
      automata.fail('no memory is left for the patterns');
      return;
    }
    let waiting: u32 = 0;
    let followed: u32 = 0;
    let longest: u32 = 0;
    if (load<u32>(this.open) == 0) waiting = 1;
    store<u32>(ready, 0);
    while (waiting > 0 && automata.spend(1)) {
      const place = load<u32>(ready + (usize(--waiting) << 2));
      const state = this.listed(place);
      const way = load<u32>(this.ways + ((<usize>place) << 2));
      ++followed;
      longest = max(longest, way);
      for (let edge = automata.firstEdge(state), end = edge + automata.edgeCount(state); edge < end; ++edge) {
        const target = load<u32>(this.places + ((<usize>automata.targetOf(edge)) << 2)) - 1;
        const longer = this.ways + ((<usize>target) << 2);
        store<u32>(longer, max(load<u32>(longer), way + 1));
        const count = this.open + ((<usize>target) << 2);
        store<u32>(count, load<u32>(count) - 1);
        if (load<u32>(count) == 0) store<u32>(ready + (usize(waiting++) << 2), target);
      }
    }
    release(ready);
    // From every state an accepting one is reached, so the longest way is that of a text.
    if (followed == this.states) this.longest = longest;
  }

  dispose(): void {
    release(this.places);
  }
}

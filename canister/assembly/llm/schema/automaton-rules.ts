import { RuleWriter } from '../grammar/rule-writer';
import { CHARACTER, CLASS, RULE } from '../grammar/rules';
import { HashIndex, mix } from '../../memory/hash-index';
import { AFTER_SURROGATES, Automata, BEFORE_SURROGATES } from '../regular/automata';
import { heapify, sortHeap } from '../sampling/selection';
import { Table } from '../../memory/table';

const HEX: string = '0123456789abcdef';
/** Characters that JSON has a short escape for, and the letters of it. */
const ESCAPED: string = '\b\t\n\f\r"\\';
const ESCAPES: string = 'btnfr"\\';

/** Writes a character as JSON writes it within a string. */
export function writeCharacter(writer: RuleWriter, point: u32): void {
  if (!isEscaped(point)) return writer.point(point);
  const short = point < 0x80 ? ESCAPED.indexOf(String.fromCharCode(point)) : -1;
  if (short >= 0) return writer.text('\\' + ESCAPES.charAt(short));
  writer.text('\\u');
  for (let shift: i32 = 12; shift >= 0; shift -= 4) writer.text(HEX.charAt((point >> shift) & 15));
}

/** Whether a character is written as an escape in a string. */
function isEscaped(point: u32): bool {
  if (point > BEFORE_SURROGATES && point < AFTER_SURROGATES) return true;
  return point < 0x20 || point == 0x22 || point == 0x5c || point == 0x7f;
}

/**
 * Writes automata as rules: one for each state, except states with a single way in and a single way on. The characters
 * of the texts are written as they are, or in their JSON form within a string: escaped only if necessary, so that each
 * text has a single form.
 */
@final
export class AutomatonRules {
  /** Rules of automata that have been written: [ automaton: u32 | in a string: u32 | rule: u32 ] * n */
  private readonly written: Table = new Table(12, 1 << 20);
  private readonly index: HashIndex = new HashIndex();
  /** Elements for sets of characters: [ kind: u32 | value: u32 ] * n, by the hash of their ranges */
  private readonly sets: Table = new Table(8, 1 << 20);
  private readonly setIndex: HashIndex = new HashIndex();
  /** States of the automaton that is being written: [ state: u32 | states that lead to it: u32 | rule + 1: u32 ] * n */
  private readonly states: Table = new Table(12, 1 << 20);
  private readonly stateIndex: HashIndex = new HashIndex();
  /** Edges of one state by their targets: [ u64 ] * n, and the ranges of one target: [ first: u32 | last: u32 ] * n */
  private readonly edges: Table = new Table(8, 1 << 20);
  private readonly ranges: Table = new Table(8, 1 << 20);
  private inString: bool = false;

  constructor(
    private readonly automata: Automata,
    private readonly writer: RuleWriter,
  ) {}

  /** The rule of the texts that an automaton, not NOTHING, accepts. */
  of(automaton: u32, inString: bool): u32 {
    const hash = mix(automaton, u64(inString));
    for (let at = this.index.find(hash); at >= 0; at = this.index.next()) {
      const row = this.written.row(at);
      if (load<u32>(row) == automaton && load<u32>(row, 4) == u32(inString)) return load<u32>(row, 8);
    }
    this.inString = inString;
    const rule = this.write(automaton);
    const at = this.written.append(1);
    if (at < 0 || !this.index.insert(hash, at)) this.fail();
    else {
      store<u32>(this.written.row(at), automaton);
      store<u32>(this.written.row(at), u32(inString), 4);
      store<u32>(this.written.row(at), rule, 8);
    }
    return rule;
  }

  private fail(): void {
    this.automata.fail('no memory is left for the patterns');
  }

  private write(automaton: u32): u32 {
    this.states.count = 0;
    this.stateIndex.clear();
    this.met(automaton);
    // The first state always has a rule.
    store<u32>(this.states.row(0), 2, 4);
    for (let i: u32 = 0; i < this.states.count && this.automata.spend(4); ++i) {
      const state = load<u32>(this.states.row(i));
      this.sortEdges(state);
      for (let from: u32 = 0; from < this.edges.count; from = this.group(from)) this.met(this.target(from));
    }
    for (let i: u32 = 0; i < this.states.count && this.writer.ok && this.automata.spend(4); ++i) {
      if (this.hasRule(i)) this.writeState(i);
    }
    return this.rule(0);
  }

  /** Notes that a group of edges leads to a state. */
  private met(state: u32): void {
    const place = this.placeOf(state);
    if (place >= 0) {
      const row = this.states.row(place);
      store<u32>(row, load<u32>(row, 4) + 1, 4);
      return;
    }
    const at = this.states.append(1);
    if (at < 0 || !this.stateIndex.insert(mix(0, state), at)) return this.fail();
    store<u32>(this.states.row(at), state);
    store<u32>(this.states.row(at), 1, 4);
    store<u32>(this.states.row(at), 0, 8);
  }

  private placeOf(state: u32): i32 {
    for (let at = this.stateIndex.find(mix(0, state)); at >= 0; at = this.stateIndex.next()) {
      if (load<u32>(this.states.row(at)) == state) return at;
    }
    return -1;
  }

  /** Whether a state is not written as a part of the one that leads to it. */
  private hasRule(place: u32): bool {
    const row = this.states.row(place);
    const state = load<u32>(row);
    return load<u32>(row, 4) != 1 || this.automata.isAccepting(state) || this.automata.edgeCount(state) != 1;
  }

  private rule(place: u32): u32 {
    const row = this.states.row(place);
    if (load<u32>(row, 8) == 0) store<u32>(row, this.writer.newRule() + 1, 8);
    return load<u32>(this.states.row(place), 8) - 1;
  }

  /** Collects the edges of a state, grouped by target. */
  private sortEdges(state: u32): void {
    const automata = this.automata;
    const count = automata.edgeCount(state);
    const first = automata.firstEdge(state);
    this.edges.count = 0;
    if (this.edges.append(count) < 0) return this.fail();
    for (let i: u32 = 0; i < count; ++i) {
      store<u64>(this.edges.row(i), ((<u64>~automata.targetOf(first + i)) << 32) | ~(first + i));
    }
    heapify(this.edges.ptr, count);
    sortHeap(this.edges.ptr, count);
  }

  private target(index: u32): u32 {
    return ~(<u32>(load<u64>(this.edges.row(index)) >> 32));
  }

  /** End of the edges with the same target as the one at `from`. */
  private group(from: u32): u32 {
    let to = from + 1;
    while (to < this.edges.count && this.target(to) == this.target(from)) ++to;
    return to;
  }

  private writeState(place: u32): void {
    const automata = this.automata;
    const writer = this.writer;
    const rule = this.rule(place);
    const state = load<u32>(this.states.row(place));
    const count = automata.edgeCount(state);
    if (automata.isAccepting(state)) writer.give(rule, writer.base);
    // The edges are sorted anew for each group, because writing the target uses the same room.
    for (let from: u32 = 0; from < count && writer.ok && automata.spend(4);) {
      this.sortEdges(state);
      const to = this.group(from);
      const target = this.target(from);
      const base = writer.base;
      this.writeGroup(from, to);
      this.writeFrom(<u32>this.placeOf(target));
      writer.give(rule, base);
      from = to;
    }
  }

  /** Writes the edges of a state: its rule, or the states that are written as a part of this one. */
  private writeFrom(place: u32): void {
    while (!this.hasRule(place) && this.automata.spend(1)) {
      const state = load<u32>(this.states.row(place));
      this.sortEdges(state);
      const target = this.target(0);
      this.writeGroup(0, this.edges.count);
      place = <u32>this.placeOf(target);
    }
    this.writer.rule(this.rule(place));
  }

  /** Writes the characters of some of the sorted edges. */
  private writeGroup(from: u32, to: u32): void {
    const automata = this.automata;
    this.ranges.count = 0;
    let hash: u64 = u64(this.inString);
    for (let i = from; i < to; ++i) {
      const edge = ~(<u32>load<u64>(this.edges.row(i)));
      const at = this.ranges.append(1);
      if (at < 0) return this.fail();
      store<u32>(this.ranges.row(at), automata.firstOf(edge));
      store<u32>(this.ranges.row(at), automata.lastOf(edge), 4);
      hash = mix(hash, load<u64>(this.ranges.row(at)));
    }
    let set = this.setIndex.find(hash);
    if (set < 0) {
      const element = this.set();
      set = this.sets.append(1);
      if (set < 0 || !this.setIndex.insert(hash, set)) return this.fail();
      store<u64>(this.sets.row(set), element);
    }
    this.writer.element(load<u32>(this.sets.row(set)), load<u32>(this.sets.row(set), 4));
  }

  private first(index: u32): u32 {
    return load<u32>(this.ranges.row(index));
  }

  private last(index: u32): u32 {
    return load<u32>(this.ranges.row(index), 4);
  }

  private has(point: u32): bool {
    for (let i: u32 = 0; i < this.ranges.count; ++i) {
      if (this.first(i) <= point && point <= this.last(i)) return true;
    }
    return false;
  }

  /** The element for one character of the ranges: kind | value << 32. */
  private set(): u64 {
    const isOne = this.ranges.count == 1 && this.first(0) == this.last(0);
    const point = this.first(0);
    if (isOne && !this.isEscaped(point)) return element(CHARACTER, point);
    let needsEscape = false;
    for (let escaped: u32 = 0; escaped <= 0x7f && this.inString; ++escaped) {
      if (this.isEscaped(escaped) && this.has(escaped)) needsEscape = true;
    }
    if (isOne && point > BEFORE_SURROGATES && point < AFTER_SURROGATES) needsEscape = true;
    return needsEscape ? element(RULE, this.escapes()) : element(CLASS, this.plainClass());
  }

  /** Whether a character is written as an escape here. */
  private isEscaped(point: u32): bool {
    return isEscaped(point) && (this.inString || (point > BEFORE_SURROGATES && point < AFTER_SURROGATES));
  }

  /** The class of the characters that are written as they are. */
  private plainClass(): u32 {
    const classes = this.writer.rules.classes;
    classes.begin();
    let isThere = true;
    for (let i: u32 = 0; i < this.ranges.count && isThere; ++i) {
      let from = this.first(i);
      // Characters that need an escape are cut out, one range at a time.
      for (let point = from; point <= min<u32>(this.last(i), 0x7f) && isThere; ++point) {
        if (!this.isEscaped(point)) continue;
        if (from < point) isThere = classes.add(from, point - 1);
        from = point + 1;
      }
      if (from <= this.last(i)) isThere = isThere && classes.add(from, this.last(i));
    }
    const number = isThere ? classes.end(false) : -1;
    if (number >= 0) return number;
    this.fail();
    return 0;
  }

  /** A rule of one character, as it is or as an escape. */
  private escapes(): u32 {
    const writer = this.writer;
    const rule = writer.newRule();
    const point = this.first(0);
    if (point > BEFORE_SURROGATES && point < AFTER_SURROGATES) {
      const base = writer.base;
      writeCharacter(writer, point);
      writer.give(rule, base);
      return rule;
    }
    const plain = this.plainClass();
    if (writer.rules.classes.rangeCount(plain) > 0) {
      const base = writer.base;
      writer.element(CLASS, plain);
      writer.give(rule, base);
    }
    for (let escaped: u32 = 0; escaped < 0x80; ++escaped) {
      if (!this.isEscaped(escaped) || !this.has(escaped)) continue;
      const base = writer.base;
      writeCharacter(writer, escaped);
      writer.give(rule, base);
    }
    return rule;
  }

  dispose(): void {
    this.written.dispose();
    this.index.dispose();
    this.sets.dispose();
    this.setIndex.dispose();
    this.states.dispose();
    this.stateIndex.dispose();
    this.edges.dispose();
    this.ranges.dispose();
  }
}

function element(kind: u32, value: u32): u64 {
  return kind | ((<u64>value) << 32);
}

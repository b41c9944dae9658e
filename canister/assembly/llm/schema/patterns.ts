import { HashIndex, mix } from '../../memory/hash-index';
import { hashPoints, samePoints } from '../../json/document';
import { Automata, NOTHING } from '../regular/automata';
import { ofTheseLengths } from '../regular/lengths';
import { ofPattern } from '../regular/nfa';
import { intersection } from '../regular/product';
import { Table } from '../../memory/table';
import { patternOfEncoding, patternOfFormat } from './formats';

/** Different patterns of one schema: each is read by objects that are not collected before the message ends. */
const MAX_PATTERNS: u32 = 1024;

/** Formats or encodings, two places for each. */
const MAX_NAMED: i32 = 256;

const NOT_MADE: u32 = u32.MAX_VALUE - 1;

/**
 * The automata of the patterns of a schema, each made once however often it occurs:
 *
 *     made    [ text: u32 | length: u32 | automaton: u32 ] * n
 *     joined  [ left: u64 | right: u64 | automaton: u64 ] * n      intersections of two of them, or of one and a length
 */
@final
export class Patterns {
  private readonly made: Table = new Table(12, 1 << 16);
  private readonly index: HashIndex = new HashIndex();
  private readonly joined: Table = new Table(24, 1 << 16);
  private readonly joinedIndex: HashIndex = new HashIndex();
  /** Patterns of texts that are no part of the document: [ code point: u32 ] * n each. They are kept alive here. */
  private readonly texts: StaticArray<u32>[] = [];
  /** Automata of formats, then of encodings, by their place; 0 if not made, or the automaton + 1. */
  private readonly named: StaticArray<u32> = new StaticArray<u32>(2 * MAX_NAMED);

  constructor(private readonly automata: Automata) {}

  /** The automaton of a pattern, [ code point: u32 ] * length; NOTHING if it matches no text or there is a problem. */
  of(text: usize, length: u32): u32 {
    const hash = hashPoints(text, length);
    for (let at = this.index.find(hash); at >= 0; at = this.index.next()) {
      const row = this.made.row(at);
      if (load<u32>(row, 4) == length && samePoints(load<u32>(row), text, length)) return load<u32>(row, 8);
    }
    if (this.made.count == MAX_PATTERNS)
      return this.automata.fail(`there are more than ${MAX_PATTERNS} different patterns`);
    const automaton = ofPattern(this.automata, text, length);
    const at = this.made.append(1);
    if (at < 0 || !this.index.insert(hash, at)) return this.automata.fail('no memory is left for the patterns');
    store<u32>(this.made.row(at), <u32>text);
    store<u32>(this.made.row(at), length, 4);
    store<u32>(this.made.row(at), automaton, 8);
    return automaton;
  }

  /** The automaton of a format, or of an encoding, by its place. */
  ofNamed(place: i32, isEncoding: bool): u32 {
    const index = isEncoding ? MAX_NAMED + place : place;
    if (this.named[index] == 0) {
      const pattern = isEncoding ? patternOfEncoding(place) : patternOfFormat(place);
      this.named[index] = this.ofString(`^(?:${pattern})$`) + 1;
    }
    return this.named[index] - 1;
  }

  private ofString(text: string): u32 {
    const points = new StaticArray<u32>(text.length);
    for (let i = 0; i < text.length; ++i) points[i] = text.charCodeAt(i);
    const before = this.made.count;
    const automaton = this.of(changetype<usize>(points), points.length);
    if (this.made.count > before) this.texts.push(points);
    return automaton;
  }

  /** The intersection of two automata. */
  both(left: u32, right: u32): u32 {
    const known = this.find(left, right);
    return known != NOT_MADE ? known : this.join(left, right, intersection(this.automata, left, right));
  }

  /** The texts of an automaton with `least` to `most` characters. */
  ofLength(automaton: u32, least: i64, most: i64): u32 {
    const lengths = mix(mix(0, least), most);
    const known = this.find(automaton, lengths);
    if (known != NOT_MADE) return known;
    return this.join(automaton, lengths, ofTheseLengths(this.automata, automaton, least, most));
  }

  private find(left: u64, right: u64): u32 {
    for (let at = this.joinedIndex.find(mix(left, right)); at >= 0; at = this.joinedIndex.next()) {
      const row = this.joined.row(at);
      if (load<u64>(row) == left && load<u64>(row, 8) == right) return <u32>load<u64>(row, 16);
    }
    return NOT_MADE;
  }

  private join(left: u64, right: u64, automaton: u32): u32 {
    const at = this.joined.append(1);
    if (at < 0 || !this.joinedIndex.insert(mix(left, right), at)) {
      return this.automata.fail('no memory is left for the patterns');
    }
    store<u64>(this.joined.row(at), left);
    store<u64>(this.joined.row(at), right, 8);
    store<u64>(this.joined.row(at), automaton, 16);
    return this.automata.ok ? automaton : NOTHING;
  }

  dispose(): void {
    this.made.dispose();
    this.index.dispose();
    this.joined.dispose();
    this.joinedIndex.dispose();
  }
}

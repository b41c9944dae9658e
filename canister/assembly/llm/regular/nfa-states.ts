import { Table } from '../../memory/table';
import { CharacterClasses } from './character-classes';

/** Kinds of states. */
/** Both left and right, without a character. */
export const SPLIT: u32 = 0;
/** A character of the class left, then right. */
export const STEP: u32 = 1;
/** Left, at the beginning of the text only; at its end only. */
export const AT_BEGINNING: u32 = 2;
export const AT_END: u32 = 3;
/** The text is accepted with any continuation. */
export const ACCEPT: u32 = 4;

const MAX_NFA_STATES: u32 = 1 << 17;

/**
 * A nondeterministic automaton of a pattern:
 *
 *     states  [ kind: u32 | left: u32 | right: u32 ] * n
 */
@final
export class Nfa {
  /** Whether there was no room for a state. */
  isFull: bool = false;
  private readonly states: Table = new Table(12, MAX_NFA_STATES);
  private empty: i32 = -1;

  constructor(readonly classes: CharacterClasses) {}

  get count(): u32 {
    return this.states.count;
  }

  add(kind: u32, left: u32, right: u32): u32 {
    const state = this.states.append(1);
    if (state < 0) {
      this.isFull = true;
      return 0;
    }
    store<u32>(this.states.row(state), kind);
    store<u32>(this.states.row(state), left, 4);
    store<u32>(this.states.row(state), right, 8);
    return state;
  }

  kind(state: u32): u32 {
    return load<u32>(this.states.row(state));
  }

  left(state: u32): u32 {
    return load<u32>(this.states.row(state), 4);
  }

  right(state: u32): u32 {
    return load<u32>(this.states.row(state), 8);
  }

  setLeft(state: u32, left: u32): void {
    store<u32>(this.states.row(state), left, 4);
  }

  setRight(state: u32, right: u32): void {
    store<u32>(this.states.row(state), right, 8);
  }

  /** The class of no characters. */
  emptyClass(): u32 {
    if (this.empty < 0) {
      this.classes.begin();
      this.empty = this.ended();
    }
    return this.empty;
  }

  /** The class of the characters of one range. */
  rangeClass(first: u32, last: u32): u32 {
    this.classes.begin();
    if (!this.classes.add(first, last)) this.isFull = true;
    return this.ended();
  }

  private ended(): u32 {
    const number = this.classes.end(false);
    if (number >= 0) return number;
    this.isFull = true;
    return 0;
  }

  dispose(): void {
    this.states.dispose();
  }
}

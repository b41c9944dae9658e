import { Problem } from '../../problem';
import { allocate, release } from '../../memory/heap';
import { sortBytes, sortDescending } from '../sampling/selection';
import { ALL, NONE } from '../regular/character-classes';
import { MAX_STACKS, MAX_STATES } from './limits';
import {
  ILL_FORMED,
  NO_PARTIAL,
  anyMissing,
  beginCharacter,
  continueCharacter,
  greatestCompletion,
  isAlwaysSound,
  isAny,
  leastCompletion,
  missingBytes,
} from './partial-character';
import { CHARACTER, CLASS, OTHER_TOKEN, Rules, TOKEN } from './rules';
import { COMPLETE, NO_MEMORY, Stacks } from './stacks';
import { Table } from '../../memory/table';

/** No text of the grammar continues like this. */
export const DEAD: u32 = 1;
/** The transition has not been computed. */
const UNKNOWN: u32 = 0;
const FIRST: u32 = 2;

const STATE_BYTES: u32 = 16;
const COUNT: usize = 4;
const PARTIAL: usize = 8;
const CHAIN: usize = 12;
const BUCKETS: u32 = 16384;
/** Stacks of all states together. */
const MAX_MEMBERS: u32 = 1 << 20;

/**
 * The states in which a text can leave a grammar, as a deterministic automaton over bytes that is built on demand. A
 * state is the set of possible stacks, and the unfinished character:
 *
 *     states      [ first member: u32 | members: u32 | partial character: u32 | next in the bucket: u32 ] * n
 *     members     [ stack: u32 ] * n                  of each state in a row, descending, so that equal sets are equal
 *     transitions [ state: u16 ] * 256 for each state     by byte; UNKNOWN until computed
 */
@final
export class States {
  readonly stacks: Stacks;
  /** The state before any text, or DEAD. */
  start: u32 = DEAD;
  private readonly states: Table = new Table(STATE_BYTES, MAX_STATES);
  private readonly members: Table = new Table(4, MAX_MEMBERS);
  private readonly transitions: Table = new Table(512, MAX_STATES);
  private buckets: usize = 0;
  private sorting: usize = 0;

  constructor(private readonly rules: Rules) {
    this.stacks = new Stacks(rules);
  }

  get problem(): Problem | null {
    return this.stacks.problem;
  }

  /** Makes the first state and drops all others. A problem is left in `problem`. */
  open(): void {
    if (this.buckets == 0) this.buckets = allocate((<usize>BUCKETS) << 1);
    if (this.sorting == 0) this.sorting = allocate(sortBytes(MAX_STACKS));
    if (this.buckets == 0 || this.sorting == 0) return this.fail(NO_MEMORY);
    if (this.stacks.open() && this.forget()) this.begin();
  }

  /** Drops all states except the first and this one; returns this one's new number. */
  keep(state: u32): u32 {
    const stacks = this.stacks;
    const partial = this.partialOf(state);
    stacks.begin();
    for (let i: u32 = 0; i < this.memberCount(state); ++i) {
      if (!stacks.addSame(this.member(state, i))) return DEAD;
    }
    if (!stacks.keepFound() || !this.forget()) return DEAD;
    const kept = this.intern(partial);
    this.begin();
    return kept;
  }

  private forget(): bool {
    this.states.count = this.members.count = this.transitions.count = 0;
    memory.fill(this.buckets, 0, (<usize>BUCKETS) << 1);
    // The rows of the numbers UNKNOWN and DEAD are unused.
    if (this.states.append(FIRST) >= 0 && this.transitions.append(FIRST) >= 0) return true;
    this.fail(NO_MEMORY);
    return false;
  }

  private begin(): void {
    this.stacks.begin();
    this.start = this.stacks.addRule(this.rules.root) ? this.intern(NO_PARTIAL) : DEAD;
  }

  private fail(reason: string): void {
    this.stacks.fail(reason);
  }

  /** Whether the cache is so full that it should be dropped before the next query. */
  get isCrowded(): bool {
    return this.states.count > MAX_STATES / 2 || this.members.count > MAX_MEMBERS / 2 || this.stacks.isCrowded;
  }

  /** The state after another byte, or DEAD; DEAD, and a problem, if it cannot be computed. */
  // @ts-ignore: decorator
  @inline
  next(state: u32, byte: u32): u32 {
    const known: u32 = load<u16>(this.transitions.row(state) + ((<usize>byte) << 1));
    return known != UNKNOWN ? known : this.compute(state, byte);
  }

  /** Whether the text may end in a state. */
  isComplete(state: u32): bool {
    // COMPLETE is the least of all stacks, so it comes last.
    const count = this.memberCount(state);
    return this.partialOf(state) == NO_PARTIAL && count > 0 && this.member(state, count - 1) == COMPLETE;
  }

  /** Stacks of a state. */
  memberCount(state: u32): u32 {
    return load<u32>(this.states.row(state), COUNT);
  }

  /** A stack of a state, 0 <= index < memberCount. */
  member(state: u32, index: u32): u32 {
    return load<u32>(this.members.row(load<u32>(this.states.row(state)) + index));
  }

  private partialOf(state: u32): u32 {
    return load<u32>(this.states.row(state), PARTIAL);
  }

  /** Whether a stack has a token on top, or any other token, and not a character. */
  hasToken(stack: u32): bool {
    if (stack == COMPLETE) return false;
    const kind = this.rules.kind(this.stacks.top(stack));
    return kind == TOKEN || kind == OTHER_TOKEN;
  }

  /** Whether the token on top of a stack is `id`. */
  matchesToken(stack: u32, id: u32): bool {
    const top = this.stacks.top(stack);
    return (this.rules.value(top) == id) == (this.rules.kind(top) == TOKEN);
  }

  /** Id on top of a stack that has a token there, and whether it is any other token instead. */
  tokenOf(stack: u32): u32 {
    return this.rules.value(this.stacks.top(stack));
  }

  isOtherToken(stack: u32): bool {
    return this.rules.kind(this.stacks.top(stack)) == OTHER_TOKEN;
  }

  /** The state after a token that the grammar names, or that has led from `state` to `byText` as text. */
  afterToken(state: u32, id: u32, byText: u32): u32 {
    const stacks = this.stacks;
    let named = false;
    stacks.begin();
    for (let i: u32 = 0; i < this.memberCount(state); ++i) {
      const stack = this.member(state, i);
      if (!this.hasToken(stack) || !this.matchesToken(stack, id)) continue;
      named = true;
      if (!stacks.addAfter(stack)) return DEAD;
    }
    if (!named) return byText;
    if (byText != DEAD) {
      // A state cannot combine text that ends within a character with the named token's continuation, which begins with
      // a whole one.
      if (this.partialOf(byText) != NO_PARTIAL) return this.intern(NO_PARTIAL);
      for (let i: u32 = 0; i < this.memberCount(byText); ++i) {
        if (!stacks.addSame(this.member(byText, i))) return DEAD;
      }
    }
    return this.intern(NO_PARTIAL);
  }

  private compute(state: u32, byte: u32): u32 {
    const result = this.follow(state, byte);
    // A transition that could not be computed is not cached.
    if (this.problem !== null) return DEAD;
    store<u16>(this.transitions.row(state) + ((<usize>byte) << 1), <u16>result);
    return result;
  }

  private follow(state: u32, byte: u32): u32 {
    const begun = this.partialOf(state);
    let character: u32;
    if (begun != NO_PARTIAL) {
      character = continueCharacter(begun, byte);
      if (character == ILL_FORMED) return DEAD;
      if (missingBytes(begun) == 1) return this.afterCharacter(state, character, isAny(begun));
      if (isAny(begun)) return this.sameStacks(state, character);
    } else {
      if (byte < 0x80) return this.afterCharacter(state, byte, false);
      character = beginCharacter(byte);
      if (character == ILL_FORMED) return DEAD;
    }
    return this.withinCharacter(state, character);
  }

  /** The state after a whole character; any character if `any`. */
  private afterCharacter(state: u32, point: u32, any: bool): u32 {
    const stacks = this.stacks;
    stacks.begin();
    const count = this.memberCount(state);
    stacks.work += count;
    for (let i: u32 = 0; i < count; ++i) {
      const stack = this.member(state, i);
      if (stack == COMPLETE || !(any || this.rules.matches(stacks.top(stack), point))) continue;
      if (!stacks.addAfter(stack)) return DEAD;
    }
    return this.intern(NO_PARTIAL);
  }

  private sameStacks(state: u32, character: u32): u32 {
    this.stacks.begin();
    for (let i: u32 = 0; i < this.memberCount(state); ++i) {
      if (!this.stacks.addSame(this.member(state, i))) return DEAD;
    }
    return this.intern(character);
  }

  /** The state within a character: the stacks that can still match it. */
  private withinCharacter(state: u32, character: u32): u32 {
    const stacks = this.stacks;
    const least = leastCompletion(character);
    const greatest = greatestCompletion(character);
    let any = isAlwaysSound(character);
    stacks.begin();
    const count = this.memberCount(state);
    stacks.work += count;
    for (let i: u32 = 0; i < count; ++i) {
      const stack = this.member(state, i);
      if (stack == COMPLETE) continue;
      const top = stacks.top(stack);
      const kind = this.rules.kind(top);
      const value = this.rules.value(top);
      if (kind == CHARACTER) {
        if (value < least || value > greatest) continue;
        any = false;
      } else if (kind == CLASS) {
        const overlap = this.rules.classes.overlap(value, least, greatest);
        if (overlap == NONE) continue;
        if (overlap != ALL) any = false;
      } else continue;
      if (!stacks.addSame(stack)) return DEAD;
    }
    return this.intern(any ? anyMissing(missingBytes(character)) : character);
  }

  /** The state of the stacks that were found; DEAD if there is none. */
  private intern(partial: u32): u32 {
    const found = this.stacks.found;
    const count = found.count;
    if (count == 0) return DEAD;
    sortDescending(found.ptr, count, this.sorting);
    let hash = partial ^ count;
    for (let i: u32 = 0; i < count; ++i) hash = (rotl(hash, 5) ^ load<u32>(found.row(i))) * 0x9e3779b1;
    const bucket = this.buckets + ((<usize>((hash >> 7) & (BUCKETS - 1))) << 1);
    for (let state: u32 = load<u16>(bucket); state != 0; state = load<u32>(this.states.row(state), CHAIN)) {
      if (this.isSame(state, partial, count)) return state;
    }
    const state = this.states.append(1);
    const first = this.members.append(count);
    const transitions = this.transitions.append(1);
    if (state < 0 || first < 0 || transitions < 0) {
      this.fail(TOO_MANY);
      return DEAD;
    }
    for (let i: u32 = 0; i < count; ++i) store<u32>(this.members.row(first + i), load<u32>(found.row(i)));
    memory.fill(this.transitions.row(transitions), 0, 512);
    const row = this.states.row(state);
    store<u32>(row, first);
    store<u32>(row, count, COUNT);
    store<u32>(row, partial, PARTIAL);
    store<u32>(row, load<u16>(bucket), CHAIN);
    store<u16>(bucket, <u16>state);
    return state;
  }

  private isSame(state: u32, partial: u32, count: u32): bool {
    if (this.partialOf(state) != partial || this.memberCount(state) != count) return false;
    const found = this.stacks.found;
    for (let i: u32 = 0; i < count; ++i) if (this.member(state, i) != load<u32>(found.row(i))) return false;
    return true;
  }

  dispose(): void {
    this.stacks.dispose();
    this.states.dispose();
    this.members.dispose();
    this.transitions.dispose();
    release(this.buckets);
    release(this.sorting);
    this.buckets = this.sorting = 0;
  }
}

const TOO_MANY: string = `the grammar has more than ${MAX_STATES} states that one token may pass through, or too large ones`;

import { CharacterClasses } from '../regular/character-classes';
import { MAX_ELEMENTS } from './limits';
import { Table } from '../../memory/table';

/** Kinds of elements, and the meaning of their value. */
export const END: u32 = 0;
/** Another rule, by number. */
export const RULE: u32 = 1;
/** One character, by code point. */
export const CHARACTER: u32 = 2;
/** One character of a class, by number. */
export const CLASS: u32 = 3;
/** A whole token, by id; any other token. */
export const TOKEN: u32 = 4;
export const OTHER_TOKEN: u32 = 5;

/** No alternative. */
export const NOWHERE: u32 = u32.MAX_VALUE;

/**
 * A context-free grammar.
 *
 *     elements     [ kind: u32 | value: u32 ] * n               each alternative's in a row, then END
 *     alternatives [ first element: u32 | next alternative of the rule, or NOWHERE: u32 ] * n
 *     rules        [ first alternative, or NOWHERE: u32 | last: u32 ] * n
 */
@final
export class Rules {
  readonly classes: CharacterClasses = new CharacterClasses();
  /** Number of the rule that the whole text matches. */
  root: u32 = 0;
  private readonly elements: Table = new Table(8, MAX_ELEMENTS);
  private readonly alternatives: Table = new Table(8, MAX_ELEMENTS);
  private readonly rules: Table = new Table(8, MAX_ELEMENTS);

  get count(): u32 {
    return this.rules.count;
  }

  get elementCount(): u32 {
    return this.elements.count;
  }

  // @ts-ignore: decorator
  @inline
  kind(element: u32): u32 {
    return load<u32>(this.elements.row(element));
  }

  // @ts-ignore: decorator
  @inline
  value(element: u32): u32 {
    return load<u32>(this.elements.row(element), 4);
  }

  /** The first alternative of a rule, or NOWHERE. */
  // @ts-ignore: decorator
  @inline
  firstAlternative(rule: u32): u32 {
    return load<u32>(this.rules.row(rule));
  }

  // @ts-ignore: decorator
  @inline
  nextAlternative(alternative: u32): u32 {
    return load<u32>(this.alternatives.row(alternative), 4);
  }

  /** The first element of an alternative. */
  // @ts-ignore: decorator
  @inline
  start(alternative: u32): u32 {
    return load<u32>(this.alternatives.row(alternative));
  }

  /** Whether an element is a single character, and the character is `point`. */
  matches(element: u32, point: u32): bool {
    const kind = this.kind(element);
    if (kind == CHARACTER) return this.value(element) == point;
    return kind == CLASS && this.classes.has(this.value(element), point);
  }

  /** Number of a new rule without alternatives; -1 if there is no room. */
  addRule(): i32 {
    const rule = this.rules.append(1);
    if (rule >= 0) this.clear(rule);
    return rule;
  }

  /** Removes a rule's alternatives. */
  clear(rule: u32): void {
    store<u32>(this.rules.row(rule), NOWHERE);
    store<u32>(this.rules.row(rule), NOWHERE, 4);
  }

  /** Gives a rule another alternative: `count` elements at `from`. False if there is no room. */
  addAlternative(rule: u32, from: usize, count: u32): bool {
    const start = this.elements.append(count + 1);
    const alternative = this.alternatives.append(1);
    if (start < 0 || alternative < 0) return false;
    memory.copy(this.elements.row(start), from, (<usize>count) << 3);
    store<u64>(this.elements.row(start + count), END);
    store<u32>(this.alternatives.row(alternative), start);
    this.append(rule, alternative, load<u32>(this.rules.row(rule), 4));
    return true;
  }

  /** Makes an alternative the last one of a rule, after `last` unless that is NOWHERE. */
  append(rule: u32, alternative: u32, last: u32): void {
    const row = this.rules.row(rule);
    store<u32>(this.alternatives.row(alternative), NOWHERE, 4);
    if (last == NOWHERE) store<u32>(row, alternative);
    else store<u32>(this.alternatives.row(last), alternative, 4);
    store<u32>(row, alternative, 4);
  }

  dispose(): void {
    this.classes.dispose();
    this.elements.dispose();
    this.alternatives.dispose();
    this.rules.dispose();
  }
}

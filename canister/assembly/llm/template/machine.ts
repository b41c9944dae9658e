import { Problem } from '../../problem';
import { Arena } from './arena';
import { countOf, itemOf } from './lists';
import { placeOf, valueAt } from './dictionaries';
import { JsonForm } from './json-form';
import { Names } from './names';
import { Output } from './output';
import { part, plainText } from './texts';
import { NOTHING, STRING, Value, cellOf, kindOf, valueOf } from './values';

/** Memory of one rendering, beside the text itself. */
const MAX_MEMORY: usize = 32 << 20;

/**
 * Steps of one rendering: an expression, a statement, or 16 bytes of a text that are looked at. A step takes 600
 * instructions or less, so that a rendering never takes more than 2.4 B; ten kilobytes of conversation take some thousands.
 */
const MAX_STEPS: i64 = 4_000_000;

/** Calls, blocks and expressions within one another: bounds the recursion of a rendering. */
const MAX_DEPTH: i32 = 400;

/** The shared state of a rendering: memory, the text, the bounds, and the problem. */
export abstract class Machine {
  /** The first problem; null if there is none. */
  private problem: Problem | null = null;
  /** There is a problem: all code that sees this returns at once, with any value. */
  hasFailed: bool = false;
  /** The line of the template that is rendered. */
  line: u32 = 0;
  /** The template's current time, in seconds since 1970, UTC. */
  time: i64 = 0;
  readonly arena: Arena = new Arena(MAX_MEMORY);
  readonly output: Output = new Output();
  readonly json: JsonForm = new JsonForm();
  private steps: i64 = MAX_STEPS;
  protected depth: i32 = 0;

  constructor(readonly names: Names) {}

  /** Keeps a problem; returns NOTHING. */
  fail(reason: string): Value {
    if (this.hasFailed) return NOTHING;
    this.hasFailed = true;
    this.problem = new Problem(reason);
    return NOTHING;
  }

  /** Charges for work; fails if the allowance is used up. */
  spend(steps: u32): void {
    this.steps -= steps;
    if (this.steps < 0) this.fail('it takes too many steps');
    if (this.arena.isFull || this.output.isFull) this.fail('it takes too much memory, or its text is too long');
  }

  /** Pays for looking at the bytes of a text. */
  spendBytes(bytes: u32): void {
    this.spend((bytes >> 4) + 1);
  }

  /** The problem and its line in the template; null if there is none. */
  protected get located(): Problem | null {
    const problem = this.problem;
    return problem === null ? null : new Problem(`${problem.text} (line ${this.line} of the chat template)`);
  }

  get stepsTaken(): i64 {
    return MAX_STEPS - this.steps;
  }

  protected enter(): bool {
    if (++this.depth <= MAX_DEPTH) return true;
    this.fail(`more than ${MAX_DEPTH} calls, blocks and expressions are within one another`);
    return false;
  }

  protected leave(): void {
    --this.depth;
  }

  /** A text of the output since it had `from` bytes. */
  taken(from: u32): Value {
    return valueOf(STRING, this.output.take(from, this.arena));
  }

  /** The bytes from `from` to `to` of a text. */
  partOf(text: usize, from: u32, to: u32): Value {
    return valueOf(STRING, part(this.arena, text, from, to));
  }

  emptyText(): Value {
    return valueOf(STRING, plainText(this.arena, 0, 0, true));
  }

  /** A name as a text. */
  nameText(name: u32): Value {
    return valueOf(STRING, this.names.textOf(name));
  }

  shownName(name: u32): string {
    const text = this.names.textOf(name);
    return String.UTF8.decodeUnsafe(load<u32>(text), min<u32>(load<u32>(text, 4), 40));
  }

  /** The argument at a place, or else of a name; nothing if it is not given. */
  argument(positional: usize, keywords: usize, index: u32, name: u32): Value {
    if (index < countOf(positional)) return itemOf(positional, index);
    if (keywords == 0) return NOTHING;
    const place = placeOf(keywords, this.nameText(name));
    return place < 0 ? NOTHING : valueAt(keywords, place);
  }

  /** The text of an argument that has to be one; 0, and a problem, otherwise. */
  textArgument(value: Value, name: u32): usize {
    if (kindOf(value) == STRING) return cellOf(value);
    this.fail(`${this.shownName(name)} needs a text`);
    return 0;
  }

  /** Applies a filter to a value. */
  abstract filtered(value: Value, name: u32, positional: usize, keywords: usize): Value;
  /** Whether a value passes a test. */
  abstract passes(value: Value, name: u32, positional: usize): bool;
}

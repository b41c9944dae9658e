import { Problem } from '../../problem';
import { allocate, release } from '../../memory/heap';
import { MAX_STACKS, MAX_STACK_NODES, MAX_WORK } from './limits';
import { END, NOWHERE, RULE, Rules } from './rules';
import { Table } from '../../memory/table';

/** The empty stack: the text may end here. */
export const COMPLETE: u32 = 0;

const NODE_BYTES: u32 = 16;
const BELOW: usize = 4;
const MARK: usize = 8;
const CHAIN: usize = 12;
const BUCKETS: u32 = 16384;
/** A bucket without a node. */
const NOBODY: u32 = u32.MAX_VALUE;

/**
 * The stacks of a pushdown automaton that follows a grammar. A stack holds what is still to come: on top the element
 * that the next character has to match, below it where to continue when its rule ends. Stacks share their lower parts:
 *
 *     nodes   [ element: u32 | node below: u32 | mark: u32 | next in the bucket: u32 ] * n     one for each stack
 *     buckets [ node: u32 ] * 16384                                                        by (element, node below)
 *
 * A rule that ends with another leaves nothing on the stack, so repetitions do not make it grow.
 */
@final
export class Stacks {
  /** Why the stacks cannot be followed further, or null. */
  problem: Problem | null = null;
  /** Elements that were examined since this was last set to 0. */
  work: u32 = 0;
  /** The distinct stacks that `expand` found, with single characters or tokens on top: [ node: u64 ] * count */
  readonly found: Table = new Table(8, MAX_STACKS);
  private readonly nodes: Table = new Table(NODE_BYTES, MAX_STACK_NODES);
  private readonly todo: Table = new Table(4, MAX_STACK_NODES);
  private buckets: usize = 0;
  private mark: u32 = 0;
  /** Nodes that could not be dropped the last time. */
  private kept: u32 = 0;

  constructor(private readonly rules: Rules) {}

  /** Begins with the empty stack alone. False if memory is short. */
  open(): bool {
    if (this.buckets == 0) this.buckets = allocate((<usize>BUCKETS) << 2);
    if (this.buckets == 0) return this.fail(NO_MEMORY);
    memory.fill(this.buckets, 0xff, (<usize>BUCKETS) << 2);
    this.nodes.count = 0;
    this.mark = this.kept = 0;
    // An invalid element, so that the empty stack is never found by its content.
    const node = this.nodes.append(1);
    if (node < 0) return this.fail(NO_MEMORY);
    store<u32>(this.nodes.row(node), 0);
    store<u32>(this.nodes.row(node), 0, BELOW);
    store<u32>(this.nodes.row(node), 0, MARK);
    store<u32>(this.nodes.row(node), NOBODY, CHAIN);
    return true;
  }

  /**
   * Drops all stacks except those in `found` and their lower parts; `found` gets the new nodes. A node's index is above
   * those of its lower parts, so one pass moves them down in place.
   */
  keepFound(): bool {
    const numbers = this.todo;
    numbers.count = 0;
    if (numbers.append(this.nodes.count) < 0) return this.fail(NO_MEMORY);
    const keep = ++this.mark;
    store<u32>(this.nodes.row(COMPLETE), keep, MARK);
    for (let i: u32 = 0; i < this.found.count; ++i) {
      let row = this.nodes.row(load<u32>(this.found.row(i)));
      while (load<u32>(row, MARK) != keep) {
        store<u32>(row, keep, MARK);
        row = this.nodes.row(load<u32>(row, BELOW));
      }
    }
    memory.fill(this.buckets, 0xff, (<usize>BUCKETS) << 2);
    const before = this.nodes.count;
    store<u32>(numbers.row(COMPLETE), COMPLETE);
    this.nodes.count = 1;
    for (let node: u32 = 1; node < before; ++node) {
      const row = this.nodes.row(node);
      if (load<u32>(row, MARK) != keep) continue;
      const below = load<u32>(numbers.row(load<u32>(row, BELOW)));
      const moved = this.nodes.count;
      this.enter(load<u32>(row), below);
      store<u32>(numbers.row(node), moved);
    }
    this.kept = this.nodes.count;
    for (let i: u32 = 0; i < this.found.count; ++i) {
      const row = this.found.row(i);
      store<u64>(row, load<u32>(numbers.row(load<u32>(row))));
    }
    return true;
  }

  /** Keeps a problem, unless there already is one. */
  fail(reason: string): bool {
    if (this.problem === null) this.problem = new Problem(reason);
    return false;
  }

  /** Element on top of a stack that is not empty. */
  // @ts-ignore: decorator
  @inline
  top(node: u32): u32 {
    return load<u32>(this.nodes.row(node));
  }

  /** Whether half of the room left by the last drop is used up. */
  get isCrowded(): bool {
    return this.nodes.count - this.kept > (MAX_STACK_NODES - this.kept) >> 1;
  }

  /** Begins a new set of stacks in `found`. */
  begin(): void {
    this.found.count = 0;
    ++this.mark;
  }

  /** Expands the beginnings of a rule, on the empty stack. */
  addRule(rule: u32): bool {
    this.todo.count = 0;
    return this.pushAlternatives(rule, COMPLETE) && this.expand();
  }

  /** Expands what follows a stack's matched top. */
  addAfter(node: u32): bool {
    this.todo.count = 0;
    const row = this.nodes.row(node);
    return this.push(load<u32>(row) + 1, load<u32>(row, BELOW)) && this.expand();
  }

  /** Adds a stack as it is. */
  addSame(node: u32): bool {
    return this.note(node);
  }

  /** Resolves the rules on top of the pending stacks, until characters, tokens or nothing are on top. */
  private expand(): bool {
    const rules = this.rules;
    while (this.todo.count > 0) {
      const node = load<u32>(this.todo.row(--this.todo.count));
      const row = this.nodes.row(node);
      if (load<u32>(row, MARK) == this.mark) continue;
      const element = load<u32>(row);
      if (node == COMPLETE || rules.kind(element) != RULE) {
        if (!this.note(node)) return false;
        continue;
      }
      store<u32>(row, this.mark, MARK);
      const below = load<u32>(row, BELOW);
      const after = rules.kind(element + 1) == END ? <i32>below : this.intern(element + 1, below);
      if (after < 0 || !this.pushAlternatives(rules.value(element), after)) return false;
    }
    return true;
  }

  private pushAlternatives(rule: u32, below: u32): bool {
    const rules = this.rules;
    for (let a = rules.firstAlternative(rule); a != NOWHERE; a = rules.nextAlternative(a)) {
      if (!this.push(rules.start(a), below)) return false;
    }
    return true;
  }

  /** Puts a stack on the list of those to be expanded. */
  private push(element: u32, below: u32): bool {
    if (++this.work > MAX_WORK) return this.fail(TOO_MUCH_WORK);
    const node = this.rules.kind(element) == END ? <i32>below : this.intern(element, below);
    if (node < 0) return false;
    const at = this.todo.append(1);
    if (at < 0) return this.fail(NO_MEMORY);
    store<u32>(this.todo.row(at), node);
    return true;
  }

  /** Adds a stack to the found ones, unless it is among them. */
  private note(node: u32): bool {
    const row = this.nodes.row(node);
    if (load<u32>(row, MARK) == this.mark) return true;
    store<u32>(row, this.mark, MARK);
    const at = this.found.append(1);
    if (at < 0) return this.fail(TOO_AMBIGUOUS);
    store<u64>(this.found.row(at), node);
    return true;
  }

  private bucket(element: u32, below: u32): usize {
    const hash = ((element * 0x9e3779b1) ^ (below * 0x85ebca6b)) >> 5;
    return this.buckets + ((<usize>(hash & (BUCKETS - 1))) << 2);
  }

  /** The node of a stack; -1, and a problem, if there is no room for another. */
  private intern(element: u32, below: u32): i32 {
    for (let node = load<u32>(this.bucket(element, below)); node != NOBODY;) {
      const row = this.nodes.row(node);
      if (load<u32>(row) == element && load<u32>(row, BELOW) == below) return node;
      node = load<u32>(row, CHAIN);
      ++this.work;
    }
    const node = this.nodes.count;
    if (this.enter(element, below)) return node;
    this.fail(TOO_MANY);
    return -1;
  }

  private enter(element: u32, below: u32): bool {
    const node = this.nodes.append(1);
    if (node < 0) return false;
    const row = this.nodes.row(node);
    const bucket = this.bucket(element, below);
    store<u32>(row, element);
    store<u32>(row, below, BELOW);
    store<u32>(row, 0, MARK);
    store<u32>(row, load<u32>(bucket), CHAIN);
    store<u32>(bucket, node);
    return true;
  }

  dispose(): void {
    this.found.dispose();
    this.nodes.dispose();
    this.todo.dispose();
    release(this.buckets);
    this.buckets = 0;
  }
}

export const NO_MEMORY: string = 'no memory is left to follow the grammar';
const TOO_MUCH_WORK: string = `following the grammar takes too much work: more than ${MAX_WORK} elements for one token`;
const TOO_AMBIGUOUS: string = `the grammar is too ambiguous: there are more than ${MAX_STACKS} ways to go on`;
const TOO_MANY: string = `the grammar is too deeply nested or too ambiguous: it has more than ${MAX_STACK_NODES} stacks`;

import { Code, Problem, Result } from '../../problem';
import { TokenMask } from '../sampling/token-mask';
import { GrammarSource } from './grammar-source';
import { INSTRUCTIONS_PER_WORK, MAX_WORK } from './limits';
import { Masks } from './masks';
import { Rules } from './rules';
import { DEAD, States } from './states';
import { TokenTrie } from './token-trie';

/** Most instructions to visit a node of the trie, and for a token of the vocabulary. */
const PER_NODE: u64 = 45;
const PER_TOKEN: u64 = 20;

/**
 * Holds generated text to a grammar: says which tokens may come next. The constrained text is the sequence's from
 * `from` on; its state in the grammar is found by following it, so nothing has to be kept from call to call. A token
 * that ends a generation is allowed if the text may end, and after it another text of the grammar begins.
 */
@final
export class Grammar extends TokenMask {
  private readonly rules: Rules;
  private readonly states: States;
  private readonly masks: Masks;
  /** Tokens of the sequence that have been followed, and the state after them. */
  private followed: u32 = 0;
  private state: u32 = DEAD;
  /** Why the grammar cannot be followed any further; null if it can. */
  private problem: Problem | null = null;
  /** Tokens of the sequence that are not constrained: the prompt. */
  private from: u32 = 0;

  private constructor(private readonly trie: TokenTrie) {
    super();
    const rules = new Rules();
    this.rules = rules;
    const states = new States(rules);
    this.states = states;
    this.masks = new Masks(trie, states);
  }

  /** Makes a grammar, or nothing is held. */
  static of(trie: TokenTrie, source: GrammarSource): Result<Grammar> {
    const grammar = new Grammar(trie);
    const problem = grammar.open(source);
    if (problem === null) return Result.ok<Grammar>(grammar);
    grammar.dispose();
    return Result.fail<Grammar>(problem);
  }

  private open(source: GrammarSource): Problem | null {
    const problem = source.write(this.rules, this.trie.tokenizer);
    if (problem !== null) return problem;
    if (!this.masks.open()) return new Problem('no memory is left for the grammar', Code.HEAP_FULL);
    this.states.open();
    this.state = this.states.start;
    if (this.states.problem !== null) return this.states.problem;
    return this.state == DEAD ? new Problem('the grammar allows no text at all') : null;
  }

  /** Constrains sequences from their token `from` on. */
  begin(from: u32): void {
    this.from = this.followed = from;
    this.state = this.states.start;
  }

  /** Bound of the instructions that one token costs. */
  get cost(): u64 {
    const tokens = <u64>this.trie.tokenizer.size;
    return <u64>MAX_WORK * INSTRUCTIONS_PER_WORK + 2 * <u64>this.trie.nodeCount * PER_NODE + tokens * PER_TOKEN;
  }

  /** Follows the sequence, [ i32 ] * count. Null, or why it cannot; it may be none that the grammar allows. */
  follow(tokens: usize, count: u32): Problem | null {
    if (this.problem !== null) return this.problem;
    this.states.stacks.work = 0;
    if (count < this.followed) {
      this.followed = this.from;
      this.state = this.states.start;
    }
    for (; this.followed < count; ++this.followed) {
      if (this.states.isCrowded) {
        this.state = this.states.keep(this.state);
        this.masks.forget();
      }
      const next = this.after(load<i32>(tokens + ((<usize>this.followed) << 2)));
      this.problem = this.states.problem;
      if (next == DEAD && this.problem === null) {
        const place = this.followed - this.from + 1;
        this.problem = new Problem(
          `what was generated does not fit the grammar: token ${place} of it is not allowed there`,
        );
      }
      if (this.problem !== null) return this.problem;
      this.state = next;
    }
    return null;
  }

  /** Whether a token may come next. */
  allows(id: u32): bool {
    if (this.problem !== null || this.after(id) == DEAD) {
      if (this.problem === null) this.problem = this.states.problem;
      return false;
    }
    return true;
  }

  /** The few tokens that may come next. */
  few(tokens: usize, count: u32): u32 {
    if (this.follow(tokens, count) !== null) return 0;
    const states = this.states;
    states.stacks.work = 0;
    const few = this.masks.few(this.state);
    if (states.problem === null) return few;
    // Looking ahead has met a limit that a draw may not meet: the problem is dropped, and the draw will show it if it
    // does. States that are known already cost no work, so such a grammar may not meet it the next time.
    states.stacks.problem = null;
    states.stacks.work = 0;
    this.problem = null;
    this.state = states.keep(this.state);
    this.masks.forget();
    this.problem = states.problem;
    return 0;
  }

  get ids(): usize {
    return this.masks.ids;
  }

  /** The state after a token, or DEAD. */
  private after(id: u32): u32 {
    const tokenizer = this.trie.tokenizer;
    if (tokenizer.isEndOfGeneration(id)) return this.states.isComplete(this.state) ? this.states.start : DEAD;
    if (<i32>id >= tokenizer.size || id >= 0x80000000) return DEAD;
    const bits = load<u64>(this.trie.speaking + (((<usize>id) >> 6) << 3));
    if (((bits >> (id & 63)) & 1) == 0) return DEAD;
    return this.states.afterToken(this.state, id, this.masks.afterText(this.state, id));
  }

  /** Makes the logits of all tokens that may not come next -infinity. */
  forbid(logits: usize, size: u32): Problem | null {
    if (this.problem !== null) return this.problem;
    const mask = this.masks.of(this.state);
    this.problem = this.states.problem;
    if (this.problem !== null) return this.problem;
    const known = min<u32>(size, this.trie.tokenizer.size);
    const nothing = f32x4.splat(-Infinity);
    let id: u32 = 0;
    for (; id + 64 <= known; id += 64) {
      const bits = load<u64>(mask + ((id >> 6) << 3));
      if (bits == u64.MAX_VALUE) continue;
      const at = logits + ((<usize>id) << 2);
      if (bits == 0) {
        for (let i: usize = 0; i < 256; i += 16) v128.store(at + i, nothing);
        continue;
      }
      for (let i: u32 = 0; i < 64; ++i) {
        if (((bits >> i) & 1) == 0) store<f32>(at + ((<usize>i) << 2), -Infinity);
      }
    }
    for (; id < size; ++id) {
      const isAllowed = id < known && ((load<u64>(mask + ((id >> 6) << 3)) >> (id & 63)) & 1) != 0;
      if (!isAllowed) store<f32>(logits + ((<usize>id) << 2), -Infinity);
    }
    return null;
  }

  /** Gives all memory back. */
  dispose(): void {
    this.rules.dispose();
    this.states.dispose();
    this.masks.dispose();
  }
}

import { Code, Problem, Result } from '../../problem';
import { allocate, release } from '../../memory/heap';
import { TokenMask } from '../sampling/token-mask';
import { GrammarSource } from './grammar-source';
import { INSTRUCTIONS_PER_WORK, MAX_WORK } from './limits';
import { Rules } from './rules';
import { DEAD, States } from './states';
import { TokenTrie, byteOf, depthOf, skipOf, tokenOf } from './token-trie';

/** Most cached masks, and the most bytes of all of them. */
const MAX_MASKS: u32 = 64;
const MASK_ROOM: u32 = 2 << 20;
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
  /** Tokens of the sequence that have been followed, and the state after them. */
  private followed: u32 = 0;
  private state: u32 = DEAD;
  /** Why the grammar cannot be followed any further; null if it can. */
  private problem: Problem | null = null;
  /** The text of one token. */
  private text: usize = 0;
  /** [ a bit each token ] * masks, and the state of each: [ u32 ] * masks */
  private masks: usize = 0;
  private maskStates: usize = 0;
  private maskCount: u32 = 0;
  private nextMask: u32 = 0;

  /** Tokens of the sequence that are not constrained: the prompt. */
  private from: u32 = 0;

  private constructor(private readonly trie: TokenTrie) {
    super();
    const rules = new Rules();
    this.rules = rules;
    this.states = new States(rules);
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
    const width = this.trie.maskBytes;
    this.maskCount = max<u32>(1, min(MAX_MASKS, MASK_ROOM / width));
    this.masks = allocate(<usize>this.maskCount * (width + 4));
    this.maskStates = this.masks + <usize>this.maskCount * width;
    this.text = allocate(this.trie.tokenizer.longestPiece + 1);
    if (this.masks == 0 || this.text == 0) return new Problem('no memory is left for the grammar', Code.HEAP_FULL);
    this.forgetMasks();
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
    return <u64>MAX_WORK * INSTRUCTIONS_PER_WORK + <u64>this.trie.nodeCount * PER_NODE + tokens * PER_TOKEN;
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
        this.forgetMasks();
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

  /**
   * The only token that may come next. If two bytes are possible, several tokens may be, too, so the rest is not
   * counted.
   */
  only(tokens: usize, count: u32): i32 {
    if (this.follow(tokens, count) !== null) return -1;
    const states = this.states;
    states.stacks.work = 0;
    const id = this.isNarrow() ? this.single() : -1;
    const problem = states.problem;
    if (problem === null) return id;
    // Looking ahead has met a limit that a draw may not meet: the problem is dropped, and the draw will show it if it
    // does.
    states.stacks.problem = null;
    states.stacks.work = 0;
    this.problem = null;
    this.state = states.keep(this.state);
    this.forgetMasks();
    this.problem = states.problem;
    return -1;
  }

  /** Whether at most one byte is possible next, and no `!<token>`, which allows many tokens. */
  private isNarrow(): bool {
    const states = this.states;
    for (let i: u32 = 0; i < states.memberCount(this.state); ++i) {
      const stack = states.member(this.state, i);
      if (states.hasToken(stack) && states.isOtherToken(stack)) return false;
    }
    let ways = 0;
    for (let byte: u32 = 0; byte < 256; ++byte) if (states.next(this.state, byte) != DEAD && ++ways > 1) return false;
    return true;
  }

  /** The token of a mask with only one; -1 otherwise. */
  private single(): i32 {
    const mask = this.mask();
    let found = -1;
    for (let at: usize = 0; at < this.trie.maskBytes; at += 8) {
      const bits = load<u64>(mask + at);
      if (bits == 0) continue;
      if (found >= 0 || popcnt(bits) > 1) return -1;
      found = ((<i32>at) << 3) + <i32>ctz(bits);
    }
    return found;
  }

  /** The state after a token, or DEAD. */
  private after(id: u32): u32 {
    const tokenizer = this.trie.tokenizer;
    if (tokenizer.isEndOfGeneration(id)) return this.states.isComplete(this.state) ? this.states.start : DEAD;
    if (<i32>id >= tokenizer.size || id >= 0x80000000) return DEAD;
    const bits = load<u64>(this.trie.speaking + (((<usize>id) >> 6) << 3));
    if (((bits >> (id & 63)) & 1) == 0) return DEAD;
    return this.states.afterToken(this.state, id, this.afterText(id));
  }

  /** The state after the text of a token; DEAD if it has none. */
  private afterText(id: u32): u32 {
    const length = this.trie.tokenizer.decode(id, false, this.text);
    let state = length == 0 ? DEAD : this.state;
    for (let i: u32 = 0; i < length && state != DEAD; ++i) state = this.states.next(state, load<u8>(this.text + i));
    return state;
  }

  /** Makes the logits of all tokens that may not come next -infinity. */
  forbid(logits: usize, size: u32): Problem | null {
    const mask = this.mask();
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

  /** The tokens that may come next, a bit each; none if the grammar cannot be followed further. */
  private mask(): usize {
    const width = this.trie.maskBytes;
    for (let i: u32 = 0; i < this.maskCount; ++i) {
      if (load<u32>(this.maskStates + ((<usize>i) << 2)) == this.state) return this.masks + <usize>i * width;
    }
    const slot = this.nextMask;
    this.nextMask = (slot + 1) % this.maskCount;
    const mask = this.masks + <usize>slot * width;
    memory.fill(mask, 0, width);
    if (this.problem === null) this.collect(mask);
    if (this.problem === null) this.problem = this.states.problem;
    if (this.problem !== null) memory.fill(mask, 0, width);
    else store<u32>(this.maskStates + ((<usize>slot) << 2), this.state);
    return mask;
  }

  private forgetMasks(): void {
    memory.fill(this.maskStates, 0, (<usize>this.maskCount) << 2);
    this.nextMask = 0;
  }

  private collect(mask: usize): void {
    const states = this.states;
    this.collectTexts(mask);
    for (let i: u32 = 0; i < this.trie.longCount; ++i) {
      const id = load<u32>(this.trie.long + ((<usize>i) << 2));
      if (this.afterText(id) != DEAD) allow(mask, id);
    }
    for (let i: u32 = 0; i < states.memberCount(this.state); ++i) {
      const stack = states.member(this.state, i);
      if (states.hasToken(stack)) this.collectNamed(mask, stack);
    }
    if (!states.isComplete(this.state)) return;
    const ends = this.trie.tokenizer.special.endOfGeneration;
    for (let i = 0; i < ends.length; ++i) allow(mask, ends[i]);
  }

  private collectTexts(mask: usize): void {
    const states = this.states;
    const nodes = this.trie.nodes;
    const count = this.trie.nodeCount;
    store<u16>(path, <u16>this.state);
    for (let at: u32 = 0; at < count;) {
      const node = load<u64>(nodes + ((<usize>at) << 3));
      const place = path + ((<usize>depthOf(node)) << 1);
      const state = states.next(load<u16>(place - 2), byteOf(node));
      if (state == DEAD) {
        at = skipOf(node);
        continue;
      }
      store<u16>(place, <u16>state);
      const token = tokenOf(node);
      if (token != 0) allow(mask, token - 1);
      ++at;
    }
  }

  /** Allows the token that a stack names, or all others. */
  private collectNamed(mask: usize, stack: u32): void {
    const id = this.states.tokenOf(stack);
    const speaking = this.trie.speaking;
    if (!this.states.isOtherToken(stack)) {
      if (((load<u64>(speaking + (((<usize>id) >> 6) << 3)) >> (id & 63)) & 1) != 0) allow(mask, id);
      return;
    }
    const word = mask + (((<usize>id) >> 6) << 3);
    const was = load<u64>(word) & ((<u64>1) << (id & 63));
    for (let at: usize = 0; at < this.trie.maskBytes; at += 8) {
      store<u64>(mask + at, load<u64>(mask + at) | load<u64>(speaking + at));
    }
    if (was == 0) store<u64>(word, load<u64>(word) & ~((<u64>1) << (id & 63)));
  }

  /** Gives all memory back. */
  dispose(): void {
    this.rules.dispose();
    this.states.dispose();
    release(this.masks);
    release(this.text);
    this.masks = this.text = 0;
  }
}

/** States on the way to a node, by depth: [ u16 ] * 256 */
const path: usize = memory.data(512, 16);

// @ts-ignore: decorator
@inline
function allow(mask: usize, id: u32): void {
  const word = mask + (((<usize>id) >> 6) << 3);
  store<u64>(word, load<u64>(word) | ((<u64>1) << (id & 63)));
}

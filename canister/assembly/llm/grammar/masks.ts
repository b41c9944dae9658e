import { allocate, release } from '../../memory/heap';
import { Tokenizer } from '../tokenizer/tokenizer';
import { MAX_STATES } from './limits';
import { DEAD, States } from './states';
import { TokenTrie, byteOf, depthOf, skipOf, tokenOf } from './token-trie';

/** Most kept masks, and the most bytes of all of them. */
const MAX_MASKS: u32 = 64;
const MASK_ROOM: u32 = 2 << 20;
/** Tokens are few up to this number: their logits cost next to nothing beside those of a vocabulary. */
const MOST_FEW: u32 = 1024;
/** Nodes of the trie that lead on and are looked at to find out whether tokens are few; each may make a state. */
const MOST_LOOKED_AT: u32 = 2048;
/** Bytes of a bit for each state. */
const STATE_BITS: u32 = MAX_STATES >> 3;

/**
 * Which tokens the states of a grammar allow. The masks of the latest states are kept:
 *
 *     masks   [ a bit each token ] * slots
 *     states  [ state: u32 ] * slots        0: the slot is empty
 *     ids     [ id: u32 ] * MOST_FEW        the few tokens of the last `few`
 *     many    [ a bit each state ]          1: it does not allow few
 */
@final
export class Masks {
  ids: usize = 0;
  private masks: usize = 0;
  private slotStates: usize = 0;
  private many: usize = 0;
  private slots: u32 = 0;
  private next: u32 = 0;
  /** The text of one token. */
  private text: usize = 0;
  private readonly tokenizer: Tokenizer;

  constructor(
    private readonly trie: TokenTrie,
    private readonly states: States,
  ) {
    this.tokenizer = trie.tokenizer;
  }

  /** False if memory is short. */
  open(): bool {
    const width = this.trie.maskBytes;
    this.slots = max<u32>(1, min(MAX_MASKS, MASK_ROOM / width));
    this.masks = allocate(<usize>this.slots * (width + 4) + (MOST_FEW << 2) + STATE_BITS);
    this.text = allocate(this.tokenizer.longestPiece + 1);
    if (this.masks == 0 || this.text == 0) return false;
    this.slotStates = this.masks + <usize>this.slots * width;
    this.ids = this.slotStates + ((<usize>this.slots) << 2);
    this.many = this.ids + (MOST_FEW << 2);
    this.forget();
    return true;
  }

  /** Forgets all masks: the states have other numbers now. */
  forget(): void {
    memory.fill(this.slotStates, 0, (<usize>this.slots) << 2);
    memory.fill(this.many, 0, STATE_BITS);
    this.next = 0;
  }

  /** The tokens that may follow a state, a bit each; none if the states have a problem. */
  of(state: u32): usize {
    const known = this.find(state);
    if (known != 0) return known;
    const mask = this.begin();
    this.collect(mask, state, u32.MAX_VALUE, u32.MAX_VALUE);
    return this.keep(mask, state);
  }

  /**
   * How many tokens may follow a state, if they are few: then their ids are at `ids`, rising. 0 if they are many, or if
   * finding out costs as much as a draw.
   */
  few(state: u32): u32 {
    if (this.isMany(state)) return 0;
    let mask = this.find(state);
    if (mask == 0) {
      mask = this.begin();
      const isWhole = this.collect(mask, state, MOST_FEW, MOST_LOOKED_AT);
      if (this.states.problem !== null) return 0;
      mask = isWhole ? this.keep(mask, state) : 0;
    }
    const count = mask == 0 ? 0 : this.list(mask);
    if (count == 0) this.setMany(state);
    return count;
  }

  /** The state after the text of a token; DEAD if it has none. */
  afterText(state: u32, id: u32): u32 {
    const length = this.tokenizer.decode(id, false, this.text);
    if (length == 0) return DEAD;
    for (let i: u32 = 0; i < length && state != DEAD; ++i) state = this.states.next(state, load<u8>(this.text + i));
    return state;
  }

  private find(state: u32): usize {
    for (let i: u32 = 0; i < this.slots; ++i) {
      if (load<u32>(this.slotStates + ((<usize>i) << 2)) == state) return this.masks + <usize>i * this.trie.maskBytes;
    }
    return 0;
  }

  /** An empty mask, in a slot that is not in use. */
  private begin(): usize {
    const width = this.trie.maskBytes;
    store<u32>(this.slotStates + ((<usize>this.next) << 2), 0);
    const mask = this.masks + <usize>this.next * width;
    memory.fill(mask, 0, width);
    return mask;
  }

  /** Keeps the mask that was begun last, unless there was a problem; returns it. */
  private keep(mask: usize, state: u32): usize {
    if (this.states.problem !== null) {
      memory.fill(mask, 0, this.trie.maskBytes);
      return mask;
    }
    store<u32>(this.slotStates + ((<usize>this.next) << 2), state);
    this.next = (this.next + 1) % this.slots;
    return mask;
  }

  private isMany(state: u32): bool {
    return ((load<u8>(this.many + ((<usize>state) >> 3)) >> (state & 7)) & 1) != 0;
  }

  private setMany(state: u32): void {
    const at = this.many + ((<usize>state) >> 3);
    store<u8>(at, load<u8>(at) | (<u8>((<u32>1) << (state & 7))));
  }

  /** Lists the tokens of a mask at `ids`; returns how many, 0 if they are more than few. */
  private list(mask: usize): u32 {
    const width = this.trie.maskBytes;
    let count: u32 = 0;
    for (let at: usize = 0; at < width; at += 8) {
      for (let bits = load<u64>(mask + at); bits != 0; bits &= bits - 1) {
        if (count == MOST_FEW) return 0;
        store<u32>(this.ids + (usize(count++) << 2), ((<u32>at) << 3) + <u32>ctz(bits));
      }
    }
    return count;
  }

  /**
   * Allows what may follow a state. False, with the mask unfinished, if that is more than `tokens`, or if more than `nodes`
   * nodes of the trie lead on.
   */
  private collect(mask: usize, state: u32, tokens: u32, nodes: u32): bool {
    const states = this.states;
    const isLimited = tokens != u32.MAX_VALUE;
    const members = states.memberCount(state);
    for (let i: u32 = 0; i < members && isLimited; ++i) {
      const stack = states.member(state, i);
      if (states.hasToken(stack) && states.isOtherToken(stack)) return false;
    }
    if (!this.collectTexts(mask, state, tokens, nodes)) return false;
    for (let i: u32 = 0; i < this.trie.longCount; ++i) {
      const id = load<u32>(this.trie.long + ((<usize>i) << 2));
      if (this.afterText(state, id) != DEAD) allow(mask, id);
    }
    for (let i: u32 = 0; i < members; ++i) {
      const stack = states.member(state, i);
      if (states.hasToken(stack)) this.collectNamed(mask, stack);
    }
    if (!states.isComplete(state)) return true;
    const ends = this.tokenizer.special.endOfGeneration;
    for (let i = 0; i < ends.length; ++i) allow(mask, ends[i]);
    return true;
  }

  private collectTexts(mask: usize, from: u32, tokens: u32, alive: u32): bool {
    const states = this.states;
    const nodes = this.trie.nodes;
    const count = this.trie.nodeCount;
    store<u16>(path, <u16>from);
    for (let at: u32 = 0; at < count;) {
      const node = load<u64>(nodes + ((<usize>at) << 3));
      const place = path + ((<usize>depthOf(node)) << 1);
      const state = states.next(load<u16>(place - 2), byteOf(node));
      if (state == DEAD) {
        at = skipOf(node);
        continue;
      }
      if (alive-- == 0) return false;
      store<u16>(place, <u16>state);
      const token = tokenOf(node);
      if (token != 0) {
        if (tokens-- == 0) return false;
        allow(mask, token - 1);
      }
      ++at;
    }
    return true;
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

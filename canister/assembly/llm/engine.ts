/**
 * The only door into the engine: load a model, keep sequences, evaluate tokens, get logits. It knows no message, no clock
 * and no file system: it is given bytes to read and a budget, and stops with its state intact before the budget is used up.
 */
import { Budget } from './budget';
import { ByteSource } from './bytes';
import { Sequence } from './cache/sequence';
import { Owner, Sequences } from './cache/sequences';
import { GgufFile, readGguf } from './gguf/file';
import { Override, applyOverrides, refuseUnread } from './gguf/overrides';
import { Grammar } from './grammar/grammar';
import { GrammarSource } from './grammar/grammar-source';
import { TokenTrie } from './grammar/token-trie';
import { Problem } from '../problem';
import { setReserve } from '../memory/heap';
import { Loading } from './loading';
import { describe } from './model/architectures';
import { logitsCost, stepCost, tokenCost } from './model/cost';
import { CacheTypes, RopeOverrides } from './model/description';
import { BATCH } from './kernels/layout';
import { beginLogits, logitsOf, step } from './model/forward';
import { Model } from './model/model';
import { SamplerChain } from './sampling/chain';
import { checkOverriddenTokenizer } from './tokenizer/overridden-keys';
import { Tokenizer } from './tokenizer/tokenizer';

export { BATCH };

/** What a piece of work came to. */
export const DONE: i32 = 0;
/** The next step does not fit what is left of the budget; call again. `Engine.needed` says what it takes. */
export const PAUSED: i32 = 1;
/** It cannot be done; `Engine.error` says why. */
export const FAILED: i32 = 2;

/**
 * Why a file cannot be loaded, as far as its header says; null if nothing speaks against it.
 *
 * @param overrides what keys of its metadata are instead of what it says; one that would be ignored is a reason, too
 */
export function examine(source: ByteSource, overrides: Override[]): Problem | null {
  const file = readGguf(source);
  if (file.error.length > 0) return new Problem(file.error);
  applyOverrides(file.metadata, overrides);
  const d = describe(file.metadata);
  if (overrides.length > 0 && file.metadata.error.length == 0) {
    checkOverriddenTokenizer(file.metadata);
    if (file.metadata.error.length == 0) refuseUnread(file.metadata, overrides, d.architecture);
  }
  const error = file.metadata.error;
  return error.length == 0 ? null : new Problem(error);
}

/** Weights of the output matrix that one step multiplies at least, so that steps of tiny models stay worth their while. */
const MIN_STEP_WEIGHTS: usize = 1 << 16;

export class Engine {
  /** Why the last call failed. */
  error: string = '';
  /** Instructions that the step which did not fit takes at most, after PAUSED. */
  needed: u64 = 0;
  /** Most tokens that are evaluated together. Fewer make smaller steps, and cost more. */
  batch: i32 = BATCH;
  /** Steps of evaluation that were done, ever: tells whether a call that was PAUSED did anything. */
  steps: u64 = 0;
  private loading: Loading | null = null;
  private loaded: Model | null = null;
  private pool: Sequences = new Sequences(0, 0, 0);
  private owner: Owner | null = null;
  /** Sequence and position whose logits are in the workspace, and how many groups of rows are there. */
  private logitsSequence: u32 = 0;
  private logitsPosition: i32 = -1;
  private logitsGroups: usize = 0;
  /** The vocabulary as grammars need it; made when the first one does. */
  private trie: TokenTrie | null = null;
  /** How far the costliest step was above what had been computed for it, in 1/256. */
  private correction: u64 = 256;

  // Loading

  /**
   * Frees the model that is loaded, with its sequences, and begins with another. `source` stays in use.
   *
   * @param context most tokens of a sequence; 0: what the model was trained for, but not under 4096
   *   where its positions turn, or as many as the heap has room for
   * @param checksTensors refuse a file with a weight or a scale that is no finite number; biases and norms are always
   *   looked at
   * @param overrides what keys of the file's metadata are instead of what it says; `examine` says whether they can be
   */
  beginLoad(
    source: ByteSource,
    context: i32,
    rope: RopeOverrides | null = null,
    cacheTypes: CacheTypes | null = null,
    checksTensors: bool = false,
    overrides: Override[] = [],
  ): void {
    this.unload();
    this.loading = new Loading(source, context, rope, cacheTypes, checksTensors, overrides);
  }

  /** Goes on loading: DONE, PAUSED, or FAILED, and then there is no model and the heap is as it was. */
  continueLoad(budget: Budget): i32 {
    const loading = this.loading;
    if (loading == null) return this.fail('no model is being loaded');
    if (loading.error.length == 0) loading.run(budget);
    if (loading.error.length > 0) {
      this.loading = null;
      return this.fail(loading.error);
    }
    if (!loading.isDone) return this.pause(loading.needed);
    const model = loading.model!;
    this.loaded = model;
    const d = model.description;
    this.keep(new Sequences(loading.context, d.embedding, <usize>model.blockBytes(), d.attending != null));
    return DONE;
  }

  /** Puts a pool in place of the one that there is, whose sequences go. */
  private keep(pool: Sequences): void {
    this.pool.removeAll();
    this.pool = pool;
    pool.owner = this.owner;
    setReserve(pool);
  }

  /** Says who keeps something beside sequences; to be called before there is one. */
  setOwner(owner: Owner): void {
    this.owner = owner;
    this.pool.owner = owner;
  }

  /** Frees the model, its tokenizer and all sequences. */
  unload(): void {
    this.keep(new Sequences(0, 0, 0));
    const trie = this.trie;
    if (trie != null) trie.dispose();
    this.trie = null;
    const loading = this.loading;
    if (loading != null) loading.dispose();
    this.loading = null;
    this.loaded = null;
    this.logitsSequence = 0;
    this.correction = 256;
  }

  /** Whether a model is loaded and ready. */
  get isReady(): bool {
    return this.loaded != null;
  }

  /** Whether `continueLoad` has something to go on with. */
  get isLoading(): bool {
    return this.loading != null && this.loaded == null;
  }

  /** Bytes of tensors read, and in all (0 before they are known). */
  get loadedBytes(): u64 {
    const loading = this.loading;
    return loading == null ? 0 : loading.readBytes;
  }

  get totalBytes(): u64 {
    const loading = this.loading;
    return loading == null ? 0 : loading.totalBytes;
  }

  // The model. These may only be asked while it is ready.

  get model(): Model {
    return this.loaded!;
  }

  get tokenizer(): Tokenizer {
    return this.loading!.tokenizer;
  }

  /** The header of the file that is loaded or being loaded, if it was read by now. */
  get header(): GgufFile | null {
    const loading = this.loading;
    return loading === null ? null : loading.file;
  }

  /** The file's header: metadata and tensors. */
  get file(): GgufFile {
    return this.loading!.file!;
  }

  /** Most tokens of a sequence. */
  get context(): i32 {
    return this.pool.context;
  }

  /** Bytes of heap that weights and working buffers take, sequences apart. */
  get heapBytes(): u64 {
    return this.model.weights.bytes + this.model.workspace.bytes;
  }

  // Sequences

  /** A new, empty sequence; null if the heap has no room for it. May evict the sequence that was used longest ago. */
  openSequence(): Sequence | null {
    return this.pool.create();
  }

  /**
   * The resident sequence of an id, which is then the one that is being worked with; or null: it was closed or evicted, and
   * has to be built again from its tokens.
   */
  sequence(id: u32): Sequence | null {
    const sequence = this.pool.find(id);
    if (sequence != null) this.pool.use(sequence);
    return sequence;
  }

  get sequences(): Sequences {
    return this.pool;
  }

  /** From now on the sequence is the one that is being worked with: it does not go when the heap is full. */
  useSequence(sequence: Sequence): void {
    this.pool.use(sequence);
  }

  closeSequence(sequence: Sequence): void {
    this.pool.remove(sequence);
  }

  /** A sequence with the same history, which shares all that has been evaluated; null if the heap has no room for it. */
  forkSequence(sequence: Sequence): Sequence | null {
    return this.pool.fork(sequence);
  }

  /**
   * Gives a sequence the first `length` tokens that another has evaluated as its history, in place of what it has; it
   * shares their keys and values.
   */
  shareSequence(sequence: Sequence, other: Sequence, length: i32): void {
    if (sequence.id == other.id || length < 0 || length > other.evaluated) return;
    this.pool.share(sequence, other, length);
    if (this.logitsSequence == sequence.id) this.logitsSequence = 0;
  }

  /** Shortens a sequence to its first `length` tokens. */
  truncateSequence(sequence: Sequence, length: i32): void {
    this.pool.truncate(sequence, length);
    if (this.logitsSequence == sequence.id && this.logitsPosition >= sequence.length) this.logitsSequence = 0;
  }

  /** Appends `count` tokens (i32 at `tokens`) to a sequence's history. FAILED, with nothing appended, if one is no token or there is no room. */
  append(sequence: Sequence, tokens: usize, count: i32): i32 {
    if (count < 0 || count > sequence.context - sequence.length) {
      return this.fail(`${sequence.length} tokens and ${count} more do not fit a context of ${sequence.context}`);
    }
    for (let i = 0; i < count; ++i) {
      const token = load<i32>(tokens + ((<usize>i) << 2));
      if (token < 0 || <usize>token >= this.model.vocabulary) return this.fail(`${token} is not a token of the model`);
    }
    memory.copy(sequence.tokens + ((<usize>sequence.length) << 2), tokens, (<usize>count) << 2);
    sequence.length += count;
    return DONE;
  }

  /**
   * Makes sure of memory for the keys and values of the first `end` tokens of a sequence. False if there is not enough,
   * even without the sequences that may go.
   */
  prepare(sequence: Sequence, end: i32): bool {
    return this.pool.prepare(sequence, end);
  }

  // Evaluation

  /** Evaluates the tokens of a sequence that have not been, or those before position `end`, in batches of up to 8. */
  ingest(sequence: Sequence, budget: Budget, end: i32 = i32.MAX_VALUE): i32 {
    const model = this.model;
    // A batch in flight that was begun with a later end, or when more could go together.
    if (sequence.batch > min(this.batch, end - sequence.evaluated)) this.pool.reopen(sequence, 0);
    while (sequence.evaluated < min(sequence.length, end)) {
      const batch =
        sequence.batch > 0 ? sequence.batch : min(this.batch, min(sequence.length, end) - sequence.evaluated);
      const cost = this.corrected(stepCost(model, sequence, batch));
      const before = budget.remaining();
      if (before < cost) return this.pause(cost);
      if (sequence.batch == 0 && !this.pool.begin(sequence, batch)) {
        return this.fail('the heap is full: no room is left for the keys and values of more tokens');
      }
      step(model, sequence);
      ++this.steps;
      this.learn(cost, before, budget.remaining());
    }
    return DONE;
  }

  /** Makes the logits that follow a sequence's last token, evaluating what has not been. They are at `logits` until the next call. */
  evaluate(sequence: Sequence, budget: Budget): i32 {
    if (sequence.length == 0) return this.fail('a sequence without tokens has no next token');
    // The last token was evaluated, but something was undone since: its keys and values stay, it is evaluated again.
    if (sequence.evaluated == sequence.length && !sequence.complete()) this.pool.reopen(sequence, 1);
    const ingested = this.ingest(sequence, budget);
    if (ingested != DONE) return ingested;
    const model = this.model;
    const position = sequence.length - 1;
    if (this.logitsSequence != sequence.id || this.logitsPosition != position) {
      this.logitsSequence = sequence.id;
      this.logitsPosition = position;
      this.logitsGroups = 0;
    }
    const groups = model.weights.output.image.groups();
    const stepGroups = this.groupsPerStep(model);
    let begun = false;
    while (this.logitsGroups < groups) {
      const to = min(this.logitsGroups + stepGroups, groups);
      const cost = this.corrected(logitsCost(model, (to - this.logitsGroups) << 2));
      const before = budget.remaining();
      if (before < cost) return this.pause(cost);
      if (!begun) beginLogits(model, sequence);
      begun = true;
      logitsOf(model, this.logitsGroups, to);
      this.logitsGroups = to;
      ++this.steps;
      this.learn(cost, before, budget.remaining());
    }
    return DONE;
  }

  /** Instructions that it takes at most to evaluate one more token and to make the logits that follow it. */
  tokenCost(sequence: Sequence): u64 {
    return this.corrected(tokenCost(this.model, sequence.evaluated));
  }

  /** f32[vocabulary], after `evaluate` was DONE. */
  get logits(): usize {
    return this.model.workspace.logits;
  }

  /** The token that follows, by a chain of samplers, after `evaluate` was DONE; -1, with `error` set, if there is none. */
  sample(sequence: Sequence, chain: SamplerChain): i32 {
    const token = chain.sample(this.logits, <u32>this.model.vocabulary, sequence.tokens, sequence.length);
    if (token < 0) this.error = chain.error;
    return token;
  }

  /**
   * Makes a grammar, for chains to be held to (SamplerChain.mask). Null, with `error` set, if it cannot be.
   */
  grammar(source: GrammarSource): Grammar | null {
    let trie = this.trie;
    if (trie == null) {
      trie = new TokenTrie(this.tokenizer);
      if (trie.error.length > 0) {
        this.error = trie.error;
        return null;
      }
      this.trie = trie;
    }
    const grammar = new Grammar(trie, source);
    if (grammar.error.length == 0) return grammar;
    this.error = grammar.error;
    return null;
  }

  /** A step of the output matrix does about as much as a feed-forward half of a layer. */
  private groupsPerStep(model: Model): usize {
    const d = model.description;
    const weights = max(MIN_STEP_WEIGHTS, 3 * d.feedForward * d.embedding);
    return max<usize>(16, weights / d.embedding / 4);
  }

  private corrected(cost: u64): u64 {
    return (cost * this.correction) >> 8;
  }

  /** Remembers if a step cost more than was allowed for. */
  private learn(cost: u64, before: u64, after: u64): void {
    const spent = before - after;
    if (before == u64.MAX_VALUE || spent <= cost) return;
    this.correction = (this.correction * (spent + (spent >> 3))) / cost + 1;
  }

  private fail(reason: string): i32 {
    this.error = reason;
    return FAILED;
  }

  private pause(needed: u64): i32 {
    this.needed = needed;
    return PAUSED;
  }
}

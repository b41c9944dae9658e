/**
 * The only door into the engine: it loads a model, keeps sequences, evaluates tokens and generates. It knows no
 * messages, clock or file system: it gets a source of bytes and a budget, and stops with its state intact before the
 * budget is used up.
 *
 * Behind it, from top to bottom: loading.ts brings a model into the heap; loaded-model.ts holds it; cache/sequences.ts
 * keeps the sequences; generation/ makes a sequence's text with evaluation.ts and sampling/. More than 300 lines: it is one
 * door, and nearly all of its methods hand on what they are given.
 */
import { Span } from '../memory/span';
import { setReserve } from '../memory/heap';
import { Problem, Result } from '../problem';
import { Budget } from './budget';
import { ByteSource } from './bytes';
import { BlockStore } from './cache/block-store';
import { commonPrefix } from './cache/common-prefix';
import { Allowance } from './cache/kept-blocks';
import { Owner } from './cache/owner';
import { Labels } from './decision/labels';
import { Scoring } from './decision/scoring';
import { Sequence } from './cache/sequence';
import { Sequences } from './cache/sequences';
import { mixed } from './cache/stored-block';
import { ChatFormat } from './chat-format/chat-format';
import { examine } from './examination';
import { RemainingText } from './generation/remaining-text';
import { AnswerRequest } from './generation/answer-request';
import { whyNoObject } from './generation/chat-tokens';
import { PreparedAnswer } from './generation/prepared-answer';
import { PreparedRequest } from './generation/prepared-request';
import { PromptTokens } from './generation/prompt-tokens';
import { Request } from './generation/request';
import { Override } from './gguf/overrides';
import { LoadedModel } from './loaded-model';
import { Loading } from './loading';
import { tokenCost } from './model/cost';
import { CacheTypes, RopeOverrides } from './model/load-options';
import { PackedImage } from './model/packed-image';
import { WeightStore } from './model/weight-store';
import { ModelFacts } from './model-facts';
import { Outcome } from './outcome';
import { Continues } from './template/continues';
import { templateProblem } from './template/file-template';

export class Engine {
  private loading: Loading | null = null;
  private ready: LoadedModel | null = null;
  private pool: Sequences = new Sequences(0, 0, 0);
  private owner: Owner | null = null;
  /** What tells the model and how it is loaded from all others. */
  private identity: u64 = 0;
  private readonly remaining: RemainingText = new RemainingText();

  // Loading

  /** Why a file cannot be loaded with these overrides, judged by its header; null if the header is fine. */
  examine(source: ByteSource, overrides: Override[]): Problem | null {
    return examine(source, overrides);
  }

  /** Frees the loaded model with its sequences, and begins to load another; loading.ts explains the arguments. */
  beginLoad(
    source: ByteSource,
    context: i32,
    rope: RopeOverrides | null = null,
    cacheTypes: CacheTypes | null = null,
    checksTensors: bool = false,
    overrides: Override[] = [],
    weightStore: WeightStore | null = null,
  ): void {
    this.unload();
    this.loading = new Loading(source, context, rope, cacheTypes, checksTensors, overrides, weightStore);
  }

  /**
   * Says what tells the model that is loaded next, and the options that it is loaded with, from all others: what was kept of
   * sequences outside of the heap is theirs only where this is the same.
   */
  identify(identity: u64): void {
    this.identity = identity;
  }

  /** Goes on loading. If it cannot be, there is no model and the heap is as it was. */
  continueLoad(budget: Budget): Outcome {
    const loading = this.loading;
    if (loading == null) return Outcome.failed(new Problem('no model is being loaded'));
    const outcome = loading.run(budget);
    if (outcome.problem !== null) this.loading = null;
    if (!outcome.isDone) return outcome;
    const model = loading.model!;
    const d = model.description;
    const blockBytes = <usize>model.blockBytes();
    const identity = mixed(this.identity, model.variant(loading.context, loading.fit!.weightBytes));
    this.keep(new Sequences(loading.context, d.embedding, blockBytes, model.keepsState(), identity, model));
    this.ready = new LoadedModel(model, loading.tokenizer, loading.file!, loading.source, this.pool);
    return outcome;
  }

  /** Goes on making the packed image of the loaded model in the place that `beginLoad` was given, if there is any. */
  keepWeights(budget: Budget): Outcome {
    const image = this.image;
    return image === null || this.ready === null ? Outcome.DONE : image.keep(budget);
  }

  /** Whether the model's packed image has all of its weights. */
  get isImageWhole(): bool {
    const image = this.image;
    return image !== null && image.isWhole;
  }

  /**
   * The bytes of the model's file that its packed image makes unnecessary: from, to, from, to ... They are those of all tensors but
   * embeddings, whose rows are read from the file.
   */
  get unneededBytes(): u64[] {
    return this.loading!.unneededBytes();
  }

  /** Bytes of the model's packed image, and of those that are there: 0 if there is no place for one. */
  get imageBytes(): u64 {
    const image = this.image;
    return image === null ? 0 : image.bytes;
  }

  /** Instructions to make what is missing of it, about. */
  get imageInstructions(): u64 {
    const image = this.image;
    return image === null ? 0 : image.keepingCost;
  }

  get keptImageBytes(): u64 {
    const image = this.image;
    return image === null ? 0 : image.keptBytes;
  }

  private get image(): PackedImage | null {
    const loading = this.loading;
    return loading === null ? null : loading.image;
  }

  /** Replaces the pool; the sequences of the old one are dropped. */
  private keep(pool: Sequences): void {
    this.pool.removeAll();
    this.pool = pool;
    pool.owner = this.owner;
    setReserve(pool);
  }

  /** Frees the model, its tokenizer and all sequences. */
  unload(): void {
    this.keep(new Sequences(0, 0, 0));
    const ready = this.ready;
    if (ready != null) {
      ready.constraints.dispose();
      ready.template.dispose();
    }
    this.ready = null;
    const loading = this.loading;
    if (loading != null) loading.dispose();
    this.loading = null;
  }

  /** Whether a model is loaded and ready. */
  get isReady(): bool {
    return this.ready != null;
  }

  /** Bytes of tensors that were read, and of all tensors (0 before they are known). */
  get loadedBytes(): u64 {
    const loading = this.loading;
    return loading == null ? 0 : loading.readBytes;
  }

  get totalBytes(): u64 {
    const loading = this.loading;
    return loading == null ? 0 : loading.totalBytes;
  }

  /** Why the chat template of the current file cannot be used; null if it can, or if that is not known yet. */
  whyNoTemplate(): Problem | null {
    const loading = this.loading;
    if (loading === null) return null;
    const file = loading.file;
    return file === null ? null : templateProblem(file, loading.source);
  }

  // The model. Unless noted otherwise, what follows requires a ready model.

  /** The parts, for hosts that measure them or do not generate. */
  get loaded(): LoadedModel {
    return this.ready!;
  }

  get facts(): ModelFacts {
    return this.loaded.facts;
  }

  /** Most tokens of a sequence. */
  get context(): i32 {
    return this.pool.context;
  }

  // Sequences: one is in use at a time, and it is never evicted. Others may be: an allocation of big memory that finds
  // no room evicts the least recently used sequence first, pinned ones last, and never held ones.

  /** Sets the owner of the records beside sequences; call it before there are sequences. */
  setOwner(owner: Owner): void {
    this.owner = owner;
    this.pool.owner = owner;
  }

  /**
   * Begins a message without a sequence in use, and ends the protection of sequences that their owner no longer holds.
   *
   * @param dropsHeld whether held sequences may be evicted, too, because nothing that the message does will last
   */
  beginMessage(dropsHeld: bool): void {
    this.pool.leave();
    this.pool.dropsHeld = dropsHeld;
    this.pool.reviewHeld();
  }

  /** Ends the use of the current sequence. */
  endMessage(): void {
    this.pool.leave();
    this.pool.sparesPinned = false;
  }

  /** Until the end of the message, pinned sequences are not evicted either: another one is being pinned. */
  sparePinned(): void {
    this.pool.sparesPinned = true;
  }

  /** Makes a new, empty sequence and uses it; null if the heap has no room for it. */
  openSequence(): Sequence | null {
    return this.pool.create();
  }

  /** The sequence of an id; null if it was closed or evicted and has to be rebuilt from its tokens. */
  findSequence(id: u32): Sequence | null {
    return this.pool.find(id);
  }

  /** Makes the sequence the one in use. */
  useSequence(sequence: Sequence): void {
    this.pool.use(sequence);
  }

  closeSequence(sequence: Sequence): void {
    this.pool.remove(sequence);
  }

  /** A sequence with the same history, which shares all evaluated tokens; null if the heap has no room for it. */
  forkSequence(sequence: Sequence): Sequence | null {
    return this.pool.fork(sequence);
  }

  /** Shortens a sequence to its first `length` tokens. */
  truncateSequence(sequence: Sequence, length: i32): void {
    this.pool.truncate(sequence, length);
    sequence.state.truncate(length);
    sequence.text.rewind(sequence.shown);
    this.loaded.evaluation.truncated(sequence, sequence.length);
  }

  /**
   * Appends `count` tokens (i32 at `tokens`) to a sequence's history. Null, or the problem, and then nothing is
   * appended.
   */
  append(sequence: Sequence, tokens: usize, count: i32): Problem | null {
    if (count < 0 || count > sequence.context - sequence.length) {
      return new Problem(`${sequence.length} tokens and ${count} more do not fit a context of ${sequence.context}`);
    }
    for (let i = 0; i < count; ++i) {
      const token = load<i32>(tokens + ((<usize>i) << 2));
      if (token < 0 || token >= this.facts.vocabulary) return new Problem(`${token} is not a token of the model`);
    }
    memory.copy(sequence.tokens + ((<usize>sequence.length) << 2), tokens, (<usize>count) << 2);
    sequence.length += count;
    return null;
  }

  /**
   * Lets a sequence share the keys and values of the pinned one with the longest common prefix with `tokens` (i32 *
   * count), if that is longer than its own.
   */
  sharePinned(sequence: Sequence, tokens: usize, count: i32): void {
    if (this.pool.sharePinned(sequence, tokens, count)) this.loaded.evaluation.truncated(sequence, 0);
  }

  /** How many first tokens of `tokens` (i32 * count) a sequence begins with. */
  commonOf(sequence: Sequence, tokens: usize, count: i32): i32 {
    return commonPrefix(sequence.tokens, tokens, count);
  }

  /** How many of `tokens` (i32 * count), from the first on, a sequence has evaluated. */
  evaluatedOf(sequence: Sequence, tokens: usize, count: i32): i32 {
    return commonPrefix(sequence.tokens, tokens, min(count, sequence.evaluated));
  }

  /** Makes the first `length` evaluated tokens of another sequence this one's history. */
  shareSequence(sequence: Sequence, other: Sequence, length: i32): void {
    this.pool.share(sequence, other, length);
    this.loaded.evaluation.truncated(sequence, 0);
  }

  /**
   * Keeps what is evaluated of a sequence's first `length` tokens outside of the heap, the first `kept` of which are there. How
   * many are there then.
   */
  keepSequence(sequence: Sequence, length: i32, kept: i32, store: BlockStore, allowance: Allowance): i32 {
    return this.pool.kept.keep(sequence, length, kept, store, allowance);
  }

  /** Brings back what was kept of a sequence's history and is not in the heap. How many tokens that is. */
  bringBackSequence(sequence: Sequence, store: BlockStore, allowance: Allowance): i32 {
    return this.pool.kept.bringBack(sequence, store, allowance);
  }

  /** Bytes of a block of 32 positions, and of what may be kept behind it. */
  get blockBytes(): usize {
    return this.pool.blockBytes;
  }

  get residualBytes(): usize {
    return this.pool.width << 2;
  }

  pinSequence(sequence: Sequence): void {
    this.pool.pin(sequence);
  }

  /**
   * Protects a sequence from eviction until its owner no longer holds it, or ends the protection if `isHeld` is false.
   */
  holdSequence(sequence: Sequence, isHeld: bool): void {
    if (isHeld) this.pool.hold(sequence);
    else this.pool.letGo(sequence);
  }

  isHeld(sequence: Sequence): bool {
    return this.pool.isHeld(sequence);
  }

  /** Held sequences other than the one in use; 0 without a model. */
  get othersHeld(): i32 {
    return this.pool.othersHeld;
  }

  /** Sequences that were evicted since the model was loaded. */
  get evictions(): u64 {
    return this.pool.evictions;
  }

  /** Whether the sequence has memory of its own for the keys and values of its first `end` tokens. */
  hasRoom(sequence: Sequence, end: i32): bool {
    return this.pool.hasRoom(sequence, end);
  }

  /** Makes sure of that memory; false if there is not enough even after evictions. */
  makeRoom(sequence: Sequence, end: i32): bool {
    return this.pool.makeRoom(sequence, end);
  }

  // Evaluating and generating

  /** Steps of evaluation since the model was loaded: tells whether work that paused did anything. */
  get steps(): u64 {
    return this.loaded.evaluation.steps;
  }

  /** Most instructions to evaluate one more token and make the logits after it. */
  tokenCost(sequence: Sequence): u64 {
    return this.loaded.evaluation.tokenCost(sequence);
  }

  /** The same for a token after `position` tokens of any sequence. */
  tokenCostAt(position: i32): u64 {
    return tokenCost(this.loaded.model, position);
  }

  /** Evaluates what of a sequence is not. */
  ingest(sequence: Sequence, budget: Budget): Outcome {
    return this.loaded.evaluation.ingest(sequence, budget);
  }

  /** The same for the tokens before position `end`, in smaller steps if the budget has no room for large ones. */
  ingestUpTo(sequence: Sequence, budget: Budget, end: i32): Outcome {
    return this.loaded.evaluation.ingestAsFits(sequence, budget, end);
  }

  /** Labels as tokens, to be scored. */
  labels(texts: Span[]): Result<Labels> {
    return Labels.of(texts, this.loaded.tokenizer);
  }

  /** Scores how probable labels are after a sequence's history; decision/scoring.ts explains the scores. */
  scoring(labels: Labels, sequence: Sequence, scores: usize): Scoring {
    return new Scoring(this.loaded.evaluation, labels, sequence, scores);
  }

  /** Tokenizes a prompt, including control tokens; it has to fit the context. */
  tokenize(prompt: Span, budget: Budget): Result<PromptTokens> {
    return PromptTokens.of(prompt, this.loaded.tokenizer, this.context, budget);
  }

  /** Tokenizes a text of any length; the flags are those of the tokenizer's `encode`. */
  tokensOf(text: Span, addSpecial: bool, parseSpecial: bool, budget: Budget): Result<PromptTokens> {
    return PromptTokens.ofText(text, this.loaded.tokenizer, addSpecial, parseSpecial, budget);
  }

  /** The text of tokens, i32 * count, control tokens shown; valid until the next call. */
  textOf(tokens: usize, count: i32, most: u32): Result<Span> {
    return this.remaining.ofTokens(tokens, count, this.loaded.tokenizer, most);
  }

  /** Tokenizes a conversation with the chat template (generation/chat-tokens.ts); `time` is in seconds since 1970. */
  tokenizeChat(json: Span, time: i64, continues: Continues, budget: Budget): Result<PromptTokens> {
    return this.loaded.template.tokenize(json, time, continues, this.context, budget);
  }

  /** How the model writes thoughts and calls, by its chat template. */
  chatFormat(): Result<ChatFormat> {
    return this.loaded.template.format();
  }

  /** Why a text is not a JSON object, or null. Needs no model. */
  whyNoObject(text: Span): Problem | null {
    return whyNoObject(text);
  }

  /** Prepares a request; the caller disposes of it. */
  prepare(request: Request): Result<PreparedRequest> {
    const loaded = this.loaded;
    return PreparedRequest.of(request, loaded.evaluation, loaded.tokenizer, loaded.constraints);
  }

  /** Prepares an answer to the prompt of `count` tokens, i32 at `tokens`; the caller disposes of it. */
  prepareAnswer(asked: AnswerRequest, tokens: usize, count: i32): Result<PreparedAnswer> {
    const loaded = this.loaded;
    let format: ChatFormat | null = null;
    if (asked.isChat) {
      const read = loaded.template.format();
      format = read.value;
      if (format === null) return Result.fail<PreparedAnswer>(read.problem!);
    }
    return PreparedAnswer.of(asked, format, tokens, count, loaded.evaluation, loaded.tokenizer, loaded.constraints);
  }

  /** Makes the text of a sequence, with or without control tokens, as far as there is room for it. */
  showText(sequence: Sequence, special: bool): void {
    sequence.text.show(special);
    sequence.text.extend(this.loaded.tokenizer, sequence.tokens, sequence.shown);
  }

  /** Makes sure of room for the text of `count` remaining tokens; false if there is none. */
  reserveRemaining(count: i32, most: u32): bool {
    return this.remaining.reserve(this.loaded.tokenizer, count, most);
  }

  /** The text of the remaining tokens, cut after `most` bytes; call `reserveRemaining` first. */
  remainingText(sequence: Sequence, from: i32, end: i32, most: u32): Span {
    return this.remaining.of(sequence, this.loaded.tokenizer, from, end, most);
  }
}

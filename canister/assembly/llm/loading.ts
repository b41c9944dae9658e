/**
 * Loads a model from its file into the heap: header, tokenizer, plan, then the tensors by chunks of rows. It can stop
 * between any two steps and continue in a later call. On a failure it gives back everything it took.
 */
import { Code, Problem } from '../problem';
import { Budget, Unlimited } from './budget';
import { ByteSource } from './bytes';
import { Sequence } from './cache/sequence';
import { Fit } from './fit';
import { GgufFile, readGguf } from './gguf/file';
import { Override, applyOverrides } from './gguf/overrides';
import { TensorInfo } from './gguf/tensors';
import { availableBytes } from '../memory/heap';
import { describe } from './model/architectures';
import { Description } from './model/description';
import { Embedding } from './model/embedding';
import { CacheTypes, RopeOverrides } from './model/load-options';
import { Loader } from './model/loader';
import { computeFrequencies, Model } from './model/model';
import { PackedImage } from './model/packed-image';
import { Plan } from './model/plan';
import { WeightStore } from './model/weight-store';
import { MOST_PER_STRING, PER_HEADER_BYTE, SMALL_STEP } from '../prices';
import { Outcome } from './outcome';
import { formatOf } from './quant/formats';
import { Tokenizer } from './tokenizer/tokenizer';

/** Most tokens of a sequence; bounds the buffers of attention and every sequence's extent. */
const MAX_CONTEXT: i32 = 1 << 20;
/** Fewest tokens, since a prompt's limit is the context less 4. */
const MIN_CONTEXT: i32 = 8;
/** A default context is not reduced below this to fit the heap. */
const USEFUL_CONTEXT: i32 = 512;
/**
 * To get a default context of this size, weights are packed rather than the context reduced. Rotary models get it even
 * if they were trained for less: llama_cpp_canister's sessions have as many tokens by default, and its clients rely on
 * it.
 */
const GOOD_CONTEXT: i32 = 4096;

/** Bytes that a default context leaves to the runtime's objects. */
const OBJECTS: u64 = 1 << 18;

/** Bytes of header that a call reserves. */
const TYPICAL_HEADER: u64 = 16 << 20;

const HEADER: i32 = 0;
const TOKENIZER: i32 = 1;
const PLAN: i32 = 2;
const PLANNED: i32 = 3;
const TENSORS: i32 = 4;
const LOADED: i32 = 5;

export class Loading {
  /** Why the model cannot be loaded; null while nothing is wrong. */
  private problem: Problem | null = null;
  readonly tokenizer: Tokenizer = new Tokenizer();
  file: GgufFile | null = null;
  model: Model | null = null;
  /** The model's needs, once they are known. */
  fit: Fit | null = null;
  /** The weights outside of the heap, if there is a place for them and the plan is known. */
  image: PackedImage | null = null;
  private phase: i32 = HEADER;
  private description: Description = new Description();
  private loader: Loader | null = null;

  constructor(
    /** The file's bytes, or those of its concatenated parts; embeddings are read from it while the model is in use. */
    readonly source: ByteSource,
    /**
     * Most tokens of a sequence; 0: the default, which is the trained context (for rotary models at least 4096), or as
     * many as fit the heap. It stays 0 until the model's plan is known.
     */
    public context: i32,
    private readonly rope: RopeOverrides | null,
    private readonly cacheTypes: CacheTypes | null = null,
    /** Refuse a file with a weight or a scale that is not finite; biases and norms are always checked. */
    private readonly checksTensors: bool = false,
    /** Values that replace those of the file's metadata. */
    private readonly overrides: Override[] = [],
    /** A place outside of the heap for the packed image, or null. */
    private readonly weightStore: WeightStore | null = null,
  ) {
    if (context != 0 && (context < MIN_CONTEXT || context > MAX_CONTEXT)) {
      this.problem = new Problem(
        `a context of ${context} tokens is not possible; ${MIN_CONTEXT} to ${MAX_CONTEXT} are`,
      );
    }
  }

  /** Bytes of tensors that are in the heap. */
  get readBytes(): u64 {
    const loader = this.loader;
    return loader == null ? 0 : loader.readBytes;
  }

  /** Bytes of all tensors; 0 before they are known. */
  get totalBytes(): u64 {
    const loader = this.loader;
    return loader == null ? 0 : loader.totalBytes;
  }

  /**
   * Continues until the model's needs are known, without allocating anything for it. Null, or the reason why it cannot
   * be loaded.
   */
  runToPlan(): Problem | null {
    const unlimited = new Unlimited();
    while (this.problem === null && this.phase < PLANNED) this.step(unlimited);
    return this.problem;
  }

  /** Continues until the model is loaded, a problem occurs, or the next step does not fit the budget. */
  run(budget: Budget): Outcome {
    while (this.problem === null && this.phase != LOADED) {
      const cost = this.nextCost();
      if (budget.remaining() < cost) return Outcome.paused(cost);
      this.step(budget);
    }
    return this.problem === null ? Outcome.DONE : Outcome.failed(this.problem!);
  }

  private nextCost(): u64 {
    if (this.phase == HEADER) return min(this.source.size(), TYPICAL_HEADER) * PER_HEADER_BYTE + SMALL_STEP;
    if (this.phase == TOKENIZER) return this.strings() * MOST_PER_STRING + SMALL_STEP;
    if (this.phase == PLANNED) return SMALL_STEP;
    if (this.phase == PLAN) return <u64>this.file!.tensors.count * 20000 + SMALL_STEP;
    return this.loader!.done() ? SMALL_STEP : this.loader!.nextCost();
  }

  private strings(): u64 {
    const metadata = this.file!.metadata;
    const tokens = metadata.find('tokenizer.ggml.tokens');
    const merges = metadata.find('tokenizer.ggml.merges');
    return (tokens == null ? 0 : tokens.count) + (merges == null ? 0 : merges.count);
  }

  /** Does one more step. A problem is kept, and all memory is released. */
  private step(budget: Budget): void {
    this.problem = this.doStep(budget);
    if (this.problem !== null) this.dispose();
  }

  private doStep(budget: Budget): Problem | null {
    if (this.phase == HEADER) return this.readHeader();
    if (this.phase == TOKENIZER) return this.readTokenizer();
    if (this.phase == PLAN) return this.plan();
    return this.phase == PLANNED ? this.take() : this.readTensors(budget);
  }

  private readHeader(): Problem | null {
    const read = readGguf(this.source);
    const file = read.value;
    if (file === null) return read.problem;
    this.file = file;
    applyOverrides(file.metadata, this.overrides);
    this.description = describe(file.metadata);
    if (file.metadata.problem !== null) return file.metadata.problem;
    const rope = this.rope;
    if (rope != null) rope.apply(this.description);
    const cacheTypes = this.cacheTypes;
    if (cacheTypes != null) cacheTypes.apply(this.description);
    this.phase = TOKENIZER;
    return null;
  }

  private readTokenizer(): Problem | null {
    this.phase = PLAN;
    return this.tokenizer.load(this.file!);
  }

  private plan(): Problem | null {
    const vocabulary = <usize>this.tokenizer.size;
    const file = this.file!;
    const plan = new Plan(file, this.description, vocabulary);
    if (plan.problem !== null) return plan.problem;
    const d = this.description;
    if (d.learnedPositions && <u32>this.context > d.trainedContext) {
      return new Problem(
        `the model has embeddings of ${d.trainedContext} positions: no context of ${this.context} tokens`,
      );
    }
    const embedding = this.embedding(plan.embedding!);
    const positions = plan.positions;
    const model = new Model(
      d,
      plan.weights,
      embedding,
      positions == null ? null : this.embedding(positions),
      vocabulary,
    );
    this.pack(plan, model);
    if (this.context == 0) this.context = this.fittingContext(plan, model);
    const fit = this.fitOf(plan, model);
    this.fit = fit;
    const place = this.weightStore;
    if (place !== null) this.image = new PackedImage(place, plan);
    const absent = this.whyNoWeights();
    if (absent !== null) return absent;
    const loader = new Loader(this.source, plan, this.checksTensors, this.image);
    fit.planLoading(loader, file.dataOffset, this.strings());
    const missing = fit.why();
    if (missing !== null) return missing;
    this.model = model;
    this.loader = loader;
    this.phase = PLANNED;
    return null;
  }

  /** The problem if the weights are neither in the file nor in a packed image; null if they are. */
  private whyNoWeights(): Problem | null {
    if (!this.source.lacksWeights) return null;
    if (this.checksTensors) return new Problem('--check-tensors: the weights were removed from the file');
    const image = this.image;
    if (image !== null && image.isWhole) return null;
    return new Problem(
      'the weights were removed from the file, and its packed image is of another version, of other options, or damaged: ' +
        'load it as before, or upload the file again',
    );
  }

  /** Where the file has tensors other than embeddings: from, to, from, to ...; once the model is loaded. */
  unneededBytes(): u64[] {
    const plan = this.loader!.plan;
    const bytes: u64[] = [this.file!.dataOffset, this.source.size()];
    leaveOut(bytes, plan.embedding);
    leaveOut(bytes, plan.positions);
    return bytes;
  }

  /** Takes the heap that the plan asks for. */
  private take(): Problem | null {
    const model = this.model!;
    const loader = this.loader!;
    const reason = model.workspace.reserve(this.context);
    if (reason !== null) return reason;
    if (!loader.plan.allocate()) return new Problem('no memory is left for the weights', Code.HEAP_FULL);
    this.phase = TENSORS;
    return loader.begin();
  }

  private embedding(tensor: TensorInfo): Embedding {
    return new Embedding(this.source, tensor, formatOf(tensor.type)!, this.description.embedding);
  }

  /**
   * Packs as many matrices as needed to fit the heap: a packed weight takes half the room and a sixth more
   * instructions.
   */
  private pack(plan: Plan, model: Model): void {
    const wanted = this.context;
    if (wanted == 0) this.context = <i32>min<u32>(this.description.trainedContext, GOOD_CONTEXT);
    const needed = this.fitOf(plan, model).neededBytes;
    const available = availableBytes();
    if (needed > available) plan.pack(plan.heapBytes() - min(plan.heapBytes(), needed - available));
    this.context = wanted;
  }

  /** The default context, or the greatest that fits the heap. */
  private fittingContext(plan: Plan, model: Model): i32 {
    const trained = <i32>min<u32>(this.description.trainedContext, MAX_CONTEXT);
    this.context = max(trained, this.description.ropeDims > 0 ? GOOD_CONTEXT : MIN_CONTEXT);
    let high = this.context;
    let low = min(high, USEFUL_CONTEXT);
    if (this.fits(plan, model)) return high;
    while (high - low > 1) {
      this.context = low + ((high - low) >> 1);
      if (this.fits(plan, model)) low = this.context;
      else high = this.context;
    }
    return low;
  }

  /** Whether the model fits the heap and leaves the runtime room for its own objects. */
  private fits(plan: Plan, model: Model): bool {
    return this.fitOf(plan, model).neededBytes + OBJECTS <= availableBytes();
  }

  /** Bytes of one sequence's keys and values, tokens and residual stream. */
  private sequenceBytes(model: Model): u64 {
    const blocks = <u64>(this.context + 31) / 32;
    return (
      blocks * ((model.blockBytes() + 0xffff) & ~0xffff) + Sequence.bytes(this.context, this.description.embedding)
    );
  }

  /** The heap that the model needs, with one full sequence. */
  private fitOf(plan: Plan, model: Model): Fit {
    return new Fit(
      model,
      this.context,
      plan.heapBytes(),
      model.workspace.bytesFor(this.context),
      this.sequenceBytes(model),
    );
  }

  private readTensors(budget: Budget): Problem | null {
    const loader = this.loader!;
    const outcome = loader.run(budget);
    if (!outcome.isDone) return outcome.problem;
    loader.end();
    computeFrequencies(this.model!, this.context);
    this.phase = LOADED;
    return null;
  }

  /** Gives back everything that was taken. */
  dispose(): void {
    const loader = this.loader;
    if (loader != null) loader.end();
    const model = this.model;
    if (model != null) model.dispose();
    this.tokenizer.dispose();
    this.model = null;
    this.loader = null;
    this.image = null;
    this.file = null;
  }
}

/** Takes a tensor's bytes out of the range that has them. */
function leaveOut(bytes: u64[], tensor: TensorInfo | null): void {
  if (tensor === null) return;
  for (let i = 0; i < bytes.length; i += 2) {
    if (tensor.offset < bytes[i] || tensor.offset >= bytes[i + 1]) continue;
    bytes.push(tensor.offset + tensor.bytes);
    bytes.push(bytes[i + 1]);
    bytes[i + 1] = tensor.offset;
    return;
  }
}

/**
 * The engine alone, without ic0: engine.wasm, for tests, benchmarks, and the command line's `inspect` and `fit`.
 *
 * Imports (module "host"):
 *   read(offset: f64, dst: u32, length: u32)   copies bytes of the model file into memory
 *   size(): f64                                bytes of the model file
 *   budget(): f64                              instructions that the call may still execute; Infinity: no limit
 *
 * Text and tokens travel through buffers of `allocate`. A returned status is 0 DONE, 1 PAUSED or 2 FAILED; after FAILED
 * `errorText` has the reason. Sequences are named by their ids.
 */
import { Budget } from './llm/budget';
import { ByteSource } from './llm/bytes';
import { Engine } from './llm/engine';
import { Outcome } from './llm/outcome';
import { Problem } from './problem';
import { allocate, allocatedBytes, release, setHeapLimit } from './memory/heap';
import { Sequence } from './llm/cache/sequence';
import { CacheTypes } from './llm/model/load-options';
import { SamplerChain } from './llm/sampling/chain';
import { MIN_P } from './llm/sampling/min-p';
import { SamplingParameters } from './llm/sampling/parameters';
import { REPEAT_LAST_N, REPEAT_PENALTY } from './llm/sampling/penalties';
import { Setting } from './llm/sampling/setting';
import { TEMPERATURE } from './llm/sampling/temperature';
import { TOP_K } from './llm/sampling/top-k';
import { TOP_P } from './llm/sampling/top-p';
import { survey } from './llm/survey';


@external("host", "read")
declare function hostRead(offset: f64, dst: usize, length: u32): void;


@external("host", "size")
declare function hostSize(): f64;


@external("host", "budget")
declare function hostBudget(): f64;

/** Replaces the runtime's import; all it can do is trap. */
export function abort(_message: usize, _file: usize, _line: u32, _column: u32): void {
  unreachable();
}

/** Where the parts of the host's file begin, and where the last one ends; empty if there is only one. */
let partStarts: u64[] = [];

class HostFile extends ByteSource {
  private readonly starts: u64[];

  constructor() {
    super();
    this.starts = partStarts;
    partStarts = [];
  }

  size(): u64 {
    return <u64>hostSize();
  }

  get parts(): i32 {
    return max(1, this.starts.length - 1);
  }

  partStart(part: i32): u64 {
    return this.starts.length == 0 ? super.partStart(part) : this.starts[part];
  }

  read(offset: u64, dst: usize, length: u32): void {
    hostRead(<f64>offset, dst, length);
  }
}

class HostBudget extends Budget {
  remaining(): u64 {
    const budget = hostBudget();
    return budget < 9e15 ? <u64>max<f64>(0, budget) : u64.MAX_VALUE;
  }
}

export { allocate, release };

const engine = new Engine();
let cacheTypes: CacheTypes = new CacheTypes(false, false);
const budget = new HostBudget();
let error: ArrayBuffer = new ArrayBuffer(0);
let told: ArrayBuffer = new ArrayBuffer(0);
let chain: SamplerChain = new SamplerChain(new SamplingParameters());

const DONE: i32 = 0;
const PAUSED: i32 = 1;
const FAILED: i32 = 2;

/** Collects garbage and returns the status. */
function finish(status: i32): i32 {
  __collect();
  return status;
}

/** Remembers the reason of a failure as UTF-8. */
function failed(problem: Problem): i32 {
  error = String.UTF8.encode(problem.text);
  return finish(FAILED);
}

/** The status of a function that may fail, and does all that it is to do. */
function statusOf(problem: Problem | null): i32 {
  return problem === null ? finish(DONE) : failed(problem);
}

/** The status of one that may pause. */
function statusAfter(outcome: Outcome): i32 {
  neededLast = outcome.needed;
  return outcome.isPaused ? finish(PAUSED) : statusOf(outcome.problem);
}

function noSequence(id: u32): i32 {
  return failed(new Problem(`sequence ${id} is not there; it was closed or evicted`));
}

/** The sequence with an id, marked as the one in use; or null. */
function sequenceOf(id: u32): Sequence | null {
  const sequence = engine.findSequence(id);
  if (sequence !== null) engine.useSequence(sequence);
  return sequence;
}

let neededLast: u64 = 0;

/** UTF-8 of the last failure's reason. */
export function errorText(): usize {
  return changetype<usize>(error);
}

export function errorBytes(): i32 {
  return error.byteLength;
}

/** After PAUSED: the most instructions of the step that did not fit. */
export function needed(): f64 {
  return <f64>neededLast;
}

// Loading

/** Whether the models that are loaded from now on keep their keys and their values as int8. */
export function setCacheTypes(areKeysBytes: bool, areValuesBytes: bool): void {
  cacheTypes = new CacheTypes(areKeysBytes, areValuesBytes);
}

let checksTensors: bool = false;

/** Whether models loaded from now on are refused if a weight or a scale is infinite or NaN. */
export function setCheckTensors(checks: bool): void {
  checksTensors = checks;
}

/**
 * Announces a part of a split model: the file that is loaded next consists of these parts, one after another. Call it
 * once for each part, in order, with its bytes.
 */
export function addPart(bytes: f64): void {
  if (partStarts.length == 0) partStarts.push(0);
  partStarts.push(partStarts[partStarts.length - 1] + <u64>max<f64>(0, bytes));
}

/**
 * Describes the host's file, and what it takes to run it, as JSON (llm/survey.ts). Returns the bytes of text at
 * `toldText`.
 */
export function surveyFile(context: i32): i32 {
  told = String.UTF8.encode(survey(new HostFile(), context, cacheTypes));
  __collect();
  return told.byteLength;
}

export function toldText(): usize {
  return changetype<usize>(told);
}

/**
 * Frees the model and begins to load the host's file, for sequences of up to `context` tokens (0: the model's default).
 */
export function beginLoad(context: i32): void {
  engine.beginLoad(new HostFile(), context, null, cacheTypes, checksTensors);
  __collect();
}

export function continueLoad(): i32 {
  return statusAfter(engine.continueLoad(budget));
}

export function unload(): void {
  engine.unload();
  __collect();
}

export function loadedBytes(): f64 {
  return <f64>engine.loadedBytes;
}

export function totalBytes(): f64 {
  return <f64>engine.totalBytes;
}

/** Bytes of extents in use, and of memory. */
export function heapBytes(): f64 {
  return <f64>allocatedBytes();
}

export function memoryBytes(): f64 {
  return <f64>memory.size() * 65536;
}

export function limitHeap(bytes: f64): void {
  setHeapLimit(<u64>bytes);
}

// The model; 0 if none is loaded

export function vocabularySize(): i32 {
  return engine.isReady ? engine.facts.vocabulary : 0;
}

export function layerCount(): i32 {
  return engine.isReady ? engine.facts.layers : 0;
}

export function parameters(): f64 {
  return engine.isReady ? <f64>engine.facts.parameters : 0;
}

/** Most tokens of a sequence. */
export function context(): i32 {
  return engine.isReady ? engine.context : 0;
}

export function trainedContext(): f64 {
  return engine.isReady ? <f64>engine.facts.trainedContext : 0;
}

// Text and tokens

/** Tokenizes `bytes` bytes at `text`; how many tokens are at `tokens`, or -1, with `errorText`. */
export function tokenize(text: usize, bytes: u32, addSpecial: bool, parseSpecial: bool): i32 {
  if (!engine.isReady) {
    failed(new Problem('no model is loaded'));
    return -1;
  }
  const problem = engine.loaded.tokenizer.encode(text, bytes, addSpecial, parseSpecial);
  return statusOf(problem) == DONE ? engine.loaded.tokenizer.count : -1;
}

export function tokens(): usize {
  return engine.isReady ? engine.loaded.tokenizer.tokens : 0;
}

/** Most bytes that `decode` writes. */
export function longestPiece(): u32 {
  return engine.isReady ? engine.loaded.tokenizer.longestPiece : 0;
}

/** Writes the text of a token to `dst`; returns its bytes. */
export function decode(token: i32, showSpecial: bool, dst: usize): u32 {
  return engine.isReady ? engine.loaded.tokenizer.decode(token, showSpecial, dst) : 0;
}

export function isEndOfGeneration(token: i32): bool {
  return engine.isReady && engine.loaded.tokenizer.isEndOfGeneration(token);
}

// Sequences

/** Id of a new sequence; 0 if there is no room or no model. */
export function openSequence(): u32 {
  if (!engine.isReady) return 0;
  const sequence = engine.openSequence();
  return sequence == null ? 0 : sequence.id;
}

/** Id of a copy of a sequence; 0 if there is no room or no such sequence. */
export function forkSequence(id: u32): u32 {
  const sequence = sequenceOf(id);
  if (sequence == null) return 0;
  const copy = engine.forkSequence(sequence);
  return copy == null ? 0 : copy.id;
}

export function closeSequence(id: u32): void {
  const sequence = sequenceOf(id);
  if (sequence != null) engine.closeSequence(sequence);
  __collect();
}

export function truncateSequence(id: u32, length: i32): i32 {
  const sequence = sequenceOf(id);
  if (sequence == null) return noSequence(id);
  engine.truncateSequence(sequence, length);
  return 0;
}

/** Tokens of a sequence; -1 if it is not resident. */
export function sequenceLength(id: u32): i32 {
  const sequence = sequenceOf(id);
  return sequence == null ? -1 : sequence.length;
}

export function sequenceEvaluated(id: u32): i32 {
  const sequence = sequenceOf(id);
  return sequence == null ? -1 : sequence.evaluated;
}

/** The i32 tokens of a sequence; 0 if it is not resident. */
export function sequenceTokens(id: u32): usize {
  const sequence = sequenceOf(id);
  return sequence == null ? 0 : sequence.tokens;
}

export function append(id: u32, tokens: usize, count: i32): i32 {
  const sequence = sequenceOf(id);
  if (sequence == null) return noSequence(id);
  return statusOf(engine.append(sequence, tokens, count));
}

/** Evaluates a sequence's tokens. */
export function ingest(id: u32): i32 {
  const sequence = sequenceOf(id);
  return sequence == null ? noSequence(id) : statusAfter(engine.loaded.evaluation.ingest(sequence, budget));
}

/** Makes the logits after a sequence's last token. */
export function evaluate(id: u32): i32 {
  const sequence = sequenceOf(id);
  return sequence == null ? noSequence(id) : statusAfter(engine.loaded.evaluation.evaluate(sequence, budget));
}

/** f32[vocabularySize] after `evaluate` was DONE. */
export function logits(): usize {
  return engine.isReady ? engine.loaded.evaluation.logits : 0;
}

// Sampling

/** Sets these parameters for the samplers in their default order; 2, with `errorText`, if they are invalid. */
export function setSampling(
  seed: u32,
  temperature: f32,
  topK: i32,
  topP: f32,
  minP: f32,
  repeatPenalty: f32,
  repeatLastN: i32,
): i32 {
  const p = new SamplingParameters();
  p.seed = seed;
  const given: Setting[] = [TEMPERATURE, TOP_K, TOP_P, MIN_P, REPEAT_PENALTY, REPEAT_LAST_N];
  const values: f64[] = [temperature, topK, topP, minP, repeatPenalty, repeatLastN];
  for (let i = 0; i < given.length; ++i) {
    const problem = p.set(given[i], values[i]);
    if (problem !== null) return failed(problem.of(given[i].flags));
  }
  chain.dispose();
  chain = new SamplerChain(p);
  return finish(DONE);
}

/** The token that follows a sequence, after `evaluate` was DONE; -1, with `errorText`, if there is none. */
export function sample(id: u32): i32 {
  const sequence = sequenceOf(id);
  if (sequence == null) {
    noSequence(id);
    return -1;
  }
  return statusOf(engine.loaded.evaluation.sample(sequence, chain)) == DONE ? chain.token : -1;
}

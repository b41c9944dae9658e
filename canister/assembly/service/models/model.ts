/**
 * The loaded model: a cache, in the heap, of a file. Loading does as much as fits in a message and continues in timer
 * steps; after an upgrade the model is loaded again by itself.
 */
import { OutputRecordResult, StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { now } from '../../ic/clock';
import { instructions } from '../../ic/performance';
import { Override } from '../../llm/gguf/overrides';
import { setHeapLimit } from '../../memory/heap';
import { CacheTypes, RopeOverrides } from '../../llm/model/load-options';
import { LOADING_RESERVE } from '../../prices';
import { Code, Problem } from '../../problem';
import { MAX_PATH } from '../../storage/path';
import { FieldWriter } from '../../storage/values';
import { Arguments } from '../flags/arguments';
import { callLimit } from '../limits/instruction-budget';
import { engine, modelHash, setModelFile } from '../engine/loaded';
import { log, whyNotLogged } from '../logs/logs';
import { LoadBudget, ModelFile } from './model-file';
import { overriddenKeys, putOverrides, takeOverrides } from '../flags/model-overrides';
import { identityOf } from './model-identity';
import { ModelParts } from './model-parts';
import { closeImage, keepImage, openImage } from '../images/image-keeping';
import { closePrefixes, evaluatePinned } from '../prefixes/prefix-sessions';
import { failed, told } from '../replies/replies';
import { forgetRuns } from '../engine/run-costs';
import { Setting } from '../settings/settings';
import { Task, cancel, schedule } from '../settings/tasks';

/**
 * The size to which the heap may grow: the largest limit of a canister (3.75 GiB). A message that exceeds the
 * canister's own limit, or its cycles, traps.
 */
const HEAP_LIMIT: u64 = 3840 << 20;
/** Bytes of a file that are hashed for its SHA-256 if it was not written from front to back. */
const MAX_HASHED: u64 = 32 << 20;
/** What goes on by itself. */
const ACCEPTED: u16 = 202;

export const NOT_LOADED: string = 'Model not yet loaded';
/**
 * What to load after an upgrade. Version 1: bytes of the path, u16, 0 = none; 1 = keys, 2 = values are bytes, u8;
 * reserved, u8; context, i32; rope base, f64; rope factor, f64; path. Version 2: and rope scaling, u8; five numbers of yarn,
 * f64. Version 3: and overrides (model-overrides.ts).
 */
const setting = new Setting('model');
const KEYS_ARE_BYTES: u8 = 1;
const VALUES_ARE_BYTES: u8 = 2;

const budget = new LoadBudget();
let source: ModelFile | null = null;
/** Why loading failed; null if no model was asked for. */
let problem: Problem | null = null;

/** Instructions of loading. */
export let loadInstructions: u64 = 0;
export let loadMessages: u64 = 0;

class Loading extends Task {
  run(): void {
    const model = pending;
    if (model === null) proceed();
    else resume(model);
  }
}

/** Tasks that run when a model was loaded. */
const followers: Task[] = [];

/** Runs a task whenever a model was loaded. */
export function follow(task: Task): void {
  if (!followers.includes(task)) followers.push(task);
}

/** A model that is to be loaded again after an upgrade. */
class Remembered {
  constructor(
    readonly path: string,
    readonly context: i32,
    readonly rope: RopeOverrides,
    readonly cacheTypes: CacheTypes,
    readonly overrides: Override[],
  ) {}
}

/** Nanoseconds that a step of loading may be overdue. Messages of a busy canister wait, but not that long. */
const PATIENCE: u64 = 600_000_000_000;

const loading = new Loading();
let pending: Remembered | null = null;

/** The model's file. Valid only while a model is loaded or being loaded. */
export function modelFile(): ModelFile {
  return source!;
}

/** The path of the model that is loaded or being loaded; '' if there is none. */
export function chosenModel(): string {
  const file = source;
  const next = pending;
  return file !== null ? file.path : next !== null ? next.path : '';
}

/** Why no model can answer; null if one can. */
export function whyNotReady(): Problem | null {
  const file = source;
  if (file !== null && !file.isUnchanged) {
    return new Problem(`the file of the model was changed or removed since: load it again (${file.path})`);
  }
  if (engine.isReady) return null;
  const next = pending;
  if (file !== null || next !== null) {
    const progress = `${percent()} % (${file === null ? next!.path : file.path})`;
    return new Problem(isHalted() ? halted(progress) : `loading ${progress}`, Code.LOADING);
  }
  const why = problem;
  return why === null ? new Problem(NOT_LOADED) : why.of(NOT_LOADED);
}

/** Whether a step of loading has trapped, which undoes the step and the timer. */
function isHalted(): bool {
  return loading.isTrapping || (loading.due != 0 && now() > loading.due && now() - loading.due > PATIENCE);
}

function halted(progress: string): string {
  const why = loading.isTrapping
    ? 'its steps trap, as where the model needs more memory than the canister has cycles, or a limit, for; it is tried again within a day'
    : 'the canister was stopped, or has no cycles';
  return `loading has come to a halt at ${progress}: ${why}; load_model begins anew`;
}

function percent(): u64 {
  const total = engine.totalBytes;
  return total == 0 ? 0 : (engine.loadedBytes * 100) / total;
}

/** Every program calls this before anything else: loads the model that was loaded before an upgrade. */
export function remember(): void {
  setHeapLimit(HEAP_LIMIT);
  const fields = setting.read();
  const size = fields.take<u16>();
  if (size == 0) return;
  const types = fields.take<u8>();
  fields.take<u8>();
  const context = fields.take<i32>();
  const rope = new RopeOverrides();
  rope.base = fields.take<f64>();
  rope.factor = fields.take<f64>();
  const path = fields.takeString(size);
  if (fields.version > 1) {
    rope.scaling = fields.take<u8>();
    rope.context = fields.take<f64>();
    rope.yarn = fields.take<f64>();
    rope.attention = fields.take<f64>();
    rope.fast = fields.take<f64>();
    rope.slow = fields.take<f64>();
  }
  const cacheTypes = new CacheTypes((types & KEYS_ARE_BYTES) != 0, (types & VALUES_ARE_BYTES) != 0);
  const overrides = fields.version > 2 ? takeOverrides(fields) : [];
  pending = new Remembered(path, context, rope, cacheTypes, overrides);
  schedule(loading, now());
}

/** Saves what to load after an upgrade. Null, or why not; then nothing has changed. */
function writeDown(
  path: string,
  context: i32,
  rope: RopeOverrides,
  cacheTypes: CacheTypes,
  overrides: Override[],
): Problem | null {
  const utf8 = String.UTF8.encode(path);
  const keys: u8 = cacheTypes.areKeysBytes ? KEYS_ARE_BYTES : 0;
  const values: u8 = cacheTypes.areValuesBytes ? VALUES_ARE_BYTES : 0;
  const value = new FieldWriter(3);
  value.put<u16>(<u16>utf8.byteLength);
  value.put<u8>(keys | values);
  value.put<u8>(0);
  value.put<i32>(context);
  value.put<f64>(rope.base);
  value.put<f64>(rope.factor);
  value.putBytes(changetype<usize>(utf8), utf8.byteLength);
  value.put<u8>(rope.scaling);
  value.put<f64>(rope.context);
  value.put<f64>(rope.yarn);
  value.put<f64>(rope.attention);
  value.put<f64>(rope.fast);
  value.put<f64>(rope.slow);
  putOverrides(value, overrides);
  return setting.write(value);
}

/** Begins to load a file in place of the present model. Null, or why not; then nothing has changed. */
function begin(
  path: string,
  context: i32,
  rope: RopeOverrides,
  cacheTypes: CacheTypes,
  overrides: Override[],
  checksTensors: bool = false,
): Problem | null {
  const parts = new ModelParts(path);
  if (parts.problem !== null) return parts.problem;
  const bytes = new ModelFile(path, parts.files);
  bytes.hash(MAX_HASHED);
  const hash = bytes.sha256;
  if (hash === null) return new Problem('the file is not hashed yet, because it was not written in order');
  const unfit = engine.examine(bytes, overrides);
  if (unfit !== null) return unfit;
  const unkept = writeDown(path, context, rope, cacheTypes, overrides);
  if (unkept !== null) return unkept.of('what to load after an upgrade cannot be written down');
  cancel(loading);
  pending = null;
  problem = null;
  source = bytes;
  bytes.image = openImage(parts.files[0]);
  setModelFile(path, hash);
  loadInstructions = 0;
  loadMessages = 0;
  closePrefixes();
  forgetRuns();
  engine.identify(identityOf(modelHash, rope, cacheTypes, overrides));
  engine.beginLoad(bytes, context, rope, cacheTypes, checksTensors, overrides, bytes.image);
  return null;
}

/** Loads as much as fits in the message, and schedules the rest. */
function proceed(): void {
  const file = source;
  if (file === null) return;
  if (!file.isUnchanged) return abandon(new Problem('the file was changed or removed while it was being loaded'));
  file.beginMessage();
  const whole = callLimit(false);
  const limit = whole > LOADING_RESERVE ? whole - LOADING_RESERVE : 0;
  budget.source = file;
  budget.begin(limit);
  const outcome = engine.continueLoad(budget);
  loadInstructions += instructions();
  ++loadMessages;
  if (outcome.problem !== null) return abandon(outcome.problem!);
  if (outcome.isDone) {
    evaluatePinned();
    keepImage();
    for (let i = 0; i < followers.length; ++i) schedule(followers[i], now());
    return;
  }
  if (outcome.needed > limit) {
    return abandon(
      new Problem(`a step of loading takes ${outcome.needed} instructions, and a call may execute ${whole}`),
    );
  }
  schedule(loading, now());
}

function resume(model: Remembered): void {
  const why = begin(model.path, model.context, model.rope, model.cacheTypes, model.overrides);
  if (why === null) return proceed();
  pending = null;
  problem = why.of(model.path);
}

/** Ends loading with an error; then there is no model. */
function abandon(why: Problem): void {
  const file = source;
  problem = file === null ? why : why.of(file.path);
  source = null;
  closeImage();
  closePrefixes();
  engine.unload();
  setting.clear();
}

/** Logs that a chat template cannot be used; the model still completes plain text. */
function logTemplate(args: Arguments): void {
  const problem = engine.whyNoTemplate();
  if (problem !== null) log(args, `load_model: ${problem.text}; the model completes plain text`);
}

/** Loads the model that a command line names, as far as the message allows. Null, or why not. */
export function load(args: Arguments): Problem | null {
  if (args.problem !== null) return args.problem;
  if (args.model.size == 0) return new Problem('--model not provided in args. Do not know what model to load.');
  if (args.model.size > <u32>MAX_PATH) return new Problem(`--model: a path has at most ${MAX_PATH} bytes`);
  const unlogged = whyNotLogged(args);
  if (unlogged !== null) return unlogged;
  const path = args.model.toString();
  const why = begin(path, args.context, args.rope, args.cacheTypes, args.overrides, args.checksTensors);
  if (why !== null) return why.of(`--model ${path}`);
  proceed();
  if (source === null) return new Problem(`--model ${problem!.text}`);
  const overridden = args.overrides.length == 0 ? '' : `, overridden: ${overriddenKeys(args.overrides)}`;
  log(args, `load_model: ${percent()} %, ${instructions()} instructions${overridden}`);
  logTemplate(args);
  return null;
}

export function loadModel(args: Arguments): OutputRecordResult {
  const unloaded = load(args);
  if (unloaded !== null) return failed(unloaded);
  if (engine.isReady) return told('Model succesfully loaded into memory.');
  return told(`The model is being loaded, ${percent()} % so far; ready says when it is done.`, ACCEPTED);
}

/**
 * Pinned prefixes in the heap: beginnings of prompts, evaluated once for the loaded model. Sessions whose history
 * begins with the same tokens share their keys and values. The texts are in files; the sequences here are evaluated
 * from them, in timer steps after a model was loaded, and are the last to leave a full heap.
 */
import { Code, Problem } from '../../problem';
import { now } from '../../ic/clock';
import { Text } from '../../ic/candid/values';
import { Sequence } from '../../llm/cache/sequence';
import { Outcome } from '../../llm/outcome';
import { allocate, release } from '../../memory/heap';
import { PREFIX_RESERVE, SPARE_OF_TIMER } from '../../prices';
import { list, openFile } from '../../storage/file-system';
import { MessageBudget, callLimit } from '../limits/instruction-budget';
import { engine } from '../engine/loaded';
import { Task, schedule } from '../settings/tasks';
import { bringBack, keepPinned, keepingReserve } from '../warm/warm';

/** The folder of the texts, with a file for each. */
export const PREFIX_FOLDER: string = '.pinned_prefixes';


@final
class Prefix {
  constructor(
    readonly name: string,
    /** The id of the engine's sequence. */
    readonly id: u32,
  ) {}

  /** Its tokens whose keys and values are kept beside its file. */
  kept: i32 = 0;
}

const prefixes: Prefix[] = [];
const budget = new MessageBudget();

class Evaluation extends Task {
  run(): void {
    if (!engine.isReady) return;
    beginMessage();
    this.evaluate();
    endMessage();
  }

  private evaluate(): void {
    const files = list(PREFIX_FOLDER);
    if (files === null) return;
    for (let i = 0; i < files.length; ++i) {
      const name = files[i].name;
      // A prefix that cannot be evaluated now is skipped until it is pinned again.
      if (prefixSequence(name) === null && openPrefix(name) !== null) continue;
      if (evaluatePrefix(name).isPaused) return;
    }
  }
}

const evaluation = new Evaluation();

/** Has all prefixes evaluated for the model that was just loaded. */
export function evaluatePinned(): void {
  const files = list(PREFIX_FOLDER, 1);
  if (files !== null && files.length > 0) schedule(evaluation, now());
}

/**
 * Call this before other prefixes are used in a message, and at its end. A prefix does not leave the heap for another
 * one.
 */
export function beginMessage(): void {
  const limit = callLimit(false);
  const reserve = PREFIX_RESERVE + keepingReserve(limit, SPARE_OF_TIMER);
  budget.begin(limit > reserve ? limit - reserve : 0);
  engine.beginMessage(false);
  engine.sparePinned();
}

export function endMessage(): void {
  engine.endMessage();
}

function pathOf(name: string): string {
  return `${PREFIX_FOLDER}/${name}`;
}

function find(name: string): i32 {
  for (let i = 0; i < prefixes.length; ++i) if (prefixes[i].name == name) return i;
  return -1;
}

/** The engine's sequence of a prefix; null if it is not in the heap. */
export function prefixSequence(name: string): Sequence | null {
  const i = find(name);
  if (i < 0) return null;
  const id = prefixes[i].id;
  return engine.findSequence(id);
}

/** Closes the sequence of a prefix. */
export function closePrefix(name: string): void {
  const i = find(name);
  if (i < 0) return;
  const sequence = prefixSequence(name);
  if (sequence !== null) engine.closeSequence(sequence);
  prefixes.splice(i, 1);
}

/** Closes all sequences; to be called when their model is freed. */
export function closePrefixes(): void {
  while (prefixes.length > 0) closePrefix(prefixes[prefixes.length - 1].name);
}

function full(purpose: string): Problem {
  return new Problem(`the heap is full: there is no room for ${purpose}`, Code.HEAP_FULL);
}

/** Opens a prefix from its file, with nothing evaluated yet. Null, or why not. */
function openPrefix(name: string): Problem | null {
  const opened = openFile(pathOf(name));
  const file = opened.value;
  if (file === null) return opened.problem;
  const text = allocate(<usize>file.size);
  if (text == 0) return full('its text');
  file.read(0, text, file.size);
  const problem = openPrefixOf(name, new Text(text, <u32>file.size));
  release(text);
  return problem;
}

/**
 * Opens a prefix of a text, with nothing evaluated yet but with room for all of it, replacing one of the same name.
 * Null, or why not.
 */
export function openPrefixOf(name: string, text: Text): Problem | null {
  const tokenized = engine.tokenize(text, budget);
  const tokens = tokenized.value;
  if (tokens === null) return tokenized.problem;
  if (tokens.count == 0) return new Problem('the text has no tokens');
  closePrefix(name);
  const sequence = engine.openSequence();
  if (sequence === null) return full('another session');
  const problem = engine.append(sequence, tokens.ptr, tokens.count);
  if (problem !== null) {
    engine.closeSequence(sequence);
    return problem;
  }
  const file = openFile(pathOf(name)).value;
  const kept = file !== null && bringBack(sequence, file) > 0 ? sequence.evaluated : 0;
  if (!engine.makeRoom(sequence, sequence.length)) {
    engine.closeSequence(sequence);
    return full('the keys and values of the prefix');
  }
  engine.pinSequence(sequence);
  const prefix = new Prefix(name, sequence.id);
  prefix.kept = kept;
  prefixes.push(prefix);
  return null;
}

/** Evaluates as much as fits in the message, and schedules the rest. */
export function evaluatePrefix(name: string): Outcome {
  const sequence = prefixSequence(name)!;
  const steps = engine.steps;
  engine.useSequence(sequence);
  const outcome = engine.ingest(sequence, budget);
  keep(name, sequence);
  // If a whole message made no progress, none will.
  if (outcome.isPaused && (engine.steps > steps || budget.remaining() < callLimit(false) >> 1)) {
    schedule(evaluation, now());
  }
  return outcome;
}

/** Keeps what is evaluated of a prefix, so that it is there again after an upgrade. */
function keep(name: string, sequence: Sequence): void {
  const prefix = prefixes[find(name)];
  const file = openFile(pathOf(name)).value;
  if (file !== null && sequence.evaluated > prefix.kept) prefix.kept = keepPinned(sequence, prefix.kept, file);
}

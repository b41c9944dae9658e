/** engine.wasm for tests and measurements: the engine without a canister around it. */
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const DONE = 0;
export const PAUSED = 1;
export const FAILED = 2;

interface Exports {
  memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  release(address: number): void;
  errorText(): number;
  errorBytes(): number;
  needed(): number;
  setCacheTypes(areKeysBytes: number, areValuesBytes: number): void;
  setCheckTensors(checks: number): void;
  addPart(bytes: number): void;
  beginLoad(context: number): void;
  surveyFile(context: number): number;
  toldText(): number;
  continueLoad(): number;
  unload(): void;
  loadedBytes(): number;
  totalBytes(): number;
  heapBytes(): number;
  memoryBytes(): number;
  limitHeap(bytes: number): void;
  vocabularySize(): number;
  layerCount(): number;
  parameters(): number;
  context(): number;
  trainedContext(): number;
  tokenize(text: number, bytes: number, addSpecial: number, parseSpecial: number): number;
  tokens(): number;
  longestPiece(): number;
  decode(token: number, showSpecial: number, dst: number): number;
  isEndOfGeneration(token: number): number;
  openSequence(): number;
  forkSequence(id: number): number;
  closeSequence(id: number): void;
  truncateSequence(id: number, length: number): number;
  sequenceLength(id: number): number;
  sequenceEvaluated(id: number): number;
  sequenceTokens(id: number): number;
  append(id: number, tokens: number, count: number): number;
  ingest(id: number): number;
  evaluate(id: number): number;
  logits(): number;
  setSampling(
    seed: number,
    temperature: number,
    topK: number,
    topP: number,
    minP: number,
    repeatPenalty: number,
    repeatLastN: number,
  ): number;
  sample(id: number): number;
}

/** The results of canister/assembly/llm/survey.ts. */
export interface Survey {
  error: string;
  /** What the file says; 0 if it says nothing. */
  trainedContext: number;
  context: number;
  parameters: number;
  heap: { weights: number; buffers: number; session: number; vocabulary: number; available: number };
  loadInstructions: number;
  costs: {
    position: number;
    token: number;
    promptToken: number;
    pages: number;
    tokensPerUpdate: number;
    tokensPerQuery: number;
  }[];
}

/** A file with only its beginning, which is all that planning reads. */
export interface Sparse {
  header: Uint8Array;
  size: number;
}

/** The bytes of a model: those of a file, or those in memory. */
export type Source = string | Uint8Array | Sparse;

const built = join(dirname(dirname(fileURLToPath(import.meta.url))), 'build/engine.wasm');

let compiled: Promise<WebAssembly.Module> | undefined;

/** The engine's module, compiled once per process. */
function engineModule(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compile(readFileSync(built));
  return compiled;
}

export class Engine {
  readonly wasm: Exports;
  /** The remaining instructions that the engine sees before every step. Default: no limit. */
  budget: () => number = () => Number.POSITIVE_INFINITY;
  #source: Source = new Uint8Array();
  #descriptor: number | undefined;
  #buffer: number;

  private constructor(module: WebAssembly.Module) {
    const instance = new WebAssembly.Instance(module, {
      host: {
        read: (offset: number, dst: number, length: number) => this.#read(offset, dst >>> 0, length),
        size: () => this.#size(),
        budget: () => this.budget(),
      },
    });
    this.wasm = instance.exports as unknown as Exports;
    this.#buffer = this.wasm.allocate(1 << 20) >>> 0;
  }

  static async create(): Promise<Engine> {
    return new Engine(await engineModule());
  }

  /** An engine with a model loaded. Throws with the engine's reason. */
  static async load(source: Source, context = 512): Promise<Engine> {
    const engine = await Engine.create();
    engine.load(source, context);
    return engine;
  }

  /** An engine with a model loaded into the smallest heap that it fits, so that all its weights of four bits are packed. */
  static async packed(source: Source, context = 512): Promise<Engine> {
    const engine = await Engine.create();
    const memory = engine.wasm.memoryBytes();
    const limit = (pages: number) => engine.wasm.limitHeap(memory + 65536 * pages);
    let [few, enough] = [0, 1 << 12];
    while (enough - few > 1) {
      const pages = (few + enough) >> 1;
      limit(pages);
      if (engine.survey(source, context).error) few = pages;
      else enough = pages;
    }
    // The runtime's own objects take some pages, too.
    for (const end = enough + 16; ; enough++) {
      limit(enough);
      const { status, error } = engine.tryLoad(source, context);
      if (status === DONE) return engine;
      if (enough === end) throw new Error(error);
    }
  }

  #size(): number {
    if (typeof this.#source === 'string') return fstatSync(this.#descriptor!).size;
    return 'size' in this.#source ? this.#source.size : this.#source.length;
  }

  #read(offset: number, dst: number, length: number): void {
    const target = new Uint8Array(this.wasm.memory.buffer, dst, length);
    if (typeof this.#source !== 'string') {
      const bytes = 'header' in this.#source ? this.#source.header : this.#source;
      target.set(bytes.subarray(offset, offset + length));
    } else if (readSync(this.#descriptor!, target, 0, length, offset) !== length) throw new Error('short read');
  }

  #open(source: Source): void {
    this.close();
    this.#source = source;
    if (typeof source === 'string') this.#descriptor = openSync(source, 'r');
  }

  /** The heap that a model needs, by the engine's plan. */
  survey(source: Source, context = 0): Survey {
    this.#open(source);
    const bytes = this.wasm.surveyFile(context);
    const text = new Uint8Array(this.wasm.memory.buffer, this.wasm.toldText() >>> 0, bytes);
    return JSON.parse(new TextDecoder().decode(text)) as Survey;
  }

  /** Begins to load a model, and closes the file of the one before. */
  beginLoad(source: Source, context = 512): void {
    this.#open(source);
    this.wasm.beginLoad(context);
  }

  /** Loads a model. Throws with the engine's reason. */
  load(source: Source, context = 512): void {
    this.beginLoad(source, context);
    this.finish(() => this.wasm.continueLoad());
  }

  /** Loads a model if possible; returns the outcome, with the engine's reason. */
  tryLoad(source: Source, context = 512): { status: number; error: string } {
    this.beginLoad(source, context);
    let status = PAUSED;
    while (status === PAUSED) status = this.wasm.continueLoad();
    return { status, error: status === FAILED ? this.error : '' };
  }

  /** Closes the model's file, if there is one. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  /** The reason of the last failure. */
  get error(): string {
    const bytes = new Uint8Array(this.wasm.memory.buffer, this.wasm.errorText() >>> 0, this.wasm.errorBytes());
    return new TextDecoder().decode(bytes);
  }

  /** Repeats a piece of work until it is done, whatever the budget. Throws with the engine's reason. */
  finish(work: () => number): void {
    for (;;) {
      const status = work();
      if (status === DONE) return;
      if (status === FAILED) throw new Error(this.error);
    }
  }

  /** A new sequence with these tokens. */
  sequence(tokens: readonly number[] = []): number {
    const id = this.wasm.openSequence();
    if (!id) throw new Error('no sequence');
    this.append(id, tokens);
    return id;
  }

  append(id: number, tokens: readonly number[]): void {
    new Int32Array(this.wasm.memory.buffer, this.#buffer, tokens.length).set(tokens);
    if (this.wasm.append(id, this.#buffer, tokens.length) !== DONE) throw new Error(this.error);
  }

  /** A copy of the logits that follow a sequence's last token. */
  logits(id: number): Float32Array {
    this.finish(() => this.wasm.evaluate(id));
    const at = this.wasm.logits() >>> 0;
    return new Float32Array(this.wasm.memory.buffer.slice(at, at + 4 * this.wasm.vocabularySize()));
  }

  tokenize(text: string, addSpecial = true, parseSpecial = false): number[] {
    const bytes = new TextEncoder().encode(text);
    new Uint8Array(this.wasm.memory.buffer, this.#buffer, bytes.length).set(bytes);
    const count = this.wasm.tokenize(this.#buffer, bytes.length, Number(addSpecial), Number(parseSpecial));
    if (count < 0) throw new Error(this.error);
    return [...new Int32Array(this.wasm.memory.buffer, this.wasm.tokens() >>> 0, count)];
  }

  detokenize(tokens: readonly number[], showSpecial = false): string {
    const bytes: number[] = [];
    for (const token of tokens) {
      const length = this.wasm.decode(token, Number(showSpecial), this.#buffer);
      bytes.push(...new Uint8Array(this.wasm.memory.buffer, this.#buffer, length));
    }
    return new TextDecoder().decode(new Uint8Array(bytes));
  }

  /** Appends the most likely token `count` times, and returns these tokens. */
  greedy(id: number, count: number): number[] {
    const tokens: number[] = [];
    for (let i = 0; i < count; i++) {
      const logits = this.logits(id);
      const best = logits.indexOf(logits.reduce((a, b) => Math.max(a, b)));
      tokens.push(best);
      this.append(id, [best]);
    }
    return tokens;
  }
}

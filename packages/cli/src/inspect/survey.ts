import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { LlamaError } from '@llama-canister/client';
import { unopened } from '@llama-canister/client/node';
import { engineWasm } from '../packages.js';
import { modelFiles } from './model-files.js';

/** What a call costs at a position of its session, in instructions (canister/assembly/llm/survey.ts). */
export interface CostAt {
  position: number;
  /** Of a generated token and of a token of the prompt, the pages of their message apart. */
  token: number;
  promptToken: number;
  /** Of the pages that a message touches. */
  pages: number;
  tokensPerUpdate: number;
  tokensPerQuery: number;
}

/** What the engine says about a file, by its own reading and planning of it. */
export interface Survey {
  /** Why it cannot be run; empty if it can. What is below is there as far as it could be read. */
  error: string;
  fileBytes: number;
  /** Files that the model is in. */
  parts: number;
  version?: number;
  architecture?: string;
  name?: string;
  fileType?: string;
  layers?: number;
  embedding?: number;
  trainedContext?: number;
  tokenizer?: string;
  preTokenizer?: string;
  vocabulary?: number;
  chatTemplate?: string;
  /** Why a canister cannot render it; empty if it can. */
  chatTemplateError?: string;
  parameters?: number;
  tensors?: number;
  /** Weights by type of tensor. */
  types?: Record<string, number>;
  /** The sampling that the file suggests, as flags; '' where it suggests none. */
  samplingFlags?: string;
  /** Most tokens of a session that the costs are for. */
  context?: number;
  /** Bytes: what the model takes, and what a canister has for it. */
  heap?: { weights: number; buffers: number; session: number; vocabulary: number; available: number };
  loadInstructions?: number;
  costs?: CostAt[];
}

interface Engine {
  memory: WebAssembly.Memory;
  limitHeap(bytes: number): void;
  addPart(bytes: number): void;
  surveyFile(context: number): number;
  toldText(): number;
}

/** The heap that a canister can have. What its program has in it takes as much of the engine's own memory here. */
const HEAP_BYTES = 3840 * 2 ** 20;

/**
 * Surveys a model with the engine itself, outside of any canister: reads the header and the vocabulary, and plans.
 * Errors: those of opening files.
 *
 * @param context most tokens of a session; 0: as the model says
 */
export function surveyModel(path: string, context = 0): Survey {
  const files = modelFiles(path).map((each) => {
    try {
      return openSync(each, 'r');
    } catch (cause) {
      throw unopened(each, cause as NodeJS.ErrnoException);
    }
  });
  try {
    return surveyFiles(files, context);
  } finally {
    for (const file of files) closeSync(file);
  }
}

function surveyFiles(files: readonly number[], context: number): Survey {
  const sizes = files.map((file) => fstatSync(file).size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const read = (offset: number, dst: number, length: number): void => {
    let [at, file] = [offset, 0];
    for (let done = 0; done < length; ) {
      while (at >= sizes[file]!) at -= sizes[file++]!;
      const target = new Uint8Array(
        engine.memory.buffer,
        (dst >>> 0) + done,
        Math.min(length - done, sizes[file]! - at),
      );
      const bytes = readSync(files[file]!, target, 0, target.length, at);
      if (bytes === 0) throw new LlamaError('input', 'CANNOT_READ', 'the file has become shorter while it was read');
      done += bytes;
      at += bytes;
    }
  };
  const host = { read, size: () => total, budget: () => Number.POSITIVE_INFINITY };
  const engine = new WebAssembly.Instance(new WebAssembly.Module(engineWasm()), { host }).exports as unknown as Engine;
  engine.limitHeap(HEAP_BYTES);
  if (files.length > 1) for (const size of sizes) engine.addPart(size);
  const bytes = engine.surveyFile(context);
  const text = new Uint8Array(engine.memory.buffer, engine.toldText() >>> 0, bytes);
  return JSON.parse(new TextDecoder().decode(text)) as Survey;
}

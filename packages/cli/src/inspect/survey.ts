import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { LlamaError } from '@llama-canister/client';
import { unopened } from '@llama-canister/client/node';
import { engineWasm } from '../packages.js';
import { modelFiles } from './model-files.js';

/** The cost of a call at a position of its session, in instructions (canister/assembly/llm/survey.ts). */
export interface CostAt {
  position: number;
  /** For a generated token and for a token of the prompt, without the pages of their message. */
  token: number;
  promptToken: number;
  /** For the pages that a message touches. */
  pages: number;
  tokensPerUpdate: number;
  tokensPerQuery: number;
}

/** The engine's report about a file: it reads the header and plans the model. */
export interface Survey {
  /** Why it cannot be run; empty if it can. The other members are present as far as they could be read. */
  error: string;
  fileBytes: number;
  /** Number of the model's files. */
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
  /** The file's suggested sampling, as flags; '' if there is none. */
  samplingFlags?: string;
  /** The context that the costs are for. */
  context?: number;
  /** Bytes: the model's needs, and the memory that a canister has for it. */
  heap?: { weights: number; buffers: number; session: number; vocabulary: number; available: number };
  loadInstructions?: number;
  /** To make the packed image after loading, and to load the model again from it. */
  imageInstructions?: number;
  reloadInstructions?: number;
  costs?: CostAt[];
}

interface Engine {
  memory: WebAssembly.Memory;
  limitHeap(bytes: number): void;
  addPart(bytes: number): void;
  surveyFile(context: number): number;
  toldText(): number;
}

/** The heap that a canister can have. The engine's own memory here is about as large as the canister program's. */
const HEAP_BYTES = 3840 * 2 ** 20;

/**
 * Surveys a model with the engine itself, without a canister: reads the header and the vocabulary, and plans. Errors:
 * those of opening files.
 *
 * @param context most tokens of a session; 0: the model's default
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
      if (bytes === 0) throw new LlamaError('input', 'CANNOT_READ', 'the file became shorter while it was read');
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

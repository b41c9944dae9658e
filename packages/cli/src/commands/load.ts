import { type LlamaCanister, LlamaError, load } from '@llama-canister/client';
import type { Command } from 'commander';
import { parseWhole } from '../amounts.js';
import { cardOnCanister } from '../chat/format.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import { nameOnCanister } from '../models/local.js';
import { Waiting } from '../progress.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';
import { ownPage } from '../web/address.js';

interface LoadFlags {
  canister: string;
  ctxSize?: string;
}

/** What to do about a missing or incomplete file; undefined if the canister's own message is enough. */
function adviceFor(message: string, name: string): string | undefined {
  if (message.includes('File does not exist')) return `Upload it first: \`llama-canister upload ${shellWord(name)}\``;
  if (message.includes('past the end of the file')) {
    return 'If its upload was interrupted, run it again: it goes on where it stopped.';
  }
  return undefined;
}

/** The least context that the canister gives a session by default (docs/flags.md). */
const LEAST_CONTEXT = 4096;

/**
 * The context that a model was trained with, if the canister would give it more: beyond it, the model's answers are
 * useless. Undefined otherwise, or if the file cannot be read.
 */
async function shorterContext(canister: LlamaCanister, name: string, signal: AbortSignal): Promise<number | undefined> {
  try {
    const { contextLength } = await cardOnCanister(canister, name, { signal });
    return contextLength >= 8 && contextLength < LEAST_CONTEXT ? contextLength : undefined;
  } catch (error) {
    if (error instanceof LlamaError && (error.kind === 'aborted' || error.kind === 'transport')) throw error;
    return undefined;
  }
}

/**
 * Loads a file, with the context that its model was trained with unless another was asked for (`isSized`). Returns what
 * the canister says about it.
 */
export async function loadFitting(
  canister: LlamaCanister,
  name: string,
  options: { args: readonly string[]; isSized: boolean; signal: AbortSignal; onProgress: (says: string) => void },
): Promise<string> {
  const { args, isSized, signal, onProgress } = options;
  const trained = isSized ? undefined : await shorterContext(canister, name, signal);
  const sized = trained === undefined ? args : [...args, '--ctx-size', String(trained)];
  return load(canister, name, { args: sized, signal, onProgress }).catch((error: unknown) => {
    // If that context does not fit, the canister chooses one that does.
    if (trained === undefined || !(error instanceof LlamaError) || error.kind !== 'refused') throw error;
    return load(canister, name, { args, signal, onProgress });
  });
}

export async function loadModel(context: Context, model: string, flags: LoadFlags): Promise<void> {
  const name = nameOnCanister(context, model);
  const { output, signal, passthrough } = context;
  const args = [...passthrough];
  const isSized = flags.ctxSize !== undefined || passthrough.some((flag) => flag === '-c' || flag === '--ctx-size');
  if (flags.ctxSize !== undefined) args.push('--ctx-size', String(parseWhole(flags.ctxSize, '--ctx-size', 0, 1 << 20)));
  const connection = await context.connect();
  const canister = connection.open(flags.canister);
  const started = performance.now();
  const waiting = new Waiting(output, `Loading ${name}`);
  let said: string;
  try {
    const onProgress = (says: string) => {
      waiting.label = `Loading ${name}: ${says}`;
    };
    said = await loadFitting(canister, name, { args, isSized, signal, onProgress });
  } catch (error) {
    if (!(error instanceof LlamaError) || error.next !== undefined) throw error;
    const next = adviceFor(error.message, name);
    if (next === undefined) throw error;
    throw new LlamaError(error.kind, error.code, error.message, { value: error.value, next, cause: error });
  } finally {
    waiting.end();
  }
  connection.rememberModel(flags.canister, name);
  const seconds = (performance.now() - started) / 1000;
  const remark = said.trim();
  const info = await canister.modelInfo({ signal });
  const room = info ? ` A session has room for ${info.context} tokens.` : '';
  const page = ownPage(connection, canister.canisterId);
  output.result(
    {
      model: name,
      canister: canister.canisterId,
      seconds,
      said: remark,
      ...(page === undefined ? {} : { page }),
      ...(info ? { context: Number(info.context), trainedContext: Number(info.trained_context) } : {}),
    },
    `Loaded ${name} in ${seconds.toFixed(1)} s.${remark ? ` ${remark}` : ''}${room}${page === undefined ? '' : `\nIts page: ${page}`}\nNext: \`llama-canister chat\``,
  );
}

export function loadCommand(program: Command, run: Run): void {
  program
    .command('load')
    .description('load an uploaded file as the model that answers, and wait until it is ready')
    .argument('<name>', 'the file on the canister, or the name of the pulled model')
    .option('--canister <canister>', 'name or id', DEFAULT_CANISTER)
    .option(
      '-c, --ctx-size <n>',
      'tokens that fit into a session (default: the context that the model was trained with, or what the heap has room for)',
    )
    .addHelpText(
      'after',
      `
Examples:
  llama-canister load model.gguf
  llama-canister load model.gguf --ctx-size 2048 -- --cache-type-k q8_0`,
    )
    .action(run((context, name: string, flags: LoadFlags) => loadModel(context, name, flags)));
}

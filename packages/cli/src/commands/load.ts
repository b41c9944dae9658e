import { LlamaError, load } from '@llama-canister/client';
import type { Command } from 'commander';
import { parseWhole } from '../amounts.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import type { Run } from '../program.js';
import { Waiting } from '../progress.js';
import { shellWord } from '../shell-word.js';

interface LoadFlags {
  canister: string;
  ctxSize?: string;
}

/** What to do about a file that is not there, or not whole; undefined where the canister's own words say all. */
function adviceFor(message: string, name: string): string | undefined {
  if (message.includes('File does not exist')) return `Upload it first: \`llama-canister upload ${shellWord(name)}\``;
  if (message.includes('past the end of the file')) {
    return 'If its upload was interrupted, run it again: it goes on where it stopped.';
  }
  return undefined;
}

export async function loadModel(context: Context, name: string, flags: LoadFlags): Promise<void> {
  const { output, signal, passthrough } = context;
  const args = [...passthrough];
  if (flags.ctxSize !== undefined) args.push('--ctx-size', String(parseWhole(flags.ctxSize, '--ctx-size', 0, 1 << 20)));
  const connection = await context.connect();
  const canister = connection.open(flags.canister);
  const started = performance.now();
  const waiting = new Waiting(output, `Loading ${name}`);
  let said: string;
  try {
    said = await load(canister, name, {
      args,
      signal,
      onProgress: (says) => (waiting.label = `Loading ${name}: ${says}`),
    });
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
  output.result(
    { model: name, canister: canister.canisterId, seconds, said: remark },
    `Loaded ${name} in ${seconds.toFixed(1)} s.${remark ? ` ${remark}` : ''}\nNext: \`llama-canister chat\``,
  );
}

export function loadCommand(program: Command, run: Run): void {
  program
    .command('load')
    .description('make an uploaded file the model that answers, and wait until it does')
    .argument('<name>', 'the file on the canister')
    .option('--canister <canister>', 'name or id', DEFAULT_CANISTER)
    .option('--ctx-size <n>', 'positions that a session has room for')
    .addHelpText(
      'after',
      `
Examples:
  llama-canister load model.gguf
  llama-canister load model.gguf --ctx-size 2048 -- --cache-type-k q8_0`,
    )
    .action(run((context, name: string, flags: LoadFlags) => loadModel(context, name, flags)));
}

import {
  Chat,
  canisterStatus,
  type GenerationSummary,
  isLoopback,
  type LlamaCanister,
  LlamaError,
} from '@llama-canister/client';
import type { Command } from 'commander';
import { addModelFlags, type ModelFlags, modelArguments } from '../chat/flags.js';
import { findFormat } from '../chat/format.js';
import { converse } from '../chat/interactive.js';
import { statsLine, takeTurn } from '../chat/turn.js';
import { type Connection, type Context, DEFAULT_CANISTER } from '../context.js';
import { UsageError } from '../failure.js';
import { pathFromHere } from '../hints.js';
import { ownModel } from '../packages.js';
import type { Run } from '../program.js';
import { shellWord } from '../shell-word.js';

interface ChatFlags extends ModelFlags {
  canister: string;
  session: string;
  system?: string;
  model?: string;
  modelFile?: string;
  raw?: boolean;
  cost?: boolean;
  /** commander's form of --no-stats. */
  stats: boolean;
}

/** Instructions per call on this machine's own network, where a call costs little beside its work: text comes in pieces. */
const LOCAL_PACE = 2_000_000_000;

/** What every call of a conversation is given anew: behind `--` it would change nothing. */
const LENGTH_FLAGS: readonly string[] = ['-n', '--predict', '--n-predict'];

async function readStdin(signal: AbortSignal): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) {
    if (signal.aborted) break;
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString().trim();
}

/** The canister's cycles, if the caller controls it. */
async function cyclesOf(connection: Connection, id: string, signal: AbortSignal): Promise<bigint | undefined> {
  try {
    return (await canisterStatus(connection.agent, id, signal)).cycles;
  } catch (error) {
    if (error instanceof LlamaError && error.code === 'NOT_CONTROLLER') return undefined;
    throw error;
  }
}

/** What to do where no model is loaded: load the file that is there, or send one. */
async function howToLoad(canister: LlamaCanister, signal: AbortSignal): Promise<string> {
  const listed = await canister.call('recursive_dir_content_query', [{ dir: '.', max_entries: 0n }], { signal });
  // Only administrators may see them; in a split model the first part is the one to load.
  const files = 'Ok' in listed ? listed.Ok.map(({ filename }) => filename) : undefined;
  const models = files?.filter((name) => name.endsWith('.gguf') && !/-(?!00001)\d{5}-of-\d{5}\.gguf$/.test(name));
  if (models?.length) return `Load it: \`llama-canister load ${shellWord(models[0]!)}\``;
  if (!files) return 'Whoever administers it has to upload and load one.';
  const own = ownModel();
  return `Upload one first: \`llama-canister upload ${own === undefined ? 'FILE.gguf' : shellWord(pathFromHere(own))}\``;
}

async function checkReady(canister: LlamaCanister, signal: AbortSignal): Promise<void> {
  const { ready, reason } = await canister.ready({ signal });
  if (ready) return;
  throw new LlamaError('refused', 'NOT_READY', `the canister has no model to answer with: ${reason}`, {
    next: await howToLoad(canister, signal),
  });
}

export async function chat(context: Context, given: string | undefined, flags: ChatFlags): Promise<void> {
  const { output, signal, passthrough } = context;
  const { nPredict } = flags;
  if (nPredict !== undefined && nPredict !== -1 && nPredict < 1) {
    throw new UsageError('-n takes a number of tokens above 0, or -1 for as many as come');
  }
  const misplaced = passthrough.find((argument) => LENGTH_FLAGS.includes(argument));
  if (misplaced !== undefined) {
    throw new UsageError(
      `${misplaced} behind -- would be ignored`,
      'Give -n before --: `llama-canister chat -n 100 "Hi"`',
    );
  }
  const connection = await context.connect();
  const canister = connection.open(flags.canister);
  await checkReady(canister, signal);
  const info = await canister.modelInfo({ signal });
  const known = info ? undefined : connection.canisters.get(flags.canister)?.model;
  const model = flags.model ?? known;
  const { format, remark } = await findFormat(
    canister,
    { raw: flags.raw, modelFile: flags.modelFile, model, info },
    { signal },
  );
  if (remark) output.note(output.errorColors.dim(remark));
  const conversation = new Chat(canister, {
    format,
    session: flags.session,
    system: flags.system,
    args: [...modelArguments(flags), ...passthrough],
    stop: flags.reversePrompt ?? [],
    maxTokens: nPredict === -1 ? undefined : nPredict,
    pace: isLoopback(new URL(connection.network.url)) ? LOCAL_PACE : undefined,
  });
  const remarkOn = (summary: GenerationSummary, spent?: bigint): string => {
    const lines = flags.stats && !output.json ? [statsLine(summary, spent)] : [];
    const length = summary.promptTokens + summary.generatedTokens;
    if (info && length > info.trained_context) {
      lines.push(
        `These were ${length} tokens; the model was trained with ${info.trained_context} and may be confused.`,
      );
    }
    return lines.join('\n');
  };
  if (given === undefined) {
    await converse(conversation, output, signal, (summary) => remarkOn(summary));
    return;
  }
  const text = given === '-' ? await readStdin(signal) : given;
  if (text.trim() === '') throw new UsageError('the prompt is empty');
  const before = flags.cost ? await cyclesOf(connection, canister.canisterId, signal) : undefined;
  const summary = await takeTurn(conversation, output, text, signal);
  if (summary.ending === 'aborted') throw new LlamaError('aborted', 'ABORTED', 'interrupted');
  const after = before === undefined ? undefined : await cyclesOf(connection, canister.canisterId, signal);
  const spent = before === undefined || after === undefined ? undefined : before - after;
  if (output.json) output.printJson({ ...summary, ...(spent === undefined ? {} : { cycles: spent }) });
  const line = remarkOn(summary, spent);
  if (line !== '') output.note(output.errorColors.dim(line));
}

export function chatCommand(program: Command, run: Run): void {
  const command = program
    .command('chat')
    .description('ask the model something, or talk to it without a prompt')
    .argument('[prompt]', 'what to say; - reads it from stdin; without it a conversation begins')
    .option('--canister <canister>', 'name or id', DEFAULT_CANISTER)
    .option('--system <text>', 'what the model is told first')
    .option('--raw', 'have the text continued as it is, without a chat template')
    .option('--model <name>', "the loaded model's name on the canister, for its chat template")
    .option('--model-file <file>', 'a copy of the model here, for its chat template')
    .option('--session <name>', "the caller's session on the canister", 'chat')
    .option('--cost', 'say what the answer cost in cycles (for controllers)')
    .option('--no-stats', 'do not print what the answer took');
  addModelFlags(command)
    .addHelpText(
      'after',
      `
Examples:
  llama-canister chat
  llama-canister chat "Who are you?" --system "You are a pirate." --temp 0
  llama-canister chat --raw "Once upon a time" -n 100
  llama-canister chat "Hi" -- --xtc-probability 0.5`,
    )
    .action(run((context, prompt: string | undefined, flags: ChatFlags) => chat(context, prompt, flags)));
}

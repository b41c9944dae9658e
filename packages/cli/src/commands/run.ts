import { basename } from 'node:path';
import { CHUNK_BYTES, cyclesBalance, type LlamaCanister, modelCost } from '@llama-canister/client';
import { openFile } from '@llama-canister/client/node';
import type { Command } from 'commander';
import { formatBytes, formatCycles, parseCycles } from '../amounts.js';
import { addModelFlags, type ModelFlags, modelArguments } from '../chat/flags.js';
import { DEFAULT_NETWORK, ownState, runningProcess } from '../config/local-network.js';
import { type Connection, type Context, DEFAULT_CANISTER } from '../context.js';
import { UsageError } from '../failure.js';
import { modelFiles } from '../inspect/model-files.js';
import { cachedModel, modelPath } from '../models/local.js';
import { pull } from '../models/pull.js';
import { isReference } from '../models/reference.js';
import { startNetwork } from '../network-process.js';
import { oneText } from '../one-text.js';
import { Waiting } from '../progress.js';
import { quiet } from '../quiet.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';
import { cyclesFor, deploy, existing } from './deploy.js';
import { refuseUnlessRuns } from './inspect.js';
import { loadModel } from './load.js';
import { uploadModel } from './upload.js';

interface RunFlags extends ModelFlags {
  canister: string;
  ctxSize?: string;
  cycles?: string;
  token?: string;
  yes?: boolean;
  system?: string;
  raw?: boolean;
}

/** The model's first file: a local one, or one that is pulled now. */
async function bring(context: Context, model: string, flags: RunFlags): Promise<string> {
  if (isReference(model) && !cachedModel(context, model)) {
    return (await pull(context, model, { token: flags.token })).model.path;
  }
  return modelPath(context, model);
}

/** Does a step of it. After Ctrl-C, what is done stays, and it is said how to go on. */
async function resumable<T>({ output, signal }: Context, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (signal.aborted) output.note('Finished steps are kept: run the same command again to go on.');
    throw error;
  }
}

async function startIfNone(context: Context): Promise<void> {
  const { output, options, signal } = context;
  if (options.network !== DEFAULT_NETWORK || runningProcess(DEFAULT_NETWORK)) return;
  const waiting = new Waiting(output, 'Starting a local network');
  try {
    await startNetwork(DEFAULT_NETWORK, { state: ownState(DEFAULT_NETWORK), args: [], signal });
  } finally {
    waiting.end();
  }
  output.note('Started a local network. Stop it when you no longer need it: `llama-canister network stop`');
}

async function bytesOf(path: string): Promise<number> {
  const file = await openFile(path);
  await file.close();
  return file.size;
}

interface Model {
  /** Its first file. */
  path: string;
  /** All of them, with their names on the canister. */
  files: { name: string; size: number }[];
}

async function missingBytes(canister: LlamaCanister, { files }: Model, signal: AbortSignal): Promise<number> {
  const there = await Promise.all(files.map(({ name }) => canister.fileDetails(name, { signal })));
  return files.reduce((sum, { size }, i) => sum + (there[i]?.size === size ? 0 : size), 0);
}

/** Shows the costs on the main network before they are paid; nothing if everything is already there. */
async function sayCosts(
  context: Context,
  connection: Connection,
  model: Model,
  flags: RunFlags,
  found: Awaited<ReturnType<typeof existing>>,
): Promise<void> {
  const { signal, output } = context;
  const size = model.files.reduce((sum, file) => sum + file.size, 0);
  const isProgram = found?.status.moduleHash !== undefined && found.status.status === 'running';
  const toSend = isProgram ? await missingBytes(connection.open(flags.canister), model, signal) : size;
  if (found && toSend === 0) return;
  const { total, upload } = modelCost(size, toSend, CHUNK_BYTES);
  const sending = `uploading ${formatBytes(toSend)}, keeping it for a month and loading it take about ${formatCycles(total)} cycles (the upload ${formatCycles(upload)})`;
  let what: string;
  if (found) {
    what = `${sending} of the ${formatCycles(found.status.cycles)} that canister ${found.id} has.`;
  } else {
    const cycles = flags.cycles === undefined ? await cyclesFor(context, model.path) : parseCycles(flags.cycles);
    const balance = await cyclesBalance(connection.agent, await connection.principal(), signal);
    what = `a canister with ${formatCycles(cycles)} cycles is created from your balance on the cycles ledger, which is ${formatCycles(balance)}; ${sending} of them.`;
  }
  if (flags.yes) {
    output.note(`On ${connection.network.name}, ${what}`);
    return;
  }
  throw new UsageError(`on ${connection.network.name}, ${what}`, 'Nothing was spent yet. To go on, give --yes.');
}

/** Deploys, uploads and loads as needed. Returns what was done. */
async function bringUp(context: Context, model: Model, flags: RunFlags): Promise<string[]> {
  const { signal } = context;
  const done: string[] = [];
  const inner = quiet(context, []);
  const connection = await context.connect();
  const name = flags.canister;
  const found = await existing(connection, name, signal);
  if (connection.network.mainnet) await sayCosts(context, connection, model, flags, found);
  // An older program is left to `upgrade`: to ask a question should not interrupt another user's model.
  if (found?.status.moduleHash === undefined || found.status.status !== 'running') {
    const cycles = flags.cycles === undefined ? {} : { cycles: flags.cycles };
    await resumable(context, () => deploy(inner, name, { mode: 'auto', for: model.path, ...cycles }));
    done.push('deployed');
  }
  const canister = connection.open(name);
  const first = model.files[0]!.name;
  if ((await missingBytes(canister, model, signal)) > 0) {
    await uploadModel(inner, model.path, { canister: name });
    done.push('uploaded');
  }
  const info = await canister.modelInfo({ signal });
  const isLoaded = info?.filename === first && (await canister.ready({ signal })).ready && done.length === 0;
  if (!isLoaded || flags.ctxSize !== undefined) {
    const size = flags.ctxSize === undefined ? {} : { ctxSize: flags.ctxSize };
    await resumable(context, () => loadModel(inner, first, { canister: name, ...size }));
    done.push('loaded');
  }
  return done;
}

/** The arguments of the command that talks, from those of this one. */
function chatArguments(context: Context, prompt: string | undefined, flags: RunFlags): string[] {
  const { network, identity, json, verbose } = context.options;
  return [
    'chat',
    ...(prompt === undefined ? [] : [prompt]),
    ...['--network', network, '--canister', flags.canister],
    ...(identity === undefined ? [] : ['--identity', identity]),
    ...(json ? ['--json'] : []),
    ...(verbose ? ['--verbose'] : []),
    ...(flags.raw ? ['--raw'] : []),
    ...(flags.system === undefined ? [] : ['--system', flags.system]),
    ...(flags.nPredict === undefined ? [] : ['-n', String(flags.nPredict)]),
    ...modelArguments(flags),
  ];
}

async function runModel(
  context: Context,
  program: Command,
  model: string,
  prompt: string | undefined,
  flags: RunFlags,
): Promise<void> {
  const { output } = context;
  const path = await bring(context, model, flags);
  refuseUnlessRuns(path, `Look at it: \`llama-canister fit ${shellWord(path)}\``);
  const files = await Promise.all(
    modelFiles(path).map(async (file) => ({ name: basename(file), size: await bytesOf(file) })),
  );
  await resumable(context, () => startIfNone(context));
  const done = await bringUp(context, { path, files }, flags);
  if (done.length > 0) output.note(output.errorColors.dim(`${files[0]!.name} is ${done.join(', ')} and answers.`));
  await program.parseAsync(chatArguments(context, prompt, flags), { from: 'user' });
}

export function runCommand(program: Command, run: Run): void {
  const command = program
    .command('run')
    .description('pull a model, deploy, upload and load it, and talk to it; steps that are done already are skipped')
    .argument('<model>', 'hf:OWNER/REPO:Q8_0, ollama:NAME:TAG, a URL, a file, or the name of a pulled model')
    .argument('[prompt...]', 'question, in quotes; without it a conversation begins')
    .option('--canister <canister>', 'name or id', DEFAULT_CANISTER)
    .option('-c, --ctx-size <n>', 'tokens that fit into a session; loads the model again')
    .option('--cycles <amount>', 'cycles for a new canister (default: 100T locally, what the model needs on ic)')
    .option('--token <token>', 'access token for a model that is not public (default: HF_TOKEN)')
    .option('--system <text>', 'system message for the model')
    .option('--raw', 'continue the text as it is, without a chat template')
    .option('--yes', 'on ic: spend the cycles that this takes');
  addModelFlags(command)
    .addHelpText(
      'after',
      `
If no local network runs, one is started. With --network ic the command prints the cost, and spends it only with --yes.

Examples:
  llama-canister run hf:bartowski/SmolLM2-135M-Instruct-GGUF
  llama-canister run model.gguf "Who are you?" --temp 0
  llama-canister run qwen "Hi" --canister qwen --network ic --yes`,
    )
    .action(
      run((context, model: string, words: string[], flags: RunFlags) =>
        runModel(context, program, model, oneText(context, 'run', words, [model]), flags),
      ),
    );
}

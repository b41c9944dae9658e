import { basename } from 'node:path';
import {
  CHUNK_BYTES,
  canisterStatus,
  checkGguf,
  type LlamaCanister,
  LlamaError,
  modelCard,
  modelCost,
  upload,
} from '@llama-canister/client';
import { openFile, sha256 } from '@llama-canister/client/node';
import type { Command } from 'commander';
import { formatBytes, formatCycles, parseWhole } from '../amounts.js';
import { rememberCard } from '../config/model-cards.js';
import { type Connection, type Context, DEFAULT_CANISTER } from '../context.js';
import { UsageError } from '../failure.js';
import { modelFiles } from '../inspect/model-files.js';
import { modelPath } from '../models/local.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';
import { UploadBars } from '../upload-bars.js';
import { refuseUnlessRuns } from './inspect.js';

interface UploadFlags {
  as?: string;
  canister: string;
  force?: boolean;
  restart?: boolean;
  chunkBytes?: string;
}

/** Refuses an upload for which the canister has too few cycles, before the first byte is sent. */
async function checkCycles(
  context: Context,
  connection: Connection,
  canister: LlamaCanister,
  name: string,
  size: number,
  chunkBytes: number,
): Promise<void> {
  const { agent } = connection;
  const { signal, output } = context;
  let status: Awaited<ReturnType<typeof canisterStatus>>;
  try {
    status = await canisterStatus(agent, canister.canisterId, signal);
  } catch (error) {
    if (!(error instanceof LlamaError) || error.code !== 'NOT_CONTROLLER') throw error;
    output.note('Only a controller can see the cycles; going on without checking that they suffice.');
    return;
  }
  const there = (await canister.fileDetails(name, { signal }))?.size ?? 0;
  const toSend = there <= size ? size - there : size;
  const { total } = modelCost(size, toSend, chunkBytes, status.freezingThreshold);
  if (status.spendable >= total) return;
  const missing = total - status.spendable;
  const topUp = `${(missing / 100_000_000_000n + 1n) / 10n}.${(missing / 100_000_000_000n + 1n) % 10n}T`;
  const message =
    `uploading and loading ${formatBytes(size)} takes about ${formatCycles(total)} cycles, ` +
    `and canister ${canister.canisterId} can spend ${formatCycles(status.spendable)} before it freezes`;
  throw new LlamaError('cycles', 'CYCLES_SHORT', message, {
    value: { needed: total, spendable: status.spendable, missing },
    next: `Top it up: \`llama-canister top-up --cycles ${topUp}\``,
  });
}

/** How to send a file all the same. */
const forced = (path: string) => `Send it anyway: \`llama-canister upload ${shellWord(path)} --force\``;

/** Uploads a model: its file, or all files of a split one. */
export async function uploadModel(context: Context, model: string, flags: UploadFlags): Promise<void> {
  const path = modelPath(context, model);
  if (flags.as === '') throw new UsageError('--as needs a name');
  const files = modelFiles(path);
  if (files.length > 1 && flags.as !== undefined) {
    throw new UsageError(
      '--as cannot name the parts of a split model',
      'They keep their names, which contain their order.',
    );
  }
  if (!flags.force && files.length > 1) refuseUnlessRuns(path, forced(path));
  for (const file of files) await uploadFile(context, file, flags, files.length > 1 ? basename(files[0]!) : undefined);
}

/** @param first  name of a split model's first part, which is the one to load; undefined for a model of one file */
async function uploadFile(
  context: Context,
  path: string,
  flags: UploadFlags,
  first: string | undefined,
): Promise<void> {
  const { output, signal } = context;
  const name = flags.as ?? basename(path);
  const chunkBytes =
    flags.chunkBytes === undefined ? CHUNK_BYTES : parseWhole(flags.chunkBytes, '--chunk-bytes', 1_000, 2_000_000);
  const source = await openFile(path);
  try {
    const header = flags.force || first !== undefined ? undefined : await checkGguf(source);
    if (header) refuseUnlessRuns(path, forced(path));
    const connection = await context.connect();
    const canister = connection.open(flags.canister);
    if (!flags.force) await checkCycles(context, connection, canister, name, source.size, chunkBytes);

    const bars = new UploadBars(output, name);
    let result: Awaited<ReturnType<typeof upload>>;
    try {
      result = await upload(canister, name, source, {
        sha256,
        chunkBytes,
        restart: flags.restart === true,
        signal,
        onProgress: (progress) => bars.update(progress),
      });
    } catch (error) {
      bars.end();
      if (signal.aborted) output.note('The sent part is kept: run the same command again to go on.');
      throw error;
    }
    bars.end();
    if (header) rememberCard(result.sha256, modelCard(header));
    const how =
      result.sent === 0
        ? 'was there already'
        : result.resumed > 0
          ? `is complete (${formatBytes(result.resumed)} had been there)`
          : 'is complete';
    output.result(
      result,
      `${name} ${how}: ${formatBytes(result.size)}, sha256 ${result.sha256}\nNext: \`llama-canister load ${shellWord(first ?? name)}\``,
    );
  } finally {
    await source.close();
  }
}

export function uploadCommand(program: Command, run: Run): void {
  program
    .command('upload')
    .description('send a GGUF model to the canister')
    .argument('<file>', 'the model, or the name of a pulled model')
    .option('--as <name>', "name on the canister (default: the file's own)")
    .option('--canister <canister>', 'name or id', DEFAULT_CANISTER)
    .option('--restart', 'send everything again')
    .option(
      '--force',
      'send it even if it is no complete GGUF file, no canister could run it, or the cycles do not suffice',
    )
    .option('--chunk-bytes <n>', `bytes per message (default: ${CHUNK_BYTES})`)
    .addHelpText(
      'after',
      `
To resume an interrupted upload, run the same command again.

Examples:
  llama-canister upload qwen2.5-0.5b-instruct-q8_0.gguf
  llama-canister upload ~/models/tiny.gguf --as model.gguf
  llama-canister upload hf:Qwen/Qwen2.5-0.5B-Instruct-GGUF:Q8_0`,
    )
    .action(run((context, path: string, flags: UploadFlags) => uploadModel(context, path, flags)));
}

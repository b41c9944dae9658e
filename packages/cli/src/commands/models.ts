import { LlamaError } from '@llama-canister/client';
import type { Command } from 'commander';
import { formatBytes } from '../amounts.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import { modelCache, shortName, sizeOf } from '../models/cache.js';
import { type CanisterModel, modelsOn } from '../models/on-canister.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';
import { table } from '../table.js';

interface OnCanister {
  name: string;
  canister: string;
  network: string;
  models: CanisterModel[];
}

/** The models on the canister; a text if it does not tell. */
async function onCanister(context: Context, name: string): Promise<OnCanister | string> {
  const { signal } = context;
  try {
    const connection = await context.connect();
    const canister = connection.open(name);
    return {
      name,
      canister: canister.canisterId,
      network: connection.network.name,
      models: await modelsOn(canister, signal),
    };
  } catch (error) {
    if (signal.aborted || !(error instanceof LlamaError) || error.code === 'USAGE') throw error;
    return error.message;
  }
}

async function models(context: Context, name: string, flags: { local?: boolean }): Promise<void> {
  const { output } = context;
  const cache = modelCache(context);
  const cached = cache.list();
  const there = flags.local ? undefined : await onCanister(context, name);
  const rows = cached.map((model) => [
    shortName(model),
    formatBytes(sizeOf(model)),
    model.pulled.slice(0, 10),
    [...model.names, model.source].join(', '),
  ]);
  const parts = [
    rows.length === 0
      ? `No model was pulled yet. Pull one: \`llama-canister pull hf:OWNER/REPO\``
      : table(['HERE', 'SIZE', 'PULLED', 'GOES BY'], rows),
  ];
  if (typeof there === 'string') output.note(`What is on ${name} cannot be listed: ${there}`);
  else if (there !== undefined) {
    parts.push(
      there.models.length === 0
        ? `\nNo model is on ${name}. Send one: \`llama-canister upload ${rows.length === 0 ? 'FILE.gguf' : shellWord(rows[0]![0]!)}\``
        : `\n${table(
            [`ON ${name.toUpperCase()}`, 'SIZE', ''],
            there.models.map((each) => [each.name, formatBytes(each.size), each.loaded ? 'loaded' : '']),
          )}`,
    );
  }
  output.result(
    {
      folder: cache.folder,
      models: cached.map((model) => ({ name: shortName(model), size: sizeOf(model), ...model })),
      ...(typeof there === 'object' ? { onCanister: there } : {}),
      ...(typeof there === 'string' ? { unknown: there } : {}),
    },
    parts.join('\n'),
  );
}

export function modelsCommand(program: Command, run: Run): void {
  program
    .command('models')
    .alias('ls')
    .description('list the pulled models, and those on the canister')
    .argument('[canister]', 'name or id', DEFAULT_CANISTER)
    .option('--local', 'only local models; no network is used')
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister models\n  llama-canister models qwen --network ic\n  llama-canister models --local --json',
    )
    .action(run((context, name: string, flags: { local?: boolean }) => models(context, name, flags)));
}

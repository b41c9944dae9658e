import { Admin, LlamaError } from '@llama-canister/client';
import type { Command } from 'commander';
import { formatBytes } from '../amounts.js';
import type { Context } from '../context.js';
import { modelCache, shortName, sizeOf } from '../models/cache.js';
import { cachedModel, nameOnCanister } from '../models/local.js';
import { modelsOn } from '../models/on-canister.js';
import { isReference } from '../models/reference.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';

interface RmFlags {
  canister?: string;
  force?: boolean;
}

interface Removed {
  name: string;
  /** Freed bytes. */
  size: number;
}

/** A name from `cp` is removed alone; any other name removes the model. */
function removeHere(context: Context, name: string): Removed {
  const cache = modelCache(context);
  const model = cachedModel(context, name);
  if (!model) {
    throw new LlamaError('input', 'NO_SUCH_MODEL', `there is no local model with the name ${name}`, {
      value: name,
      next: 'See their names: `llama-canister models`',
    });
  }
  if (model.names.includes(name) && !isReference(name)) {
    cache.save({ ...model, names: model.names.filter((each) => each !== name) });
    return { name, size: 0 };
  }
  cache.remove(model);
  return { name: shortName(model), size: sizeOf(model) };
}

async function removeThere(context: Context, names: readonly string[], flags: RmFlags): Promise<Removed[]> {
  const { signal } = context;
  const canister = (await context.connect()).open(flags.canister!);
  const there = await modelsOn(canister, signal);
  const wanted = names.map((name) => nameOnCanister(context, name));
  // All names are checked before the first is removed.
  for (const name of wanted) {
    const model = there.find((each) => each.name === name);
    if (!model) {
      throw new LlamaError('input', 'NO_SUCH_MODEL', `${flags.canister} has no model ${name}`, {
        value: name,
        next: `See which it has: \`llama-canister models ${shellWord(flags.canister!)}\``,
      });
    }
    if (model.loaded && !flags.force) {
      throw new LlamaError(
        'input',
        'LOADED',
        `${name} is the loaded model: without it, no model would answer after an upgrade`,
        {
          value: name,
          next: `Load another one first, or remove it anyway: \`llama-canister rm ${shellWord(name)} --canister ${shellWord(flags.canister!)} --force\``,
        },
      );
    }
  }
  const admin = new Admin(canister);
  const removed: Removed[] = [];
  for (const name of wanted) {
    // A split model is removed with all its parts.
    const stem = /^(.*)-00001-of-(\d{5}\.gguf)$/i.exec(name);
    const parts =
      stem === null
        ? [name]
        : there
            .map((each) => each.name)
            .filter((each) => each.startsWith(`${stem[1]}-`) && each.endsWith(`-of-${stem[2]}`));
    for (const part of parts) await admin.removeFile(part, { signal });
    const size = there.filter((each) => parts.includes(each.name)).reduce((sum, each) => sum + each.size, 0);
    removed.push({ name, size });
  }
  return removed;
}

async function rm(context: Context, names: readonly string[], flags: RmFlags): Promise<void> {
  const { output } = context;
  const removed =
    flags.canister === undefined
      ? names.map((name) => removeHere(context, name))
      : await removeThere(context, names, flags);
  const lines = removed.map(({ name, size }) =>
    size === 0
      ? `${name} is no longer a name of the model; the model stays.`
      : `Removed ${name}: ${formatBytes(size)}.`,
  );
  output.result({ removed }, lines.join('\n'));
}

export function rmCommand(program: Command, run: Run): void {
  program
    .command('rm')
    .description('remove pulled models, or models on a canister')
    .argument('<model...>', 'names, as the command models lists them')
    .option('--canister <canister>', 'remove models on this canister instead of pulled ones')
    .option('--force', 'remove a model even if the canister has it loaded')
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister rm tiny-chat-q8_0\n  llama-canister rm model.gguf --canister llama',
    )
    .action(run((context, names: string[], flags: RmFlags) => rm(context, names, flags)));
}

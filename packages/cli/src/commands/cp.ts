import { existsSync } from 'node:fs';
import { checkGguf, LlamaError } from '@llama-canister/client';
import { openFile } from '@llama-canister/client/node';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { UsageError } from '../failure.js';
import { modelFiles } from '../inspect/model-files.js';
import { adopt } from '../models/adopt.js';
import { type CachedModel, modelCache, shortName } from '../models/cache.js';
import { cachedModel } from '../models/local.js';
import { isReference } from '../models/reference.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

async function checkFile(path: string): Promise<void> {
  const files = modelFiles(path);
  const source = await openFile(files[0]!);
  try {
    if (files.length === 1) await checkGguf(source);
  } finally {
    await source.close();
  }
}

/** The model with its new name: a file is copied, a pulled model gets an additional name. */
async function named(context: Context, model: string, name: string): Promise<CachedModel> {
  const cache = modelCache(context);
  const taken = cache.find(name);
  const cached = cachedModel(context, model);
  if (taken && taken.path !== cached?.path) {
    throw new LlamaError('input', 'NAME_TAKEN', `${name} is the name of ${taken.source}`, {
      value: name,
      next: `Choose another one, or free it: \`llama-canister rm ${shellWord(name)}\``,
    });
  }
  if (cached) {
    const renamed = { ...cached, names: [...new Set([...cached.names, name])] };
    cache.save(renamed);
    return renamed;
  }
  if (!existsSync(model)) {
    throw new LlamaError('input', 'NO_SUCH_MODEL', `${model} is neither a file nor the name of a model that is here`, {
      value: model,
      next: isReference(model)
        ? `Pull it first: \`llama-canister pull ${shellWord(model)}\``
        : 'See which models are here: `llama-canister models --local`',
    });
  }
  await checkFile(model);
  return adopt(cache, model, name, context.signal);
}

async function cp(context: Context, model: string, name: string): Promise<void> {
  const { output } = context;
  if (isReference(name) || !NAME.test(name) || /\.gguf$/i.test(name)) {
    throw new UsageError(
      `"${name}" is no short name`,
      'Use letters, digits, dots, dashes and underscores, without .gguf.',
    );
  }
  const { source, names, path, files } = await named(context, model, name);
  output.result(
    { name, source, names, path, files },
    `${shortName({ path })} goes by ${name}, too.\nNext: \`llama-canister upload ${shellWord(name)}\``,
  );
}

export function cpCommand(program: Command, run: Run): void {
  program
    .command('cp')
    .description('give a pulled model another name, or copy your file to the pulled models under a name')
    .argument('<model>', 'a name, or a file')
    .argument('<name>', 'the new name')
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister cp hf:Qwen/Qwen2.5-0.5B-Instruct-GGUF:Q8_0 qwen\n  llama-canister cp ~/models/mine.gguf mine',
    )
    .action(run((context, model: string, name: string) => cp(context, model, name)));
}

import { basename } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import type { Command } from 'commander';
import { administer, withCanister } from '../admin/open.js';
import { getFile, putFile } from '../admin/transfer.js';
import { formatBytes, formatTime } from '../amounts.js';
import type { Context } from '../context.js';
import { UsageError } from '../failure.js';
import type { Run } from '../run.js';
import { table } from '../table.js';

interface FileFlags {
  canister: string;
  force?: boolean;
}

interface Entry {
  name: string;
  isFolder: boolean;
  /** Bytes. */
  size: number;
  made: Date | undefined;
}

async function list(context: Context, folder: string, flags: FileFlags): Promise<void> {
  const { llama, options } = await administer(context, flags.canister);
  const files = await llama.admin.files(folder, options);
  const entries: Entry[] = await Promise.all(
    files.map(async ({ name, isFolder }) => {
      if (isFolder) return { name, isFolder, size: 0, made: undefined };
      const { canister } = llama;
      const [{ filesize }, { timestamp_ns }] = await Promise.all([
        canister.ok('filesystem_file_size', [{ filename: name }], options),
        canister.ok('get_creation_timestamp_ns', [{ filename: name }], options),
      ]);
      return { name, isFolder, size: Number(filesize), made: new Date(Number(timestamp_ns / 1_000_000n)) };
    }),
  );
  const rows = entries.map(({ name, isFolder, size, made }) => [
    isFolder ? `${name}/` : name,
    isFolder ? '' : formatBytes(size),
    made === undefined ? '' : formatTime(made),
  ]);
  context.output.result(
    entries,
    rows.length === 0
      ? `There is no file in ${folder}. Send one: \`llama-canister files put FILE\``
      : table(['FILE', 'SIZE', 'MADE'], rows),
  );
}

async function get(context: Context, name: string, to: string | undefined, flags: FileFlags): Promise<void> {
  const { llama } = await administer(context, flags.canister);
  const path = to ?? basename(name);
  const { size, received, sha256 } = await getFile(context, llama.canister, name, path);
  const what = received === 0 ? 'is the same already' : `has ${formatBytes(size)}`;
  context.output.result({ name, path, size, received, sha256 }, `${path} ${what}, sha256 ${sha256}.`);
}

async function put(context: Context, path: string, as: string | undefined, flags: FileFlags): Promise<void> {
  const { llama } = await administer(context, flags.canister);
  const name = as ?? basename(path);
  const result = await putFile(context, llama.canister, path, name);
  const what = result.sent === 0 ? 'was there already' : 'is there';
  context.output.result(result, `${name} ${what}: ${formatBytes(result.size)}, sha256 ${result.sha256}.`);
}

async function remove(context: Context, names: readonly string[], flags: FileFlags): Promise<void> {
  const { llama, options } = await administer(context, flags.canister);
  const loaded = (await llama.canister.modelInfo(options))?.filename;
  if (loaded !== undefined && names.includes(loaded) && !flags.force) {
    throw new UsageError(
      `${loaded} is the loaded model: without it, no model would answer after an upgrade`,
      'To remove it anyway, give --force.',
    );
  }
  const removed: string[] = [];
  for (const name of names) {
    if (!(await llama.admin.removeFile(name, options))) {
      throw new LlamaError(
        'refused',
        'NO_SUCH_FILE',
        `the canister has no file ${name}, or it is a folder that is not empty`,
        {
          value: { name, removed },
          next: 'See what there is: `llama-canister files`',
        },
      );
    }
    removed.push(name);
  }
  context.output.result({ removed }, `Removed ${removed.join(', ')}.`);
}

export function filesCommand(program: Command, run: Run): void {
  const files = program
    .command('files')
    .description('list the files of the canister; get, put or remove them')
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister files\n  llama-canister files put grammar.gbnf\n  llama-canister files get model.gguf copy.gguf\n  llama-canister files rm old.gguf',
    );
  withCanister(
    files.command('ls', { isDefault: true }).description('list the files in a folder and in all folders below it'),
  )
    .argument('[folder]', 'a folder of the canister', '.')
    .action(run((context, folder: string, flags: FileFlags) => list(context, folder, flags)));
  withCanister(files.command('get').description('download a file of the canister'))
    .argument('<file>', 'on the canister')
    .argument('[path]', 'here (default: its name)')
    .action(run((context, name: string, to: string | undefined, flags: FileFlags) => get(context, name, to, flags)));
  withCanister(files.command('put').description('upload a file of any kind'))
    .argument('<path>', 'here')
    .argument('[file]', 'on the canister (default: its name)')
    .action(run((context, path: string, as: string | undefined, flags: FileFlags) => put(context, path, as, flags)));
  withCanister(files.command('rm').description('remove files or empty folders'))
    .argument('<file...>', 'on the canister')
    .option('--force', 'remove a file even if it is the loaded model')
    .action(run((context, names: string[], flags: FileFlags) => remove(context, names, flags)));
}

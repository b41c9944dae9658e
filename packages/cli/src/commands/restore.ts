import { LlamaError, listSnapshots } from '@llama-canister/client';
import type { Command } from 'commander';
import { agree } from '../admin/agree.js';
import { readBackup, sendBack } from '../admin/backup.js';
import { administer, withCanister } from '../admin/open.js';
import { backTo } from '../admin/snapshot.js';
import { formatBytes, formatTime } from '../amounts.js';
import type { Context } from '../context.js';
import { UsageError } from '../failure.js';
import { Waiting } from '../progress.js';
import { quiet } from '../quiet.js';
import type { Run } from '../run.js';
import { loadModel } from './load.js';

interface RestoreFlags {
  canister: string;
  snapshot?: string | true;
  /** commander's form of --no-load. */
  load: boolean;
  yes?: boolean;
}

async function fromSnapshot(context: Context, flags: RestoreFlags): Promise<void> {
  const { output, signal } = context;
  const { connection, canister } = await administer(context, flags.canister);
  const all = await listSnapshots(connection.agent, canister, signal);
  const snapshot = flags.snapshot === true ? all.at(-1) : all.find(({ id }) => id === flags.snapshot);
  if (!snapshot) {
    const what = flags.snapshot === true ? 'no snapshot' : `no snapshot ${flags.snapshot}`;
    throw new LlamaError('input', 'NO_SNAPSHOT', `${flags.canister} has ${what}`, {
      value: flags.snapshot,
      next: 'See which there are: `llama-canister backup --list`',
    });
  }
  const when = formatTime(snapshot.taken);
  await agree(
    context,
    `${flags.canister} is restored to its state of ${when}; later changes are lost.`,
    flags.yes === true,
  );
  const waiting = new Waiting(output, `Restoring ${flags.canister}`);
  try {
    await backTo(connection.agent, canister, snapshot.id);
  } finally {
    waiting.end();
  }
  output.result({ canister, ...snapshot }, `${flags.canister} has its state of ${when} again. The snapshot is kept.`);
}

async function restore(context: Context, folder: string | undefined, flags: RestoreFlags): Promise<void> {
  if ((folder === undefined) === (flags.snapshot === undefined)) {
    throw new UsageError('the backup to restore is missing', 'Give the folder of a backup, or --snapshot.');
  }
  if (folder === undefined) return fromSnapshot(context, flags);
  const backup = readBackup(folder);
  const administered = await administer(context, flags.canister);
  const sent = await sendBack(context, administered, folder, backup);
  const { loaded: model } = backup;
  if (model && flags.load)
    await loadModel(quiet(context, []), model.name, { canister: flags.canister, ctxSize: String(model.context) });
  const loaded = model && flags.load ? ` ${model.name} is loaded, as it was.` : '';
  context.output.result(
    {
      canister: administered.canister,
      files: backup.files.length,
      sent,
      ...(loaded === '' ? {} : { model: model?.name }),
    },
    `${flags.canister} has the ${backup.files.length} files of ${folder}; ${formatBytes(sent)} were sent.${loaded}`,
  );
}

export function restoreCommand(program: Command, run: Run): void {
  withCanister(
    program.command('restore').description('upload the files of a backup to a canister, or restore a snapshot of it'),
  )
    .argument('[folder]', 'folder of a backup')
    .option('--snapshot [snapshot]', 'restore this snapshot of the canister (default: the last one)')
    .option('--no-load', 'do not load the model that was loaded at the backup')
    .option('--yes', 'do not ask before changes since the snapshot are lost')
    .addHelpText(
      'after',
      '\nFiles that the canister has already are not uploaded again; its other files stay.\n\nExamples:\n  llama-canister restore saved\n  llama-canister restore saved --canister other\n  llama-canister restore --snapshot --yes',
    )
    .action(run((context, folder: string | undefined, flags: RestoreFlags) => restore(context, folder, flags)));
}

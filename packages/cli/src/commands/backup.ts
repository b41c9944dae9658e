import { deleteSnapshot, listSnapshots, type Snapshot } from '@llama-canister/client';
import type { Command } from 'commander';
import { backUp } from '../admin/backup.js';
import { administer, advised, withCanister } from '../admin/open.js';
import { snapshotOf } from '../admin/snapshot.js';
import { formatBytes, formatTime } from '../amounts.js';
import type { Context } from '../context.js';
import { UsageError } from '../failure.js';
import { Waiting } from '../progress.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';
import { table } from '../table.js';

interface BackupFlags {
  canister: string;
  sessions?: boolean;
  snapshot?: boolean;
  replace?: string;
  list?: boolean;
  delete?: string;
}

const shown = ({ id, taken, size }: Snapshot) => [id, formatTime(taken), formatBytes(Number(size))];

async function snapshots(context: Context, flags: BackupFlags): Promise<void> {
  const { output, signal } = context;
  const { connection, canister } = await administer(context, flags.canister);
  const { agent } = connection;
  if (flags.delete !== undefined) {
    await deleteSnapshot(agent, canister, flags.delete, signal);
    output.result({ deleted: flags.delete }, `Snapshot ${flags.delete} is deleted.`);
  } else if (flags.list) {
    const all = await listSnapshots(agent, canister, signal);
    const none = 'There is no snapshot. Take one: `llama-canister backup --snapshot`';
    output.result(all, all.length === 0 ? none : table(['SNAPSHOT', 'TAKEN', 'SIZE'], all.map(shown)));
  } else {
    const waiting = new Waiting(output, `Taking a snapshot of ${flags.canister}`);
    try {
      const snapshot = await snapshotOf(agent, canister, signal, flags.replace).catch((error: unknown) => {
        throw advised(error, 'A canister keeps ten snapshots or so. See them: `llama-canister backup --list`');
      });
      waiting.end();
      output.result(
        { canister, ...snapshot },
        `Snapshot ${snapshot.id} has ${formatBytes(Number(snapshot.size))}; the canister pays for them as for its own.\nRestore it: \`llama-canister restore --snapshot ${snapshot.id}\``,
      );
    } finally {
      waiting.end();
    }
  }
}

async function backup(context: Context, folder: string | undefined, flags: BackupFlags): Promise<void> {
  const ways = [folder, flags.snapshot, flags.list, flags.delete].filter((each) => each !== undefined);
  if (ways.length !== 1) {
    throw new UsageError(
      ways.length === 0 ? 'the destination is missing' : 'a folder, --snapshot, --list and --delete exclude each other',
      'Give a folder, or store a snapshot on the network: `llama-canister backup --snapshot`',
    );
  }
  if (folder === undefined) return snapshots(context, flags);
  const administered = await administer(context, flags.canister);
  const { backup: made, received } = await backUp(context, administered, folder, flags.sessions === true);
  const size = made.files.reduce((sum, file) => sum + file.size, 0);
  context.output.result(
    { folder, received, ...made },
    `${folder} has ${made.files.length} files of ${flags.canister}, ${formatBytes(size)}, of which ${formatBytes(received)} came now.\nRestore it on a canister: \`llama-canister restore ${shellWord(folder)}\``,
  );
}

export function backupCommand(program: Command, run: Run): void {
  withCanister(
    program.command('backup').description("save the canister's files in a folder, or the whole canister as a snapshot"),
  )
    .argument('[folder]', 'folder to write to; files that it has already are not downloaded again')
    .option('--sessions', "include callers' sessions and chats, which are private")
    .option('--snapshot', 'store the whole canister on the network: files, sessions, settings, program')
    .option('--replace <snapshot>', 'snapshot that the new one replaces')
    .option('--list', 'list the snapshots')
    .option('--delete <snapshot>', 'delete a snapshot')
    .addHelpText(
      'after',
      '\nA folder has files, and can be restored on any canister. A snapshot has everything, and stays with the canister.\n\nExamples:\n  llama-canister backup saved\n  llama-canister backup --snapshot\n  llama-canister backup --list --json',
    )
    .action(run((context, folder: string | undefined, flags: BackupFlags) => backup(context, folder, flags)));
}

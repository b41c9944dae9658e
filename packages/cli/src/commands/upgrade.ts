import {
  canisterStatus,
  deleteSnapshot,
  installCode,
  type LlamaCanister,
  LlamaError,
  type ModelInfo,
  moduleHash,
  type Snapshot,
} from '@llama-canister/client';
import type { Command } from 'commander';
import { backTo, snapshotOf } from '../admin/snapshot.js';
import { formatBytes } from '../amounts.js';
import { type Connection, type Context, DEFAULT_CANISTER } from '../context.js';
import { UsageError } from '../failure.js';
import { llamaWasm, readWasm } from '../packages.js';
import { meanwhile, Waiting } from '../progress.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';
import { loadFitting } from './load.js';

interface UpgradeFlags {
  wasm?: string;
  /** commander's form of --no-snapshot. */
  snapshot: boolean;
  keepSnapshot?: boolean;
  dryRun?: boolean;
  force?: boolean;
}

/** The model that a canister has loaded, if it tells. */
async function loadedModel(canister: LlamaCanister, signal: AbortSignal): Promise<ModelInfo | undefined> {
  try {
    return (await canister.ready({ signal })).ready ? await canister.modelInfo({ signal }) : undefined;
  } catch (error) {
    if (error instanceof LlamaError && error.kind === 'rejected') return undefined;
    throw error;
  }
}

/** Checks that the program answers, and that the model is loaded again. Errors: any failure of these. */
async function checkUp(context: Context, canister: LlamaCanister, model: ModelInfo | undefined): Promise<void> {
  const { signal, output } = context;
  await canister.health({ signal });
  if (!model) return;
  const waiting = new Waiting(output, `Loading ${model.filename}`);
  const onProgress = (says: string) => {
    waiting.label = `Loading ${model.filename}: ${says}`;
  };
  const args = ['--ctx-size', String(model.context)];
  try {
    // After an upgrade the canister also loads by itself: a running load is joined.
    await loadFitting(canister, model.filename, { args, isSized: true, signal, onProgress });
  } finally {
    waiting.end();
  }
}

/** Restores the old program. Errors: always, with the new program's failure. */
async function rollBack(
  context: Context,
  connection: Connection,
  id: string,
  snapshot: Snapshot | undefined,
  cause: unknown,
): Promise<never> {
  const why = cause instanceof Error ? cause.message : String(cause);
  if (!snapshot) {
    throw new LlamaError('refused', 'UPGRADE_FAILED', `the new program does not start: ${why}`, {
      value: id,
      next: 'There is no snapshot to restore. Install the old program again: `llama-canister upgrade --wasm FILE.wasm`',
      cause,
    });
  }
  await meanwhile(context.output, 'Restoring the snapshot', () => backTo(connection.agent, id, snapshot.id));
  await deleteSnapshot(connection.agent, id, snapshot.id).catch(() => {});
  throw new LlamaError(
    'refused',
    'ROLLED_BACK',
    `the new program does not start, and the old one is restored: ${why}`,
    {
      value: id,
      next: 'Nothing is lost. The log of the new program may say more: `llama-canister logs`',
      cause,
    },
  );
}

async function upgrade(context: Context, name: string, flags: UpgradeFlags): Promise<void> {
  const { output, signal } = context;
  const wasm = flags.wasm === undefined ? llamaWasm() : readWasm(flags.wasm);
  const hash = await moduleHash(wasm);
  const connection = await context.connect();
  const { agent } = connection;
  const id = connection.idOf(name);
  const status = await canisterStatus(agent, id, signal);
  if (status.moduleHash === undefined) {
    throw new UsageError(`${name} has no program yet`, `Install one: \`llama-canister deploy ${shellWord(name)}\``);
  }
  const result = { canister: id, from: status.moduleHash, to: hash };
  if (status.moduleHash === hash && !flags.force) {
    output.result({ ...result, upgraded: false }, `${name} has this program already (${hash}).`);
    return;
  }
  const canister = connection.open(name);
  const model = status.status === 'running' ? await loadedModel(canister, signal) : undefined;
  output.note(
    [
      `Program     ${status.moduleHash.slice(0, 12)} becomes ${hash.slice(0, 12)}, ${formatBytes(wasm.length)}`,
      `Stays       files, sessions, chats, jobs, settings; ${formatBytes(Number(status.memory))} of memory`,
      `Model       ${model ? `${model.filename} is loaded again, with room for ${model.context} tokens` : 'none is loaded'}`,
      `Snapshot    ${flags.snapshot ? 'is taken first, and restored if the new program does not start' : 'none'}`,
    ].join('\n'),
  );
  if (flags.dryRun) {
    output.result({ ...result, upgraded: false, model: model?.filename }, 'Nothing was changed (--dry-run).');
    return;
  }
  const snapshot = flags.snapshot
    ? await meanwhile(context.output, 'Taking a snapshot', () => snapshotOf(agent, id, signal))
    : undefined;
  try {
    await meanwhile(context.output, `Upgrading ${name}`, () =>
      installCode(agent, id, wasm, { mode: 'upgrade', signal }),
    );
    await checkUp(context, canister, model);
  } catch (error) {
    if (signal.aborted)
      output.note(
        snapshot
          ? `The snapshot ${snapshot.id} is kept. Restore it: \`llama-canister restore --snapshot ${snapshot.id}\``
          : 'There is no snapshot.',
      );
    if (signal.aborted) throw error;
    return rollBack(context, connection, id, snapshot, error);
  }
  if (snapshot && !flags.keepSnapshot) await deleteSnapshot(agent, id, snapshot.id, signal);
  const kept = snapshot && flags.keepSnapshot ? ` Snapshot ${snapshot.id} is kept.` : '';
  output.result(
    { ...result, upgraded: true, model: model?.filename, ...(kept === '' ? {} : { snapshot: snapshot?.id }) },
    `Upgraded ${name}; it answers${model ? ` with ${model.filename}` : ''}.${kept}`,
  );
}

export function upgradeCommand(program: Command, run: Run): void {
  program
    .command('upgrade')
    .description(
      'install the program of this version: prints what changes, takes a snapshot, and restores it if the new program does not start',
    )
    .argument('[canister]', 'name or id', DEFAULT_CANISTER)
    .option('--wasm <file>', 'another program instead of the included one')
    .option('--no-snapshot', 'take no snapshot; then nothing can be restored')
    .option('--keep-snapshot', 'keep the snapshot afterwards; the canister pays for its bytes')
    .option('--dry-run', 'only print what would change')
    .option('--force', 'install even if the canister has the program already')
    .addHelpText(
      'after',
      '\nThe canister does not answer while the snapshot is taken and the program is installed.\n\nExamples:\n  llama-canister upgrade\n  llama-canister upgrade --dry-run\n  llama-canister upgrade qwen --network ic --keep-snapshot',
    )
    .action(run((context, name: string, flags: UpgradeFlags) => upgrade(context, name, flags)));
}

import {
  type CanisterStatus,
  canisterStatus,
  cyclesOn,
  deleteSnapshot,
  FEE_NODES,
  FEES,
  idleCycles,
  LlamaError,
  loadSnapshot,
  type Snapshot,
  startCanister,
  stopCanister,
  storageCycles,
  subnetOf,
} from '@llama-canister/client';
import type { Command } from 'commander';
import { agree } from '../admin/agree.js';
import { snapshotOf } from '../admin/snapshot.js';
import { formatBytes, formatCycles, parseCycles } from '../amounts.js';
import type { Connection, Context } from '../context.js';
import { createCanister } from '../deploy/creation.js';
import { UsageError } from '../failure.js';
import { SPARE_CYCLES } from '../inspect/money.js';
import { meanwhile } from '../progress.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';
import { existing, LOCAL_CYCLES } from './deploy.js';

interface CloneFlags {
  cycles?: string;
  keepSnapshot?: boolean;
  yes?: boolean;
}

/** Instructions that taking and loading a snapshot counts as, beside one for each byte. Source: dfinity/ic, subnet_config.rs. */
const SNAPSHOT_INSTRUCTIONS = 2_000_000_000n;
/** Cycles for a message's instructions, charged before it runs. */
const PREPAID = 40_000_000_000n;

interface Source {
  name: string;
  id: string;
  status: CanisterStatus;
  /** Where it is; its clone has to be there, too. */
  subnet: string;
}

/** The cycles that a snapshot takes of its canister: for taking it, and kept back while it is there. */
const snapshotCycles = ({ memory, freezingThreshold }: CanisterStatus): bigint =>
  SNAPSHOT_INSTRUCTIONS + memory + storageCycles(memory, freezingThreshold);

function refuseIfShort({ name, id, status }: Source): void {
  const needed = snapshotCycles(status);
  if (status.spendable >= needed) return;
  const missing = formatCycles(needed - status.spendable + SNAPSHOT_INSTRUCTIONS).replace(' ', '');
  throw new LlamaError(
    'cycles',
    'CYCLES_SHORT',
    `${name} has ${formatCycles(status.spendable)} cycles to spend, and a snapshot of its ${formatBytes(Number(status.memory))} takes ${formatCycles(needed)}, most of them only as long as the snapshot exists`,
    { value: id, next: `Give it some: \`llama-canister top-up ${shellWord(name)} --cycles ${missing}\`` },
  );
}

/** The cycles for a new canister of the source's size: its creation, a month of its memory, and some to begin with. */
function cyclesForClone({ status }: Source, flags: CloneFlags, mainnet: boolean): bigint {
  if (flags.cycles !== undefined) return parseCycles(flags.cycles);
  if (!mainnet) return LOCAL_CYCLES;
  const keeping = idleCycles(status.memory, status.freezingThreshold);
  return cyclesOn(
    FEE_NODES,
    FEES.canisterCreation + keeping + SNAPSHOT_INSTRUCTIONS + status.memory + PREPAID + SPARE_CYCLES,
  );
}

/** The canister that becomes the clone: the one of this name, or a new one. Whether it had a program. */
async function target(
  context: Context,
  connection: Connection,
  source: Source,
  name: string,
  flags: CloneFlags,
): Promise<{ id: string; created: boolean; status: CanisterStatus | undefined }> {
  const { signal } = context;
  const { agent, network } = connection;
  const found = await existing(connection, name, signal);
  if (found === undefined) {
    const cycles = cyclesForClone(source, flags, network.mainnet);
    const id = await createCanister(context, connection, name, cycles, source.subnet);
    return { id, created: true, status: undefined };
  }
  if (found.id === source.id) throw new UsageError(`${name} is ${source.name} itself`, 'Give the clone another name.');
  const subnet = await subnetOf(agent, found.id, signal);
  if (subnet !== source.subnet) {
    throw new LlamaError(
      'input',
      'OTHER_SUBNET',
      `${name} is on the subnet ${subnet}, and ${source.name} on ${source.subnet}`,
      {
        value: subnet,
        next: 'A snapshot stays on its subnet. Give a name that is not taken, or send the files: `llama-canister backup FOLDER`',
      },
    );
  }
  if (found.status.moduleHash !== undefined) {
    await agree(context, `${name} becomes a copy of ${source.name}; its own data is lost.`, flags.yes === true);
  }
  return { ...found, created: false };
}

async function become(
  context: Context,
  connection: Connection,
  id: string,
  snapshot: Snapshot,
  isRunning: boolean,
): Promise<void> {
  const { agent } = connection;
  if (isRunning) await stopCanister(agent, id, context.signal);
  await loadSnapshot(agent, id, snapshot.id, context.signal);
  await startCanister(agent, id);
}

async function clone(context: Context, sourceName: string, name: string, flags: CloneFlags): Promise<void> {
  const { output, signal } = context;
  const connection = await context.connect();
  const { agent } = connection;
  const id = connection.idOf(sourceName);
  const status = await canisterStatus(agent, id, signal);
  if (status.moduleHash === undefined) {
    throw new UsageError(
      `${sourceName} has no program yet`,
      `Install one: \`llama-canister deploy ${shellWord(sourceName)}\``,
    );
  }
  const source = { name: sourceName, id, status, subnet: await subnetOf(agent, id, signal) };
  refuseIfShort(source);
  const to = await target(context, connection, source, name, flags);
  const snapshot = await meanwhile(context.output, `Taking a snapshot of ${sourceName}`, () =>
    snapshotOf(agent, id, signal),
  );
  try {
    const wasRunning = to.status?.status === 'running' && to.status.moduleHash !== undefined;
    await meanwhile(context.output, `Loading it into ${name}`, () =>
      become(context, connection, to.id, snapshot, wasRunning),
    );
  } finally {
    // Its bytes cost the source as much as its own.
    if (!flags.keepSnapshot) await deleteSnapshot(agent, id, snapshot.id);
  }
  const canister = connection.open(name);
  await canister.health({ signal });
  const { ready } = await canister.ready({ signal });
  const model = ready ? (await canister.modelInfo({ signal }))?.filename : undefined;
  if (model !== undefined) connection.rememberModel(name, model);
  const kept = flags.keepSnapshot ? ` The snapshot ${snapshot.id} is kept.` : '';
  const answers = model === undefined ? 'it has no model loaded' : `it answers with ${model}`;
  output.result(
    {
      canister: to.id,
      name,
      source: id,
      created: to.created,
      bytes: snapshot.size,
      moduleHash: status.moduleHash,
      ...(model === undefined ? {} : { model }),
      ...(flags.keepSnapshot ? { snapshot: snapshot.id } : {}),
    },
    `${name}, canister ${to.id}, is what ${sourceName} is (${formatBytes(Number(snapshot.size))}); ${answers}.${kept}\nAsk it: \`llama-canister chat --canister ${shellWord(name)}\``,
  );
}

export function cloneCommand(program: Command, run: Run): void {
  program
    .command('clone')
    .description(
      'copy a canister to another one on the same subnet with a snapshot; nothing is uploaded or loaded again',
    )
    .argument('<source>', 'name or id')
    .argument('<name>', 'name of the clone: a new name, or an existing canister')
    .option(
      '--cycles <amount>',
      'cycles for a new canister (default: 100T locally, on ic what its memory needs for a month)',
    )
    .option('--keep-snapshot', 'keep the snapshot afterwards; the source pays for its bytes')
    .option('--yes', 'do not ask before an existing canister is overwritten')
    .addHelpText(
      'after',
      `
A clone has everything: program, files, the loaded model, sessions, chats, jobs, roles, settings and allowances. Its controllers
and cycles are its own. The source does not answer while the snapshot is taken.

Examples:
  llama-canister clone llama llama-2
  llama-canister clone qwen qwen-2 --network ic
  llama-canister serve llama llama-2`,
    )
    .action(run((context, source: string, name: string, flags: CloneFlags) => clone(context, source, name, flags)));
}

import {
  type CanisterStatus,
  canisterStatus,
  type InstallMode,
  installCode,
  LlamaError,
  moduleHash,
  startCanister,
  updateSettings,
} from '@llama-canister/client';
import { openFile } from '@llama-canister/client/node';
import { type Command, Option } from 'commander';
import { agree } from '../admin/agree.js';
import { formatCycles, parseCycles } from '../amounts.js';
import { isCanisterId, isCanisterId as isPrincipal } from '../config/canisters.js';
import { type Connection, type Context, DEFAULT_CANISTER } from '../context.js';
import { createCanister, WASM_MEMORY_LIMIT } from '../deploy/creation.js';
import { UsageError } from '../failure.js';
import { pathFromHere } from '../hints.js';
import { modelFiles } from '../inspect/model-files.js';
import { cyclesToBegin } from '../inspect/money.js';
import { modelPath } from '../models/local.js';
import { llamaWasm, ownModel, readWasm } from '../packages.js';
import { Waiting } from '../progress.js';
import type { Run } from '../run.js';
import { shellWord } from '../shell-word.js';
import { ownPage } from '../web/address.js';
import { refuseUnlessRuns } from './inspect.js';

interface DeployOptions {
  cycles?: string;
  for?: string;
  mode: 'auto' | InstallMode;
  wasm?: string;
  subnet?: string;
  yes?: boolean;
}

/** Cycles of a canister on a network where they are free: enough for any model that fits. */
export const LOCAL_CYCLES = 100_000_000_000_000n;
/** Cycles on the main network by default: creation, and a small model. */
const MAINNET_CYCLES = 2_000_000_000_000n;

/** Cycles for a new canister with this model. */
export async function cyclesFor(context: Context, file: string): Promise<bigint> {
  const model = modelPath(context, file);
  let size = 0;
  for (const path of modelFiles(model)) {
    const file = await openFile(path);
    await file.close();
    size += file.size;
  }
  refuseUnlessRuns(model, 'Leave out --for, and give the number of cycles with --cycles.');
  return cyclesToBegin(size);
}

/** Cycles for a new canister as the command line says it; undefined if it does not. */
async function cyclesWanted(context: Context, options: DeployOptions): Promise<bigint | undefined> {
  if (options.cycles !== undefined) return parseCycles(options.cycles);
  return options.for === undefined ? undefined : cyclesFor(context, options.for);
}

/** The canister with this name as it is, or undefined where there is none (any more). */
export async function existing(
  connection: Connection,
  name: string,
  signal: AbortSignal,
): Promise<{ id: string; status: CanisterStatus } | undefined> {
  const id = connection.canisters.get(name)?.id ?? (isCanisterId(name) ? name : undefined);
  if (id === undefined) return undefined;
  try {
    return { id, status: await canisterStatus(connection.agent, id, signal) };
  } catch (error) {
    const gone = error instanceof LlamaError && error.code === 'CANISTER_NOT_FOUND';
    // A local network that starts over forgets its canisters; elsewhere a lost canister is an error.
    if (gone && !connection.network.mainnet && !isCanisterId(name)) return undefined;
    throw error;
  }
}

/** The subnet that a new canister is to be on. */
function subnetFor({ subnet }: DeployOptions): string | undefined {
  if (subnet === undefined || isPrincipal(subnet)) return subnet;
  throw new UsageError(
    `"${subnet}" is no subnet`,
    'It is a principal such as pzp6e-ekpqk-3c5x7-2h6so-njoeq-mt45d-h3h6c-q3mxf-vpeez-fez7a-iae; https://dashboard.internetcomputer.org/subnets has all.',
  );
}

/** How to install the program; undefined if it is installed already. */
function modeFor(wanted: DeployOptions['mode'], status: CanisterStatus, hash: string): InstallMode | undefined {
  if (wanted !== 'auto') return wanted;
  if (status.moduleHash === undefined) return 'install';
  return status.moduleHash === hash ? undefined : 'upgrade';
}

const DONE: Readonly<Record<InstallMode, string>> = {
  install: 'Installed',
  upgrade: 'Upgraded',
  reinstall: 'Reinstalled',
};

/** The step after deploying: the upload of the named model, or of the one that is here. */
function nextStep(model: string | undefined): string {
  const upload = (path: string) => `\`llama-canister upload ${shellWord(path)}\``;
  if (model !== undefined) return `\nNext: ${upload(model)}`;
  const own = ownModel();
  const what = own === undefined ? 'a GGUF file' : 'a GGUF file of yours, or this one';
  return `\nNext, with ${what}: ${upload(own === undefined ? 'FILE.gguf' : pathFromHere(own))}`;
}

export async function deploy(context: Context, name: string, options: DeployOptions): Promise<void> {
  const { output, signal } = context;
  const wasm = options.wasm === undefined ? llamaWasm() : readWasm(options.wasm);
  const hash = await moduleHash(wasm);
  const subnet = subnetFor(options);
  // What is wrong on the command line is said before the network is asked.
  const wanted = await cyclesWanted(context, options);
  const connection = await context.connect();
  const { agent, network } = connection;
  const cycles = wanted ?? (network.mainnet ? MAINNET_CYCLES : LOCAL_CYCLES);

  const found = await existing(connection, name, signal);
  const id = found?.id ?? (await createCanister(context, connection, name, cycles, subnet));
  const status = found?.status ?? (await canisterStatus(agent, id, signal));
  const mode = modeFor(options.mode, status, hash);
  if (found && mode === 'reinstall') {
    const loss = `Reinstalling ${name} deletes its files, chats and settings.`;
    await agree(context, loss, options.yes === true);
  }
  if (status.wasmMemoryLimit !== 0n && status.wasmMemoryLimit < WASM_MEMORY_LIMIT) {
    await updateSettings(agent, id, { wasmMemoryLimit: WASM_MEMORY_LIMIT }, signal);
  }
  if (mode) {
    const waiting = new Waiting(output, `Installing ${name}`);
    try {
      await installCode(agent, id, wasm, { mode, signal });
    } finally {
      waiting.end();
    }
  } else if (status.status !== 'running') {
    await startCanister(agent, id, signal);
  }
  let isLlama = true;
  try {
    await connection.open(id).health({ signal });
  } catch (error) {
    // A program given by the user need not be ours.
    if (options.wasm === undefined || signal.aborted || !(error instanceof LlamaError)) throw error;
    isLlama = false;
    output.note(`The program does not answer like a llama canister: ${error.message}`);
  }
  const now = await canisterStatus(agent, id, signal);
  const what = mode ? DONE[mode] : 'Up to date:';
  const page = isLlama ? ownPage(connection, id) : undefined;
  output.result(
    {
      canister: id,
      name,
      network: network.name,
      created: !found,
      mode: mode ?? 'none',
      moduleHash: hash,
      cycles: now.cycles,
      ...(page === undefined ? {} : { page }),
    },
    `${what} ${name}, canister ${id}, with ${formatCycles(now.cycles)} cycles.${page === undefined ? '' : `\nIts page: ${page}`}${isLlama ? nextStep(options.for) : ''}`,
  );
}

export function deployCommand(program: Command, run: Run): void {
  program
    .command('deploy')
    .description('create the canister if there is none, and install or upgrade its program')
    .argument('[name]', 'name for the canister in this project, or a canister id', DEFAULT_CANISTER)
    .option('--cycles <amount>', 'cycles for a new canister, as 2T or 500B (default: 100T locally, 2T on ic)')
    .option('--for <file>', 'give a new canister the cycles that this model needs')
    .addOption(
      new Option('--mode <mode>', 'what to do with an existing canister')
        .choices(['auto', 'install', 'upgrade', 'reinstall'])
        .default('auto'),
    )
    .option('--subnet <principal>', 'where to create a new canister (default: the network chooses)')
    .option('--wasm <file>', 'install this program instead of the included one')
    .option('--yes', 'do not ask before a reinstall deletes everything')
    .addHelpText(
      'after',
      `
An upgrade keeps files, chats and settings; the model has to be loaded again.
On ic, a new canister is paid from your balance on the cycles ledger (the command identity prints it).

Examples:
  llama-canister deploy
  llama-canister deploy qwen --network ic --for qwen2.5-0.5b-instruct-q8_0.gguf
  llama-canister deploy --mode reinstall --yes`,
    )
    .action(run((context, name: string, options: DeployOptions) => deploy(context, name, options)));
}

import { type CanisterSettings, type CanisterStatus, canisterStatus, updateSettings } from '@llama-canister/client';
import type { Command } from 'commander';
import { administer, parsePrincipal } from '../admin/open.js';
import { formatBytes, formatCycles } from '../amounts.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import { UsageError } from '../failure.js';
import type { Run } from '../run.js';
import { facts } from '../table.js';
import { parseLimit } from './limits.js';

interface SettingsFlags {
  addController?: string[];
  removeController?: string[];
  freezingThreshold?: string;
  memoryLimit?: string;
}

const several = (value: string, before: string[] = []) => [...before, value];

/** The controllers after a change; undefined: they stay. */
function controllersOf(now: readonly string[], { addController = [], removeController = [] }: SettingsFlags) {
  if (addController.length + removeController.length === 0) return undefined;
  const gone = removeController.map(parsePrincipal);
  const unknown = gone.find((each) => !now.includes(each));
  if (unknown !== undefined) throw new UsageError(`${unknown} is no controller`, `These are: ${now.join(' ')}`);
  const controllers = [...new Set([...now, ...addController.map(parsePrincipal)])].filter(
    (each) => !gone.includes(each),
  );
  if (controllers.length === 0) {
    throw new UsageError(
      'a canister without controllers can never be changed again',
      'Keep one, or add another with --add-controller.',
    );
  }
  return controllers;
}

function changed(status: CanisterStatus, flags: SettingsFlags): CanisterSettings {
  const { freezingThreshold, memoryLimit } = flags;
  return {
    controllers: controllersOf(status.controllers, flags),
    freezingThreshold:
      freezingThreshold === undefined
        ? undefined
        : parseLimit(freezingThreshold, { flag: 'freezing-threshold', unit: 'seconds' }),
    wasmMemoryLimit:
      memoryLimit === undefined ? undefined : parseLimit(memoryLimit, { flag: 'memory-limit', unit: 'bytes' }),
  };
}

async function settings(context: Context, name: string, flags: SettingsFlags): Promise<void> {
  const { output, signal } = context;
  const { connection, canister } = await administer(context, name);
  const { agent } = connection;
  let status = await canisterStatus(agent, canister, signal);
  const wanted = changed(status, flags);
  if (Object.values(wanted).some((each) => each !== undefined)) {
    await updateSettings(agent, canister, wanted, signal);
    // Who has removed itself sees no more.
    const isController = wanted.controllers?.includes(await connection.principal()) ?? true;
    status = isController
      ? await canisterStatus(agent, canister, signal)
      : { ...status, controllers: [...(wanted.controllers ?? [])] };
  }
  const { controllers, freezingThreshold, wasmMemoryLimit, cycles, spendable } = status;
  output.result(
    { canister, controllers, freezingThreshold, wasmMemoryLimit },
    facts([
      ['controllers', controllers.join(' ')],
      [
        'freezing threshold',
        `${Number(freezingThreshold) / 86_400} days, now ${formatCycles(cycles - spendable)} cycles in reserve`,
      ],
      ['heap limit', wasmMemoryLimit === 0n ? 'none' : formatBytes(Number(wasmMemoryLimit))],
    ]),
  );
}

export function settingsCommand(program: Command, run: Run): void {
  program
    .command('settings')
    .description('show or change who controls the canister, when it freezes, and how large its heap may become')
    .argument('[canister]', 'name or id', DEFAULT_CANISTER)
    .option(
      '--add-controller <principal>',
      'principal that may do everything with the canister; can be given several times',
      several,
    )
    .option(
      '--remove-controller <principal>',
      'principal to remove from the controllers; can be given several times',
      several,
    )
    .option(
      '--freezing-threshold <time>',
      'time such as 90d: the canister stops working when its cycles last no longer than this',
    )
    .option('--memory-limit <bytes>', 'most bytes of the heap, such as 3840MiB')
    .addHelpText(
      'after',
      `
The command access sets who may chat, and roles sets who may administer without being a controller.

Examples:
  llama-canister settings
  llama-canister settings qwen --network ic --freezing-threshold 90d
  llama-canister settings --add-controller rrkah-fqaaa-aaaaa-aaaaq-cai`,
    )
    .action(run((context, name: string, flags: SettingsFlags) => settings(context, name, flags)));
}

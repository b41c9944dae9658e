import { type Command, Option } from 'commander';
import { GROUPS, type Limit } from '../admin/limits.js';
import { type Administered, administer, withCanister } from '../admin/open.js';
import { formatBytes, formatCycles, formatDuration, parseCycles } from '../amounts.js';
import type { Context } from '../context.js';
import { UsageError } from '../failure.js';
import type { Run } from '../run.js';

type Values = Record<string, bigint>;
type LimitFlags = { canister: string } & Record<string, string | undefined>;

const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
};

/** Parses a limit: 500M and 2GiB of bytes, 1.5T of cycles, 7d of seconds. */
export function parseLimit(text: string, { flag, unit }: Pick<Limit, 'flag' | 'unit'>): bigint {
  if (unit === 'cycles' || unit === 'instructions') return parseCycles(text);
  const [, number, suffix = ''] = /^(\d[\d_]*)\s*([a-zA-Z]*)$/.exec(text.trim()) ?? [];
  const value = number === undefined ? undefined : BigInt(number.replaceAll('_', ''));
  const factors =
    unit === 'bytes' ? BYTES : unit === 'seconds' ? { '': 1, S: 1, M: 60, H: 3600, D: 86_400 } : { '': 1 };
  const key = suffix.toUpperCase().replace(/^([KMG])B$/, '$1');
  const factor = (factors as Record<string, number>)[key];
  if (value === undefined || factor === undefined) {
    const forms = { bytes: '500M or 2GiB', seconds: '3600, 12h or 7d', count: 'a whole number' }[unit];
    throw new UsageError(`--${flag} cannot be "${text}"`, `Write it like ${forms}.`);
  }
  return value * BigInt(factor);
}

function shown(value: bigint, { unit, zero }: Limit): string {
  if (value === 0n && zero !== undefined) return zero;
  if (unit === 'bytes') return formatBytes(Number(value));
  if (unit === 'seconds')
    return value >= 86_400n && value % 86_400n === 0n ? `${value / 86_400n} d` : formatDuration(Number(value));
  return unit === 'count' ? String(value) : formatCycles(value);
}

async function readAll({ llama, options }: Administered): Promise<Values> {
  return Object.assign({}, ...(await Promise.all(GROUPS.map((group) => group.read(llama, options)))));
}

/** An option as commander keeps it: tokens-per-hour as tokensPerHour. */
const keyOf = (flag: string) => flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function describe(values: Values): string {
  return GROUPS.map(({ title, limits }) => {
    const lines = limits.map(
      (limit) => `  ${limit.flag.padEnd(22)}${shown(values[limit.flag]!, limit).padEnd(14)}${limit.text}`,
    );
    return [title, ...lines].join('\n');
  }).join('\n');
}

async function limits(context: Context, flags: LimitFlags): Promise<void> {
  const changed: Values = {};
  for (const limit of GROUPS.flatMap((group) => group.limits)) {
    const text = flags[keyOf(limit.flag)];
    if (text !== undefined) changed[limit.flag] = parseLimit(text, limit);
  }
  const administered = await administer(context, flags.canister);
  const { llama, options } = administered;
  if (Object.keys(changed).length > 0) {
    const all = { ...(await readAll(administered)), ...changed };
    for (const group of GROUPS) {
      if (group.limits.some(({ flag }) => flag in changed)) await group.write(llama, all, changed, options);
    }
  }
  const now = await readAll(administered);
  const { callers_bytes_used } = await llama.admin.storageLimits(options);
  context.output.result(
    { ...now, changed: Object.keys(changed) },
    `${describe(now)}\nCallers' files take ${formatBytes(Number(callers_bytes_used))} now.`,
  );
}

export function limitsCommand(program: Command, run: Run): void {
  const command = withCanister(
    program
      .command('limits')
      .description('show or change what callers may use; limits that are not named stay as they are'),
  );
  for (const { title, limits: all } of GROUPS) {
    for (const { flag, unit, text } of all) {
      command.addOption(new Option(`--${flag} <${unit === 'count' ? 'n' : unit}>`, text).helpGroup(`${title}:`));
    }
  }
  command
    .addHelpText(
      'after',
      '\nExamples:\n  llama-canister limits\n  llama-canister limits --sessions 20 --bytes 100MiB --tokens-per-hour 50000\n  llama-canister limits --open 64 --retention 12h',
    )
    .action(run((context, flags: LimitFlags) => limits(context, flags)));
}

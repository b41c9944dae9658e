import { setTimeout as sleep } from 'node:timers/promises';
import { canisterLogs, type LogLevelName, type LogRecord } from '@llama-canister/client';
import { type Command, Option } from 'commander';
import { administer, advised } from '../admin/open.js';
import { parseWhole } from '../amounts.js';
import { type Context, DEFAULT_CANISTER } from '../context.js';
import type { Run } from '../run.js';

interface LogFlags {
  lines: string;
  follow?: boolean;
  level?: LogLevelName;
}

/** Interval of polling the network: reading the log costs the canister nothing. */
const POLL_MS = 1_000;

const line = ({ time, text }: LogRecord) => `${time.toISOString().replace('T', ' ').slice(0, 23)}  ${text}`;

async function logs(context: Context, name: string, flags: LogFlags): Promise<void> {
  const { output, signal } = context;
  const most = parseWhole(flags.lines, '--lines', 1, 1_000_000);
  const { llama, connection, canister, options } = await administer(context, name);
  if (flags.level !== undefined) {
    await llama.admin.setLogLevel(flags.level, options);
    output.note(`From now on the log has lines of level ${flags.level} and of more important levels.`);
  }
  const read = () =>
    canisterLogs(connection.agent, canister, signal).catch((error: unknown) => {
      throw advised(error, 'Its controllers can see it, and others whom the setting log_visibility allows.');
    });
  const print = (records: readonly LogRecord[]) => {
    if (output.json) for (const record of records) output.printJson(record);
    else if (records.length > 0) output.line(records.map(line).join('\n'));
  };
  const records = (await read()).slice(-most);
  print(records);
  if (records.length === 0 && !output.json) output.note('The log is empty.');
  if (!flags.follow) return;
  for (let next = (records.at(-1)?.index ?? -1n) + 1n; ; ) {
    await sleep(POLL_MS, undefined, { signal });
    const fresh = (await read()).filter(({ index }) => index >= next);
    print(fresh);
    next = (fresh.at(-1)?.index ?? next - 1n) + 1n;
  }
}

export function logsCommand(program: Command, run: Run): void {
  program
    .command('logs')
    .description("print the canister's log, which the network keeps")
    .argument('[canister]', 'name or id', DEFAULT_CANISTER)
    .option('--lines <n>', 'number of last lines to print', '1000')
    .option('-f, --follow', 'keep printing new lines until Ctrl-C')
    .addOption(new Option('--level <level>', 'level to log from now on').choices(['error', 'warn', 'info', 'debug']))
    .addHelpText(
      'after',
      '\nWith --json every line is a JSON document of its own. The log of a local network is printed by: network logs.\n\nExamples:\n  llama-canister logs\n  llama-canister logs --follow --level debug',
    )
    .action(run((context, name: string, flags: LogFlags) => logs(context, name, flags)));
}

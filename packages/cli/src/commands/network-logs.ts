import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { LlamaError } from '@llama-canister/client';
import { parseWhole } from '../amounts.js';
import { logPath } from '../config/local-network.js';
import type { Context } from '../context.js';
import { logTail } from '../network-process.js';

const POLL_MS = 200;

export interface LogOptions {
  lines: string;
  follow?: boolean;
}

/** Prints what is appended to the log until Ctrl-C; a network that starts again has a new log. */
async function follow({ output, signal }: Context, path: string): Promise<void> {
  let file = openSync(path, 'r');
  let at = fstatSync(file).size;
  let inode = fstatSync(file).ino;
  const buffer = Buffer.alloc(65_536);
  try {
    for (;;) {
      const bytes = readSync(file, buffer, 0, buffer.length, at);
      if (bytes > 0) {
        output.write(buffer.toString('utf8', 0, bytes));
        at += bytes;
        continue;
      }
      await sleep(POLL_MS, undefined, { signal });
      if (!existsSync(path)) continue;
      const now = openSync(path, 'r');
      const { ino } = fstatSync(now);
      if (ino === inode) {
        closeSync(now);
        continue;
      }
      closeSync(file);
      [file, at, inode] = [now, 0, ino];
    }
  } finally {
    closeSync(file);
  }
}

/** The last lines of a network's log. Errors: `NO_LOG`. */
export async function logs(context: Context, name: string, options: LogOptions): Promise<void> {
  const lines = parseWhole(options.lines, '--lines', 1, 1_000_000);
  const path = logPath(name);
  if (!existsSync(path)) {
    throw new LlamaError('input', 'NO_LOG', `no network "${name}" was ever started here`, {
      value: path,
      next: 'Start it: `llama-canister network start`',
    });
  }
  const text = logTail(name, lines);
  context.output.result({ network: name, log: path, lines: text.split('\n') }, text);
  if (options.follow && !context.output.json) await follow(context, path);
}

/**
 * Reads a state folder: the values of its newest snapshot and of the later journals, and their damage. Changes nothing.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Damage } from './damage.js';
import { readLog } from './entry-log.js';
import type { LogDamage, ReadLog } from './log-content.js';

export type LogKind = 'snapshot' | 'journal';

export const logPath = (folder: string, kind: LogKind, generation: number) => join(folder, `${kind}-${generation}`);

/** Which generation a log belongs to; NaN for other files. */
export const generationOf = (name: string) => Number(/^(?:snapshot|journal)-(\d+)$/.exec(name)?.[1] ?? Number.NaN);

function generations(folder: string, kind: LogKind): number[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(`${kind}-`));
  return names
    .map(generationOf)
    .filter(Number.isInteger)
    .sort((a, b) => a - b);
}

/** Written when a network ends by itself: how long its journal is then, so that a cut one is noticed. */
const closedName = 'closed';
export const closedPath = (folder: string) => join(folder, closedName);

export function closedText(journal: number, bytes: number): string {
  const text = JSON.stringify({ journal, bytes });
  return `${text}\n${crc32(text).toString(16)}\n`;
}

function readClosed(folder: string): { journal: number; bytes: number } | 'damaged' | undefined {
  if (!existsSync(closedPath(folder))) return undefined;
  const text = readFileSync(closedPath(folder), 'utf8');
  const [, journal, bytes] = /^\{"journal":(\d+),"bytes":(\d+)\}/.exec(text)?.map(Number) ?? [];
  if (text !== closedText(journal ?? 0, bytes ?? 0)) return 'damaged';
  return { journal: journal!, bytes: bytes! };
}

export interface FoundState {
  values: Map<string, unknown>;
  generation: number;
  damage: Damage[];
}

/** Damage to values, with the path of its log. */
interface Lost extends LogDamage {
  path: string;
}

export function readState(folder: string, describe: (key: string) => string): FoundState {
  const values = new Map<string, unknown>();
  const damage: Damage[] = [];
  const lost: Lost[] = [];
  /** When each key was last written: the number of entries read by then. */
  const writtenAt = new Map<string, number>();
  let entries = 0;
  const report = (path: string, what: string, repair: string) =>
    damage.push({ what: `${basename(path)}: ${what}`, repair });

  const take = (path: string): ReadLog => {
    const log = readLog(path);
    for (const each of log.damage) lost.push({ ...each, path, before: each.before + entries });
    for (const entry of log.entries) {
      if ('dropped' in entry) values.delete(entry.key);
      else values.set(entry.key, entry.value);
      writtenAt.set(entry.key, entries++);
    }
    return log;
  };

  const newest = generations(folder, 'snapshot').at(-1);
  const journals = generations(folder, 'journal').filter((generation) => generation >= (newest ?? 0));
  if (newest !== undefined) {
    const path = logPath(folder, 'snapshot', newest);
    const log = take(path);
    if (log.unfinished || (!log.ended && log.version > 1))
      report(path, 'its end is missing', 'all that stood there is lost');
  } else if (journals.length > 0 || hasContent(folder)) {
    report(
      join(folder, 'snapshot'),
      'there is none',
      'goes on with what is in journals; all that was noted before them is lost',
    );
  }
  journals.forEach((generation, i) => {
    const path = logPath(folder, 'journal', generation);
    const log = take(path);
    const last = generation === journals.at(-1);
    const before = journals[i - 1];
    if (before !== undefined && before !== generation - 1) {
      report(path, `journal-${generation - 1}, which stood before it, is missing`, 'what was noted in it is lost');
    }
    // Only the last file can be unfinished.
    if (!last && (log.unfinished || (!log.ended && log.version > 1)))
      report(path, 'its end is missing', 'what was noted there is lost');
  });
  const closed = readClosed(folder);
  if (closed === 'damaged') report(closedPath(folder), 'it does not match its checksum', 'nothing is lost');
  else if (closed !== undefined && closed.journal >= (newest ?? 0)) {
    const path = logPath(folder, 'journal', closed.journal);
    const bytes = existsSync(path) ? statSync(path).size : 0;
    if (bytes < closed.bytes)
      report(path, `its last ${closed.bytes - bytes} bytes are missing`, 'the last messages are undone');
  }
  for (const { path, what, keys, before } of lost) {
    report(path, `${what}${keys.length > 0 ? `: ${keys.map(describe).join(', ')}` : ''}`, consequence(keys, before));
  }
  return { values, generation: Math.max(newest ?? 0, journals.at(-1) ?? 0), damage };

  /** The consequence for values that cannot be read at one place. */
  function consequence(keys: string[], before: number): string {
    if (keys.length === 0) return 'what it held is as it was noted before, or lost';
    const fates = keys.map((key) => {
      if ((writtenAt.get(key) ?? -1) >= before) return `${describe(key)}: nothing is lost, it was noted again later`;
      return values.has(key) ? `${describe(key)} is as it was noted before` : `${describe(key)}: lost`;
    });
    return fates.join('; ');
  }
}

/** Whether there are modules or pages of canisters. */
function hasContent(folder: string): boolean {
  return ['blobs', 'pages'].some(
    (part) => existsSync(join(folder, part)) && readdirSync(join(folder, part)).length > 0,
  );
}

// What the tab key completes in a conversation: commands, and paths behind `/save`, `/load` and `@`.
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { atHome } from './attached.js';
import { COMMAND_WORDS } from './entry.js';

/** Paths that begin with a text, folders with a slash behind them. */
function paths(begun: string): string[] {
  const end = Math.max(begun.lastIndexOf('/'), begun.lastIndexOf('\\')) + 1;
  const [folder, start] = [begun.slice(0, end), begun.slice(end)];
  try {
    return readdirSync(folder === '' ? '.' : atHome(dirname(`${folder}x`)), { withFileTypes: true })
      .filter(({ name }) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
      .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
      .sort();
  } catch {
    // A folder that is not there, or not ours to read, has nothing to offer.
    return [];
  }
}

/** As readline asks: what fits, and the part of the line that it replaces. */
export function complete(line: string): [string[], string] {
  const [, file] = /^\/(?:save|load)[ \t]+(.*)$/.exec(line) ?? [];
  if (file !== undefined) return [paths(file), file];
  if (/^\/[a-z]*$/.test(line)) return [COMMAND_WORDS.filter((word) => word.startsWith(line)), line];
  const [, word] = /(?:^|\s)@([^\s"]*)$/.exec(line) ?? [];
  return word === undefined ? [[], line] : [paths(word), word];
}

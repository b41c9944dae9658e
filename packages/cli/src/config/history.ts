// What was typed in conversations before, for the arrow keys: the last lines of all of them, readable by the user alone.
import { join } from 'node:path';
import { readJson, writeJson } from './json-file.js';
import { stateFolder } from './paths.js';

export const MOST_LINES = 500;
const MODE = 0o600;

const path = () => join(stateFolder(), 'history.json');

/** The newest first, as readline has them; none where the file is damaged. */
export function typedBefore(): string[] {
  try {
    const value = readJson(path());
    return Array.isArray(value) ? value.filter((line) => typeof line === 'string').slice(0, MOST_LINES) : [];
  } catch {
    return [];
  }
}

/** Errors: `CANNOT_WRITE`. */
export function keepTyped(lines: readonly string[]): void {
  writeJson(path(), lines.slice(0, MOST_LINES), MODE);
}

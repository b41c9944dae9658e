/**
 * Where generations are in stable memory: a file for each in its caller's folder of the system's tree, named by its number,
 * and beside it the session of one that has no session of its caller's.
 *
 *     generations/PRINCIPAL/17
 *     generations/PRINCIPAL/17.session
 */
import { Principal } from '../../ic/principal';
import { Problem } from '../../problem';
import { Entry, list, remove, stat } from '../../storage/file-system';
import { Tree } from '../../storage/tree';
import { usageOf } from '../../storage/usage';
import { FieldWriter } from '../../storage/values';
import { Setting } from '../settings/settings';

const FOLDER: string = 'generations';
const SESSION: string = '.session';

/** Version 1: number of the last generation, u64. */
const setting = new Setting('generations');

export function folderOf(owner: Principal): string {
  return `${FOLDER}/${owner.toString()}`;
}

export function pathOf(folder: string, id: u64): string {
  return `${folder}/${id.toString()}`;
}

/** The path of a generation's own session. */
export function sessionPathOf(folder: string, id: u64): string {
  return pathOf(folder, id) + SESSION;
}

/** Records that a number is used. */
export function noteNumber(id: u64): Problem | null {
  const value = new FieldWriter(1);
  value.put<u64>(id);
  return setting.write(value);
}

export function nextNumber(): u64 {
  return setting.read().take<u64>() + 1;
}

/** Bytes of stable memory that all generations take, in whole pages. */
export function bytesOfAll(): u64 {
  return usageOf(FOLDER, Tree.System).bytes;
}

/** The callers that have generations, as texts. */
export function owners(): string[] {
  const found: string[] = [];
  const entries = list(FOLDER, 0, Tree.System);
  for (let i = 0; entries !== null && i < entries.length; ++i) found.push(entries[i].name);
  return found;
}

/** The numbers of a caller's generations, in the order of their start. */
export function numbersOf(owner: string): u64[] {
  const found: u64[] = [];
  const entries = list(`${FOLDER}/${owner}`, 0, Tree.System);
  for (let i = 0; entries !== null && i < entries.length; ++i) {
    const entry: Entry = entries[i];
    if (entry.name.endsWith(SESSION)) continue;
    found.push(<u64>parseInt(entry.name, 10));
  }
  return found;
}

/** Whether a caller has a generation with a number. */
export function hasNumber(owner: string, id: u64): bool {
  return stat(pathOf(`${FOLDER}/${owner}`, id), Tree.System) !== null;
}

/** Removes a generation's own session, if there is one. */
export function removeSession(folder: string, id: u64): void {
  remove(sessionPathOf(folder, id), Tree.System);
}

/** Removes a generation, and its caller's folder with the last one. */
export function removeFiles(folder: string, id: u64): void {
  removeSession(folder, id);
  remove(pathOf(folder, id), Tree.System);
  const rest = list(folder, 1, Tree.System);
  if (rest !== null && rest.length == 0) remove(folder, Tree.System);
}

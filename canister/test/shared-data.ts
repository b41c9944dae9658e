import { readdirSync, readFileSync } from 'node:fs';
import { hasShared, shared } from './shared.js';

export function sharedFile(name: string): Uint8Array {
  return readFileSync(shared(name));
}

export function sharedText(name: string): string {
  return readFileSync(shared(name), 'utf8');
}

/** The names of the files in a folder of the shared data that end with `suffix`; none if the folder is absent. */
export function sharedNames(folder: string, suffix: string): string[] {
  if (!hasShared) return [];
  return readdirSync(shared(folder))
    .filter((name) => name.endsWith(suffix))
    .map((name) => `${folder}/${name}`);
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The maintainers' shared data folder, beside the repository; tests that need it are skipped where it is absent. */
const data = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/data');

export const hasSharedData = existsSync(data);

if (!hasSharedData) console.warn(`${data} is absent: tests against its models and vocabularies are skipped`);

export function sharedFile(name: string): Uint8Array {
  return readFileSync(join(data, name));
}

export function sharedText(name: string): string {
  return readFileSync(join(data, name), 'utf8');
}

/** Names of the files in a folder that end in `suffix`; none where the data is absent. */
export function sharedNames(folder: string, suffix: string): string[] {
  if (!hasSharedData) return [];
  return readdirSync(join(data, folder))
    .filter((name) => name.endsWith(suffix))
    .map((name) => `${folder}/${name}`);
}

/** The maintainers' shared data folder beside the repository; tests that need it skip where it is absent. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Path of a file in the shared data folder. */
export function shared(...path: string[]): string {
  return join(repository, '..', 'shared', 'data', ...path);
}

/** Whether it is there; says once that tests are skipped if it is not. */
export const hasShared = existsSync(shared());
if (!hasShared) console.warn('../shared/data is absent: the tests that need it are skipped');

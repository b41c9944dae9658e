/** The chat templates in llama.cpp's repository, from npm's node-llama-cpp. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '3.22.1';
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const cache = join(root, 'node_modules', '.cache', 'llama-canister');

/** The folder of llama.cpp's sources, which are fetched once. */
export function llamaCppSources(): string {
  const folder = join(cache, `llama.cpp-${VERSION}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: draft, stdio: 'ignore' });
  run('npm', 'pack', '--silent', `node-llama-cpp@${VERSION}`);
  run('tar', 'xf', `node-llama-cpp-${VERSION}.tgz`, 'package/llama/gitRelease.bundle');
  run('git', 'clone', '--quiet', 'package/llama/gitRelease.bundle', 'sources');
  try {
    renameSync(join(draft, 'sources'), folder);
  } catch (error) {
    // Another test has finished first.
    if (!existsSync(folder)) throw error;
  }
  rmSync(draft, { recursive: true, force: true });
  return folder;
}

/** The templates by name. */
export function llamaCppTemplates(): Map<string, string> {
  const folder = join(llamaCppSources(), 'models', 'templates');
  const names = readdirSync(folder).filter((name) => name.endsWith('.jinja'));
  return new Map(names.map((name) => [name.replace('.jinja', ''), readFileSync(join(folder, name), 'utf8')]));
}

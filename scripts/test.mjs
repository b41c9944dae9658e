// `npm test`: install, build, lint, then every test. `--full` adds the heavy sweeps (*.full.test.ts).
import { spawnSync } from 'node:child_process';
import { ready, root } from './ready.mjs';

const args = process.argv.slice(2);
const full = args.includes('--full');
const rest = args.filter((arg) => arg !== '--full');

ready();
const env = { ...process.env, ...(full ? { LLAMA_CANISTER_TEST: 'full' } : {}) };
const shell = process.platform === 'win32';
for (const [command, argv] of [
  ['npm', ['run', '--silent', 'lint']],
  ['npx', ['--no-install', 'vitest', 'run', ...rest]],
]) {
  const { status } = spawnSync(command, argv, { cwd: root, env, stdio: 'inherit', shell });
  if (status !== 0) process.exit(status ?? 1);
}

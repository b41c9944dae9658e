// `npm test`: install, build, then lint and every test. `--full` adds the heavy sweeps (*.full.test.ts). With paths, only the
// tests of these run, without lint: `npm test -w packages/client` is such a call.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { ready, root } from './ready.mjs';

const args = process.argv.slice(2);
const full = args.includes('--full');
const rest = args.filter((arg) => arg !== '--full');

/** Seconds that the last whole run took on this machine, for `npm test` and for `npm run test:full`. */
const record = join(root, 'node_modules', '.cache', 'llama-canister', 'test-seconds.json');

function lastRuns() {
  try {
    return JSON.parse(readFileSync(record, 'utf8'));
  } catch {
    return {};
  }
}

/** Minutes on a machine of two cores, if there was no run yet. */
const USUAL_MINUTES = { fast: 12, full: 120 };

function announce(kind) {
  const seconds = lastRuns()[kind];
  const cores = cpus().length;
  const [minutes, by] =
    typeof seconds === 'number'
      ? [seconds / 60, 'as the last time']
      : [USUAL_MINUTES[kind] * Math.max(0.4, 2 / cores), `a guess for ${cores} cores; the next run will know`];
  const end = new Date(Date.now() + minutes * 60_000).toTimeString().slice(0, 5);
  console.error(
    `All ${kind === 'full' ? 'tests and heavy sweeps' : 'tests'}: about ${Math.ceil(minutes)} minutes (${by}), until ${end}.`,
  );
  if (kind === 'fast')
    console.error('Some of them: npm test -- packages/client. The heavy sweeps, too: npm run test:full.');
}

const kind = full ? 'full' : 'fast';
const isWhole = rest.length === 0;
if (isWhole) announce(kind);
const started = Date.now();
await ready();
const env = { ...process.env, ...(full ? { LLAMA_CANISTER_TEST: 'full' } : {}) };

/** Runs a command. Returns its exit code, and its output if that does not go to the terminal. */
function run(command, argv, stdio) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, argv, { cwd: root, env, stdio, shell: process.platform === 'win32' });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (bytes) => {
        said += bytes;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, said }));
  });
}

// Both have phases that use one core only, so running them together takes less time.
const [lint, tests] = await Promise.all([
  isWhole ? run('npm', ['run', '--silent', 'lint'], ['ignore', 'pipe', 'pipe']) : { code: 0, said: '' },
  run('npx', ['--no-install', 'vitest', 'run', ...rest], 'inherit'),
]);
if (lint.code !== 0) console.error(`\n${lint.said}\nnpm run lint failed; see the lines above.`);
if (lint.code !== 0 || tests.code !== 0) process.exit(tests.code || lint.code);
if (isWhole) {
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, JSON.stringify({ ...lastRuns(), [kind]: Math.round((Date.now() - started) / 1000) }));
}

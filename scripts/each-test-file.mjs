// A set-up file of vitest, run for each test file. A process has one of them after another: what a file changed of it is put
// back, and slow-tests.mjs gets to know the processor time that the file took, with the processes that it started and that
// have ended.
import { readFileSync } from 'node:fs';
import { afterAll, vi } from 'vitest';

/** User and system time of this process, and of its children if the system has it (proc(5), in hundredths). */
function cpuSeconds() {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const [user, system, ofChildren, systemOfChildren] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15)
      .map(Number);
    return (user + system + ofChildren + systemOfChildren) / 100;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
}

/** What the files before have taken. Kept by the process, since each file may have its own copy of this module. */
const counted = Symbol.for('llama-canister cpu seconds');

/** Classes that @hono/node-server replaces when it begins to serve, as they were before the first file. */
const natives = Symbol.for('llama-canister natives');
process[natives] ??= { Request: globalThis.Request, Response: globalThis.Response };

// biome-ignore lint/correctness/noEmptyPattern: vitest reads here which fixtures are wanted
afterAll(({}, file) => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  Object.assign(globalThis, process[natives]);
  const now = cpuSeconds();
  file.file.meta.cpuSeconds = now - (process[counted] ?? 0);
  process[counted] = now;
});

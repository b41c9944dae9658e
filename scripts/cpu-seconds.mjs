// A set-up file of vitest: reports to slow-tests.mjs the processor time of the process of a test file, and of the
// processes that it started and that have ended.
import { readFileSync } from 'node:fs';
import { afterAll } from 'vitest';

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

// biome-ignore lint/correctness/noEmptyPattern: vitest reads here which fixtures are wanted
afterAll(({}, file) => {
  file.file.meta.cpuSeconds = cpuSeconds();
});

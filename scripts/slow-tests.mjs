// A reporter of vitest that prints at the end how much processor time the test files took, which took most, and the
// slowest test of each. Unlike durations, processor time does not depend on other work of the machine.
import { relative } from 'node:path';
import { root } from './ready.mjs';

/** The number of files that are listed, and the least seconds of processor time for that. */
const MOST = 12;
const SLOW_SECONDS = 5;
/** A file of `npm test` that takes more should move something to `npm run test:full`. */
const BUDGET_SECONDS = 45;

const isFull = process.env.LLAMA_CANISTER_TEST === 'full';
const seconds = (number) => `${number.toFixed(1)} s`.padStart(8);

function* testsOf(parent) {
  for (const child of parent.children) {
    if (child.type === 'test') yield child;
    else yield* testsOf(child);
  }
}

export default class SlowTests {
  onTestRunEnd(modules) {
    const all = modules.map((module) => ({ module, cpu: module.meta().cpuSeconds ?? 0 }));
    const files = all.filter(({ cpu }) => cpu >= SLOW_SECONDS).sort((a, b) => b.cpu - a.cpu);
    if (files.length === 0) return;
    const sum = Math.round(all.reduce((total, { cpu }) => total + cpu, 0));
    console.log(`\n${all.length} test files took ${sum} s of a processor, compiling included, ${files.length} of them`);
    console.log(`${SLOW_SECONDS} s and more. Those that took most, and the slowest test of each by the clock:`);
    for (const { module, cpu } of files.slice(0, MOST)) {
      const tests = [...testsOf(module)].map((test) => [(test.diagnostic()?.duration ?? 0) / 1000, test.fullName]);
      const [longest, name] = tests.sort(([a], [b]) => b - a)[0] ?? [0, 'none'];
      const isTooMuch = !isFull && cpu > BUDGET_SECONDS;
      console.log(
        `${seconds(cpu)}  ${relative(root, module.moduleId)}${isTooMuch ? `  more than ${BUDGET_SECONDS} s: leave some of it to test:full` : ''}`,
      );
      console.log(`${seconds(longest).padStart(18)}  ${name.slice(0, 90)}`);
    }
  }
}

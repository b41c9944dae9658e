// A reporter of vitest that says at the end which files took longest, and which of their tests.
import { relative } from 'node:path';
import { root } from './ready.mjs';

/** Files that are named, and how many seconds one takes at least to be. */
const MOST = 12;
const SLOW_SECONDS = 5;

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`.padStart(8);

function* testsOf(parent) {
  for (const child of parent.children) {
    if (child.type === 'test') yield child;
    else yield* testsOf(child);
  }
}

export default class SlowTests {
  onTestRunEnd(modules) {
    const files = modules
      .map((module) => ({ module, duration: module.diagnostic().duration }))
      .filter(({ duration }) => duration >= SLOW_SECONDS * 1000)
      .sort((a, b) => b.duration - a.duration);
    if (files.length === 0) return;
    const rest = files.length > MOST ? `, of ${files.length} that took ${SLOW_SECONDS} s and more` : '';
    console.log(`\nThe slowest files${rest}, and the slowest test of each:`);
    for (const { module, duration } of files.slice(0, MOST)) {
      const tests = [...testsOf(module)].map((test) => [test.diagnostic()?.duration ?? 0, test.fullName]);
      const [longest, name] = tests.sort(([a], [b]) => b - a)[0] ?? [0, 'none'];
      console.log(`${seconds(duration)}  ${relative(root, module.moduleId)}`);
      console.log(`${seconds(longest).padStart(18)}  ${name.slice(0, 90)}`);
    }
  }
}

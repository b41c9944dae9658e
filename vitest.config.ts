import { defineConfig } from 'vitest/config';

const full = process.env.LLAMA_CANISTER_TEST === 'full';

export default defineConfig({
  test: {
    include: ['{packages/*/src,packages/*/examples,canister/test,examples,test}/**/*.test.ts'],
    // Heavy sweeps live in *.full.test.ts and run with `npm run test:full`.
    exclude: ['**/node_modules/**', '**/dist/**', ...(full ? [] : ['**/*.full.test.ts'])],
    // Wide enough for a machine that has other work to do.
    testTimeout: full ? 1_800_000 : 300_000,
    hookTimeout: full ? 1_800_000 : 300_000,
    setupFiles: ['./scripts/each-test-file.mjs'],
    reporters: ['default', './scripts/slow-tests.mjs'],
    pool: 'forks',
    // A process has one file after another: what they import is read once, and a wasm module is compiled once. That halves
    // the time of the whole. What a file changed is put back
    // (scripts/each-test-file.mjs).
    isolate: false,
    maxWorkers: 2,
  },
});

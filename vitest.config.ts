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
    setupFiles: ['./scripts/cpu-seconds.mjs'],
    reporters: ['default', './scripts/slow-tests.mjs'],
    pool: 'forks',
    maxWorkers: 2,
  },
});

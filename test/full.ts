/**
 * Whether this is `npm run test:full`, which runs slow tests, too: `test.runIf(isFull)`, beside a small case that
 * always runs.
 */
export const isFull = process.env.LLAMA_CANISTER_TEST === 'full';

/** Whether this is `npm run test:full`, which runs what takes long, too: `test.runIf(isFull)`, beside a small case that always runs. */
export const isFull = process.env.LLAMA_CANISTER_TEST === 'full';

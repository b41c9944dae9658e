/** Exit codes of the process; `llama-canister --help` lists them. */
export const EXIT = { ok: 0, failure: 1, usage: 2, interrupted: 130 } as const;

/**
 * Bytes from a token's working buffers to those of the next token of the batch: 512 KiB. A constant, so that the
 * kernels reach every token by one pointer and constant offsets (canister/scripts/kernels.mjs has the same number). It
 * limits a model's working set per token; loading a model checks this. Only touched pages cost anything.
 */
export const TOKEN_STRIDE: usize = 1 << 19;

/** Most tokens that are multiplied at once, and most queries in one attention pass. */
export const BATCH: i32 = 8;

/** Inputs that share one scale of the quantised activations. */
export const SCALE_INPUTS: usize = 64;

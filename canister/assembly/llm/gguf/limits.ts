/**
 * Bounds of the GGUF reader. Files are untrusted, so every count and length in one is only a claim; each bound here
 * names the claim that it stops. Real models are far below all of them.
 */

/**
 * Bytes before the tensor data: 64 MiB; the largest real headers (a vocabulary of 262 k) have about 15 MB.
 * Stops a file of gigabytes that is one endless list of empty strings, which would be walked string by string.
 */
export const MAX_HEADER_BYTES: u64 = 64 * 1024 * 1024;

/**
 * Key-value pairs: real files have 20 to 60. Each becomes a managed object of some 350 bytes, and none is collected
 * before a message ends; stops a header of millions of tiny keys.
 */
export const MAX_METADATA_ENTRIES: u64 = 2048;

/** Bytes of a key, as the specification has it. Stops keys of megabytes. */
export const MAX_KEY_BYTES: u64 = 65535;

/**
 * Longest key that is kept: the longest known ones have about 60 bytes. Longer ones are skipped without making a
 * string.
 */
export const MAX_KEPT_KEY_BYTES: u64 = 128;

/** Bytes of a name, type or other short text that become a managed string; the rest of a longer one is cut off. */
export const MAX_SHORT_TEXT_BYTES: u64 = 1024;

/** Bytes of a text value that becomes a managed string: chat templates reach 30 kB. Stops a template of megabytes. */
export const MAX_TEXT_BYTES: u64 = 1024 * 1024;

/** Elements of an array of numbers that becomes a managed array (per-layer settings). Stops arrays of millions. */
export const MAX_NUMBERS: u64 = 16384;

/** Tensors: the largest real models have about 1500. Each becomes a managed object of some 300 bytes. */
export const MAX_TENSORS: u64 = 4096;

/** Bytes of a tensor's name, as the specification has it. Stops names of megabytes. */
export const MAX_TENSOR_NAME_BYTES: u64 = 64;

/** Dimensions of a tensor, as the specification has it. Stops a shape that is a list of billions. */
export const MAX_DIMENSIONS: u32 = 4;

/** Elements of one tensor: 2^40, a thousand times the largest. Stops products of dimensions that wrap around 64 bits. */
export const MAX_ELEMENTS: u64 = 1 << 40;

/** Alignment of tensor data: 32 in practice. Stops a value whose padding is larger than any file. */
export const MAX_ALIGNMENT: u32 = 1024 * 1024;

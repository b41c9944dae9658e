// Limits for reading GGUF headers. A header is untrusted input: each limit says what it prevents.

/** Metadata keys. Real files have 20-60; a count of 2^63 would loop for ever. */
export const MAX_KEYS = 10_000;
/** Tensors. The largest models have a few thousand. */
export const MAX_TENSORS = 100_000;
/** Bytes of a key or a tensor's name (the specification allows 65535 and 64); a longer one would be kept in memory. */
export const MAX_NAME_BYTES = 65_535;
/** Bytes of one text value. Chat templates reach 30 KiB; more than this is not read into memory. */
export const MAX_TEXT_BYTES = 1 << 20;
/** Elements of an array that is skipped. Vocabularies reach 262144, merges about as many. */
export const MAX_ARRAY_ELEMENTS = 1 << 24;
/** Arrays in arrays; without it a few bytes per level would overflow the stack. */
export const MAX_ARRAY_DEPTH = 4;
/** Dimensions of a tensor (GGML_MAX_DIMS is 4). */
export const MAX_DIMENSIONS = 4;
/** Largest alignment of the tensor data; more would only be padding. */
export const MAX_ALIGNMENT = 1 << 20;
/** Bytes of all text that is kept; many values under the limits above would still fill the memory. */
export const MAX_KEPT_BYTES = 64 << 20;

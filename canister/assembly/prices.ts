/**
 * Prices in instructions, and the reserves that a call keeps for its end. A price that only one room needs is in that
 * room (an operator in model/cost, a sampler in its file); here are those that two rooms must agree on, and all
 * reserves, so that they can be compared.
 */

/** Reading a byte of a model's header, as measured. */
export const PER_HEADER_BYTE: u64 = 10;

/** Indexing a token or a merge of a vocabulary: the measured price, and the upper bound that stops a call. */
export const USUAL_PER_STRING: u64 = 1000;
export const MOST_PER_STRING: u64 = 4000;

/** Sampling a token, for each token of the vocabulary. */
export const SAMPLING_PER_TOKEN: u64 = 4;

/** Any small step of loading. */
export const SMALL_STEP: u64 = 10_000_000;

/** The end of a run: it saves the conversation, makes the reply and collects garbage. */
export const RUN_RESERVE: u64 = 8_000_000;
/** Added for each byte of the text, which goes into the reply and may be written again to a saved chat. */
export const RUN_RESERVE_PER_BYTE: u64 = 12;
/** Added for each remaining token, whose text is shown. */
export const RUN_RESERVE_PER_TOKEN: u64 = 500;
/** The reserve for texts of the usual length, to estimate the tokens of a call. */
export const USUAL_RUN_RESERVE: u64 = 10_000_000;

/** A timer message of generations: it stores their progress and arms the timer again. */
export const GENERATIONS_RESERVE: u64 = 20_000_000;

/** A timer message that evaluates pinned prefixes: it stores its progress and arms the timer again. */
export const PREFIX_RESERVE: u64 = 20_000_000;

/**
 * A message of loading: once the model is loaded, it schedules the pinned prefixes; on a failure, it closes the
 * sequences and gives back everything that was taken.
 */
export const LOADING_RESERVE: u64 = 50_000_000;

/** To write a byte of keys and values to stable memory, or to read one: as measured, and the most. */
export const KEPT_PER_BYTE: u64 = 5;
export const MOVED_PER_BYTE: u64 = 8;

/** The cost of keeping them beside that of the bytes: files, directories, and making room. */
export const KEEPING: u64 = 2_000_000;

/** Instructions that a run, and a message of the timer, reserve for their ends and can spare for this. */
export const SPARE_OF_RUN: u64 = 2_000_000;
export const SPARE_OF_TIMER: u64 = 12_000_000;

/** To drop the kept keys and values of a session. */
export const DROP_COMPANION: u64 = 2_000_000;

/** The rest of a message after keys and values have been kept: for its reply, or to arm the timer. */
export const AFTER_KEEPING: u64 = 4_000_000;

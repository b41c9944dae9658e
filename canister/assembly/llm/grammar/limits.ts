/**
 * Limits of grammars. A grammar comes from the caller, so each limit names what it stops. Exceeding one is refused with
 * a text, either before the first token or at the token that exceeds it.
 */

/** Bytes of a grammar's text: 256 KiB, also for the rules of a schema. */
export const MAX_GRAMMAR_BYTES: u32 = 256 << 10;

/** Groups within groups: bounds the recursion of the parser. */
export const MAX_DEPTH: i32 = 128;

/** Elements of all rules: 2 MiB. Stops repetitions of repetitions, which are written out. */
export const MAX_ELEMENTS: u32 = 1 << 18;

/** Greatest number in `{m,n}`. */
export const MAX_REPETITIONS: u32 = 65536;

/** Possible continuations of one state: stops ambiguity that doubles with every character. */
export const MAX_STACKS: u32 = 16384;

/** Nodes of the stacks of all states together: 4 MiB. */
export const MAX_STACK_NODES: u32 = 1 << 18;

/** Cached states with their transitions, 512 bytes each. */
export const MAX_STATES: u32 = 8192;

/** Elements that one token may look at, about 60 instructions each. */
export const MAX_WORK: u32 = 4 << 20;

/** Most instructions to look at an element, as the tests measure it. */
export const INSTRUCTIONS_PER_WORK: u64 = 100;

/**
 * Bounds of grammars. A grammar comes from whoever calls, so each bound names what it stops; all of them are refusals with
 * a text, before a token or at the token where the bound is met.
 */

/** Bytes of a grammar's text: 256 KiB. What a schema is turned into counts as well. */
export const MAX_GRAMMAR_BYTES: u32 = 256 << 10;

/** Groups within groups: bounds the recursion of the parser. */
export const MAX_DEPTH: i32 = 128;

/** Elements of all rules: 2 MiB. Stops repetitions of repetitions, which are written out. */
export const MAX_ELEMENTS: u32 = 1 << 18;

/** Greatest number in `{m,n}`. */
export const MAX_REPETITIONS: u32 = 65536;

/** Ways to go on that one state may have: stops ambiguity that doubles with every character. */
export const MAX_STACKS: u32 = 16384;

/** Places that the stacks of all states together may stand at: 4 MiB. */
export const MAX_STACK_NODES: u32 = 1 << 18;

/** States that are remembered with their transitions, 512 bytes each. */
export const MAX_STATES: u32 = 8192;

/** Elements that one token may look at, about 60 instructions each. */
export const MAX_WORK: u32 = 4 << 20;

/** Instructions of one look at an element, at most, as the tests measure it. */
export const INSTRUCTIONS_PER_WORK: u64 = 100;

/**
 * Numbers of the records (storage/records.ts) in which settings outlive the program. A number keeps its meaning for
 * ever; a record grows only at its end, by fields whose zero means what was true before there was the field.
 *
 *     ACCESS       [ level: u16 ]
 *     MAX_TOKENS   [ for an update call: u64 | for a query call: u64 ]      0 = no limit
 */
export const ACCESS: u32 = 0;
export const MAX_TOKENS: u32 = 1;

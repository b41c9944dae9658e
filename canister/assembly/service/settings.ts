/**
 * Numbers of the records (storage/records.ts) in which settings outlive the program. A number keeps its meaning for
 * ever; a record grows only at its end, by fields whose zero means what was true before there was the field.
 *
 *     ACCESS              [ level: u16 ]
 *     MAX_TOKENS          [ for an update call: u64 | for a query call: u64 ]      0 = no limit
 *     INSTRUCTION_BUDGET  [ for an update call: u64 | for a query call: u64 ]      0 = what the network allows
 *     SAVING              [ chats are not saved: u8 | logs are not written: u8 ]
 *     MODEL               [ bytes of the path: u32, 0 = none | context: i32 | rope base: f64 | rope factor: f64 | path ]
 *     QUOTAS              [ sessions: u64 | bytes: u64 | tokens an hour: u64 ]      0 = no limit, never written = defaults
 */
export const ACCESS: u32 = 0;
export const MAX_TOKENS: u32 = 1;
export const INSTRUCTION_BUDGET: u32 = 2;
export const SAVING: u32 = 3;
export const MODEL: u32 = 4;
export const QUOTAS: u32 = 16;

/**
 * Numbers of the records (storage/records.ts) in which settings outlive the program. A number keeps its meaning for
 * ever; a record grows only at its end, by fields whose zero means what was true before there was the field.
 *
 *     ACCESS              [ level: u16 ]
 *     MAX_TOKENS          [ for an update call: u64 | for a query call: u64 ]      0 = no limit
 *     INSTRUCTION_BUDGET  [ for an update call: u64 | for a query call: u64 ]      0 = what the network allows
 *     SAVING              [ chats are not saved: u8 | logs are not written: u8 ]
 *     MODEL               [ bytes of the path: u16, 0 = none | 1 = keys, 2 = values are bytes: u8 | reserved: u8
 *                         | context: i32 | rope base: f64 | rope factor: f64 | path ]
 *     QUOTAS              [ sessions: u64 | bytes: u64 | tokens an hour: u64 ]      0 = no limit, never written = defaults
 *     CACHE_CLEANUP       [ period: u64 | time to live: u64 | files a run: u64, all as they were set | runs: u64
 *                         | last run: time, files examined, deleted, failed, u64 each | next run: time, u64, 0 = off ]
 *     CYCLE_BALANCE       [ next look: time, u64, 0 = off | time of the last: u64 | cycles then: u128 ]
 *     UPLOADS             [ number of the last upload: u64 ]
 *     LOG_LEVEL           [ 0 = info, 1 = error, 2 = warn, 3 = debug: u8 ]
 *     ADMIN_ROLES         the first of 128 (roles.ts)
 */
export const ACCESS: u32 = 0;
export const MAX_TOKENS: u32 = 1;
export const INSTRUCTION_BUDGET: u32 = 2;
export const SAVING: u32 = 3;
export const MODEL: u32 = 4;
export const QUOTAS: u32 = 16;
export const CACHE_CLEANUP: u32 = 32;
export const CYCLE_BALANCE: u32 = 33;
export const UPLOADS: u32 = 34;
export const LOG_LEVEL: u32 = 35;
export const ADMIN_ROLES: u32 = 64;

/**
 * The limit for the files of all callers together, and how long saved chats are kept. Identities cost nothing, so the
 * quotas of each caller do not limit all of them.
 */
import { Code, Problem } from '../../problem';
import { StatusCodeRecordResult, StorageLimits, StorageLimitsInput } from '../../ic/candid/service.generated';
import { Some } from '../../ic/candid/values';
import { cycleBalance } from '../../ic/cycles';
import { Principal } from '../../ic/principal';
import { usageOf } from '../../storage/usage';
import { FieldWriter, Fields, NO_VALUE, ValueSet, keyOf } from '../../storage/values';
import { applications } from './applications';
import { statusOf } from '../replies/replies';
import { UPDATE_ROLE, roles } from '../access/roles';
import { OWN_FILES, folderOf } from '../access/session-path';
import { Setting } from '../settings/settings';

/**
 * Cycles to keep a GiB for 30 days on a subnet of 13 nodes, at 317,500 a second (dfinity/ic: subnet_config.rs):
 * 30 days is how long a canister's cycles last at least when it freezes, unless its settings say otherwise.
 */
const GIB_FOR_30_DAYS: u64 = 317_500 * 86_400 * 30;
const GIB: u64 = 1 << 30;
/** Callers' files may take a quarter of what the canister's cycles can keep for that time. */
const SHARE: u64 = 4;
/** The least and the greatest limit, whatever the cycles. */
const LEAST: u64 = GIB;
const MOST: u64 = 128 * GIB;

/** The cleanup removes saved chats unused for this time: 30 days. */
const CHATS_TTL: u64 = 30 * 86_400;

/** Version 1: bytes of callers' files is set, u8; bytes, u64; time to live of chats is set, u8; seconds, u64. */
const setting = new Setting('storage-limits');
const bytes: usize = memory.data(256, 8);


@final
class Limits {
  isBytesSet: bool = false;
  bytes: u64 = 0;
  isTimeSet: bool = false;
  seconds: u64 = 0;

  static read(): Limits {
    const limits = new Limits();
    const fields = setting.read();
    limits.isBytesSet = fields.take<u8>() != 0;
    limits.bytes = fields.take<u64>();
    limits.isTimeSet = fields.take<u8>() != 0;
    limits.seconds = fields.take<u64>();
    return limits;
  }
}

/** The limit that follows from the canister's cycles. */
export function affordable(): u64 {
  const balance = cycleBalance();
  if (balance.high > 0) return MOST;
  const gib = balance.low / SHARE / GIB_FOR_30_DAYS;
  const rest = ((balance.low / SHARE) % GIB_FOR_30_DAYS) >> 10;
  return gib >= MOST / GIB ? MOST : max(LEAST, gib * GIB + (rest * GIB) / (GIB_FOR_30_DAYS >> 10));
}

/** The limit in force, in bytes. */
function callersLimit(): u64 {
  const limits = Limits.read();
  return limits.isBytesSet ? limits.bytes : affordable();
}

/** The bytes used, including those of administrators and applications. */
function callersBytes(): u64 {
  return usageOf(OWN_FILES).bytes;
}

/** Seconds that a saved chat is kept. */
export function chatsTimeToLive(): u64 {
  const limits = Limits.read();
  return limits.isTimeSet ? limits.seconds : CHATS_TTL;
}

/** Bytes of the files of a set's principals: of all, or of those whose first field is `kind`. */
function bytesOf(principals: ValueSet, kind: u8): u64 {
  let sum: u64 = 0;
  for (let index = principals.first; index != NO_VALUE; index = principals.next(index)) {
    if (kind != 0 && Fields.of(index).take<u8>() != kind) continue;
    sum += usageOf(folderOf(Principal.fromBytes(bytes, keyOf(index, bytes)))).bytes;
  }
  return sum;
}

/** Why callers' files may not grow by so many bytes, or null. */
export function whyNotStored(more: u64): Problem | null {
  const limit = callersLimit();
  let used = callersBytes();
  if (used + more <= limit) return null;
  // Files of principals without limits do not count. There are at most 64 of each kind.
  used -= min(used, bytesOf(roles, UPDATE_ROLE) + bytesOf(applications, 0));
  if (used + more <= limit) return null;
  return new Problem(
    `storage: the files of all callers together may take ${limit} bytes, and take ${used}: an administrator can have ` +
      'those removed that nobody uses (cache_cleanup_now, cache_cleanup_start_timer), or raise the limit (set_storage_limits)',
    Code.OVER_QUOTA,
  );
}

export function setStorageLimits(input: StorageLimitsInput): StatusCodeRecordResult {
  const most = input.callers_bytes;
  const time = input.chats_ttl_seconds;
  const value = new FieldWriter(1);
  value.put<u8>(u8(most !== null));
  value.put<u64>(most === null ? 0 : most.value);
  value.put<u8>(u8(time !== null));
  value.put<u64>(time === null ? 0 : time.value);
  return statusOf(setting.write(value));
}

export function getStorageLimits(): StorageLimits {
  const limits = Limits.read();
  const record = new StorageLimits();
  record.callers_bytes = callersLimit();
  record.callers_bytes_used = callersBytes();
  if (limits.isBytesSet) record.callers_bytes_set = new Some<u64>(limits.bytes);
  record.chats_ttl_seconds = chatsTimeToLive();
  return record;
}

/**
 * What the keys and values that are kept of sessions may take of stable memory, in all and for a caller whom quotas apply to.
 * They count against no quota of files: beyond a limit what was used longest ago goes, and can be computed again.
 */
import { StatusCodeRecordResult, WarmLimits, WarmLimitsInput } from '../../ic/candid/service.generated';
import { Principal } from '../../ic/principal';
import { Tree } from '../../storage/tree';
import { usageOf } from '../../storage/usage';
import { FieldWriter } from '../../storage/values';
import { statusOf } from '../replies/replies';
import { Setting } from '../settings/settings';
import { affordable } from './storage-limits';

/** Of a caller, until another number is set. In all it is as many as for files. */
const OF_CALLER: u64 = 256 << 20;
/** The directory of the system's tree that has a directory of them for every caller. */
export const WARM_FILES: string = 'warm';

/** Version 1: bytes in all are set, u8; bytes, u64; those of a caller are set, u8; bytes, u64. */
const setting = new Setting('warm-limits');

/** Bytes that may be kept in all. */
export function warmLimit(): u64 {
  const fields = setting.read();
  const isSet = fields.take<u8>() != 0;
  return isSet ? fields.take<u64>() : affordable();
}

/** And for a caller. */
export function warmLimitOfCaller(): u64 {
  const fields = setting.read();
  fields.take<u8>();
  fields.take<u64>();
  return fields.take<u8>() != 0 ? fields.take<u64>() : OF_CALLER;
}

/** The directory of somebody's. */
export function warmFolderOf(who: Principal): string {
  return `${WARM_FILES}/${who.toString()}`;
}

/** Bytes of a directory of them, in whole pages; those that several share count for each. */
export function warmBytes(directory: string): u64 {
  return usageOf(directory, Tree.System).bytes;
}

export function setWarmLimits(input: WarmLimitsInput): StatusCodeRecordResult {
  const inAll = input.bytes;
  const ofCaller = input.bytes_per_caller;
  const value = new FieldWriter(1);
  value.put<u8>(u8(inAll !== null));
  value.put<u64>(inAll === null ? 0 : inAll.value);
  value.put<u8>(u8(ofCaller !== null));
  value.put<u64>(ofCaller === null ? 0 : ofCaller.value);
  return statusOf(setting.write(value));
}

export function getWarmLimits(): WarmLimits {
  const limits = new WarmLimits();
  limits.bytes = warmLimit();
  limits.bytes_used = warmBytes(WARM_FILES);
  limits.bytes_per_caller = warmLimitOfCaller();
  return limits;
}

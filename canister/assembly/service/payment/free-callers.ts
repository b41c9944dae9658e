/**
 * Callers that pay nothing, whatever the prices are: those whom an administrator names, beside those who administer. Version
 * 1 of the value for one, under the principal's bytes: time, u64.
 */
import { FreeCallerInput, FreeCallersResult, StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { now } from '../../ic/clock';
import { Principal } from '../../ic/principal';
import { FieldWriter, NO_VALUE, ValueSet, keyOf } from '../../storage/values';
import { principalOf } from '../access/roles';
import { because, statusOf } from '../replies/replies';

const MOST: u64 = 1000;

const callers = new ValueSet('free-callers');
const bytes: usize = memory.data(256, 8);

export function isFree(who: Principal): bool {
  return callers.find(who.ptr, who.size) != NO_VALUE;
}

function refused(why: string): StatusCodeRecordResult {
  return StatusCodeRecordResult.Err(because(`set_free_caller: ${why}`));
}

export function setFreeCaller(input: FreeCallerInput): StatusCodeRecordResult {
  const who = principalOf(input.principal);
  if (who === null) return refused('the principal is not the text of one');
  if (who.isAnonymous) return refused('the anonymous principal is everybody; set_prices makes everything free');
  if (!input.free) {
    callers.remove(who.ptr, who.size);
    return statusOf(null);
  }
  if (!isFree(who) && callers.count >= MOST)
    return refused(`there are ${MOST} free callers, the most that there can be`);
  const value = new FieldWriter(1);
  value.put<u64>(now());
  return statusOf(callers.write(who.ptr, who.size, value));
}

export function getFreeCallers(): FreeCallersResult {
  const all: Text[] = [];
  for (let index = callers.first; index != NO_VALUE; index = callers.next(index)) {
    all.push(Text.of(Principal.fromBytes(bytes, keyOf(index, bytes)).toString()));
  }
  return FreeCallersResult.Ok(all);
}

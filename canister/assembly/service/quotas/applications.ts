/**
 * Principals that quotas do not apply to although they do not administer: canisters that serve many users under one name,
 * and other applications. Version 1 of the value for one, under its bytes: time, u64; note, a text.
 */
import {
  Application,
  ApplicationInput,
  ApplicationsResult,
  StatusCodeRecordResult,
} from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { now } from '../../ic/clock';
import { Principal } from '../../ic/principal';
import { FieldWriter, Fields, NO_VALUE, ValueSet, keyOf } from '../../storage/values';
import { because, statusOf } from '../replies/replies';
import { principalOf } from '../access/roles';

const MAX_APPLICATIONS: u64 = 64;
const MAX_NOTE: u32 = 400;

export const applications = new ValueSet('applications');
const bytes: usize = memory.data(256, 8);

export function isApplication(who: Principal): bool {
  return applications.find(who.ptr, who.size) != NO_VALUE;
}

function refused(method: string, why: string): StatusCodeRecordResult {
  return StatusCodeRecordResult.Err(because(`${method}: ${why}`));
}

export function setApplication(input: ApplicationInput): StatusCodeRecordResult {
  const method = 'set_application';
  const who = principalOf(input.principal);
  if (who === null) return refused(method, 'the principal is not the text of one');
  if (who.isAnonymous) return refused(method, 'the anonymous principal is everybody, and cannot be an application');
  if (input.note.size > MAX_NOTE) {
    return refused(method, `the note has ${input.note.size.toString()} bytes, more than ${MAX_NOTE.toString()}`);
  }
  if (!isApplication(who) && applications.count >= MAX_APPLICATIONS) {
    return refused(
      method,
      `there are ${MAX_APPLICATIONS} applications, the most that there can be; remove_application removes one`,
    );
  }
  const value = new FieldWriter(1);
  value.put<u64>(now());
  value.put<u32>(input.note.size);
  value.putBytes(input.note.ptr, input.note.size);
  return statusOf(applications.write(who.ptr, who.size, value));
}

export function removeApplication(text: Text): StatusCodeRecordResult {
  const who = principalOf(text);
  if (who === null || !applications.remove(who.ptr, who.size)) {
    return refused('remove_application', 'it is no application; get_applications lists those that there are');
  }
  return statusOf(null);
}

export function getApplications(): ApplicationsResult {
  const all: Application[] = [];
  for (let index = applications.first; index != NO_VALUE; index = applications.next(index)) {
    const application = new Application();
    application.principal = Text.of(Principal.fromBytes(bytes, keyOf(index, bytes)).toString());
    const fields = Fields.of(index);
    application.since = fields.take<u64>();
    application.note = Text.of(fields.takeText());
    all.push(application);
  }
  return ApplicationsResult.Ok(all);
}

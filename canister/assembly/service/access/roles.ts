/**
 * The roles that controllers give to principals: a value for each, under the principal's bytes, the oldest first.
 * Version 1 of one: role, u8 (1 = query, 2 = update); bytes of who gave it, u8; who gave it; time, u64; note, a text.
 */
import {
  AdminRole,
  AdminRoleAssignment,
  AdminRoleAssignmentResult,
  AdminRoleAssignmentsResult,
  AdminRoleTag,
  AssignAdminRoleInput,
  TextResult,
} from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { now } from '../../ic/clock';
import { caller } from '../../ic/message';
import { Principal } from '../../ic/principal';
import { FieldWriter, Fields, NO_VALUE, ValueSet, keyOf, moveLast } from '../../storage/values';
import { because } from '../replies/replies';

/** What a principal may do. Higher numbers include lower ones; 0 is no role. */
export const QUERY_ROLE: u8 = 1;
export const UPDATE_ROLE: u8 = 2;

const MAX_ROLES: u64 = 64;
const MAX_NOTE: u32 = 8_000;
/** Bytes of a principal. */
const MAX_PRINCIPAL: u32 = 29;

export const roles = new ValueSet('roles');
const bytes: usize = memory.data(256, 8);

/** The fixed fields of a role's value. */
@final
export class Role {
  constructor(
    readonly role: u8,
    readonly time: u64,
  ) {}

  /** The value for it, given by a principal of `bySize` bytes, with a note. */
  toValue(by: usize, bySize: u32, note: usize, noteSize: u32): FieldWriter {
    const value = new FieldWriter(1);
    value.put<u8>(this.role);
    value.put<u8>(<u8>bySize);
    value.putBytes(by, bySize);
    value.put<u64>(this.time);
    value.put<u32>(noteSize);
    value.putBytes(note, noteSize);
    return value;
  }
}

/** What a principal may. */
export function roleOf(who: Principal): u8 {
  return roles.read(who.ptr, who.size).take<u8>();
}

function read(index: u32): AdminRoleAssignment {
  const assignment = new AdminRoleAssignment();
  assignment.principal = Text.of(Principal.fromBytes(bytes, keyOf(index, bytes)).toString());
  const fields = Fields.of(index);
  assignment.role = fields.take<u8>() == UPDATE_ROLE ? AdminRole.AdminUpdate() : AdminRole.AdminQuery();
  const bySize = min<u32>(fields.take<u8>(), MAX_PRINCIPAL);
  fields.takeBytes(bytes, bySize);
  assignment.assignedBy = Text.of(Principal.fromBytes(bytes, bySize).toString());
  assignment.assignedAt = fields.take<u64>();
  assignment.note = Text.of(fields.takeText());
  return assignment;
}

/** The principal that a text stands for; null if the text, of any length, is none. */
export function principalOf(text: Text): Principal | null {
  return text.size > 63 ? null : Principal.parse(text.toString());
}

function refused(why: string): AdminRoleAssignmentResult {
  return AdminRoleAssignmentResult.Err(because(`assignAdminRole: ${why}`));
}

export function assignAdminRole(input: AssignAdminRoleInput): AdminRoleAssignmentResult {
  const who = principalOf(input.principal);
  if (who === null) return refused('the principal is not the text of one');
  if (who.isAnonymous) return refused('the anonymous principal is everybody, and cannot have a role');
  if (input.note.size > MAX_NOTE) {
    return refused(`the note has ${input.note.size.toString()} bytes, more than ${MAX_NOTE.toString()}`);
  }
  const isNew = roles.find(who.ptr, who.size) == NO_VALUE;
  if (isNew && roles.count >= MAX_ROLES) {
    return refused(`there are ${MAX_ROLES.toString()} roles, as many as there can be`);
  }
  const role = new Role(input.role.tag == AdminRoleTag.AdminUpdate ? UPDATE_ROLE : QUERY_ROLE, now());
  const by = caller();
  const problem = roles.write(who.ptr, who.size, role.toValue(by.ptr, by.size, input.note.ptr, input.note.size));
  if (problem !== null) return refused(problem.text);
  const index = roles.find(who.ptr, who.size);
  // A role that is given again is the newest.
  moveLast(index);
  return AdminRoleAssignmentResult.Ok(read(index));
}

export function revokeAdminRole(text: Text): TextResult {
  const who = principalOf(text);
  if (who === null || !roles.remove(who.ptr, who.size)) return TextResult.Err(because('Principal not found'));
  return TextResult.Ok(Text.of(`Admin role revoked for ${who.toString()}`));
}

export function getAdminRoles(): AdminRoleAssignmentsResult {
  const all: AdminRoleAssignment[] = [];
  for (let index = roles.first; index != NO_VALUE; index = roles.next(index)) all.push(read(index));
  return AdminRoleAssignmentsResult.Ok(all);
}

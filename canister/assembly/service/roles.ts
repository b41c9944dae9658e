/**
 * The roles that controllers give to principals. They are no files, which an administrator could write himself, but
 * pairs of records, the oldest role first and none in between empty:
 *
 *     ADMIN_ROLES + 2 i       [ role: u8, 0 = none, 1 = query, 2 = update | bytes of the principal: u8 | principal: 29
 *                             | bytes of who gave it: u8 | who gave it: 29 | bytes of the note: u16, byte 62
 *                             | time: u64 | first 176 bytes of the note ]
 *     ADMIN_ROLES + 2 i + 1   [ 1: u8 | the rest of the note ]
 */
import {
  AdminRole,
  AdminRoleAssignment,
  AdminRoleAssignmentResult,
  AdminRoleAssignmentsResult,
  AdminRoleTag,
  AssignAdminRoleInput,
  TextResult,
} from '../ic/candid/service.generated';
import { Text } from '../ic/candid/values';
import { now } from '../ic/clock';
import { caller } from '../ic/message';
import { Principal } from '../ic/principal';
import { readRecord, writeRecord } from '../storage/records';
import { because } from './replies';
import { ADMIN_ROLES } from './settings';

/** What a principal may; those that are more include those that are less. */
export const NO_ROLE: u8 = 0;
export const QUERY_ROLE: u8 = 1;
export const UPDATE_ROLE: u8 = 2;

const MAX_ROLES: u32 = 64;
const MAX_NOTE: u32 = 400;

const RECORD: u32 = 248;
const WHO_SIZE: usize = 1;
const WHO: usize = 2;
const BY_SIZE: usize = 31;
const BY: usize = 32;
const NOTE_SIZE: usize = 62;
const TIME: usize = 64;
const NOTE: usize = 72;
/** Bytes of a note in the first record, and where the rest is in the second. */
const NOTE_HEAD: u32 = 176;
const NOTE_REST: usize = 1;

const first: usize = memory.data(248, 8);
const second: usize = memory.data(248, 8);
const note: usize = memory.data(400, 8);

/** Reads what is needed to know whose role it is; whether there is one. */
function readHead(i: u32): bool {
  readRecord(ADMIN_ROLES + 2 * i, first, BY);
  return load<u8>(first) != NO_ROLE;
}

/** The number of a principal's role, or how many roles there are if it has none. */
function find(who: Principal): u32 {
  let i: u32 = 0;
  for (; i < MAX_ROLES && readHead(i); ++i) {
    if (load<u8>(first + WHO_SIZE) == <u8>who.size && memory.compare(first + WHO, who.ptr, who.size) == 0) return i;
  }
  return i;
}

function exists(i: u32): bool {
  return i < MAX_ROLES && readHead(i);
}

/** What a principal may. */
export function roleOf(who: Principal): u8 {
  return exists(find(who)) ? load<u8>(first) : NO_ROLE;
}

/** Takes a role away, and closes the gap. */
function remove(i: u32): void {
  for (; exists(i + 1); ++i) {
    readRecord(ADMIN_ROLES + 2 * i + 2, first, RECORD);
    readRecord(ADMIN_ROLES + 2 * i + 3, second, RECORD);
    writeRecord(ADMIN_ROLES + 2 * i, first, RECORD);
    writeRecord(ADMIN_ROLES + 2 * i + 1, second, RECORD);
  }
  memory.fill(first, 0, RECORD);
  writeRecord(ADMIN_ROLES + 2 * i, first, RECORD);
  writeRecord(ADMIN_ROLES + 2 * i + 1, first, RECORD);
}

function write(i: u32, role: u8, who: Principal, text: Text): void {
  const by = caller();
  memory.fill(first, 0, RECORD);
  memory.fill(second, 0, RECORD);
  store<u8>(first, role);
  store<u8>(first + WHO_SIZE, <u8>who.size);
  memory.copy(first + WHO, who.ptr, who.size);
  store<u8>(first + BY_SIZE, <u8>by.size);
  memory.copy(first + BY, by.ptr, by.size);
  store<u16>(first + NOTE_SIZE, <u16>text.size);
  store<u64>(first + TIME, now());
  const head = min(text.size, NOTE_HEAD);
  memory.copy(first + NOTE, text.ptr, head);
  store<u8>(second, 1);
  memory.copy(second + NOTE_REST, text.ptr + head, text.size - head);
  writeRecord(ADMIN_ROLES + 2 * i, first, RECORD);
  writeRecord(ADMIN_ROLES + 2 * i + 1, second, RECORD);
}

function read(i: u32): AdminRoleAssignment {
  readRecord(ADMIN_ROLES + 2 * i, first, RECORD);
  readRecord(ADMIN_ROLES + 2 * i + 1, second, RECORD);
  const size = min<u32>(load<u16>(first + NOTE_SIZE), MAX_NOTE);
  const head = min(size, NOTE_HEAD);
  memory.copy(note, first + NOTE, head);
  memory.copy(note + head, second + NOTE_REST, size - head);
  const assignment = new AdminRoleAssignment();
  assignment.principal = Text.of(Principal.fromBytes(first + WHO, load<u8>(first + WHO_SIZE)).toString());
  assignment.role = load<u8>(first) == UPDATE_ROLE ? AdminRole.AdminUpdate() : AdminRole.AdminQuery();
  assignment.note = Text.of(String.UTF8.decodeUnsafe(note, size));
  assignment.assignedBy = Text.of(Principal.fromBytes(first + BY, load<u8>(first + BY_SIZE)).toString());
  assignment.assignedAt = load<u64>(first + TIME);
  return assignment;
}

/** The principal that a text stands for; null if it is none, however long it is. */
function parse(text: Text): Principal | null {
  return text.size > 63 ? null : Principal.parse(text.toString());
}

function refused(why: string): AdminRoleAssignmentResult {
  return AdminRoleAssignmentResult.Err(because(`assignAdminRole: ${why}`));
}

export function assignAdminRole(input: AssignAdminRoleInput): AdminRoleAssignmentResult {
  const who = parse(input.principal);
  if (who === null) return refused('the principal is not the text of one');
  if (who.isAnonymous) return refused('the anonymous principal is everybody, and cannot have a role');
  if (input.note.size > MAX_NOTE) {
    return refused(`the note has ${input.note.size.toString()} bytes, more than ${MAX_NOTE.toString()}`);
  }
  const present = find(who);
  if (present == MAX_ROLES) return refused(`there are ${MAX_ROLES.toString()} roles, as many as there can be`);
  // Given again, it is the newest.
  if (exists(present)) remove(present);
  const i = find(who);
  write(i, input.role.tag == AdminRoleTag.AdminUpdate ? UPDATE_ROLE : QUERY_ROLE, who, input.note);
  return AdminRoleAssignmentResult.Ok(read(i));
}

export function revokeAdminRole(text: Text): TextResult {
  const who = parse(text);
  const i = who === null ? MAX_ROLES : find(who);
  if (who === null || !exists(i)) return TextResult.Err(because('Principal not found'));
  remove(i);
  return TextResult.Ok(Text.of(`Admin role revoked for ${who.toString()}`));
}

export function getAdminRoles(): AdminRoleAssignmentsResult {
  const roles: AdminRoleAssignment[] = [];
  for (let i: u32 = 0; exists(i); ++i) roles.push(read(i));
  return AdminRoleAssignmentsResult.Ok(roles);
}

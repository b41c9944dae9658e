/**
 * Makes values of the records that layouts 1 and 2 of stable memory had (storage/records.ts). The first version of each
 * setting has its fields as the record had them, so all but the roles are copied as they are. A role was two records:
 *
 *     64 + 2 i   [ role: u8, 0 = none, 1 = query, 2 = update | bytes of the principal: u8 | principal: 29
 *                | bytes of who gave it: u8 | who gave it: 29 | reserved: 1 | bytes of the note: u16
 *                | time: u64 | first 176 bytes of the note ]
 *     65 + 2 i   [ 1: u8 | the rest of the note ]
 */
import { Problem } from '../../problem';
import { rename, stat } from '../../storage/file-system';
import { clearRecord, readRecord } from '../../storage/records';
import { Tree } from '../../storage/tree';
import { FieldWriter } from '../../storage/values';
import { Role, roles } from '../access/roles';
import { Setting } from '../settings/settings';
import { UPLOADS } from '../files/upload';

const NUMBERS: StaticArray<u32> = [0, 1, 2, 3, 4, 16, 32, 33, 34, 35];
const NAMES: StaticArray<string> = [
  'access',
  'max-tokens',
  'instruction-budget',
  'saving',
  'model',
  'quotas',
  'cache-cleanup',
  'cycle-balance',
  'uploads',
  'log-level',
];

const OLD_UPLOADS: string = '.canister_uploads';

const ROLES: u32 = 64;
const MOST_ROLES: u32 = 64;
const NOTE: usize = 72;
const NOTE_HEAD: u32 = 176;
const MOST_NOTE: u32 = 400;

const record: usize = memory.data(252, 8);
const rest: usize = memory.data(252, 8);
const note: usize = memory.data(400, 8);

/** Every program calls this before anything else. Null, or why it fails; then the upgrade has to be undone. */
export function adoptRecords(): Problem | null {
  for (let i = 0; i < NUMBERS.length; ++i) {
    const size = readRecord(NUMBERS[i], record);
    if (size == 0) continue;
    const value = new FieldWriter(1);
    value.putBytes(record, size);
    const problem = new Setting(NAMES[i]).write(value);
    if (problem !== null) return problem;
    clearRecord(NUMBERS[i]);
  }
  const unmoved = adoptUploads();
  if (unmoved !== null) return unmoved;
  for (let i: u32 = 0; i < MOST_ROLES; ++i) {
    const problem = adoptRole(ROLES + 2 * i);
    if (problem !== null) return problem;
  }
  return null;
}

/** Uploads used to be in a folder that clients could see. */
function adoptUploads(): Problem | null {
  if (stat(OLD_UPLOADS) === null || stat(UPLOADS, Tree.System) !== null) return null;
  if (!new Setting('uploads').read().isThere) return null;
  return rename(OLD_UPLOADS, UPLOADS, Tree.Clients, Tree.System);
}

function adoptRole(number: u32): Problem | null {
  if (readRecord(number, record) == 0 || load<u8>(record) == 0) return null;
  readRecord(number + 1, rest);
  const size = min<u32>(load<u16>(record, 62), MOST_NOTE);
  const head = min(size, NOTE_HEAD);
  memory.copy(note, record + NOTE, head);
  memory.copy(note + head, rest + 1, size - head);
  const role = new Role(load<u8>(record), load<u64>(record, 64));
  const problem = roles.write(
    record + 2,
    load<u8>(record, 1),
    role.toValue(record + 32, load<u8>(record, 31), note, size),
  );
  if (problem !== null) return problem;
  clearRecord(number);
  clearRecord(number + 1);
  return null;
}

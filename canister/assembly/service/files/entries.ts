/** Methods about files and directories: existence, size, age, removal. */
import {
  DirContentInput,
  DirContentResult,
  FileEntry,
  FilesystemFileSizeInput,
  FilesystemFileSizeRecord,
  FilesystemFileSizeResult,
  FilesystemRemoveInput,
  FilesystemRemoveRecord,
  FilesystemRemoveResult,
  FilesystemTimestampInput,
  FilesystemTimestampRecord,
  FilesystemTimestampResult,
} from '../../ic/candid/service.generated';
import { Text } from '../../ic/candid/values';
import { now } from '../../ic/clock';
import { Code, Problem, Result } from '../../problem';
import { Entry, remove, stat } from '../../storage/file-system';
import { MAX_PATH, Path } from '../../storage/path';
import { Walk } from '../../storage/walk';
import { outgoing } from './files';
import { because } from '../replies/replies';
import { isSession } from '../sessions/session-file';
import { OWN_FILES } from '../access/session-path';

const SECOND: u64 = 1_000_000_000;
/** Bytes of a listing that fit a reply, and bytes of an entry in addition to its name. */
const MAX_LISTING: u32 = 1_900_000;
const ENTRY_BYTES: u32 = 24;
/** llama_cpp_canister keeps a session's stamp in a file with this ending. Here the stamp is in the session's file. */
const STAMP: string = '.icppfmt';

/** Why a text is not a path, or null. The length is checked before the text becomes a string. */
function unusable(name: Text): Problem | null {
  return name.size > <u32>MAX_PATH
    ? new Problem(`a path has at most ${MAX_PATH} bytes`)
    : new Path(name.toString()).problem;
}

export function removeEntry(input: FilesystemRemoveInput): FilesystemRemoveResult {
  const problem = unusable(input.filename);
  if (problem !== null) return FilesystemRemoveResult.Err(because(`filesystem_remove_: ${problem.text}`));
  const name = input.filename.toString();
  const entry = stat(name);
  const record = new FilesystemRemoveRecord();
  record.filename = input.filename;
  record.exists = entry !== null;
  record.msg = Text.of(`Path does not exist: ${name}\n`);
  if (entry === null) return FilesystemRemoveResult.Ok(record);
  const isFull = entry.isDirectory && entry.name.length > 0 && entry.size > 0;
  const failure = isFull ? new Problem('Directory not empty') : remove(name);
  if (failure !== null) {
    return FilesystemRemoveResult.Err(because(`filesystem_remove_: Failed to remove: ${name}: ${failure.text}`));
  }
  record.removed = true;
  record.msg = Text.of(`Path removed successfully: ${name}`);
  return FilesystemRemoveResult.Ok(record);
}

function lookUp(name: Text): Result<Entry> {
  const problem = unusable(name);
  if (problem !== null) return Result.fail<Entry>(problem);
  const path = name.toString();
  let entry = stat(path);
  if (entry === null) entry = stamped(path);
  if (entry !== null) return Result.ok<Entry>(entry);
  return Result.fail<Entry>(new Problem(`File does not exist: ${path}`, Code.MISSING));
}

/** The session whose stamp a name stands for, if the loaded model can continue it; else null. */
function stamped(path: string): Entry | null {
  if (!path.startsWith(OWN_FILES + '/') || !path.endsWith(STAMP)) return null;
  const session = path.substring(0, path.length - STAMP.length);
  return isSession(session) ? stat(session) : null;
}

export function fileSize(input: FilesystemFileSizeInput): FilesystemFileSizeResult {
  const known = lookUp(input.filename);
  const entry = known.value;
  if (entry === null) return FilesystemFileSizeResult.Err(because(known.problem!.text));
  const name = input.filename.toString();
  if (entry.isDirectory) {
    return FilesystemFileSizeResult.Err(because(`File exists: ${name}\nError: Is a directory\n`));
  }
  const record = new FilesystemFileSizeRecord();
  record.exists = true;
  record.filename = input.filename;
  record.filesize = entry.size;
  record.msg = Text.of(`File exists: ${name}\nFile size: ${entry.size.toString()} bytes\n`);
  return FilesystemFileSizeResult.Ok(record);
}

export function creationTime(input: FilesystemTimestampInput): FilesystemTimestampResult {
  const known = lookUp(input.filename);
  const entry = known.value;
  if (entry === null) return FilesystemTimestampResult.Err(because(known.problem!.text));
  const created = entry.created;
  const time = now();
  const age = time > created ? (time - created) / SECOND : 0;
  const record = new FilesystemTimestampRecord();
  record.exists = true;
  record.filename = input.filename;
  record.timestamp_ns = created;
  record.age_seconds = age;
  record.msg = Text.of(
    `File exists: ${input.filename.toString()}\n` +
      `File creation timestamp_ns: ${created.toString()} ns\nFile creation age: ${age.toString()} seconds\n`,
  );
  return FilesystemTimestampResult.Ok(record);
}

function unlisted(why: string): DirContentResult {
  return DirContentResult.Err(because(`recursive_dir_content_: ${why}`));
}

export function listDirectory(input: DirContentInput): DirContentResult {
  const problem = unusable(input.dir);
  if (problem !== null) return unlisted(problem.text);
  const dir = input.dir.toString();
  const walk: Walk | null = dir.length == 0 ? null : Walk.from(dir);
  if (walk === null) return unlisted(`Directory does not exist: ${dir}\n`);
  const directory = Text.of('directory');
  const file = Text.of('file');
  const entries: FileEntry[] = [];
  let bytes: u32 = 0;
  while ((input.max_entries == 0 || <u64>entries.length < input.max_entries) && walk.next()) {
    const size = <u32>walk.pathSize;
    if (bytes + size + (<u32>entries.length + 1) * ENTRY_BYTES > MAX_LISTING) {
      return unlisted(
        `a reply has no room for more than ${entries.length.toString()} entries of ${dir}: ` +
          'ask for fewer (max_entries), or for a directory within it',
      );
    }
    memory.copy(outgoing + bytes, walk.pathBytes, size);
    const entry = new FileEntry();
    entry.filename = new Text(outgoing + bytes, size);
    entry.filetype = walk.isDirectory ? directory : file;
    entries.push(entry);
    bytes += size;
  }
  return DirContentResult.Ok(entries);
}

/**
 * Documents: bytes that a caller keeps in the canister under a name, such as conversations of a page. Each is a file in a
 * folder of its caller. They count against the caller's bytes and against the limit for the files of all callers, and the
 * cleanup removes those that were not written for as long as saved chats are kept.
 */
import {
  DocumentContent,
  DocumentContentResult,
  DocumentDetails,
  DocumentDetailsResult,
  DocumentInput,
  DocumentListResult,
  DocumentPutInput,
  StatusCodeRecordResult,
} from '../../ic/candid/service.generated';
import { Blob, Text } from '../../ic/candid/values';
import { Problem, Result } from '../../problem';
import { File } from '../../storage/file';
import { createFile, list, openFile, remove, stat } from '../../storage/file-system';
import { documentsFolder } from '../access/session-path';
import { whyNoBytes } from '../quotas/quotas';
import { apiError, statusOf } from '../replies/replies';
import { outgoing } from './files';

const MAX_NAME: u32 = 64;
/** Bytes of a document: with its name it fits a message of 1 MiB. */
const MAX_CONTENT: u32 = 1_000_000;
/** Documents of a caller, administrators included: a reply has room for the list of them. */
const MOST: i32 = 4_096;

/** A-Z a-z 0-9 _ - */
function isPlain(char: u8): bool {
  const letter = char | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || (char >= 0x30 && char <= 0x39) || char == 0x5f || char == 0x2d;
}

/** The path of a document of the caller. */
function pathOf(name: Text): Result<string> {
  let isRight = name.size > 0 && name.size <= MAX_NAME;
  for (let i: u32 = 0; isRight && i < name.size; ++i) isRight = isPlain(load<u8>(name.ptr + i));
  if (isRight) return Result.ok<string>(`${documentsFolder()}/${name.toString()}`);
  return Result.fail<string>(
    new Problem(`the name of a document has 1 to ${MAX_NAME} characters, of A-Z, a-z, 0-9, _ and -`),
  );
}

/**
 * Another number after every change, also where a document was removed in between: its time, and one more for each change, of
 * which several may be made at one time.
 */
function versionOf(path: string, file: File): u64 {
  const entry = stat(path);
  return entry === null ? 0 : entry.modified + file.changes;
}

function describe(name: Text, path: string, file: File): DocumentDetails {
  const details = new DocumentDetails();
  details.name = name;
  details.size = file.size;
  details.version = versionOf(path, file);
  details.modified = details.version - file.changes;
  return details;
}

/** Why a document is not replaced, or null. */
function whyNotReplaced(path: string, present: File | null, input: DocumentPutInput): Problem | null {
  const replaces = input.replaces;
  if (replaces === null) return null;
  const version = present === null ? 0 : versionOf(path, present);
  if (replaces.value == version) return null;
  return new Problem(
    `conflict: the document has version ${version}, and not ${replaces.value}: get it, and put both together`,
  );
}

/** Writes a document. Null, or why not; then nothing has changed. */
function put(path: string, input: DocumentPutInput): Problem | null {
  const content = input.content;
  if (content.size == 0) return new Problem('a document has at least one byte; document_remove removes it');
  if (content.size > MAX_CONTENT) {
    return new Problem(`a document has at most ${MAX_CONTENT} bytes, and not ${content.size}`);
  }
  const present = openFile(path).value;
  const conflict = whyNotReplaced(path, present, input);
  if (conflict !== null) return conflict;
  if (present === null) {
    const others = list(documentsFolder(), MOST);
    if (others !== null && others.length >= MOST) return new Problem(`a caller has at most ${MOST} documents`);
  }
  const full = whyNoBytes(present === null ? -1 : <i64>present.size, content.size);
  if (full !== null) return full;
  const opened = createFile(path, content.size);
  const file = opened.value;
  return file === null ? opened.problem : file.replace(content.ptr, content.size);
}

export function putDocument(input: DocumentPutInput): DocumentDetailsResult {
  const own = pathOf(input.name);
  const path = own.value;
  if (path === null) return DocumentDetailsResult.Err(apiError(own.problem!.of('document_put')));
  const problem = put(path, input);
  if (problem !== null) return DocumentDetailsResult.Err(apiError(problem.of('document_put')));
  return DocumentDetailsResult.Ok(describe(input.name, path, openFile(path).value!));
}

export function getDocument(input: DocumentInput): DocumentContentResult {
  const own = pathOf(input.name);
  const path = own.value;
  if (path === null) return DocumentContentResult.Err(apiError(own.problem!.of('document_get')));
  const opened = openFile(path);
  const file = opened.value;
  if (file === null) return DocumentContentResult.Err(apiError(opened.problem!.of('document_get')));
  const document = new DocumentContent();
  // An administrator may have put a longer file there.
  document.content = new Blob(outgoing, <u32>file.read(0, outgoing, min<u64>(file.size, MAX_CONTENT)));
  document.version = versionOf(path, file);
  return DocumentContentResult.Ok(document);
}

export function listDocuments(): DocumentListResult {
  const folder = documentsFolder();
  const entries = list(folder, MOST);
  const all: DocumentDetails[] = [];
  for (let i = 0; entries !== null && i < entries.length; ++i) {
    const path = `${folder}/${entries[i].name}`;
    const file = openFile(path).value;
    if (file !== null) all.push(describe(Text.of(entries[i].name), path, file));
  }
  return DocumentListResult.Ok(all);
}

export function removeDocument(input: DocumentInput): StatusCodeRecordResult {
  const own = pathOf(input.name);
  const path = own.value;
  const problem = path === null ? own.problem : remove(path);
  return statusOf(problem === null ? null : problem.of('document_remove'));
}

/**
 * The last chats of every caller, as files in a folder of the caller, named by the time when they began. A file has the
 * caller's principal, a line feed, and the text of the session. new_chat begins a chat, and every run_update of the
 * caller is saved to the latest one.
 */
import { Chat, ChatsRecord, ChatsRecordResult } from '../../ic/candid/service.generated';
import { Source, Text } from '../../ic/candid/values';
import { now } from '../../ic/clock';
import { caller } from '../../ic/message';
import { Problem } from '../../problem';
import { File } from '../../storage/file';
import { Entry, createFile, list, openFile, remove, stat } from '../../storage/file-system';
import { FieldWriter, Fields, NO_VALUE, ValueSet, moveLast } from '../../storage/values';
import { Session } from './session';
import { logWarning } from '../settings/log-level';
import { whyNoBytes } from '../quotas/quotas';
import { because } from '../replies/replies';
import { areChatsSaved } from '../settings/saving';
import { chatsFolder } from '../access/session-path';
import { timestamp } from '../replies/timestamp';

const SECOND: u64 = 1_000_000_000;
const MAX_CHATS: i32 = 3;
/** Bytes of a chat's text that are saved: three of them fit a reply. */
const MAX_TEXT: u32 = 640 << 10;

/**
 * When callers have begun a chat of which nothing is saved yet, under their principals' bytes. Version 1 of one: time,
 * nanoseconds since 1970, u64.
 */
const begun = new ValueSet('begun-chats');

/** A buffer for comparing the heading of a chat. */
const SCRATCH: u32 = 128;
const scratch: usize = memory.data(128, 8);

/** The text of a saved chat, which goes from its file into the reply without being held in memory. */
class ChatText extends Source {
  constructor(
    private readonly file: File,
    /** The offset of its first byte. */
    private readonly from: u32,
  ) {
    super();
  }

  read(offset: u32, dst: usize, size: u32): void {
    this.file.read(this.from + offset, dst, size);
  }
}

/** The caller's chats, latest first. */
function chats(folder: string): Array<Entry> {
  const entries = list(folder);
  if (entries === null) return [];
  const files = entries.filter((entry) => !entry.isDirectory);
  // Names are times.
  files.sort((a, b) => (a.name < b.name ? 1 : -1));
  return files;
}

function heading(): Text {
  return Text.of(caller().toString() + '\n');
}

/**
 * Begins a chat. Its file is created when something is saved, so that until then it takes no page and no folder. Null,
 * or why not.
 */
export function beginChat(): Problem | null {
  if (!areChatsSaved()) return null;
  const who = caller();
  const value = new FieldWriter(1);
  value.put<u64>(now());
  const problem = begun.write(who.ptr, who.size, value);
  if (problem !== null) return problem;
  // The latest is moved to the end, so that abandoned ones are found at the beginning.
  moveLast(begun.find(who.ptr, who.size));
  return null;
}

/** The name of a chat that the caller has begun and of which nothing is saved yet; '' if there is none. */
function begunName(): string {
  const who = caller();
  const fields = begun.read(who.ptr, who.size);
  return fields.isThere ? timestamp(fields.take<u64>(), '-', '_', '-') : '';
}

/** Removes chats begun `seconds` ago of which nothing was saved, `most` at most. */
export function forgetBegun(seconds: u64, most: i32): void {
  for (let i = 0; i < most; ++i) {
    const oldest = begun.first;
    if (oldest == NO_VALUE) return;
    const time = Fields.of(oldest).take<u64>();
    if (now() - min(now(), time) < seconds * SECOND) return;
    begun.drop(oldest);
  }
}

/** Bytes of a session's text that are saved, whole characters. */
function savedSize(session: Session): u32 {
  const text = session.sequence.text;
  if (text.size <= MAX_TEXT) return text.size;
  let size = MAX_TEXT;
  while (size > 0 && (load<u8>(text.ptr + size) & 0xc0) == 0x80) --size;
  return size;
}

/** Saves the session to the caller's latest chat, if there is one. A failure does not affect the answer. */
export function saveChat(session: Session): void {
  if (!areChatsSaved()) return;
  const folder = chatsFolder();
  const name = begunName();
  const files = chats(folder);
  if (name.length == 0 && files.length == 0) return;
  const problem = save(session, `${folder}/${name.length > 0 ? name : files[0].name}`);
  if (problem !== null) return logWarning(`a chat could not be saved: ${problem.text}`);
  if (name.length == 0) return;
  const who = caller();
  begun.remove(who.ptr, who.size);
  // A chat of the same name, begun in the same second, was replaced.
  const kept = files.length > 0 && files[0].name == name ? MAX_CHATS : MAX_CHATS - 1;
  for (let i = kept; i < files.length; ++i) remove(`${folder}/${files[i].name}`);
}

/** Whether a file has the heading of the caller's chats. */
function isOwn(file: File, first: Text): bool {
  return (
    first.size <= SCRATCH &&
    file.read(0, scratch, first.size) == first.size &&
    memory.compare(scratch, first.ptr, first.size) == 0
  );
}

/** Appends the new text if the chat has the session's earlier text, else writes all of it. Null, or why not. */
function save(session: Session, path: string): Problem | null {
  const text = session.sequence.text;
  const first = heading();
  const size = savedSize(session);
  const present = stat(path);
  const full = whyNoBytes(present === null ? -1 : <i64>present.size, <u64>first.size + size);
  if (full !== null) return full;
  const opened = createFile(path, first.size + size);
  const file = opened.value;
  if (file === null) return opened.problem;
  if (file.size > 0 && !isOwn(file, first)) return new Problem(`it is none of the caller's: ${path}`);
  const isOurs =
    session.chat == file.index && session.chatGeneration == file.generation && session.chatChanges == file.changes;
  const saved = isOurs ? min(text.unchanged, size) : 0;
  const whole = <u64>first.size + size;
  let problem = file.write(first.size + saved, text.ptr + saved, size - saved);
  // The heading is written last: a file written from front to back would be hashed, which nobody needs here.
  if (problem === null && !isOurs) problem = file.write(0, first.ptr, first.size);
  if (problem === null && file.size > whole) problem = file.truncate(whole);
  if (problem !== null) return problem;
  text.unchanged = size;
  session.chat = file.index;
  session.chatGeneration = file.generation;
  session.chatChanges = file.changes;
  return null;
}

function emptyChat(name: string): Chat {
  const chat = new Chat();
  chat.timestamp = Text.of(name);
  return chat;
}

/** A saved chat; null if the file is not one of the caller's chats. */
function read(name: string, file: File): Chat | null {
  const first = heading();
  if (!isOwn(file, first)) return null;
  const chat = new Chat();
  chat.timestamp = Text.of(name);
  chat.chat = Text.from(new ChatText(file, first.size), <u32>min<u64>(file.size - first.size, MAX_TEXT));
  return chat;
}

export function getChats(): ChatsRecordResult {
  if (!areChatsSaved())
    return ChatsRecordResult.Err(because('get_chats: chats are not saved; chats_resume turns it on'));
  const folder = chatsFolder();
  const files = chats(folder);
  const record = new ChatsRecord();
  const name = begunName();
  if (name.length > 0) record.chats.push(emptyChat(name));
  for (let i = 0; i < files.length && record.chats.length < MAX_CHATS; ++i) {
    if (files[i].name == name) continue;
    const path = `${folder}/${files[i].name}`;
    const file = openFile(path).value;
    const chat: Chat | null = file === null ? null : read(files[i].name, file);
    if (chat === null) return ChatsRecordResult.Err(because(`get_chats: Principal id not correct in file: ${path}`));
    record.chats.push(chat);
  }
  return ChatsRecordResult.Ok(record);
}

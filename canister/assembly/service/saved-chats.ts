/**
 * The last chats of every caller, as files in a folder of theirs, named by when they began: the caller's principal, a line
 * feed, and the text of the conversation. new_chat begins one, and every run_update of the caller goes to the latest.
 */
import { Chat, ChatsRecord, ChatsRecordResult } from '../ic/candid/service.generated';
import { Text } from '../ic/candid/values';
import { now } from '../ic/clock';
import { caller } from '../ic/message';
import { Extent } from '../llm/extent';
import { File } from '../storage/file';
import { Entry, createFile, list, openFile, remove } from '../storage/file-system';
import { Conversation } from './conversation';
import { because } from './replies';
import { areChatsSaved } from './saving';
import { chatsFolder } from './session-path';
import { timestamp } from './timestamp';

const MAX_CHATS: i32 = 3;
/** Bytes of a chat's text that are saved: three of them fit a reply. */
const MAX_TEXT: u32 = 640 << 10;

/** What the texts of a reply are read to; it lasts until the next reply. */
const space = new Extent();

/** The caller's chats, the latest first. */
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

/** Begins a chat, and drops what is more than a caller may have. Why not, or ''. */
export function beginChat(): string {
  if (!areChatsSaved()) return '';
  const folder = chatsFolder();
  const opened = createFile(`${folder}/${timestamp(now(), '-', '_', '-')}`);
  const file = opened.file;
  if (file === null) return opened.problem;
  const first = heading();
  const problem = file.replace(first.ptr, first.size);
  if (problem !== null) return problem;
  const files = chats(folder);
  for (let i = MAX_CHATS; i < files.length; ++i) remove(`${folder}/${files[i].name}`);
  return '';
}

/** Bytes of a conversation's text that are saved, whole characters. */
function savedSize(conversation: Conversation): u32 {
  const transcript = conversation.transcript;
  if (transcript.size <= MAX_TEXT) return transcript.size;
  let size = MAX_TEXT;
  while (size > 0 && (load<u8>(transcript.ptr + size) & 0xc0) == 0x80) --size;
  return size;
}

/**
 * Brings the caller's latest chat up to date, if there is one: only what is new is written where the chat has the
 * conversation's text already. A chat that cannot be saved does not spoil the answer.
 */
export function saveChat(conversation: Conversation): void {
  if (!areChatsSaved()) return;
  const folder = chatsFolder();
  const files = chats(folder);
  if (files.length == 0) return;
  const path = `${folder}/${files[0].name}`;
  const file = openFile(path).file;
  if (file === null) return;
  const transcript = conversation.transcript;
  const first = heading();
  const size = savedSize(conversation);
  const isOurs = conversation.chat == path && conversation.chatChanges == file.changes;
  const saved = isOurs ? min(transcript.unchanged, size) : 0;
  // The heading comes last: a file that is written from front to back is hashed on the way, which nobody asks for here.
  if (!isOurs && file.truncate(0) !== null) return;
  if (file.size > first.size + saved) file.truncate(first.size + saved);
  if (file.write(first.size + saved, transcript.ptr + saved, size - saved) !== null) return;
  if (!isOurs && file.write(0, first.ptr, first.size) !== null) return;
  transcript.unchanged = size;
  conversation.chat = path;
  conversation.chatChanges = file.changes;
}

/** A saved chat; null if the file is not one of the caller's. Its text is read to `dst`, MAX_TEXT bytes at most. */
function read(name: string, file: File, dst: usize): Chat | null {
  const first = heading();
  if (file.read(0, dst, first.size) < first.size || memory.compare(dst, first.ptr, first.size) != 0) return null;
  const chat = new Chat();
  chat.timestamp = Text.of(name);
  chat.chat = new Text(dst, <u32>file.read(first.size, dst, MAX_TEXT));
  return chat;
}

export function getChats(): ChatsRecordResult {
  if (!areChatsSaved())
    return ChatsRecordResult.Err(because('get_chats: chats are not saved; chats_resume turns it on'));
  const folder = chatsFolder();
  const files = chats(folder);
  const record = new ChatsRecord();
  if (!space.reserve(MAX_CHATS * MAX_TEXT)) {
    return ChatsRecordResult.Err(because('get_chats: the heap is full: there is no room to read them'));
  }
  for (let i = 0; i < files.length && i < MAX_CHATS; ++i) {
    const path = `${folder}/${files[i].name}`;
    const file = openFile(path).file;
    const chat: Chat | null = file === null ? null : read(files[i].name, file, space.ptr + <usize>i * MAX_TEXT);
    if (chat === null) return ChatsRecordResult.Err(because(`get_chats: Principal id not correct in file: ${path}`));
    record.chats.push(chat);
  }
  return ChatsRecordResult.Ok(record);
}

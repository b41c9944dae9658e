/** The conversations whose keys and values are in the heap. All others are in their files, and come from there. */
import { Session } from '../llm/cache/session';
import { Conversation } from './conversation';
import { engine } from './loaded';
import { SessionFile } from './session-file';

const resident: Conversation[] = [];

const NO_ROOM: string = 'the heap is full: there is no room for another session';

/** A conversation, or why there is none; then nothing of it has changed. */
@final
export class OpenedConversation {
  constructor(
    readonly conversation: Conversation | null,
    readonly problem: string = NO_ROOM,
  ) {}
}

export function residentCount(): i32 {
  return resident.length;
}

/** Closes a conversation: what is in the heap of it goes. */
export function close(conversation: Conversation): void {
  const index = resident.indexOf(conversation);
  if (index >= 0) resident.splice(index, 1);
  const session = engine.session(conversation.id);
  if (session !== null) engine.closeSession(session);
  conversation.dispose();
}

export function closeAll(): void {
  while (resident.length > 0) close(resident[resident.length - 1]);
}

/** Gives back what is left of conversations that the engine has evicted. */
export function sweep(): void {
  for (let i = resident.length - 1; i >= 0; --i) {
    if (!engine.sessions.has(resident[i].id)) close(resident[i]);
  }
}

function find(path: string): Conversation | null {
  for (let i = 0; i < resident.length; ++i) {
    const file = resident[i].file;
    if (file !== null && file.path == path) return resident[i];
  }
  return null;
}

/** The conversation of a file if it is in the heap and the file is as the conversation left it. */
export function findResident(path: string): Conversation | null {
  sweep();
  const conversation = find(path);
  if (conversation === null) return null;
  if (conversation.file!.isCurrent) return conversation;
  close(conversation);
  return null;
}

function create(file: SessionFile | null): Conversation | null {
  const session = engine.openSession();
  // Opening one may have evicted others.
  sweep();
  if (session === null) return null;
  const conversation = new Conversation(session.id, file);
  resident.push(conversation);
  return conversation;
}

/** The conversation of a file, from the heap or from the file, or a new one if there is no file. */
export function openConversation(path: string): OpenedConversation {
  const found = findResident(path);
  if (found !== null) return new OpenedConversation(found);
  const conversation = create(new SessionFile(path));
  if (conversation === null) return new OpenedConversation(null);
  const problem = conversation.restore(engine.session(conversation.id)!);
  if (problem.length == 0) return new OpenedConversation(conversation);
  close(conversation);
  return new OpenedConversation(null, `--prompt-cache: ${problem}`);
}

/** A conversation that no file keeps. */
export function temporaryConversation(): OpenedConversation {
  return new OpenedConversation(create(null));
}

/** A copy of a conversation, for a file or for none, that shares its keys and values; null if the heap has no room. */
export function forkConversation(conversation: Conversation, file: SessionFile | null): Conversation | null {
  const session: Session | null = engine.session(conversation.id);
  if (session === null) return null;
  const fork = engine.forkSession(session);
  if (fork === null) return null;
  const copy = new Conversation(fork.id, file);
  copy.copy(conversation);
  resident.push(copy);
  sweep();
  return copy;
}

/** The conversations whose keys and values are in the heap. All others are in their files, and come from there. */
import { Owner } from '../../llm/cache/sessions';
import { Session } from '../../llm/cache/session';
import { Conversation } from './conversation';
import { engine } from '../engine/loaded';
import { Saved, SessionFile } from './session-file';

/** Sessions of conversations by the number of their file. */
const byFile: Map<u32, usize> = new Map();

/** What goes with a session. */
class Closing extends Owner {
  closing(session: Session): void {
    const conversation = Conversation.of(session);
    if (!conversation.isOpen) return;
    const index = conversation.saved.index;
    if (index != 0 && byFile.has(index) && byFile.get(index) == changetype<usize>(session)) byFile.delete(index);
    conversation.dispose();
  }
}

engine.setOwner(new Closing());

/** A conversation, or why there is none; then nothing of it has changed. */
@final
export class OpenedConversation {
  constructor(
    readonly conversation: Conversation | null,
    /** Where it is kept; null if it ends with the call. */
    readonly file: SessionFile | null,
    /** Why there is none; empty if it is the heap that is full. */
    readonly problem: string = '',
  ) {}
}

export function residentCount(): i32 {
  return byFile.size;
}

/** Closes a conversation: what is in the heap of it goes. */
export function close(conversation: Conversation): void {
  engine.closeSession(conversation.session);
}

/** Has a conversation found by the file that it was read from or saved to. */
export function keep(conversation: Conversation): void {
  const index = conversation.saved.index;
  if (index != 0) byFile.set(index, changetype<usize>(conversation.session));
}

/** Has a copy of a conversation found by a file that is a copy of the conversation's. */
export function keepCopy(copy: Conversation, original: Conversation, file: SessionFile): void {
  memory.copy(changetype<usize>(copy.saved), changetype<usize>(original.saved), offsetof<Saved>());
  file.noteIn(copy.saved);
  keep(copy);
}

/** The conversation of a file if it is in the heap and the file is as the conversation left it. */
export function findResident(file: SessionFile): Conversation | null {
  if (file.index == 0 || !byFile.has(file.index)) return null;
  const conversation = Conversation.of(changetype<Session>(byFile.get(file.index)));
  if (file.isAs(conversation.saved)) return conversation;
  close(conversation);
  return null;
}

function create(): Conversation | null {
  const session = engine.openSession();
  return session === null ? null : Conversation.begin(session);
}

/** The conversation of a file, from the heap or from the file, or a new one if there is no file. */
export function openConversation(path: string): OpenedConversation {
  const file = new SessionFile(path);
  if (file.problem.length > 0) return new OpenedConversation(null, null, `--prompt-cache: ${file.problem}`);
  const found = findResident(file);
  if (found !== null) {
    engine.useSession(found.session);
    return new OpenedConversation(found, file);
  }
  const conversation = create();
  if (conversation === null) return new OpenedConversation(null, null);
  const problem = conversation.restore(file);
  if (problem.length == 0) {
    keep(conversation);
    return new OpenedConversation(conversation, file);
  }
  close(conversation);
  return new OpenedConversation(null, null, `--prompt-cache: ${problem}`);
}

/** A conversation that no file keeps. */
export function temporaryConversation(): OpenedConversation {
  return new OpenedConversation(create(), null);
}

/** A copy of a conversation that shares its keys and values; null if the heap has no room. */
export function forkConversation(conversation: Conversation): Conversation | null {
  const session = engine.forkSession(conversation.session);
  if (session === null) return null;
  const fork = Conversation.begin(session);
  fork.copy(conversation);
  return fork;
}

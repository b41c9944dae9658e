/** The sessions whose keys and values are in the heap. All others are read from their files. */
import { now } from '../../ic/clock';
import { Owner } from '../../llm/cache/owner';
import { Sequence } from '../../llm/cache/sequence';
import { Tree } from '../../storage/tree';
import { Session } from './session';
import { engine } from '../engine/loaded';
import { Code, Problem, Result } from '../../problem';
import { Saved } from './saved';
import { SessionFile } from './session-file';

/** Their sequences, by the inode of the session's file. */
const byFile: Map<u32, usize> = new Map();

/** Removes a session when the engine closes its sequence. */
class Closing extends Owner {
  closing(sequence: Sequence): void {
    const session = Session.of(sequence);
    if (!session.isOpen) return;
    const index = session.saved.index;
    if (index != 0 && byFile.has(index) && byFile.get(index) == changetype<usize>(sequence)) byFile.delete(index);
    session.dispose();
  }

  holds(sequence: Sequence): bool {
    return now() <= Session.of(sequence).readUntil;
  }
}

engine.setOwner(new Closing());

/** A session that is in the heap. */
@final
export class OpenedSession {
  constructor(
    readonly session: Session,
    /** The file; null if the session ends with the call. */
    readonly file: SessionFile | null,
  ) {}
}

export function residentCount(): i32 {
  return byFile.size;
}

/** Closes a session and its sequence. */
export function close(session: Session): void {
  engine.closeSequence(session.sequence);
}

/** Enters a session under the file that it was read from or saved to. */
export function keep(session: Session): void {
  const index = session.saved.index;
  if (index != 0) byFile.set(index, changetype<usize>(session.sequence));
}

/** Detaches a session from its file, which is being removed. */
export function forgetFile(session: Session): void {
  const saved = session.saved;
  byFile.delete(saved.index);
  saved.index = 0;
}

/** Enters a copy of a session under a copy of its file; `isWarm`: whether its keys and values were copied, too. */
export function keepCopy(copy: Session, original: Session, file: SessionFile, isWarm: bool): void {
  memory.copy(changetype<usize>(copy.saved), changetype<usize>(original.saved), offsetof<Saved>());
  if (!isWarm) copy.saved.warm = 0;
  file.noteIn(copy.saved);
  keep(copy);
}

/** The session of a file, if it is in the heap and the file is as the session left it. */
export function findResident(file: SessionFile): Session | null {
  if (file.index == 0 || !byFile.has(file.index)) return null;
  const session = Session.of(changetype<Sequence>(byFile.get(file.index)));
  if (file.isAs(session.saved)) return session;
  close(session);
  return null;
}

function create(): Session | null {
  const sequence = engine.openSequence();
  return sequence === null ? null : Session.begin(sequence);
}

/**
 * The session of a file, from the heap or from the file, or a new one if the file does not exist. If it fails, nothing
 * has changed.
 */
export function openSession(path: string, tree: Tree = Tree.Clients): Result<OpenedSession> {
  const file = new SessionFile(path, tree);
  const unopened = file.unopened;
  if (unopened !== null && unopened.code != Code.MISSING) return none(unopened);
  const found = findResident(file);
  if (found !== null) {
    engine.useSequence(found.sequence);
    found.warm(file);
    return opened(found, file);
  }
  const session = create();
  if (session === null) return none(noRoom());
  const problem = session.restore(file);
  if (problem === null) {
    keep(session);
    return opened(session, file);
  }
  close(session);
  return none(problem);
}

function opened(session: Session, file: SessionFile | null): Result<OpenedSession> {
  return Result.ok<OpenedSession>(new OpenedSession(session, file));
}

function none(problem: Problem): Result<OpenedSession> {
  const isFull = problem.code == Code.HEAP_FULL;
  return Result.fail<OpenedSession>(isFull ? problem : problem.of('--prompt-cache'));
}

/** Why there is no sequence for a session. */
function noRoom(): Problem {
  return new Problem('there is no room for another session', Code.HEAP_FULL);
}

/** A session without a file. */
export function temporarySession(): Result<OpenedSession> {
  return orNone(create());
}

/** A session without a file, if there is room for it. */
export function orNone(session: Session | null): Result<OpenedSession> {
  return session === null ? none(noRoom()) : opened(session, null);
}

/** A copy of a session that shares its keys and values; null if the heap has no room. */
export function forkSession(session: Session): Session | null {
  const sequence = engine.forkSequence(session.sequence);
  return sequence === null ? null : Session.begin(sequence);
}

/** Keeps or closes the session of a turn. */
import { SequenceState } from '../../llm/cache/sequence-state';
import { close, forgetFile } from '../sessions/resident-sessions';
import { Session } from '../sessions/session';
import { Job } from './job';
import { removeSession } from './job-files';

/** Removes a job's own session with its tokens; its keys and values stay for sharing as long as there is room. */
export function forgetOwnSession(job: Job, session: Session): void {
  forgetFile(session);
  removeSession(job.folder, job.id);
}

/** Closes a session that differs from its file (`before`), or cannot be saved; the next turn reads it from the file. */
export function closeUnsaved(session: Session, before: SequenceState, hasSpoiled: bool): void {
  if (!before.equals(session.state) || hasSpoiled || session.state.length == 0) close(session);
}

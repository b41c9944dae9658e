/** What becomes of the session that a turn has worked with. */
import { SequenceState } from '../../llm/cache/sequence-state';
import { close, forgetFile } from '../sessions/resident-sessions';
import { Session } from '../sessions/session';
import { Job } from './job';
import { removeSession } from './job-files';

/** The tokens of a session of a job's own go with it; what was computed of them stays as long as there is room. */
export function forgetOwnSession(job: Job, session: Session): void {
  forgetFile(session);
  removeSession(job.folder, job.id);
}

/** Closes a session that is not as its file says (`before`), or cannot be: it comes from there again. */
export function closeUnsaved(session: Session, before: SequenceState, hasSpoiled: bool): void {
  if (!before.equals(session.state) || hasSpoiled || session.state.length == 0) close(session);
}

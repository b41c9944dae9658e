/** run_update and run_query: a command line, the caller's session, and an answer in it. */
import { OutputRecordResult } from '../../ic/candid/service.generated';
import { isReplicated } from '../../ic/message';
import { Problem, Result } from '../../problem';
import { stat } from '../../storage/file-system';
import { sessionPath } from '../access/session-path';
import { engine } from '../engine/loaded';
import { Arguments } from '../flags/arguments';
import { whyNotLogged } from '../logs/logs';
import { awaitModel } from '../models/model-flag';
import { tokensLeft, whyNoRoom, whyNoTokens } from '../quotas/quotas';
import { failed } from '../replies/replies';
import { OpenedSession, forkSession, openSession, orNone, temporarySession } from '../sessions/resident-sessions';
import { answer } from './answer';
import { readFlagFiles, releaseFlagFiles } from './flag-files';
import { requestOf } from './generation-request';
import { Reader } from './reading';

export function run(args: Arguments, isQuery: bool): OutputRecordResult {
  if (args.problem !== null) return failed(args.problem!);
  const waiting = awaitModel(args, isQuery);
  if (waiting !== null) return failed(waiting);
  const unlogged = whyNotLogged(args);
  if (unlogged !== null) return failed(unlogged);
  let path = '';
  if (args.promptCache.size > 0) {
    const own = sessionPath(args.promptCache);
    if (own.problem !== null) return failed(own.problem!.of('--prompt-cache'));
    path = own.value!;
  }
  if (!isQuery) {
    if (tokensLeft() == 0) return failed(whyNoTokens());
    let full: Problem | null = null;
    if (path.length > 0 && !args.readOnly) full = whyNotKept(path);
    if (full !== null) return failed(full);
  }
  const result = runIn(path, args, isQuery);
  releaseFlagFiles();
  return result;
}

/** Why the caller's session cannot be saved; null if it can. How far it grows is known only afterwards. */
function whyNotKept(path: string): Problem | null {
  const entry = stat(path);
  return entry === null ? whyNoRoom(-1, 1) : whyNoRoom(<i64>entry.size, entry.size);
}

/** Runs in the session with a path; '': in one that ends with the call. */
function runIn(path: string, args: Arguments, isQuery: bool): OutputRecordResult {
  const reader = new Reader(path, isQuery, isQuery && !isReplicated());
  const unread = readFlagFiles(args);
  if (unread !== null) return failed(reader.toldOf(unread));
  const made = engine.prepare(requestOf(args));
  const prepared = made.value;
  if (prepared === null) return failed(reader.toldOf(made.problem!));
  const found = sessionFor(args, path, isQuery);
  const opened = found.value;
  const result =
    opened === null
      ? failed(reader.toldOf(found.problem!))
      : answer(opened.session, opened.file, prepared, args, reader, isQuery);
  prepared.dispose();
  engine.endMessage();
  return result;
}

/** The session that the command line names, or one that ends with the call. */
function sessionFor(args: Arguments, path: string, isQuery: bool): Result<OpenedSession> {
  if (path.length == 0) return temporarySession();
  const found = openSession(path);
  const opened = found.value;
  // If changes are not to be kept, the work is done on a copy; this includes a query that is sent as an update.
  if (opened === null || !(args.readOnly || (isQuery && isReplicated()))) return found;
  const copy = forkSession(opened.session);
  // If memory is needed, the original may be evicted now, but not the copy.
  if (copy !== null) engine.useSequence(copy.sequence);
  return orNone(copy);
}

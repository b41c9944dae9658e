/** Describes a session of the caller without reading its tokens. */
import { Problem } from '../../problem';
import { PromptCacheDetailsInput, SessionInfo, SessionInfoResult } from '../../ic/candid/service.generated';
import { whyNotReady } from '../models/model';
import { apiError } from '../replies/replies';
import { SessionFile, stateOf } from './session-file';
import { sessionPath } from '../access/session-path';

function refused(problem: Problem): SessionInfoResult {
  return SessionInfoResult.Err(apiError(problem.of('session_info')));
}

export function sessionInfo(input: PromptCacheDetailsInput): SessionInfoResult {
  const own = sessionPath(input.promptcache);
  const path = own.value;
  if (path === null) return refused(own.problem!);
  // Only the loaded model can tell whether a file is a session.
  const why = whyNotReady();
  if (why !== null) return refused(why);
  const file = new SessionFile(path);
  const state = stateOf(file);
  if (state === null) {
    const unreadable = file.problem;
    return refused(unreadable !== null ? unreadable : new Problem('there is no session of this name'));
  }
  const info = new SessionInfo();
  info.tokens = state.length;
  info.prompt_tokens = state.promptTokens;
  info.evaluated = state.reached;
  info.pending = state.reported;
  info.seed = state.seed;
  return SessionInfoResult.Ok(info);
}

/** Describes a session of the caller without reading its tokens. */
import { Code, Problem } from '../../problem';
import { PromptCacheDetailsInput, SessionInfo, SessionInfoResult } from '../../ic/candid/service.generated';
import { whyNotReady } from '../models/model';
import { apiError } from '../replies/replies';
import { stateOf } from './session-file';
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
  const read = stateOf(path);
  const state = read.value;
  if (state === null) {
    const isMissing = read.problem!.code == Code.MISSING;
    return refused(isMissing ? new Problem('there is no session of this name', Code.MISSING) : read.problem!);
  }
  const info = new SessionInfo();
  info.tokens = state.length;
  info.prompt_tokens = state.promptTokens;
  info.evaluated = state.reached;
  info.pending = state.reported;
  info.seed = state.seed;
  return SessionInfoResult.Ok(info);
}

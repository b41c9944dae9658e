/** What a session of the caller has, without a look at its tokens. */
import { PromptCacheDetailsInput, SessionInfo, SessionInfoResult } from '../../ic/candid/service.generated';
import { whyNotReady } from '../models/model';
import { because } from '../replies/replies';
import { SessionFile, stateOf } from './session-file';
import { sessionPath } from '../access/session-path';

export function sessionInfo(input: PromptCacheDetailsInput): SessionInfoResult {
  const own = sessionPath(input.promptcache);
  if (own.problem.length > 0) return SessionInfoResult.Err(because(`session_info: ${own.problem}`));
  // A file is a session of the model that is loaded.
  const why = whyNotReady();
  if (why.length > 0) return SessionInfoResult.Err(because(`session_info: ${why}`));
  const file = new SessionFile(own.path);
  const state = stateOf(file);
  if (state === null) {
    const unreadable = file.problem;
    const problem = unreadable !== null ? unreadable.text : 'there is no session of this name';
    return SessionInfoResult.Err(because(`session_info: ${problem}`));
  }
  const info = new SessionInfo();
  info.tokens = state.length;
  info.prompt_tokens = state.promptTokens;
  info.evaluated = state.reached;
  info.pending = state.reported;
  info.seed = state.seed;
  return SessionInfoResult.Ok(info);
}

/** Methods about the callers' sessions by name; clients of llama.cpp know sessions as prompt caches. */
import { Code, Problem } from '../../problem';
import { CopyPromptCacheInput, OutputRecordResult, StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { caller } from '../../ic/message';
import { copyFile, openFile, removeWithFolders, stat } from '../../storage/file-system';
import { Arguments } from '../flags/arguments';
import { close, findResident, forkSession, keepCopy } from './resident-sessions';
import { engine } from '../engine/loaded';
import { log, whyNotLogged } from '../logs/logs';
import { whyNoRoom } from '../quotas/quotas';
import { apiError, because, failed, statusOk, told } from '../replies/replies';
import { beginChat } from './saved-chats';
import { SessionFile } from './session-file';
import { copyWarm } from '../warm/warm';
import { NO_NAME, OWN_FILES, sessionPath } from '../access/session-path';

export function newChat(args: Arguments): OutputRecordResult {
  if (args.problem !== null) return failed(args.problem!);
  const unlogged = whyNotLogged(args);
  if (unlogged !== null) return failed(unlogged);
  if (args.promptCache.size == 0) return failed(new Problem(NO_NAME));
  const own = sessionPath(args.promptCache);
  const path = own.value;
  if (path === null) return failed(own.problem!.of('--prompt-cache'));
  const unsaved = beginChat();
  if (unsaved !== null) return failed(unsaved.of('the chat cannot be saved'));
  log(args, 'new_chat');
  return told(`Ready to start a new chat for cache file ${path}`);
}

export function removePromptCache(args: Arguments): OutputRecordResult {
  if (args.problem !== null) return failed(args.problem!);
  if (args.promptCache.size == 0) return failed(new Problem(NO_NAME));
  const own = sessionPath(args.promptCache);
  const path = own.value;
  if (path === null) return failed(own.problem!.of('--prompt-cache'));
  const session = findResident(new SessionFile(path));
  if (session !== null) close(session);
  if (stat(path) === null) return told(`Cache file ${path} not found. Nothing to delete.`);
  const problem = removeWithFolders(path, OWN_FILES);
  return problem === null ? told(`Cache file ${path} deleted successfully`) : failed(problem.of('--prompt-cache'));
}

function refused(problem: Problem): StatusCodeRecordResult {
  return StatusCodeRecordResult.Err(apiError(problem.of('copy_prompt_cache')));
}

export function copyPromptCache(input: CopyPromptCacheInput): StatusCodeRecordResult {
  const source = sessionPath(input.from);
  const from = source.value;
  if (from === null) return refused(source.problem!.of('from'));
  const target = sessionPath(input.to);
  const to = target.value;
  if (to === null) return refused(target.problem!.of('to'));
  const opened = openFile(from);
  const file = opened.value;
  if (file === null) {
    const unopened = opened.problem!;
    if (unopened.code != Code.MISSING) return refused(unopened);
    return StatusCodeRecordResult.Err(because(`File ${from} does not exist.`));
  }
  if (from == to) return statusOk();
  const replacing = stat(to);
  const full = whyNoRoom(replacing === null ? -1 : <i64>replacing.size, file.size);
  if (full !== null) return refused(full);
  const problem = copyFile(from, to);
  if (problem !== null) return refused(problem);
  const copied = new SessionFile(to);
  const replaced = findResident(copied);
  if (replaced !== null) close(replaced);
  const isWarm = copyWarm(file, copied.opened!, caller());
  // Both share the keys and values until one of them changes. If there is no room, the copy is read from its file
  // later.
  const session = findResident(new SessionFile(from));
  if (session !== null) {
    const fork = forkSession(session);
    if (fork !== null) keepCopy(fork, session, copied, isWarm);
    engine.endMessage();
  }
  return statusOk();
}

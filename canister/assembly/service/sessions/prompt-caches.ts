/** The callers' sessions by their names, which clients of llama.cpp know as prompt caches. */
import { CopyPromptCacheInput, OutputRecordResult, StatusCodeRecordResult } from '../../ic/candid/service.generated';
import { copyFile, openFile, removeWithFolders, stat } from '../../storage/file-system';
import { Arguments } from '../flags/arguments';
import { close, findResident, forkSession, keepCopy } from './resident-sessions';
import { engine } from '../engine/loaded';
import { log, whyNotLogged } from '../logs/logs';
import { whyNoRoom } from '../quotas/quotas';
import { because, failed, failedBy, statusOk, told } from '../replies/replies';
import { beginChat } from './saved-chats';
import { SessionFile } from './session-file';
import { NO_NAME, OWN_FILES, sessionPath } from '../access/session-path';

export function newChat(args: Arguments): OutputRecordResult {
  if (args.problem !== null) return failedBy(args.problem!);
  const unlogged = whyNotLogged(args);
  if (unlogged.length > 0) return failed(unlogged);
  if (args.promptCache.size == 0) return failed(NO_NAME);
  const own = sessionPath(args.promptCache);
  if (own.problem.length > 0) return failed(`--prompt-cache: ${own.problem}`);
  const unsaved = beginChat();
  if (unsaved.length > 0) return failed(`the chat cannot be saved: ${unsaved}`);
  log(args, 'new_chat');
  return told(`Ready to start a new chat for cache file ${own.path}`);
}

export function removePromptCache(args: Arguments): OutputRecordResult {
  if (args.problem !== null) return failedBy(args.problem!);
  if (args.promptCache.size == 0) return failed(NO_NAME);
  const own = sessionPath(args.promptCache);
  if (own.problem.length > 0) return failed(`--prompt-cache: ${own.problem}`);
  const path = own.path;
  const session = findResident(new SessionFile(path));
  if (session !== null) close(session);
  if (stat(path) === null) return told(`Cache file ${path} not found. Nothing to delete.`);
  const problem = removeWithFolders(path, OWN_FILES);
  return problem === null ? told(`Cache file ${path} deleted successfully`) : failed(`--prompt-cache: ${problem.text}`);
}

function refused(why: string): StatusCodeRecordResult {
  return StatusCodeRecordResult.Err(because(`copy_prompt_cache: ${why}`));
}

export function copyPromptCache(input: CopyPromptCacheInput): StatusCodeRecordResult {
  const from = sessionPath(input.from);
  if (from.problem.length > 0) return refused(`from: ${from.problem}`);
  const to = sessionPath(input.to);
  if (to.problem.length > 0) return refused(`to: ${to.problem}`);
  const opened = openFile(from.path);
  const file = opened.value;
  if (file === null && stat(from.path) === null) {
    return StatusCodeRecordResult.Err(because(`File ${from.path} does not exist.`));
  }
  if (file === null) return refused(opened.problem!.text);
  if (from.path == to.path) return statusOk();
  const replacing = stat(to.path);
  const full = whyNoRoom(replacing === null ? -1 : <i64>replacing.size, file.size);
  if (full.length > 0) return refused(full);
  const problem = copyFile(from.path, to.path);
  if (problem !== null) return refused(problem.text);
  const copied = new SessionFile(to.path);
  const replaced = findResident(copied);
  if (replaced !== null) close(replaced);
  // Both share the keys and values until one goes on. Without room for that, the copy comes from its file.
  const session = findResident(new SessionFile(from.path));
  if (session !== null) {
    const fork = forkSession(session);
    if (fork !== null) keepCopy(fork, session, copied);
    engine.endMessage();
  }
  return statusOk();
}

/**
 * The paths of a caller's own files. Only the canister makes these paths; names from callers cannot lead into another
 * caller's folder.
 */
import { Problem, Result } from '../../problem';
import { Text } from '../../ic/candid/values';
import { caller } from '../../ic/message';
import { Principal } from '../../ic/principal';
import { Path } from '../../storage/path';

/** The folder of all callers' folders, and the folders of sessions, saved chats and documents within one. */
export const OWN_FILES: string = '.canister_cache';
export const SESSIONS: string = 'sessions';
export const CHATS: string = 'db_chats';
export const DOCUMENTS: string = 'documents';

/** Room for `.canister_cache/PRINCIPAL/sessions/` beside a name. */
const MAX_SESSION_NAME: u32 = 3840;
const SLASH: u8 = 0x2f;

/** llama_cpp_canister's answer if a command line needs --prompt-cache and has none. */
export const NO_NAME: string = 'ERROR: path_session is empty ';

/** The folder of the caller. */
export function ownFolder(): string {
  return folderOf(caller());
}

/** The folder of a principal. */
export function folderOf(who: Principal): string {
  return `${OWN_FILES}/${who.toString()}`;
}

/** The folder of the caller's sessions. */
export function sessionsFolder(): string {
  return `${ownFolder()}/${SESSIONS}`;
}

/** The folder of the caller's saved chats. */
export function chatsFolder(): string {
  return `${ownFolder()}/${CHATS}`;
}

/** The folder of the caller's documents. */
export function documentsFolder(): string {
  return `${ownFolder()}/${DOCUMENTS}`;
}

function refused(why: string): Result<string> {
  return Result.fail<string>(new Problem(why));
}

/** The path of a session of the caller; the same for all names that mean the same path. */
export function sessionPath(name: Text): Result<string> {
  if (name.size == 0) return refused('the name of the prompt cache is missing');
  if (name.size > MAX_SESSION_NAME) return refused(`the name has more than ${MAX_SESSION_NAME} bytes`);
  // Leading slashes are ignored, as in llama_cpp_canister.
  let slashes: u32 = 0;
  while (slashes < name.size && load<u8>(name.ptr + slashes) == SLASH) ++slashes;
  const text = new Text(name.ptr + slashes, name.size - slashes).toString();
  const path = new Path(text);
  const problem = path.problem;
  if (problem !== null) return Result.fail<string>(problem);
  if (path.isRoot) return refused('the name of the prompt cache is missing');
  let own = sessionsFolder();
  for (let i = 0; i < path.parts.length; ++i) own += '/' + String.UTF8.decode(path.parts[i]);
  const whole = new Path(own).problem;
  return whole === null ? Result.ok<string>(own) : Result.fail<string>(whole);
}

/** Where a caller's own files are. The canister makes these paths; nobody else's name can lead into them. */
import { Problem, Result } from '../../problem';
import { Text } from '../../ic/candid/values';
import { caller } from '../../ic/message';
import { Principal } from '../../ic/principal';
import { Path } from '../../storage/path';

/** The folder that has a folder for every caller, and where in that the sessions and the saved chats are. */
export const OWN_FILES: string = '.canister_cache';
export const SESSIONS: string = 'sessions';
export const CHATS: string = 'db_chats';

/** Room for `.canister_cache/PRINCIPAL/sessions/` beside a name. */
const MAX_SESSION_NAME: u32 = 3840;
const SLASH: u8 = 0x2f;

/** What llama_cpp_canister answers where a command line has no --prompt-cache, and needs one. */
export const NO_NAME: string = 'ERROR: path_session is empty ';

/** The folder of all that is the caller's. */
export function ownFolder(): string {
  return folderOf(caller());
}

/** The folder of all that is somebody's. */
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

function refused(why: string): Result<string> {
  return Result.fail<string>(new Problem(why));
}

/** The path of the file of the caller's session of a name, always the same for names that mean the same. */
export function sessionPath(name: Text): Result<string> {
  if (name.size == 0) return refused('the name of the prompt cache is missing');
  if (name.size > MAX_SESSION_NAME) return refused(`the name has more than ${MAX_SESSION_NAME} bytes`);
  // As llama_cpp_canister takes it: within the caller's folder.
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

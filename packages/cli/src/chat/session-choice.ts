// Which session of the caller's a conversation is held in. The canister keeps a session for the model that made it, so each
// model has one of its own, unless the user names one.
import { basename } from 'node:path';
import { type CallOptions, type LlamaCanister, LlamaError, type ModelInfo } from '@llama-canister/client';

type SessionInfo = NonNullable<Awaited<ReturnType<LlamaCanister['sessionInfo']>>>;

/** The session of commands that are told none. */
export const DEFAULT_SESSION = 'chat';

/** A session as the loaded model sees it: usable (`info`), absent (nothing), or neither (`why`, in the canister's words). */
export interface SessionState {
  info?: SessionInfo;
  why?: string;
}

/** The canister's words on a session that cannot go on, without the names of its methods. */
export const withoutMethods = (why: string) =>
  why.replace(/^.*?(?=the session)/s, '').replace(/[;,] or remove_prompt_cache.*$/s, '');

/** What the loaded model can do with a session of the caller's. A canister that cannot say has none in the way. */
export async function sessionState(canister: LlamaCanister, name: string, options: CallOptions): Promise<SessionState> {
  try {
    const result = await canister.call('session_info', [{ promptcache: name }], options);
    if ('Ok' in result) return { info: result.Ok };
    const why = 'Other' in result.Err ? result.Err.Other : '';
    return /: the session/.test(why) ? { why: withoutMethods(why) } : {};
  } catch (error) {
    if (error instanceof LlamaError && (error.kind === 'rejected' || error.code === 'METHOD_NOT_FOUND')) return {};
    throw error;
  }
}

/** The names that are tried, in order: files of one name may be different models. */
function candidates(info: ModelInfo | undefined): string[] {
  if (!info) return [DEFAULT_SESSION];
  const model = basename(info.filename, '.gguf')
    .replaceAll(/[^\w.-]+/g, '-')
    .slice(0, 60);
  const named = `${DEFAULT_SESSION}-${model}`;
  return [DEFAULT_SESSION, named, `${named}-${info.filesha256.slice(0, 8)}`];
}

/**
 * The session for a conversation where the user names none: the first that is free, or is this model's.
 *
 * @returns its name and, where it is a new one because others are taken, a remark about that
 */
export async function chooseSession(
  canister: LlamaCanister,
  info: ModelInfo | undefined,
  options: CallOptions,
): Promise<{ session: string; remark?: string }> {
  let taken = '';
  for (const session of candidates(info)) {
    const { info: found, why } = await sessionState(canister, session, options);
    if (why === undefined) return found || taken === '' ? { session } : { session, remark: remarkOn(taken, session) };
    if (taken === '') taken = why;
  }
  // What is in the way of all of them is said of the first message.
  return { session: DEFAULT_SESSION };
}

function remarkOn(why: string, session: string): string {
  const [, model] = /^the session is of the model (.+?) \(SHA-256/.exec(why) ?? [];
  const what = model === undefined ? 'cannot go on as the model is loaded now' : `is a conversation with ${model}`;
  return `Session "${DEFAULT_SESSION}" ${what}, and stays as it is: this one is in session "${session}".`;
}

import { type LlamaCanister, LlamaError, type ModelInfo } from '@llama-canister/client';
import { pathFromHere } from '../hints.js';
import { ownModel } from '../packages.js';
import { shellWord } from '../shell-word.js';
import { withoutMethods } from './session-choice.js';

/** What to do if no model is loaded: load the file that is there, or upload one. */
export async function howToLoad(canister: LlamaCanister, signal: AbortSignal): Promise<string> {
  const listed = await canister.call('recursive_dir_content_query', [{ dir: '.', max_entries: 0n }], { signal });
  // Only administrators may list files; of a split model, the first part is to be loaded.
  const files = 'Ok' in listed ? listed.Ok.map(({ filename }) => filename) : undefined;
  const models = files?.filter((name) => name.endsWith('.gguf') && !/-(?!00001)\d{5}-of-\d{5}\.gguf$/.test(name));
  if (models?.length) return `Load it: \`llama-canister load ${shellWord(models[0]!)}\``;
  if (!files) return 'An administrator has to upload and load one.';
  const own = ownModel();
  return `Upload one first: \`llama-canister upload ${own === undefined ? 'FILE.gguf' : shellWord(pathFromHere(own))}\``;
}

/** Errors: `NOT_READY` if no model is loaded, with what to do. */
export async function checkReady(canister: LlamaCanister, signal: AbortSignal): Promise<void> {
  const { ready, reason } = await canister.ready({ signal });
  if (ready) return;
  throw new LlamaError('refused', 'NOT_READY', `the canister has no model to answer with: ${reason}`, {
    next: await howToLoad(canister, signal),
  });
}

/** What to do about a conversation whose context is full. */
function whenFull(info: ModelInfo | undefined): string {
  const anew = 'Begin a new conversation (/new, or chat without --continue)';
  if (!info) return `${anew}, or load the model with a larger --ctx-size.`;
  const [context, trained] = [Number(info.context), Number(info.trained_context)];
  if (context >= trained) return `${anew}: the model was trained with no more than ${trained} tokens.`;
  const larger = Math.min(trained, context * 2);
  return `${anew}, or load it with more room: \`llama-canister load ${shellWord(info.filename)} --ctx-size ${larger}\``;
}

/** The remark under an answer that ended because the context is full. */
export function fullRemark(info: ModelInfo | undefined): string {
  const room = info ? `, which is ${info.context} tokens` : '';
  return `The answer ends here because the context is full${room}.\n${whenFull(info)}`;
}

/** An error of a turn; if its session or its context is the reason, with what to do about it. */
export function explained(error: unknown, info: ModelInfo | undefined, session: string | undefined): unknown {
  if (!(error instanceof LlamaError)) return error;
  const { kind, message, value } = error;
  if (session !== undefined && message.includes('remove_prompt_cache deletes the session')) {
    return new LlamaError(kind, codeOf(message), `session "${session}" cannot be used: ${withoutMethods(message)}`, {
      value,
      next: `Talk in another session (--session NAME), or remove this one: \`llama-canister sessions rm ${shellWord(session)}\``,
      cause: error,
    });
  }
  if (error.next !== undefined && error.code !== 'CONTEXT_FULL' && error.code !== 'GENERATION_FAILED') return error;
  if (!/prompt is too long|the context is full/.test(message)) return error;
  return new LlamaError(kind, 'CONTEXT_FULL', message, { value, next: whenFull(info), cause: error });
}

function codeOf(message: string): string {
  if (message.includes('the session is of ')) return 'OTHER_MODEL';
  return message.includes('loaded with a context of') ? 'SESSION_TOO_LONG' : 'UNUSABLE_SESSION';
}

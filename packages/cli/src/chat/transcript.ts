// A conversation as a file of the user: {"messages": [{"role", "content"}, ...]}, as chat interfaces have them.
import { existsSync } from 'node:fs';
import { type ChatState, LlamaError } from '@llama-canister/client';
import { readJson, writeJson } from '../config/json-file.js';
import { atHome } from './attached.js';

type Messages = ChatState['messages'];

const ROLES: ReadonlySet<unknown> = new Set(['system', 'user', 'assistant']);

function messagesIn(value: unknown): Messages | undefined {
  const messages = Array.isArray(value) ? value : (value as { messages?: unknown } | null)?.messages;
  if (!Array.isArray(messages) || messages.length === 0) return undefined;
  const isMessage = (each: Partial<Messages[number]> | null) =>
    ROLES.has(each?.role) && typeof each?.content === 'string';
  return messages.every(isMessage) ? messages.map(({ role, content }) => ({ role, content })) : undefined;
}

function isTranscript(path: string): boolean {
  try {
    return messagesIn(readJson(path)) !== undefined;
  } catch {
    return false;
  }
}

/** Writes a conversation; a file that is no conversation is not replaced. Errors: `FILES_EXIST`, `CANNOT_WRITE`. */
export function saveTranscript(path: string, messages: readonly { role: string; content: string }[]): void {
  const place = atHome(path);
  if (existsSync(place) && !isTranscript(place)) {
    throw new LlamaError('input', 'FILES_EXIST', `${path} exists and is not a conversation; nothing was saved`, {
      value: path,
      next: 'Choose another name.',
    });
  }
  writeJson(place, { messages: messages.map(({ role, content }) => ({ role, content })) });
}

/** Errors: `NO_SUCH_FILE`, `NO_CONVERSATION`, those of reading. */
export function loadTranscript(path: string): Messages {
  const place = atHome(path);
  if (!existsSync(place))
    throw new LlamaError('input', 'NO_SUCH_FILE', `there is no file ${path}`, {
      value: path,
      next: 'The tab key completes names of files.',
    });
  const messages = messagesIn(readJson(place));
  if (messages) return messages;
  throw new LlamaError('input', 'NO_CONVERSATION', `${path} has no list of messages, each with a role and a content`, {
    value: path,
    next: 'Give a file that /save has written.',
  });
}

// Files in a message of a conversation: a word `@path`, or `@"a path"`, brings the file's text behind the message.
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { LlamaError } from '@llama-canister/client';
import { formatBytes } from '../amounts.js';

/** Bytes of a file: more are no message, and would take an hour of messages to be read. */
const MOST = 1_000_000;

const WORD = /(?<=^|\s)@(?:"([^"\n]+)"|([^\s"]+))/g;

const sizeOf = (path: string) => {
  const stat = statSync(atHome(path), { throwIfNoEntry: false });
  return stat?.isFile() ? stat.size : undefined;
};

export function atHome(path: string): string {
  return /^~(?=[\\/]|$)/.test(path) ? join(homedir(), path.slice(1)) : path;
}

/** The path that a word means: a comma or a full stop behind it need not belong to it. */
function pathIn(word: string): string {
  const plain = word.replace(/[.,;:!?)\]]+$/, '');
  return sizeOf(word) === undefined && sizeOf(plain) !== undefined ? plain : word;
}

function textOf(path: string, size: number): string {
  const refuse = (why: string, cause?: unknown) =>
    new LlamaError('input', 'NOT_A_TEXT', `${path} ${why}; nothing was sent`, {
      value: path,
      next: 'Name another file, or leave out the @.',
      cause,
    });
  if (size > MOST) throw refuse(`has ${formatBytes(size)}, and a message takes ${formatBytes(MOST)} of a file`);
  let bytes: Buffer;
  try {
    bytes = readFileSync(atHome(path));
  } catch (cause) {
    throw refuse(`cannot be read: ${(cause as Error).message}`, cause);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refuse('is no text in UTF-8', cause);
  }
  if (text.includes('\0')) throw refuse('is no text');
  return text.trimEnd();
}

/** A fence that does not occur in the text. */
function fenceOf(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
}

/**
 * A message with the texts of its files. Errors: `NOT_A_TEXT`.
 *
 * @returns `missing` are words like `@name` where there is no such file; they are sent as they are
 */
export function withFiles(message: string): { text: string; files: string[]; missing: string[] } {
  const words = [...message.matchAll(WORD)].map(([, quoted, plain]) => quoted ?? pathIn(plain!));
  const [files, missing, parts]: [string[], string[], string[]] = [[], [], [message]];
  for (const path of new Set(words)) {
    const size = sizeOf(path);
    if (size === undefined) {
      missing.push(path);
      continue;
    }
    const text = textOf(path, size);
    const fence = fenceOf(text);
    files.push(path);
    parts.push(`${basename(path)}:\n${fence}\n${text}\n${fence}`);
  }
  return { text: parts.join('\n\n'), files, missing };
}

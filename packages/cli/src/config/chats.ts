import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatMessage } from '@llama-canister/client';
import { readJson, writeJson } from './json-file.js';
import { stateFolder } from './paths.js';

/** Whose conversation it is: sessions belong to their caller, and a network that starts over has none of them. */
export interface ChatPlace {
  network: string;
  /** Hexadecimal; '' on the main network. */
  rootKey: string;
  canister: string;
  principal: string;
  session: string;
}

export interface SavedChat {
  messages: ChatMessage[];
  /** The last prompt and its answer, where they are sent as a text; '' otherwise. */
  sessionText: string;
  /** The number of an answer that has not been read to its end. */
  pending?: string;
  /** SHA-256 of the model; '' if it is not known. */
  model: string;
  /** Whether the text was continued without a template. */
  raw: boolean;
}

/** The most conversations that are kept; those used longest ago are removed. */
const MOST_CHATS = 200;
/** Readable by the user alone. */
const MODE = 0o600;

const folder = () => join(stateFolder(), 'chats');

function pathOf(place: ChatPlace): string {
  const { network, rootKey, canister, principal, session } = place;
  const key = JSON.stringify([network, rootKey, canister, principal, session]);
  return join(folder(), `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
}

function isChat(value: unknown): value is SavedChat {
  if (typeof value !== 'object' || value === null) return false;
  const { messages, sessionText, pending = '', model, raw } = value as Partial<SavedChat>;
  const isText =
    typeof sessionText === 'string' &&
    typeof pending === 'string' &&
    typeof model === 'string' &&
    typeof raw === 'boolean';
  return isText && Array.isArray(messages) && messages.every((each) => typeof each?.content === 'string');
}

/** The last conversation in that place; undefined if there is none. */
export function savedChat(place: ChatPlace): SavedChat | undefined {
  const value = readJson(pathOf(place));
  return isChat(value) ? value : undefined;
}

/** Saves a conversation, so that another command can continue it. Errors: `CANNOT_WRITE`. */
export function saveChat(place: ChatPlace, chat: SavedChat): void {
  writeJson(pathOf(place), { ...place, ...chat }, MODE);
  const files = readdirSync(folder()).map((name) => join(folder(), name));
  if (files.length <= MOST_CHATS) return;
  const age = new Map(files.map((path) => [path, statSync(path).mtimeMs]));
  files.sort((a, b) => age.get(a)! - age.get(b)!);
  for (const path of files.slice(0, files.length - MOST_CHATS)) rmSync(path, { force: true });
}

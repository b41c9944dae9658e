import { join } from 'node:path';
import type { ModelCard } from '@llama-canister/client';
import { readJson, writeJson } from './json-file.js';
import { stateFolder } from './paths.js';

function pathOf(sha256: string): string {
  return join(stateFolder(), 'models', `${sha256}.json`);
}

/** What is known of the model with this hash since it was uploaded from here. */
export function knownCard(sha256: string): ModelCard | undefined {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  let card: Partial<ModelCard> | undefined;
  try {
    card = readJson(pathOf(sha256)) as Partial<ModelCard> | undefined;
  } catch {
    // Kept to save a download; a file that is damaged or cannot be read saves none.
    return undefined;
  }
  return typeof card?.architecture === 'string' && Array.isArray(card.markers) ? (card as ModelCard) : undefined;
}

/** Keeps a card. Where that is impossible nothing is lost: it is read again from the file. */
export function rememberCard(sha256: string, card: ModelCard): void {
  try {
    writeJson(pathOf(sha256), card);
  } catch {
    // See above.
  }
}

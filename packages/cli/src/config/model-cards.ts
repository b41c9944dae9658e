import { join } from 'node:path';
import type { ModelCard } from '@llama-canister/client';
import { readJson, writeJson } from './json-file.js';
import { stateFolder } from './paths.js';

function pathOf(sha256: string): string {
  return join(stateFolder(), 'models', `${sha256}.json`);
}

/** The card of the model with this hash, saved when it was uploaded from here. */
export function knownCard(sha256: string): ModelCard | undefined {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  let card: Partial<ModelCard> | undefined;
  try {
    card = readJson(pathOf(sha256)) as Partial<ModelCard> | undefined;
  } catch {
    // The cache only saves a download, so an unreadable file is ignored.
    return undefined;
  }
  return typeof card?.architecture === 'string' && Array.isArray(card.markers) ? (card as ModelCard) : undefined;
}

/** Saves a card. If that fails, the card is read again from the file later. */
export function rememberCard(sha256: string, card: ModelCard): void {
  try {
    writeJson(pathOf(sha256), card);
  } catch {
    // See above.
  }
}

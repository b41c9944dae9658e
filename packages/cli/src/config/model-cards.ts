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
  const card = readJson(pathOf(sha256)) as Partial<ModelCard> | undefined;
  return typeof card?.architecture === 'string' && Array.isArray(card.markers) ? (card as ModelCard) : undefined;
}

export function rememberCard(sha256: string, card: ModelCard): void {
  writeJson(pathOf(sha256), card);
}

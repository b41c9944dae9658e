import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A real model that tells stories, of the maintainers' shared data. */
export const stories = join(root, '../shared/data/models/stories260Ktok512.gguf');
/** The repository's own model. */
export const tinyChat = join(root, 'models/tiny-chat/tiny-chat-q8_0.gguf');

/** Why tests with this model cannot run here; '' if they can. */
export function missing(model: string): string {
  return existsSync(model) ? '' : ` (skipped: ${model} is not here)`;
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  baseOf,
  classOf,
  generate,
  generateNormalization,
  isControl,
  lowerOf,
  newestKnown,
} from '../scripts/unicode.mjs';
import { TokenizerPart } from './tokenizer-part.js';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'assembly/llm/tokenizer');
const known = Number.parseInt(process.versions.unicode ?? '0', 10) <= newestKnown;

describe('classes of characters', () => {
  it.skipIf(!known)('match the script’s output for this Node’s Unicode tables', () => {
    expect(readFileSync(join(folder, 'unicode.generated.ts'), 'utf8')).toBe(generate());
    expect(readFileSync(join(folder, 'normalization.generated.ts'), 'utf8')).toBe(generateNormalization());
  });

  it.skipIf(!known)('are right for every code point', async () => {
    const { part } = await TokenizerPart.load();
    const different: number[] = [];
    for (let point = 0; point < 0x110000; point += point < 0x3000 ? 1 : 7) {
      if (part.exports.character_class(point) !== classOf(point)) different.push(point);
      if (part.exports.character_lower(point) !== lowerOf(point)) different.push(point);
      if (part.exports.character_base(point) !== baseOf(point)) different.push(point);
      if (part.exports.character_control(point) !== Number(isControl(point))) different.push(point);
    }
    expect(different).toEqual([]);
  });
});

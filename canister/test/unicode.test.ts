import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { classOf, generate, newestKnown } from '../scripts/unicode.mjs';
import { TokenizerPart } from './tokenizer-part.js';

const generated = join(dirname(dirname(fileURLToPath(import.meta.url))), 'assembly/llm/tokenizer/unicode.generated.ts');
const known = Number.parseInt(process.versions.unicode ?? '0', 10) <= newestKnown;

describe('classes of characters', () => {
  it.skipIf(!known)('are what the script makes of this Node’s Unicode tables', () => {
    expect(readFileSync(generated, 'utf8')).toBe(generate());
  });

  it.skipIf(!known)('are found for every code point', async () => {
    const { part } = await TokenizerPart.load();
    const different: number[] = [];
    for (let point = 0; point < 0x110000; point += point < 0x3000 ? 1 : 7) {
      if (part.exports.character_class(point) !== classOf(point)) different.push(point);
    }
    expect(different).toEqual([]);
  });
});

import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWord } from './shell-word.js';

test('a plain name stays as it is, others are quoted', () => {
  expect(shellWord('models/qwen2.5-0.5b-instruct-q8_0.gguf')).toBe('models/qwen2.5-0.5b-instruct-q8_0.gguf');
  expect(shellWord('é 1.gguf')).toBe("'é 1.gguf'");
  expect(shellWord('')).toBe("''");
});

test('a shell reads quoted words back', () => {
  const word = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 20, maxLength: 40 }), (words) => {
      const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`], {
        encoding: 'utf8',
      });
      expect(printed.split('\0').slice(0, -1)).toEqual(words);
    }),
    { numRuns: 20 },
  );
});

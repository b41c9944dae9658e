import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { dryPenalties, mirostatKept, mirostatRank, probabilities } from './reference/sampling.js';
import { hasShared, shared } from './shared.js';
import { TokenizerPart } from './tokenizer-part.js';

/** The output of scripts/oracle/samplers.cpp. */
interface Oracle {
  dry: {
    file: string;
    breakers: string[];
    numbers: [multiplier: number, base: number, allowed: number, last: number];
    tokens: number[];
    penalties: [number, number][];
  }[];
  mirostat: {
    version: number;
    target: number;
    size: number;
    /** Logits in units of 1/1024. */
    steps: { logits: number[]; mu: number; kept: number; taken: number; p: number; next: number }[];
  }[];
}

const here = dirname(fileURLToPath(import.meta.url));
const { dry, mirostat } = JSON.parse(readFileSync(join(here, 'data/llama-samplers.json'), 'utf8')) as Oracle;

describe('llama.cpp', () => {
  let tokenizer: TokenizerPart;
  beforeAll(async () => {
    tokenizer = await TokenizerPart.load();
  });

  const absence = hasShared ? '' : ' (skipped: ../shared is absent)';
  const files = [...new Set(dry.map(({ file }) => file))];
  it.skipIf(!hasShared).each(files)(`has the same sequence breakers: %s${absence}`, (file) => {
    expect(tokenizer.read(readFileSync(shared('vocab', file)))).toBe('');
    let penalised = 0;
    for (const { breakers, numbers, tokens, penalties } of dry.filter((one) => one.file === file)) {
      const [dryMultiplier, dryBase, dryAllowedLength, dryLastN] = numbers;
      tokenizer.breakAt(breakers);
      const found = dryPenalties(
        { dryMultiplier, dryBase, dryAllowedLength, dryLastN },
        tokens,
        (token) => tokenizer.part.exports.breakers_has(token) !== 0,
        (window) => tokenizer.behind(window),
      );
      expect([...found.keys()].sort((a, b) => a - b)).toEqual(penalties.map(([id]) => id));
      for (const [id, penalty] of penalties) expect(found.get(id)! / penalty).toBeCloseTo(1, 5);
      penalised += penalties.length;
    }
    expect(penalised).toBeGreaterThan(100);
  });

  it('has the same mirostat', () => {
    let undefinedOnes = 0;
    for (const { version, target, size, steps } of mirostat) {
      for (const { logits, mu, kept, taken, p, next } of steps) {
        const sorted = logits.map((logit) => logit / 1024).sort((a, b) => b - a);
        const ps = probabilities(sorted.map((logit, id) => ({ id, logit })));
        // More than 2^31 does not fit an int: the result is undefined in C++, and on x86 one candidate is left. Ours
        // keeps all.
        if (version === 1 && mirostatRank(ps, mu, size) >= 2 ** 31) {
          ++undefinedOnes;
          continue;
        }
        const expected = mirostatKept(version, sorted, mu, size);
        // A rounding error may keep one more or one less of equal candidates.
        expect(Math.abs(expected - kept)).toBeLessThanOrEqual(1);
        const sum = sorted.slice(0, kept).reduce((all, logit) => all + Math.exp(logit), 0);
        expect(Math.exp(logits[taken]! / 1024) / sum).toBeCloseTo(p, 4);
        expect(mu - 0.1 * (-Math.log2(p) - target)).toBeCloseTo(next, 4);
      }
    }
    expect(undefinedOnes).toBeLessThan(10);
  });
});

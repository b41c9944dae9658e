import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folder, goldenKernels, kept } from './golden-kernels.js';

describe('the hot kernels', () => {
  it('are compiled to the golden files (node canister/scripts/golden-kernels.mjs writes them anew)', async () => {
    const files = await goldenKernels();
    expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
    for (const [name, text] of files) {
      // Not toBe, because a difference in 2000 lines is easier to read with git diff.
      expect(text === kept(name), `${name} is what the compiler makes of the kernel now`).toBe(true);
    }
  });

  it('cost what their headers say and the meter counts', async () => {
    const price = (name: string) => Number(/([\d.]+) instructions per multiply-add/.exec(kept(`${name}.wat`))![1]);
    expect(price('i8x32_128x1')).toBeLessThan(0.7);
    expect(price('i8x32_128x8')).toBeLessThan(0.61);
    expect(price('addScores7')).toBeLessThan(0.65);
    expect(price('addValues7')).toBeLessThan(0.62);
  });
});

/** The picture in the README. LLAMA_CANISTER_PICTURE=1 writes it; a person checks how it looks. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { expect, it } from 'vitest';
import { root } from '../cli/model.js';
import { isFull } from '../full.js';
import type { Stage } from './stage.js';
import { ask, ready } from './talk.js';

const MOST_BYTES = 150_000;

const pictures: [string, BrowserContextOptions][] = [
  ['page', { viewport: { width: 1120, height: 740 } }],
  ['page-phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark' }],
];

export function picture(stage: () => Stage): void {
  it.runIf(isFull || process.env.LLAMA_CANISTER_PICTURE).each(pictures)(
    'has a picture that is small enough: %s',
    (name, look) =>
      stage().visit(async ({ page }) => {
        await ready(page);
        await ask(page, 'What is a canister?');
        // A phone has room for one question with its answer.
        if (!look.isMobile) await ask(page, 'What are cycles?');
        const image = await page.screenshot({ type: 'png' });
        expect(image.length).toBeLessThan(MOST_BYTES);
        if (process.env.LLAMA_CANISTER_PICTURE) writeFileSync(join(root, `docs/${name}.png`), image);
      }, look),
  );
}

/** The page for everybody: axe finds nothing, in the dark and on phones, too. */
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { modelIn } from './served-page.js';
import type { Stage } from './stage.js';

/** What axe finds wrong: each rule with the elements that break it. */
export async function faultsOf(page: Page): Promise<string[]> {
  // Scripts that a test brings are let through by the browser, whatever the page's policy is.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

const looks: [string, BrowserContextOptions][] = [
  ['wide and light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['a phone', { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true }],
];

export function accessible(stage: () => Stage): void {
  it.each(looks)('axe finds nothing: %s', (_, look) =>
    stage().visit(async ({ page }) => {
      await modelIn(page).waitFor();
      expect(await faultsOf(page)).toEqual([]);
      // Nothing is wider than the screen.
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider).toBeLessThanOrEqual(0);
    }, look),
  );
}

/** The problems that axe finds in a page: each rule with the elements that break it. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

export async function faultsOf(page: Page): Promise<string[]> {
  // The browser runs a test's scripts whatever the page's policy is.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

/** By how many pixels the page is wider than the screen. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));

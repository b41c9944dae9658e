/** Accessibility: axe finds no problem and nothing is cut off, with a dark scheme and on phones, too. */
import type { BrowserContextOptions } from 'playwright-core';
import { expect, it } from 'vitest';
import { isFull } from '../full.js';
import { faultsOf, tooWide } from './axe.js';
import type { Stage } from './stage.js';
import { ask, button, ready } from './talk.js';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const looks: [string, BrowserContextOptions][] = [
  ['wide and light', {}],
  ['wide and dark', { colorScheme: 'dark' }],
  ['a phone in the dark', { ...phone, colorScheme: 'dark' }],
];

export function accessible(stage: () => Stage): void {
  it.each(isFull ? looks : looks.slice(-1))('axe finds nothing: %s', (_, look) =>
    stage().visit(async ({ page }) => {
      const check = async (what: string) => {
        expect(await faultsOf(page), what).toEqual([]);
        expect(await tooWide(page), what).toBe(0);
      };
      await ready(page);
      await check('a new conversation');
      await ask(page, 'What is a canister?');
      await check('an answer');
      await button(page, 'Settings of this conversation').click();
      await page.getByRole('dialog').waitFor();
      await check('the settings of the conversation');
      await page.keyboard.press('Escape');
      const menu = button(page, 'Open the list of conversations');
      if (await menu.isVisible()) {
        await menu.click();
        await check('the list');
      }
      await button(page, 'Settings').click();
      await page.getByRole('dialog').waitFor();
      await check('the settings of the page');
    }, look),
  );
}

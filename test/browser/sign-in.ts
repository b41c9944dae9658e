/** Who one is: a key that the browser makes, each profile its own, without a question on a local network. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Stage } from './stage.js';
import { button, ready } from './talk.js';

export async function principalOf(page: Page): Promise<string> {
  await ready(page);
  await button(page, 'Settings').click();
  await page.getByText('A key of this browser.').waitFor();
  return page.getByRole('dialog').locator('.principal code').innerText();
}

export function signIn(stage: () => Stage): void {
  it('signs in with a key of the browser, which stays the same in a profile and is of no other', async () => {
    const principals: string[] = [];
    await stage().visit(async ({ page }) => {
      principals.push(await principalOf(page));
      await page.reload();
      expect(await principalOf(page)).toBe(principals[0]);
    });
    await stage().visit(async ({ page }) => {
      principals.push(await principalOf(page));
    });
    for (const each of principals) expect(each).toMatch(/^([a-z2-7]{5}-){10}[a-z2-7]{3}$/);
    expect(principals[1]).not.toBe(principals[0]);
  });
}

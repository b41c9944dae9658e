/** The page comes from the canister, certified, and runs under its policy. */

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Stage } from './stage.js';

/** The model's name, which the page has from the canister. */
export const modelIn = (page: Page) => page.getByText(/tiny/i).first();

export function servedPage(stage: () => Stage): void {
  it('comes from the canister through a gateway that verifies, and talks to it', () =>
    stage().visit(async ({ page }) => {
      await modelIn(page).waitFor();
      const response = await page.reload();
      const headers = await response!.allHeaders();
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      await modelIn(page).waitFor();
    }));

  it('runs nothing that is put into it', () =>
    stage().visit(
      async ({ page, complaints }) => {
        const ran = await page.evaluate(() => {
          const script = document.createElement('script');
          script.textContent = 'window.ran = true';
          document.body.append(script);
          document.body.insertAdjacentHTML(
            'beforeend',
            '<img src="https://example.org/x.png" onerror="window.ran = true">',
          );
          return (window as unknown as { ran?: boolean }).ran === true;
        });
        expect(ran).toBe(false);
        expect(complaints).toEqual([]);
      },
      { expected: /content security policy|ERR_BLOCKED_BY_CSP|csp/i },
    ));
}

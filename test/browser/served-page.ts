/** The page comes from the canister, certified, and runs under its policy. */
import { expect, it } from 'vitest';
import type { Stage } from './stage.js';
import { ready } from './talk.js';

export function servedPage(stage: () => Stage): void {
  it('comes from the canister through a gateway that verifies, and finds its model', () =>
    stage().visit(async ({ page }) => {
      await ready(page);
      const response = await page.reload();
      const headers = await response!.allHeaders();
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      expect(headers['content-encoding']).toBe('gzip');
      await ready(page);
    }));

  it('runs nothing that is put into it', () =>
    stage().visit(
      async ({ page }) => {
        const ran = await page.evaluate(() => {
          const script = document.createElement('script');
          script.textContent = 'window.ran = true';
          document.body.append(script);
          const picture = '<img src="https://example.org/x.png" onerror="window.ran = true">';
          document.body.insertAdjacentHTML('beforeend', picture);
          return 'ran' in window;
        });
        expect(ran).toBe(false);
      },
      { expected: /content security policy|ERR_BLOCKED_BY_CSP|csp/i },
    ));
}

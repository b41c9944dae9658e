/** Who one is: a key that the browser makes on a local network, and elsewhere whoever signs in. */
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { isFull } from '../full.js';
import { withIdentityProvider } from './identity-provider.js';
import type { Stage } from './stage.js';
import { ask, button, ready } from './talk.js';

const shownPrincipal = (page: Page) => page.getByRole('dialog').locator('.principal code').innerText();

export async function principalOf(page: Page): Promise<string> {
  await ready(page);
  await button(page, 'Settings').click();
  await page.getByText('A key of this browser.').waitFor();
  return shownPrincipal(page);
}

/** Makes the canister one of a network on which people sign in, as the main network is. */
async function elsewhere({ served }: Stage, page: Page, identityProvider: string): Promise<void> {
  const rootKey = Buffer.from(served.network.rootKey).toString('hex');
  const network = { name: 'elsewhere', url: '/', rootKey, identityProvider };
  const canisters = [{ name: 'tiny', id: served.id, network: network.name }];
  await page.route('**/llama-canister.json', (route) =>
    route.fulfill({ json: { version: 1, networks: [network], canisters } }),
  );
  await page.reload();
  await page.getByText('Sign in to chat').waitFor();
}

/** Presses the button to sign in, and one in the window that opens. */
async function press(page: Page, answer: 'Continue' | 'Refuse'): Promise<void> {
  const signIn = button(page.locator('main'), 'Sign in with Internet Identity');
  const [provider] = await Promise.all([page.waitForEvent('popup'), signIn.click()]);
  await provider.getByText(`${new URL(page.url()).origin} wants to know you`).waitFor();
  await Promise.all([provider.waitForEvent('close'), button(provider, answer).click()]);
}

export function signIn(stage: () => Stage): void {
  // Every other visit has such a key.
  it.runIf(isFull)(
    'signs in with a key of the browser, which stays the same in a profile and is of no other',
    async () => {
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
    },
  );

  it('signs in by a window of a provider, whose delegation the canister knows its caller by, and signs out', () => {
    const person = Ed25519KeyIdentity.generate();
    const principal = person.getPrincipal().toText();
    return withIdentityProvider(person, (provider, asked) =>
      stage().visit(async ({ page }) => {
        const { admin, generations } = await stage().served.administrator();
        // Only this caller sees the administration.
        await admin.assignRole(principal, 'AdminQuery', 'who signs in');
        await elsewhere(stage(), page, provider);
        const link = page.getByRole('link', { name: 'Administration' });
        await press(page, 'Refuse');
        await page.getByText('You said no').waitFor();
        expect(asked).toEqual([]);

        await press(page, 'Continue');
        await link.waitFor();
        expect(asked.map(({ maxTimeToLive }) => maxTimeToLive)).toEqual([String(7n * 86_400_000_000_000n)]);
        await ask(page, 'What is a canister?');
        const kept = await generations.list({ everybody: true });
        expect(kept.map(({ caller }) => caller)).toContain(principal);

        await page.reload();
        await link.click();
        await page.getByText('You may see all of this, and change nothing').waitFor();
        await page.getByRole('link', { name: 'Log', exact: true }).click();
        await page.getByText('You may not see it. A controller can let you').waitFor();
        expect(await page.getByRole('alert').count()).toBe(0);
        await button(page, 'Settings').click();
        await page.getByText('Signed in with Internet Identity').waitFor();
        expect(await shownPrincipal(page)).toBe(principal);
        await button(page, 'Sign out').click();
        await page.getByText('Nobody: the canister lets nobody in').waitFor();
        expect(await link.count()).toBe(0);
        expect(asked).toHaveLength(1);
      }),
    );
  });
}

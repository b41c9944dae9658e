/** Conversations that the canister keeps: they come back after the browser has lost its own. */
import { expect, it } from 'vitest';
import { principalOf } from './sign-in.js';
import type { Stage } from './stage.js';
import { answers, ask, ready } from './talk.js';

export function kept(stage: () => Stage): void {
  it('has a conversation again from the canister, and none of it on the canister when it is deleted there', () =>
    stage().visit(async ({ page }) => {
      const { admin } = await stage().served.administrator();
      const who = await principalOf(page);
      const there = async () =>
        (await admin.files()).filter(({ name }) => name.startsWith(`.canister_cache/${who}/documents/`)).length;
      await page.getByLabel(/^Keep those with .* on the canister, too$/).check();
      await page.keyboard.press('Escape');
      const said = await ask(page, 'What is a canister?');
      await expect.poll(there, { timeout: 15_000 }).toBe(1);
      // Another device has only the key.
      await page.evaluate(async () => {
        const opening = indexedDB.open('llama-canister');
        await new Promise((resolve) => {
          opening.onsuccess = resolve;
        });
        const names = ['conversations', 'messages'];
        const writing = opening.result.transaction([...names, 'settings'], 'readwrite');
        for (const name of names) writing.objectStore(name).clear();
        const settings = writing.objectStore('settings');
        settings.getAllKeys().onsuccess = ({ target }) => {
          for (const key of (target as IDBRequest<string[]>).result)
            if (key.startsWith('known of')) settings.delete(key);
        };
        await new Promise((resolve) => {
          writing.oncomplete = resolve;
        });
        location.hash = '#/';
      });
      await page.reload();
      await ready(page);
      await page.getByRole('link', { name: 'What is a canister?' }).click();
      await answers(page).locator('.markdown p').waitFor();
      expect(await answers(page).locator('.markdown').textContent()).toBe(said);
      page.on('dialog', (dialog) => void dialog.accept());
      await principalOf(page);
      await page.getByRole('button', { name: 'Delete them on the canister' }).click();
      await page.getByText('The canister has none of them any more.').waitFor();
      expect(await there()).toBe(0);
    }));
}

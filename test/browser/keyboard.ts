/** The page can be used with the keyboard alone. */
import { expect, it } from 'vitest';
import type { Stage } from './stage.js';
import { answered, answers, questions, ready } from './talk.js';

export function keyboard(stage: () => Stage): void {
  it('asks, answers again, goes through branches and edits by keyboard', () =>
    stage().visit(async ({ page }) => {
      await ready(page);
      const named = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
      const until = async (name: string, key: string) => {
        for (let i = 0; i < 40 && (await named()) !== name; i++) await page.keyboard.press(key);
        expect(await named()).toBe(name);
      };
      await until('Your message', 'Tab');
      await page.keyboard.type('What is a canister?');
      await page.keyboard.press('Enter');
      await answered(page);
      await until('Answer again', 'Shift+Tab');
      await page.keyboard.press('Enter');
      await answers(page).getByText('2/2').waitFor();
      await answered(page);
      await until('Previous branch', 'Shift+Tab');
      await page.keyboard.press('Enter');
      await answers(page).getByText('1/2').waitFor();
      await page.keyboard.press('Control+Shift+E');
      await page.getByRole('textbox', { name: 'Edit the message' }).waitFor();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('Who are you?');
      await page.keyboard.press('Control+Enter');
      await questions(page).getByText('2/2').waitFor();
      await answered(page);
      await page.keyboard.press('Control+Shift+E');
      await page.getByRole('textbox', { name: 'Edit the message' }).waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(named).toBe('Edit the message');
      expect(await page.getByRole('textbox', { name: 'Edit the message' }).count()).toBe(0);

      const more = page.locator('.conversations .menu');
      await more.locator('summary').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Escape');
      expect(await more.getAttribute('open')).toBeNull();
      expect(await named()).toMatch(/^More for /);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect.poll(named).toBe('Title');
      await page.keyboard.press('Escape');
      const text = () => page.evaluate(() => document.activeElement?.textContent);
      await expect.poll(text).toBe('What is a canister?');

      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      for (let i = 0; i < 40 && (await text()) !== 'Past the list of conversations'; i++)
        await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('messages');
      await page.keyboard.press('Control+/');
      await page.getByRole('dialog').getByText('Keyboard shortcuts').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('Control+K');
      await expect.poll(named).toBe('Search');
    }));
}

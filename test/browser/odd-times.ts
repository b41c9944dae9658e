/** What people meet seldom: calls of tools, long conversations, a full disk, another tab that deletes, a small phone. */
import { expect, it } from 'vitest';
import { tooWide } from './axe.js';
import type { Stage } from './stage.js';
import { answers, button, composer, questions, ready } from './talk.js';

const ended = { is: 'ended', reason: 'end' };

/** A file with a conversation that ends with the calls of two tools, and one of 150 messages. */
function fileOf(canister: string): string {
  const calls = ['weather', 'time'].map((name, i) => ({
    id: `call-${i}`,
    name,
    arguments: '{"in":"Bern"}',
    whole: true,
  }));
  const common = { created: 1, canister, network: 'local', settings: {}, leaf: null };
  const tools = [
    { id: 'tq', parent: null, role: 'user', created: 1, content: 'What is a canister?' },
    { id: 'ta', parent: 'tq', role: 'assistant', created: 2, content: '', calls, state: ended },
  ];
  const many = Array.from({ length: 150 }, (_, i) => ({
    ...{ id: `m${i}`, parent: i === 0 ? null : `m${i - 1}`, created: i, content: `This is number ${i}.` },
    ...(i % 2 === 0 ? { role: 'user' } : { role: 'assistant', state: ended }),
  }));
  const conversations = [
    { ...common, id: 'tools', title: 'Tools', updated: 2, messages: tools },
    { ...common, id: 'long', title: 'Long', updated: 1, messages: many },
  ];
  return JSON.stringify({ format: 'llama-canister-conversations', version: 1, conversations });
}

export function oddTimes(stage: () => Stage): void {
  it('takes results of tools, shows the end of a long conversation first, and leaves one that is deleted elsewhere', () =>
    stage().visit(async ({ page }) => {
      await ready(page);
      await button(page, 'Settings').click();
      const buffer = Buffer.from(fileOf(stage().served.id));
      await page
        .locator('dialog input[type=file]')
        .setInputFiles({ name: 'all.json', mimeType: 'application/json', buffer });
      await page.getByText('2 conversations were imported.').waitFor();
      await page.keyboard.press('Escape');

      await page.getByRole('link', { name: 'Tools' }).click();
      await page.getByLabel('Result of weather').fill('It snows.');
      await page.getByLabel('Result of time').fill('Noon.');
      await button(page, 'Send and go on').click();
      await answers(page).nth(1).locator('.usage').waitFor();
      expect(await page.getByRole('article', { name: 'Result of a tool' }).allInnerTexts()).toEqual([
        'It snows.',
        'Noon.',
      ]);
      expect(await page.getByLabel('Result of weather').count()).toBe(0);

      await page.getByRole('link', { name: 'Long' }).click();
      await questions(page).getByText('This is number 148.').waitFor();
      expect(await page.getByRole('article').count()).toBe(100);
      await button(page, 'Show earlier messages').click();
      await questions(page).getByText('This is number 0.').waitFor();
      expect(await page.getByRole('article').count()).toBe(150);

      const other = await page.context().newPage();
      await other.goto(page.url());
      other.on('dialog', (dialog) => void dialog.accept());
      await other.getByLabel('More for “Long”').click();
      await other.getByRole('navigation').getByRole('button', { name: 'Delete' }).click();
      await expect.poll(() => new URL(page.url()).hash).toBe('#/');
    }));

  it('says that the browser has no room, keeps what was typed, and asks it when there is room', () =>
    stage().visit(
      async ({ page }) => {
        await ready(page);
        await page.evaluate(() => {
          const { put } = IDBObjectStore.prototype;
          Object.assign(window, { isFull: true });
          IDBObjectStore.prototype.put = function (...all) {
            if ('isFull' in window && window.isFull) throw new DOMException('full', 'QuotaExceededError');
            return put.apply(this, all);
          };
        });
        await composer(page).fill('What is a canister?');
        await composer(page).press('Enter');
        await page.getByText('This browser has no room left for the page').waitFor();
        expect(await composer(page).inputValue()).toBe('What is a canister?');
        await page.evaluate(() => Object.assign(window, { isFull: false }));
        // A text on a screen never gets shorter while its answer comes and ends.
        await page.evaluate(() => {
          let longest = 0;
          const look = () => {
            const size = document.querySelector('.answer .markdown')?.textContent.length ?? 0;
            longest = Math.max(longest, size);
            if (size < longest) Object.assign(window, { hasShrunk: true });
          };
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
        });
        await composer(page).press('Enter');
        await answers(page).locator('.usage').waitFor();
        expect(await page.evaluate(() => 'hasShrunk' in window)).toBe(false);
        await page.getByText('This browser has no room left for the page').waitFor({ state: 'detached' });
        await expect.poll(() => page.locator('.page > p[aria-live]').innerText()).toBe('The answer is complete.');
      },
      { expected: /^error: full$/ },
    ));

  it('says in plain words that the browser stores nothing', () =>
    stage().visit(
      async ({ page }) => {
        await page.addInitScript(() => {
          IDBFactory.prototype.open = () => {
            throw new DOMException('denied', 'SecurityError');
          };
        });
        await page.reload();
        await page.getByRole('alert').getByText('This browser lets the page keep nothing').waitFor();
      },
      { expected: /denied/ },
    ));

  it('shows whole titles on a small phone', () =>
    stage().visit(
      async ({ page }) => {
        await ready(page);
        const isCut = (text: string) =>
          page.getByRole('heading', { name: text }).evaluate((element) => {
            const { top } = element.getBoundingClientRect();
            const head = document.querySelector('.head')!.getBoundingClientRect().bottom;
            return element.scrollWidth > element.clientWidth || (element.tagName !== 'H1' && top < head);
          });
        expect(await isCut('Chat with tiny-chat')).toBe(false);
        await page.evaluate(() => {
          location.hash = '#/administration';
        });
        await page.getByRole('heading', { name: 'Administration' }).waitFor();
        expect(await isCut('Administration')).toBe(false);
        expect(await tooWide(page)).toBe(0);
      },
      { viewport: { width: 320, height: 568 }, isMobile: true, hasTouch: true },
    ));
}

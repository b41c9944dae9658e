/** Answers go on while no page is open, and tabs share what they know. */
import { expect, it } from 'vitest';
import { isFull } from '../full.js';
import type { Stage } from './stage.js';
import { answered, answers, ask, beginLong, composer, grown, questions, ready } from './talk.js';

export function away(stage: () => Stage): void {
  it('reads an answer on after a reload, and in another tab when the first is closed, to the same text', () =>
    stage().visit(async ({ page }) => {
      await ready(page);
      await beginLong(page, 500);
      await composer(page).fill('not sent');
      // The typed text is stored after half a second.
      await page.waitForTimeout(600);
      await page.reload();
      await grown(page, 60);
      expect(await composer(page).inputValue()).toBe('not sent');
      const other = await page.context().newPage();
      await other.goto(page.url());
      await grown(other, 60);
      await page.close();
      const text = await answered(other);
      await other.keyboard.press('Control+Shift+X');
      await answers(other).getByText('2/2').waitFor();
      expect(await answered(other)).toBe(text);
    }));

  it.runIf(isFull)('two tabs have the same conversations', () =>
    stage().visit(async ({ page }) => {
      await ready(page);
      const other = await page.context().newPage();
      await other.goto(page.url());
      await ready(other);
      await ask(page, 'What is GGUF?');
      await other.getByRole('link', { name: 'What is GGUF?' }).click();
      await answers(other).waitFor();
      await ask(other, 'And what is a canister?');
      await questions(page).nth(1).waitFor();
      expect(await questions(page).allInnerTexts()).toEqual([
        expect.stringContaining('What is GGUF?'),
        expect.stringContaining('And what is a canister?'),
      ]);
    }),
  );
}

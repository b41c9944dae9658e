/** A conversation: questions, new answers, edits, stopping and continuing. */
import { expect, it } from 'vitest';
import { isFull } from '../full.js';
import type { Stage } from './stage.js';
import { answered, answers, ask, beginLong, button, composer, grown, questions, ready, settings } from './talk.js';

export function conversation(stage: () => Stage): void {
  it('has questions and answers, with what they took, and is there again after a reload', () =>
    stage().visit(async ({ page }) => {
      await ready(page);
      await composer(page).fill('What is a canister?');
      await page.getByText(/^\d+ tokens, an answer of \d+ at most: \$0\./).waitFor();
      expect(await ask(page, 'What is a canister?')).toMatch(/^A canister is /);
      expect(await answers(page).locator('.usage').innerText()).toMatch(
        /\d+ tokens[\s\S]*instructions[\s\S]*cycles[\s\S]*\$0/,
      );
      await ask(page, 'What are cycles?');
      const said = await answers(page).allInnerTexts();
      expect(said).toHaveLength(2);
      await page.reload();
      await answers(page).nth(1).locator('.markdown p').waitFor();
      await expect.poll(() => answers(page).allInnerTexts()).toEqual(said);
    }));

  it.runIf(isFull)('has branches: another answer, another question', () =>
    stage().visit(async ({ page }) => {
      await ready(page);
      await ask(page, 'Who are you?');
      await button(answers(page), 'Answer again').click();
      await answers(page).getByText('2/2').waitFor();
      await answered(page);
      await button(answers(page), 'Previous branch').click();
      await answers(page).getByText('1/2').waitFor();
      await button(questions(page), 'Edit the message').click();
      await page.getByRole('textbox', { name: 'Edit the message' }).fill('What are cycles?');
      await button(page, 'Save and ask').click();
      await questions(page).getByText('2/2').waitFor();
      await answered(page);
      expect(await answers(page).locator('.branches').count()).toBe(0);
      await button(questions(page), 'Previous branch').click();
      await questions(page).getByText('Who are you?').waitFor();
      // The newest of its answers.
      await answers(page).getByText('2/2').waitFor();
    }),
  );

  it.runIf(isFull)('can be stopped in an answer, which goes on when asked to', () =>
    stage().visit(async ({ page }) => {
      await ready(page);
      await beginLong(page, 3_000);
      await page.keyboard.press('Escape');
      const before = await answered(page);
      expect(await answers(page).locator('.why').innerText()).toBe('Stopped.');
      await settings(page, { maxTokens: '20' });
      await button(page, 'Continue').click();
      await grown(page, before.length + 10);
      const after = await answered(page);
      expect(after.slice(0, before.length)).toBe(before);
    }),
  );
}

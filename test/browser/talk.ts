/** What a person does with the page, through what a person sees of it. */
import type { Locator, Page } from 'playwright-core';

export const composer = (page: Page): Locator => page.getByLabel('Your message');
export const questions = (page: Page): Locator => page.getByRole('article', { name: 'You' });
export const answers = (page: Page): Locator => page.getByRole('article', { name: 'Answer' });
export const button = (place: Page | Locator, name: string): Locator =>
  place.getByRole('button', { name, exact: true });

/** Resolves when the page has found the model. */
export const ready = (page: Page): Promise<void> => page.locator('.dot.is-ready').waitFor();

/** Resolves to the text of the last answer when it is complete. */
export async function answered(page: Page): Promise<string> {
  const last = page.locator('article.answer:last-of-type[aria-busy=false]');
  await last.locator('.usage').waitFor();
  // The whole text and not the visible one, because parts that are scrolled away are not laid out.
  return (await last.locator('.markdown').textContent()) ?? '';
}

/** Asks, and resolves to the answer. */
export async function ask(page: Page, text: string): Promise<string> {
  const before = await answers(page).count();
  await composer(page).fill(text);
  await composer(page).press('Enter');
  await answers(page).nth(before).waitFor();
  return answered(page);
}

/** Begins an answer of this many tokens, always the same ones, and resolves when a part of it is there. */
export async function beginLong(page: Page, tokens: number): Promise<void> {
  await settings(page, { maxTokens: String(tokens), seed: '5', temperature: '1', flags: '--ignore-eos' });
  await composer(page).fill('Tell me a story.');
  await composer(page).press('Enter');
  await grown(page, 20);
}

/** Sets how the conversation samples. */
export async function settings(page: Page, values: Record<string, string>): Promise<void> {
  await button(page, 'Settings of this conversation').click();
  const dialog = page.getByRole('dialog');
  for (const [name, value] of Object.entries(values)) await dialog.locator(`[name=${name}]`).fill(value);
  await button(dialog, 'Save').click();
  await dialog.waitFor({ state: 'detached' });
}

/** Resolves when the first answer has more letters than this. */
export async function grown(page: Page, than: number): Promise<void> {
  const isLonger = (size: number) => (document.querySelector('.answer .markdown')?.textContent.length ?? 0) > size;
  await page.waitForFunction(isLonger, than);
}

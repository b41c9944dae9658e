/** What a person does with the page, by what a person sees of it. */
import type { Page } from 'playwright-core';

/** Resolves when the page has found the model. */
export const ready = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: 'Chat with tiny-chat' }).waitFor();

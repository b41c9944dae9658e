/** Harmful texts that a model may write, and harmful files that somebody may import. */
import { expect, it } from 'vitest';
import { faultsOf, tooWide } from './axe.js';
import type { Stage } from './stage.js';
import { button, composer, ready } from './talk.js';

const texts = {
  scripts: [
    '<script>window.ran = 1</script> <img src=x onerror="window.ran = 1"> <svg onload=window.ran=1>',
    '[click](javascript:window.ran=1) [data](data:text/html,x) ![pixel](https://example.org/pixel.png)',
    '<link rel=stylesheet href="https://example.org/a.css"> <iframe src="https://example.org/"></iframe>',
    '```html\n<script>window.ran = 1</script>\n```',
    '[quote](https://example.org/"onmouseover="window.ran=1)',
  ].join('\n\n'),
  'long table': `| a | b |\n| - | - |\n${'| x | y |\n'.repeat(2_000)}`,
  'wide table': `|${'a|'.repeat(200)}\n|${'-|'.repeat(200)}\n${`|${'b|'.repeat(200)}\n`.repeat(5)}`,
  lines: 'A **line** of `text`.\n\n'.repeat(10_000),
  word: 'x'.repeat(100_000),
  broken: `${'>'.repeat(2_000)}x\n\n${'['.repeat(5_000)}${'**'.repeat(2_000)}\n\n\`\`\`js\nno end`,
  'right to left': 'مرحبا **عريض** \u202e שלום\n\n- عنصر',
};

/** A file of conversations: one with each of the texts as an answer, and five hundred others. */
function fileOf(canister: string): string {
  const common = { created: 1, canister, network: 'local', settings: {} };
  const hostile = Object.entries(texts).map(([title, content], i) => ({
    ...{ ...common, id: title.replaceAll(' ', '-'), title, updated: 10_000 + i, leaf: null },
    messages: [
      { id: `${i}q`, parent: null, role: 'user', created: 1, content: 'Well?' },
      { id: `${i}a`, parent: `${i}q`, role: 'assistant', created: 2, content, state: { is: 'ended', reason: 'end' } },
    ],
  }));
  const many = Array.from({ length: 500 }, (_, i) => ({
    ...{ ...common, id: `many-${i}`, title: `Number ${i}`, updated: i, leaf: null },
    messages: [{ id: `m${i}`, parent: null, role: 'user', created: 1, content: `The needle is ${i} long.` }],
  }));
  const conversations = [...hostile, ...many];
  return JSON.stringify({ format: 'llama-canister-conversations', version: 1, conversations });
}

export function hostile(stage: () => Stage): void {
  it('shows hostile texts as texts, and five hundred conversations at once', () =>
    stage().visit(async ({ page }) => {
      const hosts = new Set<string>();
      page.on('request', (request) => hosts.add(new URL(request.url()).host));
      await ready(page);
      await button(page, 'Settings').click();
      const input = page.locator('dialog input[type=file]');
      const said = page.locator('dialog p[role=status]');
      await input.setInputFiles({
        name: 'bad.json',
        mimeType: 'application/json',
        buffer: Buffer.from('{"format":1}'),
      });
      await expect.poll(() => said.innerText()).toMatch(/^Nothing was imported: /);
      const buffer = Buffer.from(fileOf(stage().served.id));
      await input.setInputFiles({ name: 'all.json', mimeType: 'application/json', buffer });
      const count = 500 + Object.keys(texts).length;
      await expect.poll(() => said.innerText(), { timeout: 10_000 }).toBe(`${count} conversations were imported.`);
      await page.keyboard.press('Escape');

      const open = async (title: string) => {
        await page.locator(`.conversations a:text-is("${title}")`).click();
        await page.locator(`h1:text-is("${title}")`).waitFor();
        await page.locator('.answer .block').first().waitFor();
      };
      for (const title of Object.keys(texts)) {
        await open(title);
        await composer(page).fill('It can still be used.');
        expect(await tooWide(page), title).toBe(0);
      }
      await open('scripts');
      const links = page.locator('.answer .markdown a');
      expect(await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')))).toEqual([
        'https://example.org/pixel.png',
        'https://example.org/%22onmouseover=%22window.ran=1',
      ]);
      expect(await page.locator('.answer .markdown :is(script, img, iframe, link, svg[onload])').count()).toBe(0);
      expect(await page.evaluate(() => 'ran' in window)).toBe(false);
      expect([...hosts]).toEqual([new URL(stage().url).host]);

      await page.getByLabel('Search', { exact: true }).fill('needle 437');
      await expect.poll(() => page.locator('.conversations li').allInnerTexts()).toEqual(['Number 437']);
      await page.getByLabel('Search', { exact: true }).fill('right to left');
      await open('right to left');
      expect(await faultsOf(page)).toEqual([]);
    }));
}

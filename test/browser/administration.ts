/** Administration in the page: who may use it, and uploads that resume after a cut connection and after a reload. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContextOptions, Page, Route } from 'playwright-core';
import { expect, it } from 'vitest';
import { isFull } from '../full.js';
import { faultsOf, tooWide } from './axe.js';
import { principalOf } from './sign-in.js';
import type { Stage } from './stage.js';
import { button, ready } from './talk.js';

/** Longer messages carry a chunk of a file. */
const LONG = 1_000_000;
const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function noise(size: number, seed: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0, x = seed; i < size; i++, x = (x * 1_103_515_245 + 12_345) >>> 0) bytes[i] = x >>> 24;
  return bytes;
}

const openList = async (page: Page) => {
  const menu = button(page, 'Open the list of conversations');
  if (await menu.isVisible()) await menu.click();
};
const toSection = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();

/** Opens the administration as a user with the role AdminUpdate. */
async function administer(stage: Stage, page: Page): Promise<void> {
  await ready(page);
  await openList(page);
  const who = await principalOf(page);
  await page.keyboard.press('Escape');
  expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
  await (await stage.served.administrator()).admin.assignRole(who, 'AdminUpdate', 'the page');
  await page.reload();
  await ready(page);
  await openList(page);
  await toSection(page, 'Administration');
  await page.getByText('Answers under way').waitFor();
}

/** A host that serves ranges of a file, like the hubs of models. */
async function withHost(bytes: Buffer, use: (url: string, asked: string[]) => Promise<void>): Promise<void> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const cors = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'range',
      'access-control-expose-headers': 'content-range',
    };
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (!range) return void response.writeHead(204, cors).end();
    const [from, to] = [Number(range[1]), Number(range[2])];
    asked.push(range[0]);
    response.writeHead(206, { ...cors, 'content-range': `bytes ${from}-${to}/${bytes.length}` });
    response.end(bytes.subarray(from, to + 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/there.gguf`, asked);
  } finally {
    server.close();
  }
}

const looks: [string, BrowserContextOptions][] = [
  ['wide and light', {}],
  ['a phone in the dark', { viewport: { width: 390, height: 844 }, isMobile: true, colorScheme: 'dark' }],
];

export function administration(stage: () => Stage): void {
  it('uploads from the disk, after a cut and a reload only what is missing, and from another host; loads and deletes', () =>
    stage().visit(
      async ({ page }) => {
        const { canister } = await stage().served.administrator();
        await administer(stage(), page);
        expect(await faultsOf(page)).toEqual([]);
        await toSection(page, 'Models');
        const file = { name: 'cut.gguf', mimeType: 'application/octet-stream', buffer: noise(5_000_000, 1) };
        const choose = async () => {
          await page.locator('input[type=file]').setInputFiles(file);
          await button(page, 'Upload a model').click();
        };
        // The first chunk's connection is cut once; the last one never gets through before the page is closed.
        const seen: string[] = [];
        const cut = (route: Route) => {
          const body = route.request().postDataBuffer();
          if ((body?.length ?? 0) < LONG) return route.continue();
          const id = hex(body!);
          const isFirstTime = !seen.includes(id);
          seen.push(id);
          if (new Set(seen).size === 1 && isFirstTime) return route.abort('connectionreset');
          return new Set(seen).size < 3 || seen.indexOf(id) === 0 ? route.continue() : undefined;
        };
        await page.route('**/call', cut);
        await choose();
        await expect.poll(() => seen.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
        await page.getByText(/[1-9][\d.]* MiB of 4.77 MiB/).waitFor();
        await page.unroute('**/call', cut);
        await page.reload();
        await page.getByText('The upload of cut.gguf was interrupted. Choose the same file again').waitFor();
        expect(await faultsOf(page)).toEqual([]);
        await choose();
        await page.getByText(/^cut\.gguf is on the canister: 4\.77 MiB, of which [1-9]/).waitFor();
        expect((await canister.fileDetails('cut.gguf'))?.sha256).toBe(hex(file.buffer));
        expect(await page.locator('.administration .said code').innerText()).toBe(hex(file.buffer));

        const other = noise(300_000, 2);
        await withHost(other, async (url, asked) => {
          await page.getByLabel('Or a file of another host').fill(url);
          await page.getByLabel('Its SHA-256, if you know it').fill(hex(other));
          await page.locator('input[type=file]').setInputFiles([]);
          await button(page, 'Upload a model').click();
          await page.getByText(/^there\.gguf is on the canister/).waitFor();
          expect(asked).toEqual(['bytes=0-0', 'bytes=0-299999']);
        });
        expect((await canister.fileDetails('there.gguf'))?.sha256).toBe(hex(other));

        await page.getByLabel('Or a file of another host').fill(`${stage().url}nothing.gguf`);
        await button(page, 'Upload a model').click();
        await page.locator('.failure > .said', { hasText: 'answered HTTP 404' }).waitFor();
        await page.locator('li', { hasText: 'model.gguf' }).getByRole('button', { name: 'Load' }).click();
        await page.locator('main').getByText('model.gguf is loaded.').waitFor();
        await toSection(page, 'Files');
        page.on('dialog', (dialog) => void dialog.accept());
        for (const name of ['cut.gguf', 'there.gguf']) {
          await button(page, `Delete: ${name}`).click();
          await page.locator('main').getByText(`${name} is deleted.`).waitFor();
        }
        expect(await canister.fileDetails('cut.gguf')).toBeUndefined();
      },
      { expected: /ERR_CONNECTION_RESET|404 \(Not Found\)/ },
    ));

  it.runIf(isFull)('changes limits and prices to what is typed, and says what is no number', () =>
    stage().visit(async ({ page }) => {
      const { admin } = await stage().served.administrator();
      await administer(stage(), page);
      await toSection(page, 'Limits');
      const quotas = page.locator('section.part', { hasText: 'Quotas of a caller' });
      await quotas.getByLabel('Files').fill('1.5 GiB');
      await button(quotas, 'Save').click();
      await quotas.getByText('Saved.').waitFor();
      expect((await admin.quotas()).bytes).toBe(1_610_612_736n);
      await quotas.getByLabel('Sessions').fill('many');
      await button(quotas, 'Save').click();
      await quotas.getByText('Sessions: “many” is no whole number').waitFor();
      await toSection(page, 'Prices');
      await page.getByLabel('For the work').check();
      await page.getByLabel('Percent of the canister’s own cost').fill('150');
      await button(page, 'Save').click();
      await page.locator('main').getByText('Saved.').waitFor();
      expect(await admin.prices()).toEqual({ kind: 'work', percent: 150 });
      await admin.setPrices({ kind: 'free' });
    }),
  );

  it.runIf(isFull).each(looks)('axe finds nothing in any part of it: %s', (_, look) =>
    stage().visit(async ({ page }) => {
      await administer(stage(), page);
      for (const name of ['Overview', 'Models', 'Files', 'Jobs', 'Access', 'Limits', 'Prices', 'Log']) {
        await toSection(page, name);
        await page.waitForTimeout(1_500);
        expect(await faultsOf(page), name).toEqual([]);
        expect(await tooWide(page), name).toBe(0);
      }
    }, look),
  );
}

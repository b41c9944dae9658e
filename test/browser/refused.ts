/** What the page says when the user cannot chat, and how to solve it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connect, openCanister, startCanister, stopCanister } from '../../packages/client/src/index.js';
import { root } from '../cli/model.js';
import type { Stage } from './stage.js';
import { answered, answers, ask, beginLong, button, composer, ready } from './talk.js';

/** The browser reports requests that the network refuses as errors in the console. */
const expected = /Failed to load resource/;

export function refused(stage: () => Stage): void {
  it('says that one is not let in, with the principal that has to be, and goes on when it is', () =>
    stage().visit(
      async ({ page }) => {
        const { admin } = await stage().served.administrator();
        await ready(page);
        await admin.setAccess('controllers');
        try {
          await page.reload();
          await page.getByText('You are not let in').waitFor();
          expect(await page.locator('.note .principal code').innerText()).toMatch(/^([a-z2-7]{5}-){10}[a-z2-7]{3}$/);
        } finally {
          await admin.setAccess('everybody');
        }
        await button(page, 'Try again').click();
        await ready(page);
      },
      { expected },
    ));

  it('says that the canister is stopped, keeps what is typed, and asks when it runs again', () =>
    stage().visit(
      async ({ page }) => {
        const { network, id } = stage().served;
        const agent = await connect({ host: network.url, identity: network.controller });
        await ready(page);
        await stopCanister(agent, id);
        try {
          await page.evaluate(() => window.dispatchEvent(new Event('online')));
          await page.getByText('The canister is stopped').waitFor();
          await composer(page).fill('Are you there?');
        } finally {
          await startCanister(agent, id);
        }
        await button(page, 'Try again').click();
        await ready(page);
        expect(await composer(page).inputValue()).toBe('Are you there?');
        await ask(page, 'Are you there?');
      },
      { expected },
    ));

  it('says that the canister has no cycles left and what helps, and goes on when it has some', () =>
    stage().visit(
      async ({ page }) => {
        const { network, principal } = stage().served;
        const drained = network.canister(principal).cycles - 1_000n;
        await ready(page);
        network.addCycles(principal, -drained);
        try {
          await page.evaluate(() => window.dispatchEvent(new Event('online')));
          await page.getByText('The canister has no cycles left').waitFor();
          await page.getByText('llama-canister top-up').waitFor();
        } finally {
          network.addCycles(principal, drained);
        }
        await button(page, 'Try again').click();
        await ready(page);
        await ask(page, 'What are cycles?');
      },
      { expected },
    ));

  it('goes on with an answer over an upgrade of the canister', () =>
    stage().visit(
      async ({ page }) => {
        const { network, principal } = stage().served;
        await ready(page);
        await beginLong(page, 300);
        await network.upgrade(principal, readFileSync(join(root, 'canister/build/llama.wasm')));
        expect((await answered(page)).length).toBeGreaterThan(300);
        expect(await answers(page).locator('.usage').innerText()).toContain('300 tokens');
      },
      { expected },
    ));

  it('says that a canister has no model, and how it gets one', async () => {
    const { network } = stage().served;
    const id = network.createCanister({ cycles: 10n ** 15n });
    await network.install(id, readFileSync(join(root, 'canister/build/llama.wasm')));
    await openCanister(await connect({ host: network.url, identity: network.controller }), id.toText()).setAccess(1);
    await stage().visit(
      async ({ page }) => {
        await page.getByText('No model is loaded').waitFor();
        await page.getByText('llama-canister load FILE').waitFor();
      },
      { url: `http://${id.toText()}.localhost:${network.port}/` },
    );
  });
}

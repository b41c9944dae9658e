/** The browser for the tests of the page. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const path = process.env.CHROMIUM_PATH ?? PLACES.find((each) => existsSync(each));

/** Whether a missing browser is a failure (.ci/run sets this). */
const isRequired = process.env.LLAMA_CANISTER_BROWSER === 'required';

/** Why tests in a browser cannot run here; '' if they can. */
export const noBrowser =
  path !== undefined || isRequired
    ? ''
    : ' (skipped: no Chromium; apt-get install chromium, or say where one is with CHROMIUM_PATH)';

export function startBrowser(): Promise<Browser> {
  if (path === undefined) throw new Error('LLAMA_CANISTER_BROWSER is "required", and there is no Chromium');
  return chromium.launch({
    executablePath: path,
    // Chromium's own sandbox does not run as root, which containers often are.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-gpu', '--disable-extensions', '--disable-background-networking'],
  });
}

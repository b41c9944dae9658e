/** The chat page in a real browser. All of it is in one file, because a network with a model and a browser are dear. */
import { afterAll, beforeAll, describe } from 'vitest';
import { noBrowser } from './chromium.js';
import { servedPage } from './served-page.js';
import { Stage } from './stage.js';

describe.skipIf(noBrowser !== '')(`the page in Chromium${noBrowser}`, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  });
  afterAll(() => stage?.stop());

  for (const part of [servedPage]) part(() => stage);
});

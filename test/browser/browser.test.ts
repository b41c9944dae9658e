/**
 * The chat page in a real browser. Everything is in one file, because starting a browser and a network with a model
 * takes long.
 */
import { afterAll, beforeAll, describe } from 'vitest';
import { isFull } from '../full.js';
import { accessible } from './accessible.js';
import { administration } from './administration.js';
import { away } from './away.js';
import { noBrowser } from './chromium.js';
import { conversation } from './conversation.js';
import { hostile } from './hostile.js';
import { kept } from './kept.js';
import { keyboard } from './keyboard.js';
import { oddTimes } from './odd-times.js';
import { picture } from './picture.js';
import { refused } from './refused.js';
import { servedPage } from './served-page.js';
import { signIn } from './sign-in.js';
import { Stage } from './stage.js';

describe.skipIf(noBrowser !== '')(`the page in Chromium${noBrowser}`, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start();
  });
  afterAll(() => stage?.stop());

  for (const part of [servedPage, conversation, away, signIn, administration, accessible, picture]) part(() => stage);

  describe.runIf(isFull)('used in other ways', () => {
    for (const part of [keyboard, kept, hostile, oddTimes, refused]) part(() => stage);
  });
});

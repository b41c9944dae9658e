/**
 * What all tests in a browser share: a network with tiny-chat and a browser, which start with the first of these tests.
 * Each visit has a fresh profile, and fails if the page has reported an error.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { Served } from '../client/served.js';
import { startBrowser } from './chromium.js';

/** The beginnings of Chromium's messages about violations of a content security policy. */
const VIOLATION = 'content security policy';

export interface VisitOptions extends BrowserContextOptions {
  /** Where: default is the canister's own host, through the gateway that verifies. */
  url?: string;
  /** What the page may complain about: a visit with a canister that does not answer has errors. */
  expected?: RegExp;
}

export class Visit {
  /** What the page has said that it should not have: errors of scripts, of the console, of the policy, of requests. */
  readonly complaints: string[] = [];

  readonly page: Page;
  readonly #expected: RegExp | undefined;

  constructor(page: Page, expected: RegExp | undefined) {
    this.page = page;
    this.#expected = expected;
    page.on('pageerror', (error) => this.#note(`error: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' || text.toLowerCase().includes(VIOLATION)) {
        this.#note(`${message.type()}: ${text} (${message.location().url})`);
      }
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      // What the page itself gives up, as when it goes away, is none.
      if (why !== 'net::ERR_ABORTED') this.#note(`request: ${request.url()} ${why}`);
    });
  }

  #note(text: string): void {
    if (!this.#expected?.test(text)) this.complaints.push(text);
  }
}

export class Stage {
  readonly served: Served;
  readonly browser: Browser;

  private constructor(served: Served, browser: Browser) {
    this.served = served;
    this.browser = browser;
  }

  static async start(): Promise<Stage> {
    const [served, browser] = await Promise.all([Served.start(), startBrowser()]);
    return new Stage(served, browser);
  }

  /** The page as the canister serves it. */
  get url(): string {
    return `http://${this.served.id}.localhost:${this.served.network.port}/`;
  }

  /** Opens the page in a fresh profile, and looks afterwards whether it has complained. */
  async visit(look: (visit: Visit) => Promise<void>, options: VisitOptions = {}): Promise<void> {
    const { url = this.url, expected, ...more } = options;
    const context = await this.browser.newContext({ reducedMotion: 'reduce', ...more });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const visit = new Visit(page, expected);
    try {
      await page.goto(url);
      await look(visit);
      expect(visit.complaints, 'what the page complains about').toEqual([]);
    } catch (error) {
      const shown = await page.evaluate(() => document.body.innerText).catch(String);
      throw new Error(`${(error as Error).message}\n${visit.complaints.join('\n')}\nThe page shows:\n${shown}`, {
        cause: error,
      });
    } finally {
      await context.close();
    }
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.served.stop();
  }
}

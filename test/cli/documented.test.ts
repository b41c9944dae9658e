/** Every command of the documents works as it stands there, in order. test/documented-commands.test.ts finds those that nobody runs. */
import { afterAll, beforeAll, describe, test, vi } from 'vitest';
import { isFull } from '../full.js';
import { Cli } from './process.js';
import { linesOf, scenarios } from './scenarios.js';
import { type } from './typed.js';

const all = scenarios.filter((scenario) => isFull || !scenario.isFull);

/** Requests to one host go to another, and where that one leads. */
function standInFor(origin: string, other: string): void {
  const real = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    return url.startsWith(origin)
      ? real(url.replace(origin, other), { ...init, redirect: 'follow' })
      : real(input, init);
  });
}

describe.each(all)('every command of $documents', (scenario) => {
  let cli: Cli;
  beforeAll(async () => {
    await scenario.hub?.start();
    if (scenario.hub) standInFor('https://registry.ollama.ai', scenario.hub.url);
    cli = new Cli({ ...scenario.environment, ...(scenario.hub ? { HF_ENDPOINT: scenario.hub.url } : {}) });
    await scenario.prepare(cli);
  });
  afterAll(async () => {
    for (const { name } of await cli.json('network', 'list')) await cli.run(['network', 'stop', name]);
    await cli.dispose();
    vi.restoreAllMocks();
    scenario.hub?.stop();
  });

  test.each(linesOf(scenario))('%s', async (line) => {
    for (const [pattern, prepare] of scenario.before ?? []) if (pattern.test(line)) await prepare(cli);
    await type(cli, line);
  });
});

/** Builds the site of the documents, with the packages' APIs; a dead link fails the build. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './cli/model.js';
import { isFull } from './full.js';

const site = join(root, 'docs-site/dist');
const build = [join(root, 'docs-site/build.mjs')];

test.runIf(isFull)(
  'npm run docs builds the site',
  () => {
    execFileSync(process.execPath, build, { stdio: 'pipe' });
    for (const page of ['index', 'docs/mainnet', 'docs/methods', 'packages/cli/index', 'api/client/index'])
      expect(existsSync(join(site, `${page}.html`)), page).toBe(true);
    expect(readFileSync(join(site, 'docs/mainnet.html'), 'utf8')).toContain('href="/docs/security"');
    expect(readFileSync(join(site, 'api/client/index.html'), 'utf8')).toContain('modelCost');
  },
  600_000,
);

test.runIf(isFull)(
  'a dead link is an error that names it',
  () => {
    const page = join(root, 'docs/dead-link-of-a-test.md');
    writeFileSync(page, '# A page\n\n[nowhere](nowhere.md)\n');
    try {
      const { status, stderr } = spawnSync(process.execPath, build, { encoding: 'utf8' });
      expect([status, stderr]).toEqual([1, 'Links that lead nowhere:\ndocs/dead-link-of-a-test.md: nowhere.md\n']);
    } finally {
      rmSync(page);
    }
  },
  60_000,
);

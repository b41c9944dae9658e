/** What `npm run release` writes and refuses, and that the workflows run only commands that everybody can run. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLater, isVersion, released, withVersion } from '../scripts/release-texts.mjs';
import { root } from './cli/model.js';
import { workspaces } from './packed.js';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = (folder: string) => JSON.parse(read(join(folder, 'package.json')));

describe('a release', () => {
  it('has a version after that of the one before', () => {
    const order = ['0.1.0', '0.2.0-rc.2', '0.2.0-rc.10', '0.2.0', '0.10.0', '1.0.0'];
    for (const [i, version] of order.entries()) {
      for (const [j, other] of order.entries()) expect(isLater(version, other), `${version} ${other}`).toBe(i > j);
    }
    expect(['0.2', 'v0.2.0', '', '0.2.0 '].map(isVersion)).toEqual([false, false, false, false]);
  });

  it('has the changes that were unreleased', () => {
    const text = released(read('CHANGELOG.md'), '9.9.9', '2030-01-31');
    expect(text).toMatch(/## Unreleased\n\n## 9\.9\.9 - 2030-01-31\n+### Added\n/);
    expect(text).not.toContain('Nothing has been released yet');
    expect(() => released(text, '9.9.10', '2030-02-01')).toThrow('says nothing under "## Unreleased"');
    expect(() => released('# Changelog\n', '9.9.9', '')).toThrow('has no section');
  });

  it('gives its version to all packages and to their dependencies on each other', () => {
    const names = new Set(workspaces.map((folder) => manifest(folder).name));
    const lock = JSON.parse(read('package-lock.json'));
    for (const folder of workspaces) {
      // The lock file has the same versions, so that npm ci accepts both.
      for (const before of [manifest(folder), lock.packages[folder]]) {
        const after = withVersion(before, '9.9.9', names);
        expect(after.version).toBe('9.9.9');
        for (const kind of ['dependencies', 'devDependencies'] as const) {
          for (const [name, version] of Object.entries(after[kind] ?? {})) {
            expect(version).toBe(names.has(name) ? '9.9.9' : before[kind][name]);
          }
        }
      }
    }
  });

  it.each([
    [[], 'is no version'],
    [['one'], '"one" is no version'],
    [['0.0.1', '--dry-run'], 'does not come behind'],
  ])('is refused: %s', (args, why) => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/release.mjs', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining(why)]);
  });
});

describe('the table of releases', () => {
  const table = JSON.parse(read('canister/releases.json')) as Record<string, string>[];

  it('has whole rows, each version once, in order', () => {
    for (const row of table) {
      expect(row).toEqual({
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
        date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    }
    for (const [i, { version }] of table.entries())
      if (i > 0) expect(isLater(version!, table[i - 1]!.version!)).toBe(true);
  });
});

describe.each(readdirSync(join(root, '.github/workflows')))('the workflow %s', (name) => {
  const text = read(`.github/workflows/${name}`);

  it('calls scripts of package.json', () => {
    const scripts = manifest('.').scripts;
    const called = [...text.matchAll(/^ *(?:- )?run: npm (?:run )?([\w:]+)/gm)].map(([, script]) => script!);
    expect(called.filter((script) => !(script in scripts) && script !== 'publish')).toEqual([]);
    expect(called.length).toBeGreaterThan(0);
  });
});

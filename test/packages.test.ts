/** The packages have what a user needs, and nothing else. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteBytes } from '../canister/scripts/site/embed.mjs';
import budget from './budget.json' with { type: 'json' };
import { root } from './cli/model.js';
import { type Outcome, Running } from './cli/process.js';
import { isFull } from './full.js';
import { type Packed, packAll, workspaces } from './packed.js';

const cache = join(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
/** The folder is inside the repository, so that dependencies of the packages are found as after an installation. */
const folder = mkdtempSync(join(cache, 'packages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let packed: Packed[];
beforeAll(() => {
  packed = packAll(folder);
});
const packageOf = (workspace: string) => packed.find((each) => each.folder === workspace)!;

describe.each(workspaces)('the package of %s', (workspace) => {
  it('has a complete manifest', () => {
    const { manifest } = packageOf(workspace);
    expect(manifest).toMatchObject({
      license: 'MIT',
      repository: { type: 'git', directory: workspace },
      engines: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines,
    });
    expect(manifest.keywords!.length).toBeGreaterThan(3);
  });

  it('has a licence, a README, and the files that its manifest names', () => {
    const { manifest, files } = packageOf(workspace);
    const exported = Object.values(manifest.exports!).flatMap((each) =>
      typeof each === 'string' ? each : [each.types, each.default],
    );
    const named = [...exported, ...Object.values(manifest.bin ?? {})].map((path) => path.replace(/^\.\//, ''));
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', ...named]));
    expect(readFileSync(join(root, workspace, 'LICENSE'))).toEqual(readFileSync(join(root, 'LICENSE')));
  });

  it('has no tests, no maps, and only files that are built from its sources', () => {
    const { files } = packageOf(workspace);
    expect(files.filter((path) => /test|\.map$|tsbuildinfo/.test(path))).toEqual([]);
    // The page's files are built from all of its sources together, so they have no source of their own.
    const compiled = files.filter((path) => path.startsWith('dist/') && workspace !== 'packages/web');
    const source = (path: string) => path.replace(/^dist/, 'src').replace(/(\.d)?\.(ts|js)$/, '.ts');
    expect(compiled.filter((path) => !existsSync(join(root, workspace, source(path))))).toEqual([]);
    for (const path of compiled.filter((each) => each.endsWith('.js'))) {
      expect(compiled).toContain(path.replace(/js$/, 'd.ts'));
      expect(readFileSync(join(root, workspace, path), 'utf8')).not.toContain('sourceMappingURL');
    }
  });

  it('depends on the current versions of the others', () => {
    const { dependencies = {} } = packageOf(workspace).manifest;
    for (const { manifest } of packed) expect([undefined, manifest.version]).toContain(dependencies[manifest.name]);
  });

  it('is within its budget', () => {
    const most = (budget.packages as Record<string, number>)[workspace]!;
    expect(packageOf(workspace).size, 'test/budget.json says how large it may be').toBeLessThanOrEqual(most);
  });
});

describe("the canister's package", () => {
  it('has the SHA-256 of both programs and of the interface', () => {
    const sums = readFileSync(join(root, 'canister/build/SHA256SUMS'), 'utf8').trimEnd().split('\n');
    const files = ['build/llama.wasm', 'build/engine.wasm', 'llama.did'];
    const hash = (file: string) =>
      createHash('sha256')
        .update(readFileSync(join(root, 'canister', file)))
        .digest('hex');
    expect(sums).toEqual(files.map((file) => `${hash(file)}  ${file}`));
  });

  it.each(Object.entries(budget.wasm))('%s is within its budget, without the page that it serves', (name, most) => {
    const { size } = statSync(join(root, 'canister/build', name));
    const own = name === 'llama.wasm' ? size - siteBytes().length : size;
    expect(own, '`npm run size -w canister` says what it is made of').toBeLessThanOrEqual(most);
  });

  it('has the page within its budget, with the headers and proofs that it is served with', () => {
    expect(siteBytes().length).toBeLessThanOrEqual(budget['chat page']['in llama.wasm']);
  });
});

/** packages.full.test.ts installs from the registry; here the dependencies come from the repository. */
describe('the packages, unpacked outside of the repository', () => {
  beforeAll(() => {
    for (const { manifest, filename } of packed) {
      const to = join(folder, 'node_modules', manifest.name);
      mkdirSync(to, { recursive: true });
      const { status } = spawnSync('tar', ['-xzf', join(folder, filename), '-C', to, '--strip-components=1']);
      expect(status).toBe(0);
    }
  });
  const cli = (...args: string[]): Promise<Outcome> => {
    const bin = join(folder, 'node_modules/llama-canister/bin/llama-canister.mjs');
    const env = { PATH: process.env.PATH, HOME: folder };
    return new Running(spawn(process.execPath, [bin, ...args], { cwd: folder, env })).ended;
  };

  it('print their usage', async () => {
    const { code, stdout } = await cli('--help');
    expect([code, stdout]).toEqual([0, expect.stringContaining('Usage: ')]);
  });

  it.runIf(isFull)('run the demonstration', async () => {
    const { code, stdout, stderr } = await cli('demo');
    expect([code, stdout], stderr).toEqual([0, expect.stringMatching(/^A canister is a program /)]);
  });
});

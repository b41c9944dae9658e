import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root, tinyChat } from './model.js';
import { Cli, Running } from './process.js';

/** A folder inside the repository, so that imports find the packages as they would after an installation. */
const cache = join(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'client-readme-'));
const cli = new Cli();
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await cli.dispose();
});

const readme = readFileSync(join(root, 'packages/client/README.md'), 'utf8');
const examples = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code!);

describe('the example in the client’s README', () => {
  beforeAll(() => {
    expect(examples.length).toBe(3);
    for (const [i, code] of examples.entries()) writeFileSync(join(folder, `example-${i}.ts`), code);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const compilerOptions = {
      strict: true,
      noUncheckedIndexedAccess: true,
      module: 'nodenext',
      target: 'es2023',
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: ['node'],
      skipLibCheck: true,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  });

  test('compiles', () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  test('and runs', async () => {
    copyFileSync(tinyChat, join(cli.folder, 'model.gguf'));
    const { url } = await cli.json('network', 'start', '--port', '0');
    const { canister } = await cli.json('deploy');
    const key = join(cli.folder, 'config/llama-canister/identity.pem');
    const args = [join(folder, 'example-0.js'), url, canister, key, join(cli.folder, 'model.gguf')];
    const { code, stdout, stderr } = await new Running(spawn(process.execPath, args)).ended;
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^sending: \d+ of \d+ bytes$/m)]);
    expect(stdout).toMatch(/^.{20,}\n\d+ tokens, \d+ cycles\n$/s);
    const again = await new Running(spawn(process.execPath, [join(folder, 'example-1.js'), url, canister, key])).ended;
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(again.stdout).toMatch(/^(end|max-tokens)\n[1-9]\d* of \d+ tokens were there\n$/);
  });
});

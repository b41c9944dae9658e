/**
 * The canister's wasm has the same bytes wherever it is built: in clean clones in other folders, with another home,
 * language, time zone and file mask, and with every supported version of Node. Files that are not committed do not
 * change it.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './cli/model.js';
import { folderOf, missing, versions } from './nodes.js';

const folder = mkdtempSync(join(tmpdir(), 'reproducible-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a shell command; throws if it fails. */
function shell(line: string, cwd: string, env: NodeJS.ProcessEnv): void {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${line} ended with ${status}:\n${stdout}${stderr}`);
}

function build(clone: string, env: NodeJS.ProcessEnv): string {
  shell('umask 077 && node scripts/ready.mjs', clone, env);
  const wasm = readFileSync(join(clone, 'canister/build/llama.wasm'));
  return createHash('sha256').update(wasm).digest('hex');
}

describe('llama.wasm', () => {
  const wanted: string[] = [];

  beforeAll(() => {
    const clone = join(folder, 'as it is here');
    shell(`git clone --quiet ${JSON.stringify(root)} ${JSON.stringify(clone)}`, folder, process.env);
    wanted.push(build(clone, process.env));
  });

  it.skipIf(missing).each(versions)(`is the same, built elsewhere by Node %s${missing}`, (version) => {
    const place = join(folder, version, 'some/what/deeper');
    const home = join(folder, version, 'home');
    for (const each of [place, home]) mkdirSync(each, { recursive: true });
    const env = {
      ...process.env,
      PATH: `${folderOf(version)}${delimiter}${process.env.PATH}`,
      HOME: home,
      ...{ LANG: 'tr_TR.UTF-8', LC_ALL: 'C', TZ: 'Pacific/Kiritimati', NODE_ENV: 'development' },
    };
    shell(`git clone --quiet ${JSON.stringify(root)} clone`, place, env);
    expect(build(join(place, 'clone'), env)).toBe(wanted[0]);
  });
});

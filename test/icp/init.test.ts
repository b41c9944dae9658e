/** The project that `llama-canister init` writes, deployed by the official `icp` command line. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../cli/model.js';
import { Cli } from '../cli/process.js';
import { missing, Project } from './icp.js';

const cli = new Cli();
const at = (...path: string[]) => join(cli.folder, ...path);
const text = (...path: string[]) => readFileSync(at(...path), 'utf8');
afterAll(() => cli.dispose());

describe('llama-canister init', () => {
  it('writes a project, and prints the next steps', async () => {
    const result = await cli.json('init', 'mine');
    expect(result).toMatchObject({ folder: at('mine'), canister: 'llama' });
    expect(result.files.filter((file: string) => !existsSync(at('mine', file)))).toEqual([]);
    expect(result.next).toHaveLength(3);
    for (const command of result.next) expect(text('mine/README.md')).toContain(`    npx ${command}\n`);
    expect(
      readFileSync(at('mine/canister/llama.wasm')).equals(readFileSync(join(root, 'canister/build/llama.wasm'))),
    ).toBe(true);
    const { llama } = JSON.parse(text('mine/dfx.json')).canisters;
    expect([llama.wasm, llama.candid].every((path: string) => existsSync(at('mine', path)))).toBe(true);
    expect(text('mine/.gitignore')).toMatch(/^\*\.gguf$/m);
  });

  it('replaces files only on request', async () => {
    writeFileSync(at('mine/icp.yaml'), 'mine');
    const { code, message, next } = await cli.failure('init', 'mine');
    expect([code, message]).toEqual(['FILES_EXIST', expect.stringContaining('icp.yaml, dfx.json')]);
    expect([text('mine/icp.yaml'), next]).toEqual(['mine', expect.stringMatching(/init mine --force$/)]);
    await cli.json('init', 'mine', '--force', '--canister', 'other');
    expect(text('mine/icp.yaml')).toContain('- name: other\n');
    expect(Object.keys(JSON.parse(text('mine/dfx.json')).canisters)).toEqual(['other']);
    expect(text('mine/README.md')).toMatch(/deploy other\n.*run .* --canister other\n/);
  });

  it('refuses invalid options', async () => {
    expect(await cli.failure('init', 'new', '--canister', 'two words')).toMatchObject({ exit: 2 });
    writeFileSync(at('file'), '');
    expect(await cli.failure('init', 'file')).toMatchObject({ exit: 1, code: 'CANNOT_WRITE' });
  });
});

describe.skipIf(missing)(`icp deploy in the project${missing}`, () => {
  let project: Project;

  beforeAll(async () => {
    project = new Project('', 'local');
    mkdirSync(at('made'));
    await cli.json('init', 'made');
    for (const file of ['icp.yaml', 'canister/llama.wasm', 'canister/llama.did']) {
      mkdirSync(join(project.folder, 'canister'), { recursive: true });
      writeFileSync(join(project.folder, file), readFileSync(at('made', file)));
    }
    await project.icp('identity new me --storage plaintext');
    await project.icp('identity default me');
    // A port of its own, because another network may use the default one.
    const yaml = join(project.folder, 'icp.yaml');
    writeFileSync(yaml, `${readFileSync(yaml)}networks:\n  - { name: local, mode: managed, gateway: { port: 0 } }\n`);
    await project.icp('network start -d');
  });
  afterAll(async () => {
    await project?.run('network', 'stop');
    project?.dispose();
  });

  it('has the same identity in both command lines', async () => {
    writeFileSync(at('key.pem'), await project.icp('identity export me'));
    const { principal } = await cli.json('identity', '--identity', 'key.pem');
    expect((await project.icp('identity principal')).trim()).toBe(principal);
  });

  it('installs our program, with the memory that it needs', async () => {
    await project.icp('deploy');
    expect(await project.icp('canister call llama health () --query')).toContain('status_code = 200');
    expect(await project.icp('canister settings show llama')).toMatch(/4_?026_?531_?840/);
    const descriptor = join(project.folder, '.icp/cache/networks/local/descriptor.json');
    const { port } = JSON.parse(readFileSync(descriptor, 'utf8')).gateway;
    const url = `http://127.0.0.1:${port}`;
    const { known } = await cli.json('--network', url, 'verify-wasm', project.id('llama', 'cache'));
    expect(known).toBe(true);
  });
});
